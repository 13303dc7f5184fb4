"""Indian tax numbers (PAN): `ABCPE1234F`, written, spelled or read out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.privacy.detect.checksums import is_pan
from vobiz_mcp.privacy.language.vocabulary import HARMLESS, LABELS, Label
from vobiz_mcp.privacy.reading.spelling import Piece, spelled
from vobiz_mcp.privacy.reading.text import Reading, Secret

_LENGTH: Final = 10


def pans(reading: Reading, asked: Label | None) -> Iterator[Secret]:
    """The tax numbers in a text: whole ones wherever they stand, spelled ones where one is spoken of."""
    is_spoken_of = asked == "pan" or "pan" in reading.speaks_of
    for index, word in enumerate(reading.words if reading.is_lettered else ()):
        if word.end - word.start < _LENGTH:
            continue
        written = reading.text[word.start : word.end].replace("-", "")
        if not is_pan(written.upper() if is_spoken_of else written):
            continue
        if is_spoken_of or not any(
            LABELS.get(near.text) in HARMLESS for near in reading.words[max(0, index - 4) : index]
        ):
            yield Secret(word.start, word.end, "pan", written.upper())
    if is_spoken_of:
        for pieces in spelled(reading):
            yield from _read_out(pieces)


def _read_out(pieces: list[Piece]) -> Iterator[Secret]:
    first = 0
    while first < len(pieces):
        chars, last = "", first
        while last < len(pieces) and len(chars) < _LENGTH:
            chars += pieces[last].chars
            last += 1
        if len(chars) == _LENGTH and chars[:5].isalpha() and is_pan(chars):
            yield Secret(pieces[first].start, pieces[last - 1].end, "pan", chars)
            first = last
        else:
            first += 1
