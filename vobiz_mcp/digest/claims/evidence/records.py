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
        return next((v for key in _that_name(tuple(self.fields)) if _ID.match(v := self.fields[key])), "")

    @property
    def made(self) -> datetime | None:
        """When it was made, by the first of its fields that says so."""
        keys = _that_say_when_made(tuple(self.fields))
        return next((time for key in keys if (time := _time(self.fields[key]))), None)


@lru_cache(maxsize=1024)
def _that_name(keys: tuple[str, ...]) -> list[str]:
    return list(filter(_ID_KEY.search, keys))


@lru_cache(maxsize=1024)
def _that_say_when_made(keys: tuple[str, ...]) -> list[str]:
    return list(filter(_MADE_KEY.search, keys))


@lru_cache(maxsize=1024)
def _that_say_kind(keys: tuple[str, ...]) -> list[str]:
    return list(filter(_KIND_KEY.search, keys))


def _time(value: str) -> datetime | None:
    match = _TIME.match(value)
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00'}") if match else None
    except ValueError:
        return None


def records(tool: ToolCall) -> list[Record]:
    """Every object in a tool's result, outer ones first."""
    found: list[Record] = []
    tree = tool.answered_tree
    if isinstance(tree, dict | list):
        _gather(tree, tool, _DEEPEST, found)
    return found


def _gather(tree: dict[str, object] | list[object], tool: ToolCall, depth: int, found: list[Record]) -> None:
    nested: list[dict[str, object] | list[object]] = []
    if isinstance(tree, dict):
        fields: Fields = {}
        for key, value in tree.items():
            if isinstance(value, str):
                fields[key] = value
            elif isinstance(value, dict | list):
                nested.append(value)
            else:
                fields[key] = str(value)
        found.append(Record(fields, tree, tool))
    else:
        nested = [value for value in tree if isinstance(value, dict | list)]
    for inner in nested if depth else ():
        _gather(inner, tool, depth - 1, found)


def kinds_of(records: Iterator[Record]) -> dict[str, frozenset[str]]:
    """For each key that names a kind, the values that it has on this call."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for key in _that_say_kind(tuple(record.fields)):
            value = record.fields[key]
            if 2 < len(value) < 25 and not any(map(str.isdigit, value)):
                found[key].add(value)
    return {key: frozenset(values) for key, values in found.items() if len(values) > 1}


@lru_cache(maxsize=8192)
def plainly(text: str) -> str:
    """Letters and figures only, in small letters: `16:30`, `4 Park Lane` and `4, park lane` compare."""
    return _PLAIN.sub(" ", text.lower()).strip()
