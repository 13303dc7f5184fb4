"""One agent call examined: its record and what all answers derive from it, each derived once.

    call = examined(record)           # the same object for the same record, as long as that lives
    call.findings                     # what went wrong, worst first
    call.told                         # the timeline: turns, tools and the rest; for judging, not for showing
    call.spoken, call.dead_air, call.replies, call.overlaps    # measured from word times
    call.shown().told                 # the timeline as it may be shown: an opted-out call without what was said
    call.shown().deeds, .lookups      # the ledger of what tools changed; what they only looked up
    call.shown("agent")               # without what anybody else said

Everything is made when it is first asked for and kept, frozen, for whoever asks next; it goes with the record.
"""

from __future__ import annotations

import weakref
from functools import cached_property
from typing import Final

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
from vobiz_mcp.digest.derived import Derived
from vobiz_mcp.digest.findings import cut_off, data, ending, instructions, latency, silence, talk, tools
from vobiz_mcp.digest.findings.finding import RANK, Finding
from vobiz_mcp.digest.findings.thresholds import Thresholds
from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.timeline.from_record import timeline
from vobiz_mcp.digest.timeline.visibility import Speech, shown
from vobiz_mcp.records.agent_call import AgentCall

FINDERS: Final = (
    *(claim_without_deed, contradicts_tool, unagreed_write, person_refused),
    *(ending.error_end, tools.tool_failed, tools.tool_soft_failure, tools.tool_unanswered),
    *(request_dropped, asked_again, corrected, upset),
    instructions.instruction_like_text,
    *(talk.no_agent_speech, talk.no_caller_speech, talk.cannot_hear),
    *(silence.dead_air, silence.slow_reply, silence.slow_first_word, cut_off.cut_off),
    *(talk.talk_over, talk.agent_repeats, tools.tool_repeated, tools.slow_tool),
    *(latency.headline_misleads, latency.latency_tail),
    *(ending.handed_over, ending.voicemail, latency.dominated_by),
    *(unsourced_figure, data.latency_inconsistent, data.clock_inconsistent, data.transcript_incomplete),
)
"""In the order in which findings of one severity are told: untrue claims, what was not done, what callers suffered."""


class ExaminedCall(Held):
    """A call with all that is derived from its record; it knows the record only as long as somebody holds that."""

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything worth knowing about it, worst first."""
        found = [finding for finder in FINDERS for finding in finder(self)]
        return tuple(sorted(found, key=lambda finding: RANK[finding.severity]))

    @cached_property
    def _shown(self) -> dict[Speech, ShownCall]:
        return {}

    def shown(self, speech: Speech = "all") -> ShownCall:
        """The call as it may be shown; `agent` leaves out what anybody else said, `none` what anybody said."""
        found = self._shown.get(speech)
        return found or self._shown.setdefault(speech, ShownCall(shown(self.call, self.told, speech)))


def examined(call: AgentCall) -> ExaminedCall:
    """The call examined by the usual limits: the same object for the same record object, from any thread."""
    return _EXAMINED(call)


def examined_by(call: AgentCall, limits: Thresholds) -> ExaminedCall:
    """The call examined by other limits, which nobody else shares."""
    return ExaminedCall(weakref.ref(call), timeline(call), limits)


_EXAMINED: Final = Derived[AgentCall, ExaminedCall](lambda call: examined_by(call, Thresholds()))
