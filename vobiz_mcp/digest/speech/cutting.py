"""Long text made shorter without cutting a word or a value."""

from __future__ import annotations

from typing import Final

from vobiz_mcp.digest.speech.values import values
from vobiz_mcp.digest.wording.safe_text import plain

_UNBOUNDED: Final = 1 << 40
_WIDEST_VALUE: Final = 200


def whole(text: str | None) -> str:
    """All of `text` as one safe line."""
    return plain(text or "", _UNBOUNDED)


def fitting(text: str | None, limit: int) -> str:
    """All of `text` as one safe line, or a word about it where it is longer than `limit` characters."""
    line = whole(text)
    return line if len(line) <= limit else "(too long to show)"


def clipped(text: str, limit: int) -> str:
    """`text` as one line of about `limit` characters and a mark; a value that stands across the end is left out."""
    line = whole(text)
    if len(line) <= limit:
        return line
    end = max(0, line.rfind(" ", 0, limit + 1))
    crossing = [value.start for value in values(line[: limit + _WIDEST_VALUE]) if value.start < end < value.end]
    return (line[: min([end, *crossing])].rstrip() + " …").lstrip()
