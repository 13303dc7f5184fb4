"""What went wrong on an agent call, found from what happened and not only from what the platform reports of it."""

from __future__ import annotations

from vobiz_mcp.digest.examined_call import examined, examined_by
from vobiz_mcp.digest.findings.finding import Finding, Severity
from vobiz_mcp.digest.findings.thresholds import Thresholds
from vobiz_mcp.records.agent_call import AgentCall

__all__ = ["Finding", "Severity", "Thresholds", "examine"]


def examine(call: AgentCall, thresholds: Thresholds | None = None) -> list[Finding]:
    """Everything worth knowing about a call, worst first.

    The same call always gives the same findings. A call without word times yields none about silence, and of a call
    that goes on nothing is said to be missing yet.
    """
    return list((examined_by(call, thresholds) if thresholds else examined(call)).findings)
