"""What people spell: letters and digits one after another, `A B C P K one two`, `b as in boy`."""

from __future__ import annotations

from typing import Final, NamedTuple

from vobiz_mcp.privacy.reading import Reading

_SPELLS: Final = frozenset(["for", "as", "like", "se"])
"""`P for Papa`: the letter counts, the word after it does not."""
_NAMES: Final = "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड"
_LETTERS: Final = dict(zip(_NAMES.split(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True))
"""Latin letters as Hindi writes their names."""
_JOINS: Final = frozenset(["then", "and", "phir", "aur", "dash", "hyphen", "space", "uh", "um", "फिर", "और"])
_CAPITALS: Final = 9
_LETTERS_OF_A_NAME: Final = 5
"""Letters said as one, in small ones: no more than a tax number begins with."""


class Piece(NamedTuple):
    """Letters or digits that were said as one; `place` is the first word after them."""

    start: int
    end: int
    chars: str
    first: int


def spelled(reading: Reading) -> list[list[Piece]]:
    """Letters and digits that follow one another; short words count as letters, whoever asks knows the shape."""
    digits = {group.first: group for run in reading.runs for group in run.groups}
    stretches: list[list[Piece]] = [[]]
    place = 0
    while place < len(reading.words):
        word, first = reading.words[place], place
        if group := digits.get(place):
            stretches[-1].append(Piece(group.start, group.end, group.digits, first))
            place = group.last
        elif word.text in _SPELLS and stretches[-1] and len(stretches[-1][-1].chars) == 1:
            place += 2 if [near.text for near in reading.words[place + 1 : place + 2]] == ["in"] else 1
        elif letters := _letters(word.text, reading.text[word.start : word.end]):
            stretches[-1].append(Piece(word.start, word.end, letters, first))
        elif word.text not in _JOINS:
            stretches.append([])
        place += 1
    return stretches


def _letters(text: str, written: str) -> str:
    """The letters that a word may stand for; empty where it is a word."""
    if text in _JOINS or not written.isascii():
        return _LETTERS.get(text, "")
    most = _CAPITALS if written.isupper() else _LETTERS_OF_A_NAME
    return text.upper() if written.isalpha() and len(written) <= most else ""
