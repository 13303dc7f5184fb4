"""A body as it arrives: bounded before it is whole, and unpacked no further than was asked for."""

from __future__ import annotations

import zlib

from vobiz_mcp.errors import UnreadableAnswer, UpstreamUnreachable

LARGEST = 32 * 2**20
"""Bytes that a body may have once it is unpacked; an hour-long call has about ten million."""

_GZIP = zlib.MAX_WBITS | 16
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
        piece = self._unpacked(raw) if self._gzip else raw
        self._room -= len(piece)
        if self._room < 0:
            raise UnreadableAnswer(f"the API's answer is larger than {LARGEST // 2**20} MiB")
        self._pieces.append(piece)

    def _unpacked(self, raw: bytes) -> bytes:
        assert self._gzip  # noqa: S101 - for mypy: asked only where there is one
        try:
            piece = self._gzip.decompress(raw, self._room + 1)
        except zlib.error:
            raise _damaged() from None
        if self._gzip.unused_data:
            raise _damaged()
        return piece

    def whole(self) -> bytes:
        """The body, when all of it has arrived."""
        if self._gzip and self._pieces and not self._gzip.eof:
            raise _damaged()
        return b"".join(self._pieces)


def _damaged() -> UpstreamUnreachable:
    return UpstreamUnreachable("the API's answer was damaged on the way")
