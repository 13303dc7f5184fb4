"""Which of the things that a search returned the agent offered last, and whether a tool then took another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.evidence.records import Fields, Record, plainly
from vobiz_mcp.digest.findings.finding import Instead
from vobiz_mcp.digest.speech.values import values
from vobiz_mcp.digest.timeline.items import ToolCall

_RECALLED: Final = 40
"""Turns for which an offer is in mind."""
_PHONE: Final = 7
"""Figures from which on a number is compared by its end: the country's code may be missing."""
_HEARD: Final = 12
"""Turns before a tool in which what it was asked for is still in mind."""
_SHARED: Final = 3
"""Keys that a search's results and a booking must share to be of one kind."""
_FIGURE: Final = re.compile(r"\d")
_FIGURES: Final = frozenset(("date", "day", "time", "number"))
"""Kinds of values that are spelled in many ways; of the others the first word is always the same."""
_NAME_KEY: Final = re.compile(
    r"name|address|title|model|venue|hotel|property|location|product|doctor|provider", re.IGNORECASE
)
_PRICE_KEY: Final = re.compile(r"price|cost|fare|total|rate$", re.IGNORECASE)
_RATE_KEY: Final = re.compile(r"rating|stars?$|_?id$", re.IGNORECASE)


class Option(NamedTuple):
    """A thing that the agent offered, as a search returned it after turn `since`; `key` tells it from others."""

    fields: Fields
    key: str
    turn: int
    since: int

    @property
    def words(self) -> str:
        """`car_name Buick, price_per_day 33`."""
        return _told(self.fields, [self.key, *(key for key in self.fields if _PRICE_KEY.search(key))])


class Difference(NamedTuple):
    """What a tool returned against what was wanted; `offered` where the agent had offered that."""

    got: str
    wanted: str
    offered: Instead | None = None


def _told(fields: Fields, keys: list[str]) -> str:
    return ", ".join(f"{key} {fields[key]}" for key in dict.fromkeys(keys) if key in fields)


def _words(fields: Fields, key: str, more: list[str]) -> str:
    """`Buick, price_per_day 33`: a value without its name, and others with theirs."""
    told = _told(fields, [other for other in more if other != key])
    return f"{fields[key]}{', ' if told else ''}{told}"


def _result(held: Held, tool: ToolCall) -> Record | None:
    """The one thing that a tool returned."""
    found = [record for record in held.records_of(tool) if len(record.fields) >= _SHARED]
    return found[0] if found else None


def chosen(held: Held, tool: ToolCall) -> Option | None:
    """The last thing of the kind that a tool takes which the agent named before it, as a search had returned it."""
    result = _result(held, tool)
    offers = _offers(held, tool, result) if result else []
    if not offers:
        return None
    for said in reversed(held.turns[max(0, tool.after_turn - _RECALLED) : tool.after_turn]):
        if said.speaker == "agent":
            text = f" {plainly(said.text)} "
            for fields, key, since, name in offers:
                if said.turn > since and name in text:
                    return Option(fields, key, said.turn, since)
    return None


def _offers(held: Held, tool: ToolCall, result: Record) -> list[tuple[Fields, str, int, str]]:
    """The things that searches had returned with the same keys, latest first: key and name that tell each apart."""
    found: list[tuple[Fields, str, int, str]] = []
    since = max(held.begin(tool.after_turn), tool.after_turn - _RECALLED)
    for search in reversed(held.tools[: held.place[id(tool)]]):
        if search.after_turn < since:
            break
        if search.only_reads:
            rows = [record.fields for record in held.records_of(search)]
            rows = [row for row in rows if len(row.keys() & result.fields) >= _SHARED]
            key = _telling_key(rows, result.fields) if rows else None
            found += [(row, key, search.after_turn, f" {plainly(row[key])} ") for row in rows if key and key in row]
    return found


def _telling_key(rows: list[Fields], result: Fields) -> str | None:
    """The first key of a name under which the things differ."""
    keys = [key for key in result if _names_it(key) and all(key in row for row in rows)]
    ranked = sorted(keys, key=lambda key: -len({row[key] for row in rows}))
    return ranked[0] if ranked and len({row[ranked[0]] for row in rows}) > len(rows) // 2 else None


@lru_cache(maxsize=4096)
def _names_it(key: str) -> bool:
    return _NAME_KEY.search(key) is not None


