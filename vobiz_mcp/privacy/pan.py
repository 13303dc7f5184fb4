"""Indian tax numbers (PAN): `ABCPE1234F`, written, spelled or read out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from vobiz_mcp.privacy.checksums import is_pan
from vobiz_mcp.privacy.reading import Reading, Secret
from vobiz_mcp.privacy.vocabulary import LABELS, Label

_LENGTH: Final = 10
_SPELLS: Final = frozenset(["for", "as", "like", "se"])
"""`P for Papa`: the letter counts, the word after it does not."""
_NAMES: Final = "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड"
_LETTERS: Final = dict(zip(_NAMES.split(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True))
"""Latin letters as Hindi writes their names."""
_JOINS: Final = frozenset(["then", "and", "phir", "aur", "dash", "space", "uh", "um", "फिर", "और"])


class _Piece(NamedTuple):
    start: int
    end: int
    chars: str


def pans(reading: Reading, asked: Label | None) -> Iterator[Secret]:
    """The tax numbers in a text: whole ones wherever they stand, spelled ones where one is spoken of."""
    is_spoken_of = asked == "pan" or reading.speaks_of("pan")
    for index, word in enumerate(reading.words):
        written = reading.text[word.start : word.end]
        if len(written) != _LENGTH or not is_pan(written.upper() if is_spoken_of else written):
            continue
        if is_spoken_of or not any(
            LABELS.get(near.text) == "other" for near in reading.words[max(0, index - 4) : index]
        ):
            yield Secret(word.start, word.end, "pan", written.upper())
    if is_spoken_of:
        yield from _spelled(_pieces(reading))


def _pieces(reading: Reading) -> list[list[_Piece]]:
    """Letters and digits that follow one another."""
    digits = {group.first: group for run in reading.runs for group in run.groups}
    stretches: list[list[_Piece]] = [[]]
    place = 0
    while place < len(reading.words):
        word = reading.words[place]
        group = digits.get(place)
        if group:
            stretches[-1].append(_Piece(group.start, group.end, group.digits))
            place = group.last
        elif word.text in _SPELLS and stretches[-1] and len(stretches[-1][-1].chars) == 1:
            place += 1
        elif word.text in _LETTERS:
            stretches[-1].append(_Piece(word.start, word.end, _LETTERS[word.text]))
        elif _is_letters(reading.text[word.start : word.end]):
            stretches[-1].append(_Piece(word.start, word.end, word.text.upper()))
        elif word.text not in _JOINS:
            stretches.append([])
        place += 1
    return stretches


def _is_letters(written: str) -> bool:
    return len(written) == 1 or (len(written) < _LENGTH and written.isupper())


def _spelled(stretches: list[list[_Piece]]) -> Iterator[Secret]:
    for pieces in stretches:
        first = 0
        while first < len(pieces):
            chars, last = "", first
            while last < len(pieces) and len(chars) < _LENGTH:
                chars += pieces[last].chars
                last += 1
            if is_pan(chars) and last > first + 1:
                yield Secret(pieces[first].start, pieces[last - 1].end, "pan", chars)
                first = last
            else:
                first += 1
