"""A host's JSON file, with comments and trailing commas as some allow them: one member put in or taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

_TOKEN: Final = re.compile(
    r"""(?P<space>(?:\s|//[^\n]*|/\*.*?\*/)+)|(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<mark>[{}\[\]:,])|(?P<word>[^\s{}\[\]:,"/]+)""",
    re.DOTALL,
)
_REMARK: Final = re.compile(r"[ \t]*(//[^\r\n]*|/\*.*?\*/)")
"""What stands behind a value, on its line."""
_OPENS, _CLOSES = "{[", "}]"


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Member:
    """A member of an object by the numbers of its tokens: its name, and its value from first to last."""

    name: int
    first: int
    last: int


def read(text: str) -> dict[str, Any]:
    """The whole file. Raises `ValueError` where it is no object."""
    words = [token.text for token in _tokens(text)]
    kept = [word for word, after in pairwise([*words, ""]) if not (word == "," and after and after in _CLOSES)]
    if kept[:1] not in ([], ["{"]):
        raise ValueError("not an object")
    data: dict[str, Any] = json.loads(" ".join(kept) or "{}")
    return data


def put(text: str, path: Sequence[str], entry: Mapping[str, object]) -> str:
    """The text with the entry at the path, in place of what stands there; objects on the way are made as needed."""
    if not _tokens(text):
        text = (text.rstrip() + _new_line(text)).lstrip() + "{}" + _new_line(text)
    tokens, at = _tokens(text), 0
    *outer, last = path
    for depth, name in enumerate(outer):
        members = _members(tokens, at)
        if name not in members:
            return _insert(text, tokens, at, name, _nested(path[depth + 1 :], entry))
        at = members[name].first
    found = _members(tokens, at).get(last)
    if found is None:
        return _insert(text, tokens, at, last, entry)
    value = _dumped(entry, _indent(text, tokens[found.name].start), text)
    return text[: tokens[found.first].start] + value + text[tokens[found.last].end :]


def take(text: str, path: Sequence[str]) -> str:
    """The text without the member at the path. Raises `KeyError` where there is none."""
    tokens, at = _tokens(text), 0
    for name in path[:-1]:
        at = _members(tokens, at)[name].first
    member = _members(tokens, at)[path[-1]]
    before, after = tokens[member.name - 1], tokens[member.last + 1]
    start = _start_of_line(text, tokens[member.name].start)
    if after.text == ",":
        return text[:start] + text[after.end :]
    comma = before.text == ","
    return text[: before.end - comma] + text[before.end : start] + text[tokens[member.last].end :]


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError("not JSON")
        if token.lastgroup != "space":
            found.append(_Token(at, token.end(), token[0]))
        at = token.end()
    return found


def _members(tokens: list[_Token], at: int) -> dict[str, _Member]:
    """The members of the object that begins at a token. Raises `ValueError` where none begins there."""
    if tokens[at].text != "{":
        raise ValueError("not an object")
    members, place = {}, at + 1
    while tokens[place].text != "}":
        last = _last_of_value(tokens, place + 2)
        members[json.loads(tokens[place].text)] = _Member(place, place + 2, last)
        place = last + (2 if tokens[last + 1].text == "," else 1)
    return members


def _last_of_value(tokens: list[_Token], first: int) -> int:
    depth = 0
    for place in range(first, len(tokens)):
        depth += (tokens[place].text in _OPENS) - (tokens[place].text in _CLOSES)
        if depth == 0:
            return place
    raise ValueError("not closed")


def _nested(path: Sequence[str], value: object) -> object:
    for name in reversed(path):
        value = {name: value}
    return value


def _insert(text: str, tokens: list[_Token], at: int, name: str, value: object) -> str:
    """Put a member behind the last one of an object, or alone into an empty one."""
    members = [*_members(tokens, at).values()]
    outer = _indent(text, tokens[at].start)
    indent = _indent(text, tokens[members[-1].name].start) if members else outer
    indent = indent if len(indent) > len(outer) else outer + "  "
    new_line = _new_line(text)
    last = members[-1].last if members else at
    comma = tokens[last + 1].text == ","
    member = f"{new_line}{indent}{json.dumps(name)}: {_dumped(value, indent, text)}" + "," * comma
    end = tokens[last + comma].end
    remark = _REMARK.match(text, end)
    place = remark.end() if remark else end
    closes = members or text[place:].lstrip(" \t").startswith(("\r", "\n"))
    after = text[place:] if closes else new_line + outer + text[place:]
    return text[:end] + ("," if members and not comma else "") + text[end:place] + member + after


def _start_of_line(text: str, at: int) -> int:
    """Where the line before a place ends, if nothing stands between; else the place itself."""
    before = text[:at].rstrip(" \t")
    return len(before.removesuffix("\n").removesuffix("\r")) if before.endswith("\n") else at


def _dumped(value: object, indent: str, text: str) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", _new_line(text) + indent)


def _indent(text: str, at: int) -> str:
    """What stands before the first character of the line that a place is in."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip())]


def _new_line(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
