"""A record rewritten: every text in it is handed to a function, what stays the same is shared with the original."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias, TypeVar

from pydantic import BaseModel

from vobiz_mcp.privacy.numerals import listed
from vobiz_mcp.privacy.vocabulary import LABELS, SECRET
from vobiz_mcp.privacy.words import words

M = TypeVar("M", bound=BaseModel)
Change: TypeAlias = Callable[[str, str, object], str]
"""What becomes of a text, from the name that it stands under and the object that it stands in."""

_FIXED: Final = listed("id ids uuid uuids sid url uri status role direction type")
"""Last words of the names of fields that hold an id, an address or one of a few words, and nothing that people say."""
_LONG: Final = 10**11
"""Numbers from here on may be a card or an identity whatever they stand under."""


def changed(part: M, change: Change) -> M:
    """The object with every text in it changed."""
    fields = {**part.__dict__, **(part.model_extra or {})}
    typed = type(part).model_fields
    new = {
        name: after
        for name, before in fields.items()
        if before is not None
        and (after := _value(before, name if name not in typed or isinstance(before, dict) else "", name, part, change))
        is not before
    }
    return part.model_copy(update=new) if new else part


def _value(value: object, about: str, field: str, owner: object, change: Change) -> object:
    if isinstance(value, str):
        return value if is_fixed(field) else change(value, about or field, owner)
    if isinstance(value, BaseModel):
        return changed(value, change)
    if isinstance(value, list):
        items = [_value(item, about, field, owner, change) for item in value]
        return items if any(map(_differ, items, value)) else value
    if isinstance(value, dict):
        return _mapping(value, about, owner, change)
    if about and isinstance(value, int) and not isinstance(value, bool) and (value >= _LONG or names_secret(about)):
        written = change(str(value), about, owner)
        return value if written == str(value) else written
    return value


def _mapping(tree: dict[str, object], about: str, owner: object, change: Change) -> dict[str, object]:
    new = {
        change(key, "", owner): _value(value, f"{about} {key}".strip()[-80:], key, owner, change)
        for key, value in tree.items()
    }
    return new if any(map(_differ, new.values(), tree.values())) or new.keys() != tree.keys() else tree


def _differ(one: object, other: object) -> bool:
    return one is not other


@lru_cache(maxsize=1024)
def is_fixed(field: str) -> bool:
    """Whether a field of this name holds nothing that privacy may touch."""
    found = words(field)
    return bool(found) and found[-1].text in _FIXED and not names_secret(field)


@lru_cache(maxsize=1024)
def names_secret(name: str) -> bool:
    """Whether a name speaks of something secret: `cvv`, `otpCode`."""
    return any(LABELS.get(word.text) in SECRET for word in words(name))
