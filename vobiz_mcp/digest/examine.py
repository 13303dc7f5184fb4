"""What went wrong on an agent call, found from what happened and not only from what the platform reports of it."""

from __future__ import annotations

from vobiz_mcp.digest.findings import cut_off, data, ending, latency, silence, talk, tools
from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import RANK, Finding, Severity
from vobiz_mcp.digest.thresholds import Thresholds
from vobiz_mcp.digest.timeline import timeline
from vobiz_mcp.records.agent_call import AgentCall

__all__ = ["Finding", "Severity", "Thresholds", "examine"]

_FINDERS = (
    *(silence.dead_air, silence.slow_reply, silence.slow_first_word),
    *(
        tools.tool_failed,
        tools.tool_soft_failure,
        tools.tool_unanswered,
        tools.tool_repeated,
        tools.slow_tool,
    ),
    *(talk.talk_over, talk.agent_repeats, talk.no_caller_speech, talk.no_agent_speech),
    *(cut_off.cut_off, ending.error_end, ending.handed_over, ending.voicemail),
    *(latency.latency_tail, latency.dominated_by, latency.headline_misleads),
    *(data.latency_inconsistent, data.clock_inconsistent, data.transcript_incomplete),
)


def examine(call: AgentCall, thresholds: Thresholds | None = None) -> list[Finding]:
    """Everything worth knowing about a call, worst first and then in the order of its moments.

    The same call always gives the same findings. A call without word times yields none about silence, and of a call
    that goes on nothing is said to be missing yet.
    """
    case = Case(call, timeline(call), thresholds or Thresholds())
    found = [finding for finder in _FINDERS for finding in finder(case)]
    return sorted(found, key=_order)


def _order(finding: Finding) -> tuple[int, bool, float]:
    return RANK[finding.severity], finding.at_s is None, finding.at_s or 0.0
