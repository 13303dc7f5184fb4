"""A record rewritten: every text in it is handed to a function, what stays the same is shared with the original."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias, TypeVar

from pydantic import BaseModel

from vobiz_mcp.privacy.language.numerals import listed
from vobiz_mcp.privacy.language.vocabulary import LABELS, SECRET
from vobiz_mcp.privacy.language.words import words

M = TypeVar("M", bound=BaseModel)
Change: TypeAlias = Callable[[str, str, object], str]
"""What becomes of a text, from the name that it stands under and the object that it stands in."""

_FIXED: Final = listed("id ids uuid uuids sid url uri status role direction type")
"""Last words of the names of fields that hold an id, an address or one of a few words, and nothing that people say."""
_NAME: Final = 80
"""Characters of the path to a value that tell what it is."""
_LONG: Final = 10**11
"""Numbers from here on may be a card or an identity whatever they stand under."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """How a record is rewritten: what becomes of a text, and which objects have none that could change."""

    change: Change
    passes: Callable[[BaseModel], bool]

    def of(self, part: M) -> M:
        """The object with every text in it changed."""
        if self.passes(part):
            return part
        typed = type(part).model_fields
        new: dict[str, object] = {}
        for field, before in {**part.__dict__, **(part.model_extra or {})}.items():
            about = field if field not in typed or isinstance(before, dict) else ""
            if before is not None and (after := self._value(before, about, field, part)) is not before:
                new[field] = after
        return part.model_copy(update=new) if new else part

    def _value(self, value: object, about: str, field: str, owner: object) -> object:
        if isinstance(value, str):
            return value if is_fixed(field) else self.change(value, about or field, owner)
        if isinstance(value, BaseModel):
            return self.of(value)
        if isinstance(value, list):
            items = [self._value(item, about, field, owner) for item in value]
            return items if any(map(operator.is_not, items, value)) else value
        if isinstance(value, dict):
            return self._mapping(value, about, owner)
        if about and type(value) is int and (value >= _LONG or names_secret(about)):
            written = self.change(str(value), about, owner)
            return value if written == str(value) else written
        return value

    def _mapping(self, tree: dict[str, object], about: str, owner: object) -> dict[str, object]:
        new = {
            self.change(key, "", owner): self._value(value, f"{about} {key}".strip()[-_NAME:], key, owner)
            for key, value in tree.items()
        }
        is_new = new.keys() != tree.keys() or any(map(operator.is_not, new.values(), tree.values()))
        return new if is_new else tree


@lru_cache(maxsize=1024)
def is_fixed(field: str) -> bool:
    """Whether a field of this name holds nothing that privacy may touch."""
    found = words(field)
    return bool(found) and found[-1].text in _FIXED and not names_secret(field)


@lru_cache(maxsize=1024)
def names_secret(name: str) -> bool:
    """Whether a name speaks of something secret: `cvv`, `otpCode`."""
    return any(LABELS.get(word.text) in SECRET for word in words(name))
