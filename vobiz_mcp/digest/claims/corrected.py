"""The caller corrects what the agent understood; a change of mind is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.evidence.speech_acts import sentences
from vobiz_mcp.digest.claims.evidence.words import (
    CHANGED_MIND,
    CORRECTED_HINTS,
    MISUNDERSTOOD,
    NOT_THAT,
    WRONG,
)
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.speech.values import Key, values
from vobiz_mcp.digest.timeline.items import Utterance

_WRONG: Final = Phrase(WRONG)
_MISUNDERSTOOD: Final = Phrase(MISUNDERSTOOD)
_NOT_THAT: Final = Phrase(NOT_THAT)
_CHANGED: Final = Phrase(CHANGED_MIND)
_NO: Final = Phrase(r"\W*(?:no|nope|nahi|nahin|नहीं)\b")
_MISHEARD: Final = ("date", "time", "number", "id", "when", "day")
_RECALLED: Final = 30
"""Turns back to which somebody repeats what they said."""
_FIRST: Final = 2
"""Sentences of a turn that answer what was said before it."""


def corrected(held: Held) -> Iterator[Finding]:
    """The caller puts right what the agent understood; a change of mind is none."""
    for said in held.callers(CORRECTED_HINTS):
        before = held.before(said.turn - 1, "agent")
        sentence = (_correction(said) or _told_before(held, said, before)) if before else None
        if before and sentence:
            detail = f"caller: {held.quote(sentence)} · agent t{before.turn} before it: {held.quote(before.text, 70)}"
            yield held.found("corrected", "info", said.turn, detail)


def _correction(said: Utterance) -> str | None:
    parts = sentences(said.text)
    direct = next((part for part in parts[:_FIRST] if _WRONG.match(part) and not _CHANGED.search(part)), None)
    if direct:
        return direct
    doubt = next((part for part in parts if _MISUNDERSTOOD.search(part)), None)
    return doubt if doubt and any(_NOT_THAT.search(part) for part in parts) else None


def _told_before(held: Held, said: Utterance, before: Utterance) -> str | None:
    """`No, two nights` where they had said two before, and the agent another number that they had not."""
    first = next(iter(sentences(said.text)), "")
    if not _NO.match(first) or _CHANGED.search(said.text):
        return None
    told, heard = _plain_values(said), _plain_values(before)
    if not (told and heard):
        return None
    recalled = held.turns[max(0, before.turn - _RECALLED) : before.turn - 1]
    earlier = {key for turn in recalled if turn.speaker == "caller" for key in _plain_values(turn)}
    again, mistaken = told & earlier - heard, heard - earlier
    return first if {key.kind for key in again} & {key.kind for key in mistaken} else None


def _plain_values(said: Utterance) -> set[Key]:
    """The values in a turn that may be misheard: dates, times, numbers, ids."""
    return {value.key for value in values(said.text) if value.key.kind in _MISHEARD}
