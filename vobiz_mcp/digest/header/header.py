"""Which lines stand above a call's story, by the room there is: outcome, notes, findings, what the platform reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.findings.latency import NO_STAGE
from vobiz_mcp.digest.header.facts import analysis, cost, latency, outcome, recording, started
from vobiz_mcp.digest.header.highlights import highlights
from vobiz_mcp.digest.speech.cutting import fitting
from vobiz_mcp.digest.timeline.items import Interruption
from vobiz_mcp.digest.tokens.cost import UNIT
from vobiz_mcp.digest.tokens.cost import cost as token_cost
from vobiz_mcp.digest.wording.phrases import joined, place
from vobiz_mcp.records.agent_call import AgentCall

_LATENCY_FROM, _STAGES_FROM, _COST_FROM, _START_FROM = 250, 1400, 2000, 1400
"""Budgets from which the brief header has these lines."""
_MOST_LOGGED: Final = 6
_LOGGED: Final = 10
"""One part in this many may tell the interruptions that the platform logged."""
_FINDINGS: Final = 16
"""One part in this many of the budget is for findings."""


@dataclass(frozen=True)
class Header:
    """The header of one call; `notes` say what is not there, and why."""

    call: AgentCall
    notes: Sequence[str]
    findings: Sequence[Finding]
    interruptions: Sequence[Interruption] = ()
    deeds: Sequence[Deed] = ()

    @cached_property
    def whole(self) -> list[str]:
        """All there is to say."""
        call, findings = self.call, (finding.line() for finding in self._telling)
        reported = (
            interrupted(self.interruptions),
            latency(call),
            analysis(call),
            cost(call),
            started(call),
            recording(call),
        )
        return [outcome(call, self.deeds), *self.notes, *(line for line in (*findings, *reported) if line)]

    @property
    def _telling(self) -> list[Finding]:
        """The findings that tell something about this call."""
        return [finding for finding in self.findings if not finding.detail.startswith(NO_STAGE)]

    def brief(self, max_tokens: int) -> list[str]:
        """What no answer may lack."""
        findings = highlights(self._telling, max_tokens * UNIT // _FINDINGS)
        has_stages = max_tokens >= _STAGES_FROM
        reported = latency(self.call, brief=True, stages=has_stages) if max_tokens >= _LATENCY_FROM else ""
        logged = interrupted(self.interruptions)
        logged = logged if token_cost(logged) * _LOGGED <= max_tokens * UNIT else ""
        return [line for line in (outcome(self.call, self.deeds), *self.notes, *findings, logged, reported) if line]

    def opinions(self, max_tokens: int) -> list[str]:
        """What it has besides where there is room: what the platform thinks of the call, its cost, its date."""
        lines = (
            analysis(self.call, longest=max_tokens // 3),
            cost(self.call, brief=True) if max_tokens >= _COST_FROM else "",
            started(self.call) if max_tokens >= _START_FROM else "",
        )
        return [line for line in lines if line]

    def fuller(self, max_tokens: int) -> Iterator[list[str]]:
        """What it may have instead where the story leaves room, the fullest first."""
        yield self.whole
        for times in (4, 2):
            yield [*self.brief(max_tokens * times), *self.opinions(max_tokens * times)]


def interrupted(logged: Sequence[Interruption]) -> str:
    """`the platform logged: User interrupted agent at t4 0:32, t9 1:40`; "" where it logged none."""
    places: dict[str, list[str]] = {}
    for one in logged:
        at = "" if one.start is None else f" {place(one.start)}"
        places.setdefault(fitting(one.text, 60), []).append(f"t{one.turn}{at}")
    told = (
        f"{text} at {', '.join(at[:_MOST_LOGGED])}{', …' if len(at) > _MOST_LOGGED else ''}"
        for text, at in places.items()
    )
    return f"the platform logged: {joined(told, '; ')}" if places else ""
