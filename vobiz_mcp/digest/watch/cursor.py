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

_CURSOR: Final = re.compile(r"[0-9]{1,9}[.][0-9]{1,9}[.][A-Za-z0-9_-]{3}([.]([A-Za-z0-9_-]{3})*){3}")
LONGEST_CURSOR: Final = 4000


@dataclass(frozen=True)
class Cursor:
    """How far a watcher has read.

    Attributes:
        turns: how many turns were told.
        tools: how many tool calls were told, at least as begun.
        marks: by source, three characters for each other fact that was told and still held.
    """

    turns: int = 0
    tools: int = 0
    marks: dict[Source, frozenset[str]] = field(default_factory=dict)

    def has(self, source: Source, key: str) -> bool:
        """Whether the fact of this key was told."""
        return mark(key) in self.marks.get(source, ())

    def text(self, watched: str) -> str:
        """The cursor as it is handed out, bound to the key of what is watched."""
        marks = ["".join(sorted(self.marks.get(source, ()))) for source in get_args(Source)]
        return ".".join([str(self.turns), str(self.tools), mark(watched), *marks])


def cursor(text: str, watched: str) -> Cursor:
    """The cursor that an answer gave; that of a watcher who knows nothing where there is none yet.

    Raises:
        InvalidArguments: it is none, or of another call.
    """
    if not text:
        return Cursor()
    if not _CURSOR.fullmatch(text):
        raise InvalidArguments("cursor is none of watch_call's", "Pass the last one whole, or none to begin anew.")
    turns, tools, call, *marks = text.split(".")
    if call != mark(watched):
        raise InvalidArguments("the cursor is of another call", "Leave it out to begin anew with this one.")
    known = (frozenset(re.findall("...", those)) for those in marks)
    return Cursor(int(turns), int(tools), dict(zip(get_args(Source), known, strict=True)))


def mark(key: str) -> str:
    """Three characters for a key: a new fact looks like one of twenty that are known once in 13,000 times."""
    return urlsafe_b64encode(blake2b(key.encode(), digest_size=3).digest())[:3].decode()
