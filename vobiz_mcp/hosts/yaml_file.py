"""A host's YAML file, as goose has it: one block put in or taken out, every other line left as it is."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


def read(text: str) -> dict[str, Any]:
    """The whole file. Raises `ValueError` where it is no mapping."""
    data = _parsed(text, "safe")
    return {name: {} if value is None else value for name, value in data.items()}


def put(text: str, path: Sequence[str], entry: Mapping[str, object]) -> str:
    """The text with the entry as a block at the path, in place of what stands there."""
    section, name = path
    data = _parsed(text, "rt")
    if name in (data.get(section) or {}):
        return put(take(text, path), path, entry)
    lines = text.splitlines(keepends=True)
    if section not in data:
        return (
            "".join(lines) + ("\n" if lines and not lines[-1].endswith("\n") else "") + _block({section: {name: entry}})
        )
    held = data[section]
    if not held:
        row = data.lc.key(section)[0]
        lines[row] = _instead(lines[row], _block({section: {name: entry}}))
        return "".join(lines)
    column = " " * held.lc.col
    first = data.lc.key(section)[0] + 1
    block = "".join(column + line for line in _block({name: entry}).splitlines(keepends=True))
    return "".join([*lines[:first], block, *lines[first:]])


def take(text: str, path: Sequence[str]) -> str:
    """The text without the block at the path. Raises `KeyError` where there is none."""
    section, name = path
    data = _parsed(text, "rt")
    first, column = data[section].lc.key(name)
    lines = text.splitlines(keepends=True)
    after = [at for at in range(first + 1, len(lines)) if _indent(lines[at], column + 1) <= column]
    lines[first : after[0] if after else len(lines)] = []
    if len(data[section]) == 1:
        row = data.lc.key(section)[0]
        lines[row] = _instead(lines[row], f"{section}: {{}}\n")
    return "".join(lines)


def _parsed(text: str, kind: str) -> Any:  # noqa: ANN401 - what ruamel makes of a file has no useful type
    try:
        data = YAML(typ=kind).load(text)
    except YAMLError:
        raise ValueError("not YAML") from None
    if data is not None and not isinstance(data, dict):
        raise ValueError("not a mapping")
    return {} if data is None else data


def _block(data: Mapping[str, object]) -> str:
    writer, written = YAML(), io.StringIO()
    writer.width = 4096
    writer.dump(data, written)
    return written.getvalue()


def _instead(line: str, block: str) -> str:
    """A block in place of a line that holds a key and no value, with what is remarked behind it."""
    remark = re.search(r"\s*#.*", line)
    first, rest = block.split("\n", 1)
    return f"{first}{remark[0] if remark else ''}\n{rest}"


def _indent(line: str, of_blank: int) -> int:
    return len(line) - len(line.lstrip(" ")) if line.strip() else of_blank
