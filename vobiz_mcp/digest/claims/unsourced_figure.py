"""Amounts that the agent tells and that nothing on the call bears out: worth a look, and no fault by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.claims.evidence.amounts import follows, said, same, shown
from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.evidence.movements import figures
from vobiz_mcp.digest.claims.evidence.speech_acts import sentences
from vobiz_mcp.digest.claims.evidence.words import MOVES_MONEY, TO_PAY
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.items import ToolCall, Utterance

_PAYS: Final = Phrase(f"{MOVES_MONEY}|{TO_PAY}")
"""Payments and what is to be paid are held against the tools elsewhere."""


def unsourced_figure(held: Held) -> Iterator[Finding]:
    """An amount, told right after tools returned some, that no tool, argument or word of the caller bears out."""
    found: list[tuple[Utterance, str]] = []
    for turn in held.figured:
        tools = held.after.get(turn.turn - 1, ()) if turn.speaker == "agent" else ()
        found += [(turn, name) for name in _unsourced(held, turn, tools[0])] if tools else []
    if found:
        turn, name = found[0]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        detail = f"{name} at t{turn.turn}{more}: in no tool result, argument or word of the caller"
        yield held.found("unsourced_figure", "info", turn.turn, detail)


def _unsourced(held: Held, turn: Utterance, tool: ToolCall) -> list[str]:
    parts = [part for part in sentences(turn.text) if said(part) and not _PAYS.search(part)]
    told = [amount for part in parts for amount in said(part) if amount.currency == held.currency]
    known = figures(held, tool) if told else []
    if not known:
        return []
    own = [amount.number for amount in told]
    new = [amount for amount in told if not follows(amount.number, known)]
    if not new:
        return []
    heard = {amount.number for other in held.figured if other.turn < turn.turn for amount in said(other.text)}
    sources = heard | held.tool_numbers
    return [
        f"{amount.currency}{shown(amount.number)}"
        for amount in new
        if not _is_borne(amount.number, sources)
        and not follows(amount.number, [*known, *(number for number in own if number != amount.number)])
    ]


def _is_borne(number: float, sources: set[float]) -> bool:
    """Whether a number stands among others, is the sum or difference of two, or a part of one."""
    if number in sources or number * 100 in sources or any(number * times in sources for times in range(2, 7)):
        return True
    if any(number - source in sources or number + source in sources for source in sources):
        return True
    return any(same(number, source) for source in sources)
