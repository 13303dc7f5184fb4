"""The values of a text that is JSON, or begins as such and was cut: where each stands, and under which names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from vobiz_mcp.privacy.reading.fields import WIDEST

_BEGINS: Final = re.compile(r"\s*+(?:\{\s*+[\"'}]|\[\s*+(?:[\"'\[{\]]|-?\d))")
_TOKEN: Final = re.compile(
    r"""(?=["'\d{}\[\]-]) (?:("(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+')\s*+:\s*+)?+
      (?:"((?:[^"\\]++|\\.)*+)(?:"|\Z) | '((?:[^'\\]++|\\.)*+)(?:'|\Z)
      | (-?\d++(?![.eE\d])) | ([{\[]) | ([}\]]) | -?\d[\d.eE+-]*+)?+""",
    re.VERBOSE | re.DOTALL,
)
_NAME, _OPENS, _CLOSES = 1, 5, 6
"""Groups of a token beside those of a value: a name in its quotes, what opens and what closes."""
_TELLS: Final = re.compile(r"(?i)(?:\w+_)?(?:name|field|slot|label|key|type|kind|prompt|question)")
_IS_TOLD: Final = re.compile(r"(?i)(?:\w+_)?(?:value|number|digits|answer|input|code)")
_SHORT: Final = 40
"""Characters of a value whose name stands beside it, `{"slot": "otp", "value": "482913"}`, and of such a name."""

Value: TypeAlias = tuple[int, int, tuple[str, ...]]
"""A string or a whole number: where it stands, without quotes, and the last names above it, its own last."""


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does; one in single quotes, as Python prints it, counts."""
    return _BEGINS.match(text) is not None


def values(text: str, name: str) -> Iterator[Value]:
    """The values of a text that stands under a name: of JSON in order, a name too, under none. Any other is one."""
    return _of_json(text, name) if is_json(text) else iter([(0, len(text), ())])


def _of_json(text: str, name: str) -> Iterator[Value]:
    outer: list[tuple[tuple[str, ...], str, str]] = []
    path: tuple[str, ...] = ()
    beside = ""
    for token in _TOKEN.finditer(text):
        if written := token[_NAME]:
            name = written[1:-1]
            path = (*(outer[-1][0] if outer else ()), name)[-WIDEST:]
            yield token.start(_NAME) + 1, token.end(_NAME) - 1, ()
        place = token.lastindex or 0
        if place == _OPENS:
            outer.append((path, name, beside))
            beside = ""
        elif place == _CLOSES:
            path, name, beside = outer.pop() if outer else ((), "", "")
        elif place > _NAME:
            is_short = len(token[place]) <= _SHORT
            is_told = beside and is_short and _IS_TOLD.fullmatch(name)
            yield *token.span(place), (*path[:-1], beside, name)[-WIDEST:] if is_told else path
            if _tells(name):
                beside = token[place] if is_short else ""


@lru_cache(maxsize=4096)
def _tells(name: str) -> bool:
    """Whether what stands under this name may be the name of the value beside it."""
    return _TELLS.fullmatch(name) is not None
