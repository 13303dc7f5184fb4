"""What each number of a text is by its own sentence: the label that it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.vocabulary import Label
from vobiz_mcp.privacy.language.words import FEWEST, Word
from vobiz_mcp.privacy.reading.label_words import Named
from vobiz_mcp.privacy.reading.number_shapes import has_unit, is_phone
from vobiz_mcp.privacy.reading.numbers import Run

_FARTHEST: Final = 10
"""Words that may stand between a label and its number."""
_REACH: Final = 24
"""Words back to a label that a copula may still speak of."""
_FITS: Final = 8
"""Digits that a code, PIN or CVV has at most."""
_NAMES: Final = 2
"""Words that name the sender in `482913 is your … OTP`."""
_MAY_LEAD: Final = (
    said.JOINS
    | said.LABELS.keys()
    | {"one", "time", "as", "for", "my", "the", "verification", "login", "access", "with", "anyone"}
)
"""Words that may stand between a number and the label after it."""


_REPEATS: Final = said.CORRECTS | said.AGAIN
_TELLS: Final = said.COPULAS | {"as"}


@dataclass(frozen=True, slots=True)
class Bond:
    """What a number is by its own sentence: the label, and whether it stands right beside it."""

    label: Label
    is_close: bool


def bonds(text: str, found: Sequence[Word], numbers: Sequence[Run], named: Sequence[Named]) -> list[Bond | None]:
    """For each number what it is by the words around it; None where they do not say."""
    if not named:
        return [None] * len(numbers)
    sentence = _Sentence(text, found, named)
    result: list[Bond | None] = []
    start = 0
    for index, run in enumerate(numbers):
        if _counts_digits(found, run):
            result.append(None)
            continue
        end = numbers[index + 1].first if index + 1 < len(numbers) else len(found)
        bond = sentence.again(run, start, result) or sentence.before(run, start)
        if bond is None or not bond.is_close:
            bond = sentence.after(run, end) or bond
        result.append(bond)
        start = run.last + 1
    return result


def _counts_digits(found: Sequence[Word], run: Run) -> bool:
    """Whether it only says how many digits are meant: `the three digits on the back`."""
    after = found[run.last + 1].text if run.last + 1 < len(found) else ""
    return len(run.digits) < FEWEST and after in said.DIGIT_COUNTS


class _Sentence:
    """The labels of a text while its numbers are given to them, one after another."""

    def __init__(self, text: str, found: Sequence[Word], named: Sequence[Named]) -> None:
        self.text, self.found, self.named = text, found, named
        self.places = [name.place for name in named]
        self.taken: set[int] = set()

    def again(self, run: Run, start: int, earlier: Sequence[Bond | None]) -> Bond | None:
        """What the number before was, where this one repeats or corrects it."""
        between = self.found[start : run.first]
        is_again = len(between) <= 6 and all(word.text in _REPEATS for word in between)
        return earlier[-1] if earlier and is_again and any(word.text in said.AGAIN for word in between) else None

    def before(self, run: Run, start: int) -> Bond | None:
        """The label that stands before the number and can be its own; `start` is the first word after the last one."""
        near = self.named[bisect_left(self.places, run.first - _REACH) : bisect_left(self.places, run.first)]
        free = [name for name in near if name.place not in self.taken]
        if not free:
            return None
        nearest, is_since = free[-1], free[-1].place >= start
        if (
            is_since
            and nearest.label in ("code", "some code", "pin", "cvv", "security")
            and not _may_be_short(self.text, run)
        ):
            return None
        between = self.found[max(start, nearest.place + 1) : run.first]
        if [word.text for word in between] == ["of"] and nearest.label in said.SECRET:
            return self._bond(nearest, is_close=True)
        said_of = _is_said_of(between)
        if is_since and all(word.text in said.JOINS for word in between):
            own = [name for name in free if name.place >= start]
            return self._bond(_subject(own) if nearest.is_aside and said_of else nearest, is_close=True)
        if said_of:
            return self._bond(_subject(free), is_close=True)
        is_far = len(between) > _FARTHEST or _is_broken(between)
        return self._bond(nearest, is_close=False) if is_since and not is_far else None

    def after(self, run: Run, end: int) -> Bond | None:
        """The label that follows the number: `482913 is your code`, `4829 mera PIN hai`."""
        if len(run.digits) < FEWEST or has_unit(self.text, self.found, run):
            return None
        name = self._next(run, end)
        if name is None or name.place >= min(end, run.last + 7) or name.place in self.taken:
            return None
        gap = self.text[run.end : self.found[name.place].start]
        between = [word.text for word in self.found[run.last + 1 : name.place]]
        sent = between[2:] if between[:1] == ["is"] and between[1:2] in (["your"], ["the"]) else between
        is_lead = _MAY_LEAD.issuperset(sent) or (sent is not between and len(sent) <= _NAMES)
        if any(mark in gap for mark in '"{}[]?') or not is_lead:
            return None
        return self._bond(name, is_close=True) if self._is_told(run, gap, between, name.place, end) else None

    def _next(self, run: Run, end: int) -> Named | None:
        """The first label after a number; of `card PIN` and `bank OTP` the last word."""
        at = bisect_left(self.places, run.last + 1)
        while at + 1 < len(self.named) and self.places[at + 1] == self.places[at] + 1 < end:
            at += 1
        return self.named[at] if at < len(self.named) else None

    def _is_told(self, run: Run, gap: str, between: Sequence[str], place: int, end: int) -> bool:
        """Whether words make the label at `place` that of the number before it, and not of one to come."""
        after = [word.text for word in self.found[place + 1 : min(end, place + 3)]]
        is_copula_after = not said.COPULAS.isdisjoint(after)
        if between and between[0] in said.POSTPOSITIONS:
            return False
        if between and between[0] in said.OWNERS and not is_copula_after and said.LABELS.keys() >= set(between[1:]):
            return end - place > 2 or end == len(self.found)
        if between[:1] == ["for"] and run.first and self.found[run.first - 1].text in said.COPULAS:
            return True
        if not _TELLS.isdisjoint(between):
            return True
        return is_copula_after and not any(mark in gap for mark in ",.;!।")

    def _bond(self, name: Named, *, is_close: bool) -> Bond:
        self.taken.add(name.place)
        return Bond(name.label, is_close)


def _may_be_short(text: str, run: Run) -> bool:
    """Whether a code may begin here: a telephone number is none, whatever it was that was sent to it."""
    return len(run.groups[0].digits) <= _FITS and not is_phone(text, run)


def _is_broken(between: Sequence[Word]) -> bool:
    """Whether one of these words sets the number apart; `for login` and `to log in` only say what it is for."""
    texts = ["", *(word.text for word in between), ""]
    return any(
        text in said.BREAKS and said.DOORS.isdisjoint((before, after))
        for before, text, after in zip(texts, texts[1:], texts[2:], strict=False)
    )


def _is_said_of(between: Sequence[Word]) -> bool:
    """Whether the last words before a number say it of something named earlier: `… is`, `… hai`."""
    is_copula = any(word.text in said.COPULAS for word in between[-2:])
    return is_copula and between[-1].text not in said.BREAKS


def _subject(free: Sequence[Named]) -> Named:
    """What a sentence with these labels is about: the last that nothing sets aside."""
    own = [name for name in free if not name.is_aside]
    return own[-1] if own else free[-1]
