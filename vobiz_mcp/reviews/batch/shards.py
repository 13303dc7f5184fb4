"""Which files are read together, and under which name what came of them is kept."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from vobiz_mcp.reviews.row import Row
from vobiz_mcp.server_info import VERSION

FILES_A_SHARD = 48
"""At most: small enough that all processes have work to the end, large enough that handing over costs nothing."""
_HASH_BITS = 64


@dataclass(frozen=True)
class Shard:
    """Files that one process reads one after another; `key` changes when one of them does, or this program."""

    files: tuple[str, ...]
    key: str
    secret: bytes = b""
    """What stand-ins for the callers' numbers are made with; empty where the numbers themselves are kept."""

    def kept_in(self, folder: Path) -> Path:
        """The file in which its rows are kept."""
        return folder / f"{self.key}.jsonl.gz"


def shards(files: Sequence[str], secret: bytes = b"") -> list[Shard]:
    """The files in shards by their names: one file more changes one shard, or parts it in two, and no other."""
    by_hash = [(int.from_bytes(sha256(os.fsencode(file)).digest()[: _HASH_BITS // 8]), file) for file in files]
    return [Shard(part, _key(part, secret), secret) for part in _parts(by_hash)]


def _parts(by_hash: Sequence[tuple[int, str]], bit: int = 0) -> Iterator[tuple[str, ...]]:
    """The files in parts that are small enough, each halved by the next bit of the hashes until it is."""
    if len(by_hash) > FILES_A_SHARD and bit < _HASH_BITS:
        for half in (0, 1):
            yield from _parts([each for each in by_hash if each[0] >> bit & 1 == half], bit + 1)
    elif by_hash:
        yield tuple(file for _, file in by_hash)


def _key(files: Iterable[str], secret: bytes) -> str:
    told = sha256(f"{VERSION} {Row.__slots__}".encode() + secret)
    for file in files:
        told.update(os.fsencode(f"\n{file} {_state(file)}"))
    return told.hexdigest()[:24]


def _state(file: str) -> str:
    try:
        found = os.stat(file)  # noqa: PTH116 - Path refuses names that no file can have
    except (OSError, ValueError):
        return "absent"
    return f"{found.st_size} {found.st_mtime_ns}"


def keep(rows: Iterable[Row], file: Path) -> None:
    """Keep rows in a file that is there as a whole or not at all, whenever the program ends."""
    unfinished = file.with_suffix(f".{os.getpid()}.part")
    with gzip.open(unfinished, "wt", encoding="utf-8", compresslevel=1) as out:
        out.writelines(json.dumps(row.line(), ensure_ascii=False) + "\n" for row in rows)
    unfinished.replace(file)


def kept(file: Path) -> list[Row] | None:
    """The rows of such a file; None where there is none, or a disk that was full or lost power left half of one."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            return [Row.of(json.loads(line)) for line in lines] or None
    except (OSError, EOFError, zlib.error, ValueError):
        return None
