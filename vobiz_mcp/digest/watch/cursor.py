"""What a watcher of a call knows already, as a short text: no server keeps it, any replica can read it."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, Literal, TypeAlias, get_args

from vobiz_mcp.errors import InvalidArguments

Source: TypeAlias = Literal["call", "streams", "agent"]
"""Who told a fact: the carrier about the call, the carrier about its streams, the agent platform."""

_CURSOR: Final = re.compile(r"[0-9]{1,9}[.][0-9]{1,11}([.]([A-Za-z0-9_-]{3})*){5}")
LONGEST_CURSOR: Final = 2000
"""Characters; a cursor does not grow with the call beyond some hundreds."""
_SHORT, _LONG = 3, 6
"""Characters of a mark; a long one stands for many facts at once, and is compared with as many."""


@dataclass(frozen=True)
class Cursor:
    """How far a watcher has read.

    Attributes:
        told: how many turns and tools the transcript had.
        unknown_since: epoch seconds since when no API knows the call; 0 where one does.
        marks: by source, a mark for each fact that was told and still held.
        rests: a mark for the older facts of a kind that has many.
    """

    told: int = 0
    unknown_since: int = 0
    marks: dict[Source, frozenset[str]] = field(default_factory=dict)
    rests: frozenset[str] = frozenset()

    def has(self, source: Source, key: str) -> bool:
        """Whether the fact of this key was told."""
        return mark(key) in self.marks.get(source, ())

    def text(self, watched: str) -> str:
        """The cursor as it is handed out, bound to the key of what is watched."""
        marks = ["".join(sorted(self.marks.get(source, ()))) for source in get_args(Source)]
        return ".".join([str(self.told), str(self.unknown_since), mark(watched), *marks, "".join(sorted(self.rests))])


def cursor(text: str, watched: str) -> Cursor:
    """The cursor that an answer gave; that of a watcher who knows nothing where there is none yet.

    Raises:
        InvalidArguments: it is none, or of another call.
    """
    if not text:
        return Cursor()
    if not _CURSOR.fullmatch(text):
        raise InvalidArguments("cursor is none of watch_call's", "Pass the last one whole, or none to begin anew.")
    told, unknown_since, call, *marks, rests = text.split(".")
    if call != mark(watched):
        raise InvalidArguments("the cursor is of another call", "Leave it out to begin anew with this one.")
    known = (_parted(those, _SHORT) for those in marks)
    by_source = dict(zip(get_args(Source), known, strict=True))
    return Cursor(int(told), int(unknown_since), by_source, _parted(rests, _LONG))


def _parted(marks: str, length: int) -> frozenset[str]:
    return frozenset(marks[start : start + length] for start in range(0, len(marks), length))


def mark(key: str) -> str:
    """Three characters for a key: a new fact looks like one of fifty that are known once in 5,000 times."""
    return _digest(key.encode())[:_SHORT]


def marks_of_beginnings(keys: list[str]) -> list[str]:
    """For each beginning of a list, its first one, its first two and so on, a long mark of all its keys."""
    running, marks = blake2b(digest_size=6), []
    for key in keys:
        running.update(f"{key}\n".encode())
        marks.append(urlsafe_b64encode(running.digest())[:_LONG].decode())
    return marks


def _digest(content: bytes) -> str:
    return urlsafe_b64encode(blake2b(content, digest_size=3).digest()).decode()
