"""The tool `get_agent_call`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from vobiz_mcp.agent_calls import agent_call
from vobiz_mcp.digest.condense import condense
from vobiz_mcp.digest.tokens import estimate
from vobiz_mcp.digest.wording import left_out, lines, other_id
from vobiz_mcp.tools.parameters import CallId
from vobiz_mcp.tools.question import SANDBOX_MARK, Answer, Question, Steps
from vobiz_mcp.wire import ask


class GetAgentCall(Question):
    """One call that an AI agent spoke on: outcome, latency, the platform's analysis, cost, tool calls and transcript
    with turn numbers and times, condensed to max_tokens; what is left out is counted. Works while the call goes on. For
    the phone leg under it use get_live_call.
    """

    title = "Agent call"

    call_id: CallId
    max_tokens: Annotated[int, Field(description="Budget of the answer in tokens.", ge=200, le=8000)] = 1500

    def steps(self) -> Steps:
        """Ask for the call and condense it."""
        call = yield from ask(agent_call(self.call_id))
        notes = lines(other_id(self.call_id, call.call_id, (call.model_extra or {}).get("id")), left_out(call))
        mark = estimate(SANDBOX_MARK) if call.sandbox else 0
        room = self.max_tokens - mark - (estimate("\n" + notes) if notes else 0)
        return Answer(lines(condense(call, room), notes), call)
