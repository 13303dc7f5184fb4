"""A body as it arrives: bounded before it is whole, and unpacked no further than was asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from vobiz_mcp.errors import UnreadableAnswer, UpstreamUnreachable

LARGEST = 32 * 2**20
"""Bytes that a body may have once it is unpacked; an hour-long call has about ten million."""

_GZIP = zlib.MAX_WBITS | 16
_STEP = 2**20
_ONE_LAYER: tuple[list[str], ...] = ([], ["gzip"], ["x-gzip"])


class Body:
    """What a response brings, piece by piece.

    Raises:
        UnreadableAnswer: packed in a way that was not asked for, or too large.
        UpstreamUnreachable: the packing is damaged, or its end is missing.
    """

    def __init__(self, encoding: str) -> None:
        layers = [layer for layer in encoding.lower().replace(" ", "").split(",") if layer not in ("", "identity")]
        if layers not in _ONE_LAYER:
            raise UnreadableAnswer("the API's answer is encoded in a way that was not asked for")
        self._gzip = zlib.decompressobj(_GZIP) if layers else None
        self._pieces: list[bytes] = []
        self._room = LARGEST

    def add(self, raw: bytes) -> None:
        """Take the next piece."""
        for piece in _unpacked(self._gzip, raw) if self._gzip else (raw,):
            self._room -= len(piece)
            if self._room < 0:
                raise UnreadableAnswer(f"the API's answer is larger than {LARGEST // 2**20} MiB")
            self._pieces.append(piece)

    def whole(self) -> bytes:
        """The body, when all of it has arrived."""
        if self._gzip and self._pieces and not self._gzip.eof:
            raise _damaged()
        return b"".join(self._pieces)


def _unpacked(packing: zlib._Decompress, raw: bytes) -> Iterator[bytes]:
    """What a piece unpacks to, in steps: a bomb is noticed before it takes the room."""
    try:
        piece = packing.decompress(raw, _STEP)
        while piece:
            yield piece
            piece = packing.decompress(packing.unconsumed_tail, _STEP)
    except zlib.error:
        raise _damaged() from None
    if packing.unused_data:
        raise _damaged()


def _damaged() -> UpstreamUnreachable:
    return UpstreamUnreachable("the API's answer was damaged on the way")
