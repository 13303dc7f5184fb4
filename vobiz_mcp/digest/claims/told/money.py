"""Amounts that the agent told, held against what tools charged and paid back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vobiz_mcp.digest.claims.evidence.amounts import Amount, follows, said
from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.evidence.held import named as name_of
from vobiz_mcp.digest.claims.evidence.movements import Movement, figures, known_amounts, movement
from vobiz_mcp.digest.claims.evidence.speech_acts import sentences
from vobiz_mcp.digest.claims.evidence.words import MOVES_MONEY, STILL_TO_COME, TO_PAY, TOTAL, UNDOES
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.items import Utterance

_MOVES: Final = Phrase(MOVES_MONEY)
_LATER: Final = Phrase(STILL_TO_COME)
_TO_PAY: Final = Phrase(TO_PAY)
_UNDOES: Final = Phrase(UNDOES)
_TOTAL: Final = Phrase(TOTAL)
_COVERS: Final = Phrase(r"\b(?:covered|charged|paid|applied|deducted)\b")
_PER_ONE: Final = Phrase(r"\b(?:per|each|a) (?:person|passenger|guest|night|day|month|item|ticket|unit|bag)\b|\beach\b")


def told_money(held: Held) -> Iterator[Finding]:
    """Reports of money that moved, and quotes that the caller agreed to, where the tool shows another amount."""
    for tool in held.done:
        move = movement(held, tool)
        if move:
            yield from _reported(held, move)
            quoted = quote_agreed_to(held, move)
            if quoted:
                said_by, sentence = quoted
                yield _finding(held, said_by, sentence, move)


def _reported(held: Held, move: Movement) -> Iterator[Finding]:
    """What the agent says right after the tool, where no other tool with money ran between."""
    reply = held.reply(move.tool)
    last = [tool for tool in held.done if held.reply(tool) is reply][-1:]
    if reply is None or last != [move.tool]:
        return
    known = [*figures(held, move.tool), *move.amounts, move.net]
    for sentence in sentences(reply.text):
        if wrong_amounts(held, sentence, known, reply.turn) or _is_turned_round(sentence, move):
            yield _finding(held, reply, sentence, move)
            return


def wrong_amounts(held: Held, sentence: str, known: Sequence[float], turn: int) -> list[Amount]:
    """The amounts in a report of a payment that follow from nothing that a tool returned."""
    told = said(sentence)
    if not told or not _MOVES.search(sentence) or _is_later(sentence) or _PER_ONE.search(sentence):
        return []
    main = held.currency
    if any(follows(amount.number, known) for amount in told if amount.currency != main):
        return []
    mine = [amount for amount in told if amount.currency == main and not follows(amount.number, known)]
    shown = known_amounts(held, turn) if mine else set()
    return [amount for amount in mine if amount.number not in shown]


def _is_later(sentence: str) -> bool:
    """Whether it is about what may be or comes later; a refund that will be processed is this one."""
    return bool(_LATER.search(sentence) or (re.search(r"\bwill\b", sentence) and "refund" not in sentence.lower()))


def _is_turned_round(sentence: str, move: Movement) -> bool:
    """Whether a cost is told as paid where the tool paid back."""
    if move.net >= 0 or len(move.amounts) != 1:
        return False
    return bool(_COVERS.search(sentence) and _TO_PAY.search(sentence)) and not said(sentence)


def quote_agreed_to(held: Held, move: Movement) -> tuple[Utterance, str] | None:
    """The sentence with which the agent named another amount, right before the caller agreed."""
    if (
        _UNDOES.search(move.tool.name)
        or not move.tool.after_turn
        or held.turns[move.tool.after_turn - 1].speaker != "caller"
    ):
        return None
    before = held.before(move.tool.after_turn, "agent")
    known = [*figures(held, move.tool), *move.amounts, move.net]
    named_as = _TOTAL if move.is_new else _TO_PAY
    named = [part for part in sentences(before.text) if named_as.search(part) and said(part)] if before else []
    told = [amount for part in named for amount in said(part) if amount.currency == held.currency]
    if before is None or not told or any(_PER_ONE.search(part) for part in named):
        return None
    return None if any(follows(amount.number, known) for amount in told) else (before, named[-1])


def _finding(held: Held, told: Utterance, sentence: str, move: Movement) -> Finding:
    detail = f"agent: {held.quote(sentence)} · {name_of(move.tool)} returned {move.told()}"
    return held.found("contradicts_tool", "critical", told.turn, detail)
