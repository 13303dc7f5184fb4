"""Which files are read together, and under which name what came of them is kept."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from vobiz_mcp.reviews.row import Row
from vobiz_mcp.server_info import VERSION

FILES_A_SHARD = 32
"""Small enough that all processes have work to the end, large enough that handing over costs nothing."""


@dataclass(frozen=True)
class Shard:
    """Files that one process reads one after another; `key` changes when one of them does, or this program."""

    files: tuple[str, ...]
    key: str
    secret: bytes = b""
    """What stand-ins for the callers' numbers are made with; empty where the numbers themselves are kept."""

    def kept_in(self, folder: Path) -> Path:
        """The file in which its rows are kept; that it is there says that they are whole."""
        return folder / f"{self.key}.jsonl.gz"


def shards(files: Sequence[str], secret: bytes = b"") -> list[Shard]:
    """The files in shards by their names, so that one file more changes one shard and no other."""
    count = 1 << (max(0, len(files) - 1) // FILES_A_SHARD).bit_length()
    parts: list[list[str]] = [[] for _ in range(count)]
    for file in files:
        parts[int.from_bytes(sha256(file.encode(errors="surrogateescape")).digest()[:8]) % count].append(file)
    return [Shard(tuple(part), _key(part, secret), secret) for part in parts if part]


def _key(files: Iterable[str], secret: bytes) -> str:
    told = sha256(f"{VERSION} {Row.__slots__}".encode() + secret)
    for file in files:
        told.update(f"\n{file} {_state(file)}".encode(errors="surrogateescape"))
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
