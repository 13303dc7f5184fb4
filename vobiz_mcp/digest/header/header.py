"""Which lines stand above a call's story, by the room there is: outcome, notes, findings, what the platform reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.header.facts import analysis, cost, latency, outcome, recording, started
from vobiz_mcp.digest.header.highlights import highlights
from vobiz_mcp.digest.tokens.cost import UNIT
from vobiz_mcp.records.agent_call import AgentCall

_LATENCY_FROM, _COST_FROM, _START_FROM = 250, 1100, 1400
"""Budgets from which the brief header has these lines."""
_FINDINGS: Final = 14
"""One part in this many of the budget is for findings."""


@dataclass(frozen=True)
class Header:
    """The header of one call; `notes` say what is not there, and why."""

    call: AgentCall
    notes: Sequence[str]
    findings: Sequence[Finding]

    def whole(self) -> list[str]:
        """All there is to say."""
        call, findings = self.call, (finding.line() for finding in self.findings)
        reported = (latency(call), analysis(call), cost(call), started(call), recording(call))
        return [outcome(call), *self.notes, *(line for line in (*findings, *reported) if line)]

    def brief(self, max_tokens: int) -> list[str]:
        """What no answer may lack."""
        findings = highlights(self.findings, max_tokens * UNIT // _FINDINGS)
        stages = latency(self.call, brief=True) if max_tokens >= _LATENCY_FROM else ""
        return [line for line in (outcome(self.call), *self.notes, *findings, stages) if line]

    def opinions(self, max_tokens: int) -> list[str]:
        """What it has besides where there is room: what the platform thinks of the call, its cost, its date."""
        lines = (
            analysis(self.call, longest=max_tokens // 3),
            cost(self.call, brief=True) if max_tokens >= _COST_FROM else "",
            started(self.call) if max_tokens >= _START_FROM else "",
        )
        return [line for line in lines if line]
