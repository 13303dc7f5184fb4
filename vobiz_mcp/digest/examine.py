"""What went wrong on an agent call, found from what happened and not only from what the platform reports of it."""

from __future__ import annotations

from vobiz_mcp.digest.claims.asked_again import asked_again
from vobiz_mcp.digest.claims.claim_without_deed import claim_without_deed
from vobiz_mcp.digest.claims.contradicts_tool import contradicts_tool
from vobiz_mcp.digest.claims.corrected import corrected
from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.person_refused import person_refused
from vobiz_mcp.digest.claims.request_dropped import request_dropped
from vobiz_mcp.digest.claims.unagreed_write import unagreed_write
from vobiz_mcp.digest.claims.unsourced_figure import unsourced_figure
from vobiz_mcp.digest.claims.upset import upset
from vobiz_mcp.digest.findings import cut_off, data, ending, instructions, latency, silence, talk, tools
from vobiz_mcp.digest.findings.finding import RANK, Finding, Severity
from vobiz_mcp.digest.findings.thresholds import Thresholds
from vobiz_mcp.digest.timeline.from_record import timeline
from vobiz_mcp.digest.timeline.items import Timeline
from vobiz_mcp.records.agent_call import AgentCall

__all__ = ["Finding", "Severity", "Thresholds", "examine"]

_FINDERS = (
    *(claim_without_deed, contradicts_tool, unagreed_write, person_refused),
    *(ending.error_end, tools.tool_failed, tools.tool_soft_failure, tools.tool_unanswered),
    *(request_dropped, asked_again, corrected, upset),
    instructions.instruction_like_text,
    *(talk.no_agent_speech, talk.no_caller_speech),
    *(silence.dead_air, silence.slow_reply, silence.slow_first_word, cut_off.cut_off),
    *(talk.talk_over, talk.agent_repeats, tools.tool_repeated, tools.slow_tool),
    *(latency.headline_misleads, latency.latency_tail),
    *(ending.handed_over, ending.voicemail, latency.dominated_by),
    *(unsourced_figure, data.latency_inconsistent, data.clock_inconsistent, data.transcript_incomplete),
)
"""In the order in which findings of one severity are told: untrue claims, what was not done, what callers suffered."""


def examine(call: AgentCall, thresholds: Thresholds | None = None) -> list[Finding]:
    """Everything worth knowing about a call, worst first.

    The same call always gives the same findings. A call without word times yields none about silence, and of a call
    that goes on nothing is said to be missing yet.
    """
    return examine_timeline(call, timeline(call), thresholds)


def examine_timeline(call: AgentCall, told: Timeline, thresholds: Thresholds | None = None) -> list[Finding]:
    """Everything worth knowing about a call whose timeline is known, worst first."""
    case = Held(call, told, thresholds or Thresholds())
    found = [finding for finder in _FINDERS for finding in finder(case)]
    return sorted(found, key=lambda finding: RANK[finding.severity])
