"""What was done beside what the agent claimed: a row for each deed, and for each claim that no deed stands behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vobiz_mcp.digest.claims.evidence.speech_acts import reports
from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.deeds.detail import Detail
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.speech.cutting import clipped
from vobiz_mcp.digest.timeline.items import Timeline, ToolCall
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.view.picture import Claim, LedgerRow, Outcome

LONGEST_NAME: Final = 60
"""Characters of a tool's name."""
_UNTRUE: Final = frozenset(["claim_without_deed", "contradicts_tool"])
_SOON: Final = 4
"""Turns within which a claim is taken to be about the last deed."""


def outcome(tool: ToolCall) -> Outcome | None:
    """How a tool call ended that did not succeed, by the platform's word and its own."""
    if tool.result is None:
        return "running" if tool.is_running else "unanswered"
    if tool.successful is False:
        return "failed"
    return "soft_failure" if tool.failure else None


@dataclass(frozen=True)
class Told:
    """The deeds of a call as it may be shown, what its agent claimed, and the turns whose claims are not borne out."""

    deeds: Sequence[Deed]
    claims: Sequence[Claim]
    untrue: frozenset[int | None]
    is_hidden: bool
    """Whether what tools were asked and answered is not to be shown."""


def deeds_and_claims(shown: ShownCall, findings: Iterable[Finding], *, is_hidden: bool) -> Told:
    """What was done and claimed on a call."""
    untrue = frozenset(finding.turn for finding in findings if finding.code in _UNTRUE)
    return Told(shown.deeds, list(_claims(shown.told, untrue)), untrue, is_hidden)


def ledger(told: Told, longest: int) -> list[LedgerRow]:
    """Deeds and claims in order; quotes of others up to `longest` characters."""
    claims: defaultdict[int | None, list[Claim]] = defaultdict(list)
    last = [deed.tools[-1].after_turn for deed in told.deeds]
    for turn, said in told.claims:
        about = next((place for place in reversed(range(len(last))) if 0 < turn - last[place] <= _SOON), None)
        claims[about].append(Claim(turn, clipped(said, longest)))
    rows = [_row(deed, claims[place], told, longest) for place, deed in enumerate(told.deeds)]
    alone = [claim for claim in claims[None] if claim.turn in told.untrue]
    rows += [LedgerRow(turn=claim.turn, claims=[claim], is_untrue=True) for claim in alone]
    return sorted(rows, key=lambda row: row.turn)


def _row(deed: Deed, claims: list[Claim], told: Told, longest: int) -> LedgerRow:
    times = f" ×{len(deed.tools)}" if len(deed.tools) > 1 else ""
    return LedgerRow(
        turn=deed.tools[-1].after_turn,
        tool=plain(deed.tool.name, LONGEST_NAME) + times,
        outcome=outcome(deed.tool),
        asked="" if told.is_hidden else _told(deed.asked, longest),
        came_back="" if told.is_hidden else _told(deed.came_back, longest) + deed.end,
        claims=claims,
        is_untrue=any(claim.turn in told.untrue for claim in claims),
    )


def _told(details: Sequence[Detail], longest: int) -> str:
    """The details that are worth most and have room, in their order."""
    kept, room = set[int](), longest
    for place, detail in sorted(enumerate(details), key=lambda each: -each[1].worth):
        if len(detail.text) + 2 <= room or not kept:
            kept.add(place)
            room -= len(detail.text) + 2
    return clipped(", ".join(detail.text for place, detail in enumerate(details) if place in kept), longest)


def _claims(told: Timeline, untrue: frozenset[int | None]) -> Iterator[Claim]:
    """What the agent told as done; of a turn that a finding names, its words in any case."""
    for said in told.utterances:
        if said.speaker == "agent":
            told_done = reports(said.text)
            sentence = told_done[0].sentence if told_done else said.text if said.turn in untrue else ""
            if sentence:
                yield Claim(said.turn, sentence)
