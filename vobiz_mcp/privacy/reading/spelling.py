"""What people spell: letters and digits one after another, `A B C P K one two`, `b as in boy`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vobiz_mcp.privacy.reading.numbers import FILLERS
from vobiz_mcp.privacy.reading.text import Reading

_SPELLS: Final = frozenset(["for", "as", "like", "se"])
"""`P for Papa`: the letter counts, the word after it does not."""
_NAMES: Final = "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड"
_LETTERS: Final = dict(zip(_NAMES.split(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True))
"""Latin letters as Hindi writes their names."""
_FIELD: Final = re.compile(r"[\"'{}\[\]:]")
"""What stands between a name of JSON and its value, and between no two letters that somebody spells."""
_CAPITALS: Final = 9
_LETTERS_OF_A_NAME: Final = 5
"""Letters said as one, in small ones: no more than a tax number begins with."""


class Piece(NamedTuple):
    """Letters or digits that were said as one."""

    start: int
    end: int
    chars: str


def spelled(reading: Reading, place: int = 0, end: int | None = None) -> Iterator[list[Piece]]:
    """Letters and digits that follow one another from one word up to another.

    Short words count as letters: whoever asks knows what shape to expect.
    """
    stretch: list[Piece] = []
    end = len(reading.words) if end is None else min(end, len(reading.words))
    while place < end:
        word = reading.words[place]
        if stretch and _FIELD.search(reading.text, stretch[-1].end, word.start):
            yield stretch
            stretch = []
        if group := reading.groups.get(place):
            stretch.append(Piece(group.start, group.end, group.digits))
            place = group.last
        elif word.text in _SPELLS and stretch and len(stretch[-1].chars) == 1:
            place += 2 if [near.text for near in reading.words[place + 1 : place + 2]] == ["in"] else 1
        elif letters := _letters(word.text, reading.text[word.start : word.end]):
            stretch.append(Piece(word.start, word.end, letters))
        elif word.text not in FILLERS:
            yield stretch
            stretch = []
        place += 1
    yield stretch


def _letters(text: str, written: str) -> str:
    """The letters that a word may stand for; empty where it is a word."""
    if text in FILLERS or not written.isascii():
        return _LETTERS.get(text, "")
    most = _CAPITALS if written.isupper() else _LETTERS_OF_A_NAME
    return text.upper() if written.isalpha() and len(written) <= most else ""
