"""What tools were asked and what they answered, as flat lists of named values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Final, TypeAlias

Leaf: TypeAlias = tuple[str, str]
"""The key that a value stands under, and the value as text."""

_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
_DEEPEST: Final = 20
_NESTED: Final = (dict, list)
_MOST_LEAVES: Final = 2000
"""A result larger than this is not searched to its end: nobody speaks two thousand values."""


def leaves(tree: object, sent: str) -> tuple[Leaf, ...]:
    """The values in a tree, in order; of text that is none one nameless value, of an empty text none."""
    if not isinstance(tree, dict | list):
        return (("", sent),) if sent.strip() else ()
    return tuple(islice(_walk(tree, ""), _MOST_LEAVES))


def parsed(sent: str) -> object:
    """The tree, its numbers as text just as sent; None where the text is no JSON or nested beyond reason."""
    if sent[:1] not in ("{", "["):
        return None
    try:
        tree = _DECODER.decode(sent)
    except (ValueError, RecursionError):
        return None
    return tree if _is_within(_DEEPEST, tree) else None


def _is_within(levels: int, tree: dict[str, object] | list[object]) -> bool:
    """Whether containers stand in each other no deeper than so."""
    level = [tree]
    while level and levels:
        inner = (node.values() if isinstance(node, dict) else node for node in level)
        level = [value for values in inner for value in values if isinstance(value, _NESTED)]
        levels -= 1
    return not level


def _walk(tree: object, key: str) -> Iterator[Leaf]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _walk(value, name)
    elif isinstance(tree, list):
        for item in tree:
            yield from _walk(item, key)
    else:
        yield key, _text(tree)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


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
