"""Bytes of a descriptor as lines, each read once, however long it is, and held up to a bound."""

from __future__ import annotations

import os
from collections.abc import Iterator

LONGEST_LINE = 4 << 20
"""Bytes of a message, as many as the SDK takes over HTTP."""

_CHUNK = 65_536


def lines_of(descriptor: int) -> Iterator[bytes | None]:
    """Every line that is not blank, without its end, and None in place of one that is longer than `LONGEST_LINE`."""
    line = bytearray()
    while chunk := os.read(descriptor, _CHUNK):
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            yield from _ended(_grown(line, end))
            line = bytearray()
        _grown(line, rest)
    yield from _ended(line)


def _grown(line: bytearray, part: bytes) -> bytearray:
    """The line with its next part, unless it is too long already: then the rest is not worth its memory."""
    if len(line) <= LONGEST_LINE:
        line += part
    return line


def _ended(line: bytearray) -> Iterator[bytes | None]:
    if len(line) > LONGEST_LINE:
        yield None
    elif line.strip():
        yield bytes(line)
