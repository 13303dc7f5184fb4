"""A text as the words that privacy looks at: figures, spoken digits and the words that tell what numbers are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from vobiz_mcp.privacy.language.numerals import SPOKEN

_LETTERS: Final = r"[^\W\d_](?:['’]?[^\W_]|[\u0900-\u0963\u200c\u200d])*+"
_WORD: Final = re.compile(
    r"(?=[^\W_])(?:[A-Za-z]++(?![\w'’-])"
    r"|((?<!\w)\d++(?!\w|(?:-\d{1,20}){0,6}-?[A-Za-z_]))"
    r"|((?=[A-Za-z-]{0,40}\d)[A-Za-z\d]++(?:-[A-Za-z\d]+)*+)"
    rf"|{_LETTERS})"
)
"""A number, an id of letters and digits, or a word; matras and other Indic marks belong to their words."""
HUMP: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""The words of a name such as `cardNumber`."""
HUMPED: Final = re.compile(r"[a-z][A-Z]")
_FIGURE: Final = re.compile(r"\d")
_FOLDED: Final = {0x093C: None, 0x0901: 0x0902, 0x200C: None, 0x200D: None, 0x2019: "'"} | dict(
    zip(range(0x0958, 0x0960), "कखगजडढफय", strict=True)
)
"""Spellings of one Devanagari word that only differ in its dots."""
_SAID: Final = frozenset(word + stop for word in SPOKEN for stop in ("", *",.?!;:…।"))
_CLIPPED: Final = frozenset(["it", "that", "here", "what", "let", "so"])
SPELLED: Final[Mapping[tuple[str, ...], str]] = {
    tuple(letters.split()): name
    for letters, name in (
        ("o t p", "otp"), ("ओ टी पी", "otp"), ("c v v", "cvv"), ("c v c", "cvv"), ("सी वी वी", "cvv"), ("p i n", "pin"),
        ("पी आई एन", "pin"), ("p a n", "pan"), ("पी ए एन", "pan"),
    )
}  # fmt: skip
LAST_LETTERS: Final = frozenset(letters[-1] for letters in SPELLED)
FEWEST: Final = 3
"""Digits of the shortest secret."""


class Word(NamedTuple):
    """One word: where it stands, and in its plainest spelling; of a number the digits, and of an id the letters too."""

    start: int
    end: int
    text: str
    is_number: bool = False


_new: Final = tuple.__new__
"""Half the time of `Word(…)`, of which a long call needs thousands."""


def may_hold_digits(text: str) -> bool:
    """Whether a text has a figure or enough words for digits; quick, because most turns have neither."""
    if _FIGURE.search(text):
        return True
    spaced = plain(text).split()
    return not _SAID.isdisjoint(spaced) and sum(map(_SAID.__contains__, spaced)) >= FEWEST - 1


def plain(text: str) -> str:
    """A text in small letters and in one spelling, with space for hyphens."""
    lowered = text.lower().replace("-", " ")
    return lowered if lowered.isascii() else lowered.translate(_FOLDED)


def words(text: str) -> list[Word]:
    """The words of a text, in order; what is spelled in letters, `O T P`, is one."""
    lowered = text.lower()
    if text.isascii() and not HUMPED.search(text):
        found = [_new(Word, (*m.span(), m[0], m.lastindex == 1)) for m in _WORD.finditer(lowered)]
    else:
        found = list(_words(text))
    if "'" in text or "’" in text:
        found = [word._replace(text=_unowned(word.text)) if "'" in word.text else word for word in found]
    return _unspelled(found)


def _unowned(word: str) -> str:
    """`otp` for `otp's`."""
    return word.removesuffix("'s") if word.removesuffix("'s") not in _CLIPPED else word


def _unspelled(found: list[Word]) -> list[Word]:
    joined: list[Word] = []
    for word in found:
        joined.append(word)
        if word.text in LAST_LETTERS and (name := SPELLED.get(tuple(near.text for near in joined[-3:]))):
            joined[-3:] = [Word(joined[-3].start, word.end, name)]
    return joined


def _words(text: str) -> Iterator[Word]:
    """The words of a text with humps in its names, `cardNumber`, or with letters beyond ASCII."""
    for found in _WORD.finditer(text):
        written = found[0]
        if found.lastindex == 1:
            yield Word(found.start(), found.end(), _ascii(written), is_number=True)
        elif not written.isascii():
            yield Word(found.start(), found.end(), written.lower().translate(_FOLDED))
        elif found.lastindex or not HUMPED.search(written):
            yield Word(found.start(), found.end(), written.lower())
        else:
            for part in HUMP.finditer(written):
                yield Word(found.start() + part.start(), found.start() + part.end(), part[0].lower())


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)
