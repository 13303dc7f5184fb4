"""Prices that the agent worked out, and a tool then refused for naming another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vobiz_mcp.digest.claims.evidence.amounts import numbers, said, same
from vobiz_mcp.digest.claims.evidence.held import Held, named
from vobiz_mcp.digest.claims.evidence.movements import calculates, movement
from vobiz_mcp.digest.claims.evidence.speech_acts import sentences
from vobiz_mcp.digest.claims.evidence.words import UNDOES
from vobiz_mcp.digest.findings.finding import Finding, Severity
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.items import ToolCall, Utterance

_N: Final = r"[$€£₹]?(\d[\d,]*(?:\.\d+)?)"
_WANTS: Final = re.compile(
    rf"\b(?:total|price|amount|due|costs?|required|requires|needed|needs|minimum|expected|fare)\b[^\d.;]{{0,30}}{_N}",
    re.IGNORECASE,
)
_GOT: Final = re.compile(
    rf"\b(?:paid|got|given|gave|received|provided|sent|submitted|entered|actual|instead of"
    rf"|payment)\b[^\d.;]{{0,25}}{_N}",
    re.IGNORECASE,
)
_UNDOES: Final = Phrase(UNDOES)
_GROUP: Final = re.compile(r"\(([^()]*)\)")


class _Refusal(NamedTuple):
    tool: ToolCall
    wants: float
    got: float


def priced_wrong(held: Held) -> Iterator[Finding]:
    """Each turn that names the refused price, or what was worked out from it."""
    reported: set[int] = set()
    for refusal in filter(None, map(_refusal, held.writes)):
        wrong = _worked_out(held, refusal)
        begin, end = held.begin(refusal.tool.after_turn), _corrected_at(held, refusal)
        for turn in (other for other in held.agent if begin <= other.turn < end and other.turn not in reported):
            sentence = next((part for part in sentences(turn.text) if _names(part, wrong)), None)
            if sentence:
                reported.add(turn.turn)
                yield _finding(held, turn, sentence, refusal)


def _finding(held: Held, told: Utterance, sentence: str, refusal: _Refusal) -> Finding:
    """Worse where the tool had named the right price before, or something was given up or charged in between."""
    is_late = told.turn > refusal.tool.after_turn
    given_up = None if is_late else _given_up(held, told, refusal)
    severity: Severity = "critical" if is_late or given_up else "warn"
    before = f"; {named(given_up)} was done already" if given_up else ""
    refused = f"{named(refusal.tool)} was refused: {held.quote(refusal.tool.result or '')}{before}"
    return held.found("contradicts_tool", severity, told.turn, f"agent: {held.quote(sentence)} · {refused}")


def _given_up(held: Held, told: Utterance, refusal: _Refusal) -> ToolCall | None:
    """What was cancelled or charged after the wrong price and before its refusal, which nothing put right."""
    if held.later_successes.of(refusal.tool):
        return None
    between = (tool for tool in held.done if told.turn <= tool.after_turn <= refusal.tool.after_turn)
    before = [tool for tool in between if held.place[id(tool)] < held.place[id(refusal.tool)]]
    return next((tool for tool in before if _UNDOES.search(tool.name) or _charges(held, tool)), None)


def _charges(held: Held, tool: ToolCall) -> bool:
    move = movement(held, tool)
    return bool(move and move.net > 0)


def _refusal(tool: ToolCall) -> _Refusal | None:
    if not tool.failed:
        return None
    text = tool.result or ""
    wants, got = _WANTS.search(text), _GOT.search(text)
    if not (wants and got) or wants[1] == got[1]:
        return None
    return _Refusal(tool, float(wants[1].replace(",", "")), float(got[1].replace(",", "")))


def _worked_out(held: Held, refusal: _Refusal) -> list[float]:
    """The refused amount, and every result of a calculation that it went into."""
    wrong = [refusal.got]
    for tool in held.tools[: held.place[id(refusal.tool)]]:
        if calculates(tool) and tool.after_turn >= held.begin(refusal.tool.after_turn):
            text = " ".join(value for _, value in tool.asked)
            parts = [*numbers(text), *(_sum(group) for group in _GROUP.findall(text))]
            if any(same(part, one) for part in parts for one in wrong):
                wrong += numbers(tool.result or "")[:1] if len(tool.result or "") < 20 else []
    return wrong


def _sum(group: str) -> float:
    """The value of a sum without brackets; of anything else 0."""
    return sum(numbers(group)) if re.fullmatch(r"[\d.,+\s]+", group) else 0


def _corrected_at(held: Held, refusal: _Refusal) -> int:
    """The turn at which the agent names the right price; past the end where it never does."""
    later = (turn for turn in held.agent if turn.turn > refusal.tool.after_turn)
    right = (turn.turn for turn in later if any(same(amount.number, refusal.wants) for amount in said(turn.text)))
    return next(right, len(held.turns) + 1)


def _names(sentence: str, wrong: list[float]) -> bool:
    return any(abs(amount.number - one) < 0.01 for amount in said(sentence) for one in wrong)