def differing(held: Held, tool: ToolCall, option: Option | None) -> Difference | None:
    """How what a tool returned differs from the thing offered, or else from what it was asked for, untold."""
    result = _result(held, tool)
    if result is None:
        return None
    if option and _is_still_wanted(tool, option):
        keys = _changed(option.fields, result.fields, [option.key])
        if keys and not _is_named(held, tool, result.fields[option.key], option.since):
            prices = [
                key for key in _changed(option.fields, result.fields, list(option.fields)) if _PRICE_KEY.search(key)
            ]
            offered = _told(option.fields, [option.key, *prices])
            instead = Instead(option.key, _words(option.fields, option.key, prices), result.fields[option.key])
            return Difference(_told(result.fields, [*keys, *prices]), offered, instead)
        dearer = [
            key
            for key in option.fields
            if _PRICE_KEY.search(key) and _rises(option.fields[key], result.fields.get(key))
        ]
        if (
            dearer
            and not (keys or _has_extras(tool, option))
            and not _is_named(held, tool, result.fields[dearer[0]], option.since)
        ):
            instead = Instead(dearer[0], _words(option.fields, dearer[0], dearer[1:]), result.fields[dearer[0]])
            return Difference(_told(result.fields, dearer), option.words, instead)
    asked = {
        key: value for key, value in tool.asked if key and any(map(str.isdigit, value)) and not _RATE_KEY.search(key)
    }
    since = max(1, tool.after_turn - _HEARD)
    keys = [
        key
        for key in _changed(asked, result.fields, list(asked))
        if not _is_named(held, tool, result.fields[key], since)
    ]
    return Difference(_told(result.fields, keys), _told(asked, keys)) if keys else None


def _is_still_wanted(tool: ToolCall, option: Option) -> bool:
    """Whether the tool was asked for nothing that the offered thing is not: else the caller changed their mind."""
    asked = ((key, value) for key, value in tool.asked if key in option.fields and not any(map(str.isdigit, value)))
    words = [(key, value) for key, value in asked if value.lower() not in ("true", "false")]
    return all(plainly(option.fields[key]) == plainly(value) for key, value in words)


def _changed(wanted: Fields, got: Fields, keys: list[str]) -> list[str]:
    return [key for key in keys if key in got and not _alike(wanted[key], got[key])]


def _alike(one: str, other: str) -> bool:
    """Whether two values are one number, one date or one time, or the one holds the other."""
    if one == other:
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        pass
    plain, others = plainly(one), plainly(other)
    if plain in others or others in plain or _in_another_zone(one, other):
        return True
    figures = _digits(one), _digits(other)
    if min(map(len, figures)) >= _PHONE and (figures[0].endswith(figures[1]) or figures[1].endswith(figures[0])):
        return True
    keys = {found.key for found in values(one)}
    return bool(keys) and keys == {found.key for found in values(other)}


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _in_another_zone(one: str, other: str) -> bool:
    """Whether a time with its zone stands beside one without."""
    return any(re.search(r"\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$", text) for text in (one, other))


def _rises(one: str, other: str | None) -> bool:
    try:
        return other is not None and float(other) > float(one)
    except ValueError:
        return False


def _has_extras(tool: ToolCall, option: Option) -> bool:
    """Whether the tool was asked for something on top of what had been offered."""
    return any(key not in option.fields and value.lower() == "true" for key, value in tool.asked)


def _is_named(held: Held, tool: ToolCall, value: str, since: int) -> bool:
    """Whether anybody said the value since then and before the tool, or the agent right after it, however spelled."""
    reply = held.reply(tool)
    heard = [*held.turns[since - 1 : tool.after_turn], *([reply] if reply else [])]
    wanted = plainly(value.removesuffix(".00"))
    if _FIGURE.search(wanted):  # then only a turn with a figure can hold it
        heard = [said for said in heard if _FIGURE.search(said.text)]
    if any(f" {wanted} " in f" {plainly(said.text)} " for said in heard):
        return True
    keys = {found.key for found in values(value)}
    words = [key.value.split()[0] for key in keys if key.kind not in _FIGURES]
    near = (said for said in heard if all(word in said.text.lower() for word in words))
    return bool(keys) and any(keys <= held.values_in(said) for said in near)
