from __future__ import annotations

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.serving.stdio import lines
from vobiz_mcp.serving.stdio.lines import lines_of

PARTS = st.sampled_from([b"a", b"\n", b"\r\n", b"  ", b"\xff", b"eight ch", b"\n\n"])


def read(text: bytes) -> list[bytes | None]:
    """The text as lines, from a pipe that a thread writes to."""
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(text)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        return list(lines_of(reading))
    finally:
        os.close(reading)
        thread.join()


@given(st.lists(PARTS, max_size=30), st.integers(1, 5))
def test_every_line_comes_once_and_whole_however_the_bytes_are_cut_into_reads(parts: list[bytes], chunk: int) -> None:
    text = b"".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_CHUNK", chunk)
        patch.setattr(lines, "LONGEST_LINE", 8)
        found = read(text)
    assert found == [line if len(line) <= 8 else None for line in text.split(b"\n") if line.strip() or len(line) > 8]


def test_a_line_may_be_as_long_as_the_bound_and_not_a_byte_longer() -> None:
    longest = b"x" * lines.LONGEST_LINE
    assert read(longest + b"\n" + longest + b"x\nnext") == [longest, None, b"next"]


def test_of_a_line_without_end_no_more_is_held_than_the_bound_and_one_read() -> None:
    held = bytearray()
    for _ in range(100):
        lines._grown(held, b"x" * (1 << 20))
    assert len(held) <= lines.LONGEST_LINE + (1 << 20)
