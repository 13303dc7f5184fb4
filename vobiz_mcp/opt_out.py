"""Whether an organisation asked that what is said on its calls is not kept, in whatever words the platform says so.

Fails closed: a value that cannot be read counts as a yes, and so does one in a field nobody has heard of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

FIELD: Final = "opt_out_sensitive_data_storage"
_NOT_LETTERS: Final = re.compile(r"[^a-z]")
_STORAGE: Final = re.compile(r"sensitive|data|storage|transcript|recording|privacy")
"""What an opt-out is of that asks for silence here; one of `sms_opt_out` or `opt_out` asks for no more messages."""
_SPEECH: Final = frozenset(["transcript", "transcript_object", "transcript_with_tool_calls", "words", "latency"])
"""Long fields of a call, in which no setting stands."""
_YES: Final = frozenset(["true", "yes", "1", "on"])
_NO: Final = frozenset(["false", "no", "0", "off"])
_KEEPS: Final = frozenset([*_YES, "everything"])
_KEEPS_LESS: Final = frozenset([*_NO, "everything_except_pii", "basic_attributes_only"])
"""Values of Retell's `data_storage_setting`, which took the place of the other field."""
_DEEPEST: Final = 8
_LEAVES: Final = (str, int, float)
"""What no setting is inside of."""


class OptOut(NamedTuple):
    """A field that asks not to keep what was said, and whether its value could be read."""

    field: str
    is_read: bool


def opt_out(call: Mapping[str, object]) -> OptOut | None:
    """The field of a call by which its organisation opted out; None where no field does."""
    found = list(_settings(call, _DEEPEST))
    return next((said for said in found if said.is_read), found[0] if found else None)


def _settings(tree: object, levels: int) -> Iterator[OptOut]:
    """The fields, at any depth, that opt out."""
    if isinstance(tree, Mapping):
        for name, value in tree.items():
            if name in _SPEECH or value is None:
                continue
            if (answers := _answers(name)) and (said := _meant(name, value, *answers)):
                yield said
            if levels and not isinstance(value, _LEAVES):
                yield from _settings(value, levels - 1)
    elif isinstance(tree, list) and levels:
        for item in tree:
            if not isinstance(item, _LEAVES):
                yield from _settings(item, levels - 1)


@lru_cache(maxsize=4096)
def _answers(field: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The values by which a field of this name says yes, and those that say no; None where it is no such field."""
    name = _NOT_LETTERS.sub("", field.lower())
    if "optout" in name.replace("opted", "opt") and _STORAGE.search(name):
        return _YES, _NO
    return (_KEEPS_LESS, _KEEPS) if "datastorage" in name else None


def _meant(field: str, value: object, yes: frozenset[str], no: frozenset[str]) -> OptOut | None:
    """The opt-out that a field is; None for one that says no."""
    said = str(value).strip().lower() if isinstance(value, str | int | float) else None
    return None if said in no else OptOut(field, said in yes)
