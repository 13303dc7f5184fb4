from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest

from vobiz_mcp.client.reading import LARGEST, Body
from vobiz_mcp.errors import UnreadableAnswer, UpstreamUnreachable


def read(encoding: str, *pieces: bytes) -> bytes:
    body = Body(encoding)
    for piece in pieces:
        body.add(piece)
    return body.whole()


@pytest.mark.parametrize("encoding", ["", "identity", " Identity "])
def test_a_body_is_its_pieces(encoding: str) -> None:
    assert read(encoding, b"one ", b"two") == b"one two"
    assert read(encoding) == b""


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZip", "identity, gzip"])
def test_one_layer_of_gzip_is_unpacked_however_it_is_cut(encoding: str) -> None:
    packed = gzip.compress(b"one two")
    assert read(encoding, *(packed[at : at + 1] for at in range(len(packed)))) == b"one two"
    assert read(encoding) == b""


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate", "zstd", "gzip,br", "chunked"])
def test_what_was_not_asked_for_is_not_unpacked(encoding: str) -> None:
    with pytest.raises(UnreadableAnswer, match="encoded"):
        Body(encoding)


@pytest.mark.parametrize(
    "packed",
    [b"{}", gzip.compress(b"{}")[:-1], gzip.compress(b"{}") + b"!", zlib.compress(b"{}")],
    ids=["none", "cut off", "more after its end", "zlib"],
)
def test_damaged_packing_is_no_answer(packed: bytes) -> None:
    with pytest.raises(UpstreamUnreachable, match="damaged"):
        read("gzip", packed)


def test_a_bomb_is_never_unpacked_beyond_the_limit() -> None:
    pack = zlib.compressobj(wbits=31)
    bomb = b"".join(pack.compress(bytes(2**20)) for _ in range(128)) + pack.flush()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableAnswer, match="32 MiB"):
            read("gzip", bomb)
        assert tracemalloc.get_traced_memory()[1] < 2 * LARGEST
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_body_may_be_as_large_as_the_limit_and_no_byte_larger(encoding: str) -> None:
    largest = bytes(LARGEST)
    pack = gzip.compress if encoding else bytes
    assert len(read(encoding, pack(largest))) == LARGEST
    with pytest.raises(UnreadableAnswer, match="32 MiB"):
        read(encoding, pack(largest + b" "))
