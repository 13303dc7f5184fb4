"""A record rewritten: every text in it is handed to a function, what stays the same is shared with the original."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from pydantic import BaseModel

from vobiz_mcp.records.moment import SentTime

M = TypeVar("M", bound=BaseModel)
Path: TypeAlias = tuple[str, ...]
"""The names that a text stands under, the outermost first."""
Change: TypeAlias = Callable[[str, Path, BaseModel], str]
"""What becomes of a text, from its path below the object that it stands in."""

_INERT: Final = frozenset([type(None), float, bool, tuple, SentTime])
"""What holds no text."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """How a record is rewritten: what becomes of a text, and which fields of an object are looked at."""

    change: Change
    fields: Callable[[BaseModel], dict[str, object]]

    def of(self, part: M) -> M:
        """The object with every text in it changed."""
        new = self._changed(self.fields(part), part, is_free=False)
        if part.model_extra:
            new |= self._changed(part.model_extra, part, is_free=True)
        return part.model_copy(update=new) if new else part

    def _changed(self, fields: Mapping[str, object], owner: BaseModel, *, is_free: bool) -> dict[str, object]:
        """The fields of an object in which a text changes."""
        new = {}
        for name, before in fields.items():
            if before.__class__ not in _INERT:
                after = self._value(before, (name,), owner, is_free=is_free)
                if after is not before:
                    new[name] = after
        return new

    def _value(self, value: object, path: Path, owner: BaseModel, *, is_free: bool) -> object:
        """What becomes of a value; a whole number may become text where no type forbids it (`is_free`)."""
        if isinstance(value, str):
            written = self.change(value, path, owner)
            return value if written == value else written
        if isinstance(value, list):
            if _INERT.issuperset(map(type, value)):
                return value
            items = [self._value(item, path, owner, is_free=is_free) for item in value]
            return items if any(map(operator.is_not, items, value)) else value
        if isinstance(value, dict):
            return self._mapping(value, path, owner) if value else value
        if isinstance(value, BaseModel):
            return self.of(value)
        if is_free and type(value) is int:
            written = self.change(str(value), path, owner)
            return value if written == str(value) else written
        return value

    def _mapping(self, tree: dict[str, object], path: Path, owner: BaseModel) -> dict[str, object]:
        new = {
            self.change(key, (), owner): self._value(value, (*path, key), owner, is_free=True)
            for key, value in tree.items()
        }
        is_new = new.keys() != tree.keys() or any(map(operator.is_not, new.values(), tree.values()))
        return new if is_new else tree
