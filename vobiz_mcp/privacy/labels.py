"""What the words around a number say that it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from vobiz_mcp.privacy import vocabulary as said
from vobiz_mcp.privacy.runs import Run
from vobiz_mcp.privacy.shapes import has_unit, is_phone
from vobiz_mcp.privacy.vocabulary import Label
from vobiz_mcp.privacy.words import FEWEST, Word

_NEAR: Final = 6
"""Words around a label that may tell which of two things it means."""
_FARTHEST: Final = 10
"""Words that may stand between a label and its number."""
_REACH: Final = 24
"""Words back to a label that a copula may still speak of."""
_NEXT_FIELD: Final = re.compile(r"[\"'}\]]\s*,|,\s*[\"'{\[]")
_PAIRS: Final[dict[tuple[str, str], Label | None]] = {("permanent", "account"): "pan", ("in", "case"): None}
"""Labels that the word before makes another thing."""
_QUOTES: Final = ('"', "'")
_KEY_ENDS: Final = (*_QUOTES, "\\")
_FITS: Final = 8
"""Digits that a code, PIN or CVV has at most."""
_MAY_LEAD: Final = (
    said.JOINS | said.LABELS.keys() | {"one", "time", "as", "for", "my", "the", "verification", "login", "access"}
)
"""Words that may stand between a number and the label after it."""


class Named(NamedTuple):
    """A label in a text. `is_aside` when the sentence is about something else: `for your order`."""

    place: int
    label: Label
    is_aside: bool


def labels(text: str, found: Sequence[Word]) -> list[Named]:
    """Everything that the words name, in order."""
    known = [(place, word.text) for place, word in enumerate(found) if word.text in said.LABELS]
    meant = ((place, _meant(said.LABELS[word], text, found, place)) for place, word in known)
    return [Named(place, label, _is_aside(found, place)) for place, label in meant if label]


def _meant(label: Label, text: str, found: Sequence[Word], place: int) -> Label | None:
    """What a label means where it stands; None where it means nothing."""
    word, before, after = found[place].text, _text(found, place - 1), _text(found, place + 1)
    if label in said.SECRET - {"aadhaar", "pan"} and after in said.ABOUT_IT:
        return "other"
    if word in said.OFTEN_NO_LABEL and before not in said.OFTEN_NO_LABEL[word]:
        return None
    if word in ("code", "codes", "कोड"):
        return "other" if _is_bare_key(text, found, place) else _code(found, place, before)
    if label == "pin":
        return _pin(found, place, after)
    if label == "number":
        return _number(found, place, before)
    if (before, word) in _PAIRS:
        return _PAIRS[before, word]
    return _by_neighbours(label, word, found, place)


def _by_neighbours(label: Label, word: str, found: Sequence[Word], place: int) -> Label | None:
    """The same of labels that the words on either side make something else."""
    if word in said.BACK:
        is_three = _text(found, place - 3) in ("three", "3") and _text(found, place - 2) == "on"
        return "cvv" if is_three or _near(found, place, said.DIGITS) else None
    if word == "verification":
        return "security" if _text(found, place + 1) in ("value", "number") else None
    if label != "card":
        return label
    before = _text(found, place - 1)
    owner = said.LABELS.get(before)
    return owner if owner in ("pan", "aadhaar") else "other" if before in said.CARD_IS_NO_MONEY else label


def _is_bare_key(text: str, found: Sequence[Word], place: int) -> bool:
    """Whether it is a key `code` of JSON, which is a status, unless what the JSON is about says otherwise."""
    word = found[place]
    is_key = text[max(0, word.start - 1) : word.start] in _QUOTES and text[word.end : word.end + 1] in _KEY_ENDS
    return is_key and not any(near.text in said.CHECKS for near in found[:_NEAR])


def _code(found: Sequence[Word], place: int, before: str) -> Label | None:
    if _near(found, place, said.BACK):
        return "cvv"
    if before in ("security", "verification", "safety", "सिक्योरिटी"):
        return "security"
    if before in ("pin", "पिन", "postal", "zip", "post", "area"):
        return None if before in ("pin", "पिन") else "postal"
    if before in ("confirmation", "transaction", "booking", "payment") and not _near(found, place, said.CODE_CONFIRMS):
        return "other"
    return "other" if before in said.NO_SECRET_CODE else "code"


def _number(found: Sequence[Word], place: int, before: str) -> Label | None:
    """`the number we just texted you` is a code; any other number is called something else."""
    is_counted = before in ("digit", "digits") or before.endswith("-digit")
    sent = any(word.text in said.SENT for word in found[max(0, place - 5 * is_counted) : place + 6])
    is_it = before in said.THAT or before.endswith(("digit", "digits")) or found[place].text == "digits"
    return "code" if sent and is_it else None


def _pin(found: Sequence[Word], place: int, after: str) -> Label:
    """A PIN, or the Indian name for a postal code."""
    if after in ("code", "codes", "कोड"):
        return "pin" if _near(found, place, said.PIN_OF_CARD) else "postal"
    if _near(found, place, said.PIN_IS_SECRET):
        return "pin"
    return "postal" if _near(found, place, said.PIN_IS_POSTAL) else "pin"


def _near(found: Sequence[Word], place: int, words: frozenset[str]) -> bool:
    return any(word.text in words for word in found[max(0, place - _NEAR) : place + _NEAR + 1])


def _text(found: Sequence[Word], place: int) -> str:
    return found[place].text if 0 <= place < len(found) else ""


def _is_aside(found: Sequence[Word], place: int) -> bool:
    if _text(found, place + 1) in said.POSTPOSITIONS:
        return True
    for back in (place - 1, place - 2, place - 3):
        text = _text(found, back)
        if text in said.PARTS:
            return True
        if text in said.LABELS or text in said.COPULAS:
            return False
    return False


@dataclass(frozen=True, slots=True)
class Bond:
    """What a number is by its own sentence: the label, and whether it stands right beside it."""

    label: Label
    is_close: bool


def bonds(text: str, found: Sequence[Word], numbers: Sequence[Run], named: Sequence[Named]) -> list[Bond | None]:
    """For each number what it is by the words around it; None where they do not say."""
    sentence = _Sentence(text, found, named)
    result: list[Bond | None] = []
    for index, run in enumerate(numbers):
        start = numbers[index - 1].last + 1 if index else 0
        end = numbers[index + 1].first if index + 1 < len(numbers) else len(found)
        bond = sentence.again(run, start, result) or sentence.before(run, start)
        if bond is None or not bond.is_close:
            bond = sentence.after(run, end) or bond
        result.append(bond)
    for index in range(len(numbers) - 1, 0, -1):
        between = found[numbers[index - 1].last + 1 : numbers[index].first]
        if result[index - 1] is None and len(between) == 1 and between[0].text in said.ORS:
            result[index - 1] = result[index]
    return result


class _Sentence:
    """The labels of a text while its numbers are given to them, one after another."""

    def __init__(self, text: str, found: Sequence[Word], named: Sequence[Named]) -> None:
        self.text, self.found, self.named = text, found, named
        self.places = [name.place for name in named]
        self.taken: set[int] = set()
        self.is_changed = any(word.text in said.CHANGES for word in found)
        self.is_json = '"' in text or "'" in text

    def again(self, run: Run, start: int, earlier: Sequence[Bond | None]) -> Bond | None:
        """What the number before was, where this one repeats or corrects it."""
        between = self.found[start : run.first]
        if earlier and self.is_changed and [word.text for word in between] in (["to"], ["se"], ["से"]):
            return earlier[-1]
        is_again = len(between) <= 6 and all(word.text in said.CORRECTS | said.AGAIN for word in between)
        return earlier[-1] if earlier and is_again and any(word.text in said.AGAIN for word in between) else None

    def before(self, run: Run, start: int) -> Bond | None:
        """The label that stands before the number and can be its own; `start` is the first word after the last one."""
        near = self.named[bisect_left(self.places, run.first - _REACH) : bisect_left(self.places, run.first)]
        free = [name for name in near if name.place not in self.taken]
        if not free or self._is_cut(free[-1], run):
            return None
        nearest, is_since = free[-1], free[-1].place >= start
        if is_since and nearest.label in ("code", "pin", "cvv", "security") and not _may_be_short(self.text, run):
            return None
        between = self.found[max(start, nearest.place + 1) : run.first]
        said_of = _is_said_of(between)
        if is_since and all(word.text in said.JOINS for word in between):
            own = [name for name in free if name.place >= start]
            return self._bond(_subject(own) if nearest.is_aside and said_of else nearest, is_close=True)
        if said_of:
            return self._bond(_subject(free), is_close=True)
        breaks = said.BREAKS - {"from", "to"} if self.is_changed else said.BREAKS
        is_far = len(between) > _FARTHEST or any(word.text in breaks for word in between)
        return self._bond(nearest, is_close=False) if is_since and not is_far else None

    def after(self, run: Run, end: int) -> Bond | None:
        """The label that follows the number: `482913 is your code`, `4829 mera PIN hai`."""
        if len(run.digits) < FEWEST or has_unit(self.text, self.found, run):
            return None
        at = bisect_left(self.places, run.last + 1)
        while at + 1 < len(self.named) and self.places[at + 1] == self.places[at] + 1 < end:
            at += 1  # of `card PIN` and `bank OTP` the last word counts
        name = self.named[at] if at < len(self.named) else None
        if name is None or name.place >= min(end, run.last + 7) or name.place in self.taken:
            return None
        gap = self.text[run.end : self.found[name.place].start]
        between = self.found[run.last + 1 : name.place]
        lead = self.found[max(0, run.first - 1) : run.first]
        is_for = bool(between) and between[0].text == "for" and any(word.text in said.COPULAS for word in lead)
        is_copula_before = is_for or any(word.text in said.COPULAS or word.text == "as" for word in between)
        is_copula_after = any(
            word.text in said.COPULAS for word in self.found[name.place + 1 : min(end, name.place + 3)]
        )
        if any(mark in gap for mark in '"{}[]?') or not all(word.text in _MAY_LEAD for word in between):
            return None
        if between and between[0].text in said.POSTPOSITIONS:
            return None
        if not between and said.GIVES.intersection(word.text for word in self.found[name.place + 1 : name.place + 3]):
            return self._bond(name, is_close=True)
        is_owned = bool(between) and between[0].text in said.OWNERS
        if is_owned and not is_copula_after and all(word.text in said.LABELS for word in between[1:]):
            return self._bond(name, is_close=True) if end - name.place > 2 or end == len(self.found) else None
        if not is_copula_before and (not is_copula_after or any(mark in gap for mark in ",.;!।")):
            return None
        return self._bond(name, is_close=True)

    def _bond(self, name: Named, *, is_close: bool) -> Bond:
        self.taken.add(name.place)
        return Bond(name.label, is_close)

    def _is_cut(self, name: Named, run: Run) -> bool:
        """Whether JSON ends one field and begins another between a label and a number."""
        if not self.is_json:
            return False
        return _NEXT_FIELD.search(self.text, self.found[name.place].end, run.start) is not None


def _may_be_short(text: str, run: Run) -> bool:
    """Whether a code may begin here: a telephone number is none, whatever it was that was sent to it."""
    return len(run.groups[0].digits) <= _FITS and not is_phone(text, run)


def _is_said_of(between: Sequence[Word]) -> bool:
    """Whether the last words before a number say it of something named earlier: `… is`, `… hai`."""
    is_copula = any(word.text in said.COPULAS for word in between[-2:])
    return is_copula and between[-1].text not in said.BREAKS


def _subject(free: Sequence[Named]) -> Named:
    """What a sentence with these labels is about: the last that nothing sets aside."""
    own = [name for name in free if not name.is_aside]
    return own[-1] if own else free[-1]
