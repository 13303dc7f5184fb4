"""What tools were asked and what they answered, as flat lists of named values."""

from __future__ import annotations

import json
from itertools import islice, repeat
from typing import Final, TypeAlias

Leaf: TypeAlias = tuple[str, str]
"""The key that a value stands under, and the value as text."""

_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
_DEEPEST: Final = 20
_NESTED: Final = frozenset((dict, list))
_SPELT: Final[dict[object, str]] = {True: "true", False: "false", None: "null"}
_MOST_LEAVES: Final = 2000
"""A result larger than this is not searched to its end: nobody speaks two thousand values."""


def leaves(tree: object, sent: str) -> tuple[Leaf, ...]:
    """The values in a tree, in order; of text that is none one nameless value, of an empty text none."""
    if not isinstance(tree, dict | list):
        return (("", sent),) if sent.strip() else ()
    found: list[Leaf] = []
    _gather(tree, "", found)
    return tuple(found[:_MOST_LEAVES])


def parsed(sent: str) -> object:
    """The tree, its numbers as text just as sent; None where the text is no JSON or nested beyond reason."""
    if sent[:1] not in ("{", "["):
        return None
    try:
        tree = _DECODER.decode(sent)
    except (ValueError, RecursionError):
        return None
    is_shallow = sent.count("{") + sent.count("[") <= _DEEPEST
    return tree if is_shallow or _is_within(_DEEPEST, tree) else None


def _is_within(levels: int, tree: dict[str, object] | list[object]) -> bool:
    """Whether containers stand in each other no deeper than so."""
    level = [tree]
    while level and levels:
        level = [inner for node in level for inner in _containers(node)]
        levels -= 1
    return not level


def _containers(tree: dict[str, object] | list[object]) -> list[dict[str, object] | list[object]]:
    """The containers right inside one, told from its plain values by their types at once."""
    values = tree.values() if isinstance(tree, dict) else tree
    if _NESTED.isdisjoint(map(type, values)):
        return []
    return [value for value in values if isinstance(value, dict | list)]


def _gather(tree: dict[str, object] | list[object], key: str, found: list[Leaf]) -> None:
    """Adds the values in a tree; of more than anybody speaks not all."""
    named = tree.items() if isinstance(tree, dict) else zip(repeat(key), tree)
    for name, value in islice(named, _MOST_LEAVES):
        if isinstance(value, str):
            found.append((name, value))
        elif not isinstance(value, dict | list):
            found.append((name, _text(value)))
        elif len(found) < _MOST_LEAVES:
            _gather(value, name, found)


def _text(value: object) -> str:
    return value if isinstance(value, str) else _SPELT.get(value) or json.dumps(value)


def flat(tree: object, sent: str) -> str:
    """A tree without the quotes and outer braces of JSON: `city: Pune, nights: 2`; text that is none as it is."""
    if isinstance(tree, dict):
        return _written(tree)[1:-1]
    return _written(tree) if isinstance(tree, list) else sent


def _written(tree: object) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {_written(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_written, tree)) + "]"
    return _text(tree)
