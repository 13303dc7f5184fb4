"""Files of saved agent calls: `.json`, `.json.gz`, patterns of names and standard input, each within bounds."""

from __future__ import annotations

import glob
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from vobiz_mcp.errors import NoAgentCall
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.saved_calls import calls_of

STANDARD_INPUT = "-"
_ENDINGS = (".json", ".json.gz", ".jsonl", ".jsonl.gz")
_ROWS = re.compile(r"[0-9a-f]{24}\.jsonl\.gz")
"""The file of rows of a shard of a review."""
LARGEST = 256 * 2**20
"""Bytes of a file, and of what it unpacks to: far more than any call, far less than memory."""


def files_of(patterns: Iterable[str]) -> Iterator[str]:
    """The names of the files that patterns stand for; what fits nothing stands for itself."""
    for pattern in patterns:
        # os.path, unlike Path, takes a name that no file can have for one that is not there.
        is_name = pattern == STANDARD_INPUT or os.path.exists(pattern)  # noqa: PTH110
        yield from [pattern] if is_name else sorted(glob.glob(pattern)) or [pattern]  # noqa: PTH207


def files_below(patterns: Iterable[str]) -> Iterator[str]:
    """The names of the files that patterns stand for; of a folder all calls below it, and no output of a review."""
    for name in files_of(patterns):
        if os.path.isdir(name):  # noqa: PTH112 - as above
            below = (path for path in Path(name).rglob("*") if path.name.endswith(_ENDINGS) and path.is_file())
            yield from sorted(str(path) for path in below if not is_review_output(path))
        else:
            yield name


def is_review_output(path: Path) -> bool:
    """Whether `vobiz-mcp review --out` wrote a file: rows of calls, or the summary beside them."""
    if path.name == "summary.json":
        return any(map(is_review_output, (path.parent / "rows").glob("*")))
    return path.parent.name == "rows" and _ROWS.fullmatch(path.name) is not None


def calls_in(name: str) -> list[AgentCall | NoAgentCall]:
    """The calls of a file, of a `.jsonl` file those of its lines, an error in the place of what is none.

    Raises:
        NoAgentCall: it cannot be read, or it is one body without a call.
    """
    bodies = bodies_in(name)
    return (
        calls_of(bodies[0])
        if len(bodies) == 1
        else [call for body in bodies if body.strip() for call in _in_line(body)]
    )


def _in_line(body: bytes) -> list[AgentCall | NoAgentCall]:
    try:
        return calls_of(body)
    except NoAgentCall as error:
        return [error]


def bodies_in(name: str) -> list[bytes]:
    """The bodies of a file: one, or of a `.jsonl` file one a line, empty lines too.

    Raises:
        NoAgentCall: it cannot be read.
    """
    content = content_of(name)
    if not name.removesuffix(".gz").endswith(".jsonl"):
        return [content]
    return content.splitlines() if content.strip() else [b""]


def content_of(name: str) -> bytes:
    """What is in a file, unpacked. Raises `NoAgentCall` where it cannot be read."""
    try:
        return _content(name)
    except FileNotFoundError:
        raise NoAgentCall("there is no such file", "Check the name.") from None
    except IsADirectoryError:
        raise NoAgentCall("it is a folder", f"Name its files: {name.rstrip('/')}/*.json") from None
    except (OSError, ValueError):
        raise NoAgentCall("it cannot be read", "Check its name, and whether this user may read it.") from None


def _content(name: str) -> bytes:
    if name == STANDARD_INPUT:
        content = sys.stdin.buffer.read(LARGEST + 1)
    else:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST + 1)
    if content[:2] == b"\x1f\x8b":
        content = _unpacked(content)
    if len(content) > LARGEST:
        raise NoAgentCall(f"it is larger than {LARGEST // 2**20} MiB", "No agent call is; split a list of calls.")
    return content


def _unpacked(packed: bytes) -> bytes:
    """The members of a gzip file one after another, up to just more than is read of any file."""
    content = b""
    while packed and len(content) <= LARGEST:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            content += member.decompress(packed, LARGEST + 1 - len(content))
        except zlib.error:
            raise _damaged() from None
        if not member.eof and len(content) <= LARGEST:
            raise _damaged()
        packed = member.unused_data
    return content


def _damaged() -> NoAgentCall:
    return NoAgentCall("its compression is damaged", "Fetch or copy the file again.")
