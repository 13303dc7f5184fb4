"""The things that tools tell of: records with an id of their own, as each result showed them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from vobiz_mcp.digest.timeline.items import ToolCall

Fields = dict[str, str]
_ID_KEY: Final = re.compile(r"(?:^|_)(?:id|number|code|reference|ref|sku|no)$|Id$", re.IGNORECASE)
_ID: Final = re.compile(r"(?=[\w#-]*\d)(?=[\w#-]*[A-Za-z#])[\w#-]{4,}$|[A-Z0-9]{5,12}$|\d{5,}$")
_DEEPEST: Final = 6
_NESTED: Final = (dict, list)
_PLAIN: Final = re.compile(r"[^\w]+")
_KIND_KEY: Final = re.compile(
    r"cabin|class|type|plan|tier|category|membership|level|method|carrier|size|colou?r", re.IGNORECASE
)
_MADE_KEY: Final = re.compile(
    r"^(?:\w+_)?(?:created|booked|ordered|placed|purchased|made)(?:_?(?:at|on|date|time))?$|^(?:order|booking"
    r"|purchase)_?date$",
    re.IGNORECASE,
)
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?")


class Record(NamedTuple):
    """One thing in a result: its own plain fields, and the whole of it."""

    fields: Fields
    tree: dict[str, object]
    tool: ToolCall

    @property
    def id(self) -> str:
        """The first of its fields that names it, or nothing."""
        return next((v for k, v in self.fields.items() if _names_it(k) and _ID.match(v)), "")

    @property
    def made(self) -> datetime | None:
        """When it was made, by the first of its fields that says so."""
        fields = self.fields.items()
        return next((time for key, value in fields if _says_when_made(key) and (time := _time(value))), None)


@lru_cache(maxsize=4096)
def _names_it(key: str) -> bool:
    return _ID_KEY.search(key) is not None


@lru_cache(maxsize=4096)
def _says_when_made(key: str) -> bool:
    return _MADE_KEY.search(key) is not None


@lru_cache(maxsize=4096)
def _says_kind(key: str) -> bool:
    return _KIND_KEY.search(key) is not None


def _time(value: str) -> datetime | None:
    match = _TIME.match(value)
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00'}") if match else None
    except ValueError:
        return None


def records(tool: ToolCall) -> list[Record]:
    """Every object in a tool's result, outer ones first."""
    return list(_objects(tool.answered_tree, tool, _DEEPEST))


def _objects(tree: object, tool: ToolCall, depth: int) -> Iterator[Record]:
    if isinstance(tree, dict):
        fields = {k: v if isinstance(v, str) else str(v) for k, v in tree.items() if not isinstance(v, _NESTED)}
        yield Record(fields, tree, tool)
    if depth and isinstance(tree, _NESTED):
        for inner in tree.values() if isinstance(tree, dict) else tree:
            if isinstance(inner, _NESTED):
                yield from _objects(inner, tool, depth - 1)


def kinds_of(records: Iterator[Record]) -> dict[str, frozenset[str]]:
    """For each key that names a kind, the values that it has on this call."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for key, value in record.fields.items():
            if _says_kind(key) and 2 < len(value) < 25 and not any(map(str.isdigit, value)):
                found[key].add(value)
    return {key: frozenset(values) for key, values in found.items() if len(values) > 1}


@lru_cache(maxsize=8192)
def plainly(text: str) -> str:
    """Letters and figures only, in small letters: `16:30`, `4 Park Lane` and `4, park lane` compare."""
    return _PLAIN.sub(" ", text.lower()).strip()
