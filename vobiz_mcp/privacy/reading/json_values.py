"""The values of a text that is JSON, or begins as such and was cut: where each stands, and under which names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_BEGINS: Final = re.compile(r"\s*+(?:\{\s*+[\"'}]|\[\s*+(?:[\"'\[{\]]|-?\d))")
_TOKEN: Final = re.compile(
    r"""(?:"((?:[^"\\]++|\\.)*+)(?:"|\Z) | '((?:[^'\\]++|\\.)*+)(?:'|\Z))(\s*+:)?
      | (-?\d++(?![.eE\d])) | ([{\[]) | ([}\]]) | -?\d[\d.eE+-]*+""",
    re.VERBOSE | re.DOTALL,
)
_IS_NAME, _OPENS, _CLOSES = 3, 5, 6
"""Groups of a token beside those of a value: a colon behind it, and where an object or list begins and ends."""


_TELLS: Final = re.compile(r"(?i)(?:\w+_)?(?:name|field|slot|label|key|type|kind|prompt|question)")
_IS_TOLD: Final = re.compile(r"(?i)(?:\w+_)?(?:value|number|digits|answer|input|code)")
_SHORT: Final = 40
"""Characters of a value whose name stands beside it, `{"slot": "otp", "value": "482913"}`, and of such a name."""
WIDEST: Final = 3
"""Names of a path that may tell what stands at its end: the last."""


class Value(NamedTuple):
    """A string or a whole number: where it stands, without quotes, and the last names above it, its own last."""

    start: int
    end: int
    path: tuple[str, ...]


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does; one in single quotes, as Python prints it, counts."""
    return _BEGINS.match(text) is not None


def json_values(text: str) -> Iterator[Value]:
    """The values of a text of JSON, in order; a name counts as a value too, under no name."""
    outer: list[tuple[tuple[str, ...], str]] = []
    path: tuple[str, ...] = ()
    beside = ""
    for token in _TOKEN.finditer(text):
        place = token.lastindex or 0
        if place == _OPENS:
            outer.append((path, beside))
            beside = ""
        elif place == _CLOSES:
            path, beside = outer.pop() if outer else ((), "")
        elif place == _IS_NAME:
            place = 1 if token[2] is None else 2
            path = (*(outer[-1][0] if outer else ()), token[place])[-WIDEST:]
            yield Value(*token.span(place), ())
        elif place:
            name, is_short = path[-1] if path else "", len(token[place]) <= _SHORT
            is_told = beside and is_short and _IS_TOLD.fullmatch(name)
            yield Value(*token.span(place), (*path[:-1], beside, name)[-WIDEST:] if is_told else path)
            if _TELLS.fullmatch(name):
                beside = token[place] if is_short else ""
