"""A host's TOML file, as Codex has it: one table put in or taken out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit


def read(text: str) -> dict[str, Any]:
    """The whole file. Raises `ValueError` where it is no TOML."""
    return tomllib.loads(text)


def put(text: str, path: Sequence[str], entry: Mapping[str, object]) -> str:
    """The text with the entry as a table at the path, in place of what stands there."""
    section, name = path
    document = tomlkit.parse(text)
    if section not in document:
        document[section] = tomlkit.table(is_super_table=True)
    tables: Any = document[section]
    table: Any = tomlkit.item(dict(entry))
    table.add(tomlkit.nl())
    tables[name] = table
    return tomlkit.dumps(document)


def take(text: str, path: Sequence[str]) -> str:
    """The text without the table at the path. Raises `KeyError` where there is none."""
    section, name = path
    document = tomlkit.parse(text)
    tables: Any = document[section]
    del tables[name]
    return tomlkit.dumps(document)
