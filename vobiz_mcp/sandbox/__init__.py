"""An embedded stand-in of both APIs: a pure function from request to response, living on a clock."""

from vobiz_mcp.sandbox.app import API_KEY, API_SECRET, AUTH_ID, AUTH_TOKEN, Sandbox
from vobiz_mcp.sandbox.reply import Reply
from vobiz_mcp.sandbox.scenario import Scenario
from vobiz_mcp.sandbox.scenarios import SCENARIOS

__all__ = ["API_KEY", "API_SECRET", "AUTH_ID", "AUTH_TOKEN", "SCENARIOS", "Reply", "Sandbox", "Scenario"]
