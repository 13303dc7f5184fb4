"""Secrets under a name: in a field of a record, in the arguments that a tool was asked with, in what it answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, Literal

from vobiz_mcp.privacy.detect.cards import SHORTEST
from vobiz_mcp.privacy.detect.secrets import TELLING, may_hold_secret, may_name_secret, secrets, tells_itself
from vobiz_mcp.privacy.language.vocabulary import Contact, Kind
from vobiz_mcp.privacy.language.words import may_hold_digits
from vobiz_mcp.privacy.reading.fields import ENTRANCES, WIDEST, field
from vobiz_mcp.privacy.reading.json_values import is_json
from vobiz_mcp.privacy.reading.text import Reading, Secret, proves_code

_NUMBER: Final = re.compile(r"[-+]?\d+(?:\.\d+)?")
_NO_PASSWORD: Final = re.compile(r"(?i)\s*(?:true|false|null|none|yes|no|\*+|.{0,3}|\[.*\])\s*", re.DOTALL)
_SENTENCE: Final = 200
"""Characters of a value that its name is read with; in a longer one the name is far from what it holds."""


def stays(path: tuple[str, ...]) -> bool:
    """Whether nothing under this path is touched, whatever its digits."""
    return field("", path).stays


class Values:
    """What stands under names in one record, at a glance: what tools answer repeats itself, and is looked at once."""

    def __init__(self) -> None:
        self._harmless: set[str] = set()

    def may_hold(self, text: str, tool: str, path: tuple[str, ...]) -> bool:
        """Whether a secret may be in a text that stands under a path, or among its values if it is JSON."""
        has_values, named = is_json(text), field(tool, path)
        if not has_values and (named.stays or not may_hold_digits(text)):
            return named.is_password and not named.stays
        is_whole = not has_values or "'" in text or "\\" in text
        parts = {text} if is_whole else set(text.split('"')) - self._harmless
        reading = Reading('"'.join((*path[-WIDEST:], *parts)))
        is_entrance = not reading.vocabulary.isdisjoint(ENTRANCES)
        if is_entrance or named.checks or may_name_secret(reading.vocabulary) or tells_itself(reading):
            return True
        telling = reading.vocabulary & TELLING
        self._harmless |= {part for part in parts if not any(word in part.lower() for word in telling)}
        return False


def in_value(text: str, tool: str, path: tuple[str, ...], reader: Callable[[str], Reading]) -> Iterator[Secret]:
    """The secrets of a text that stands under a path of names; `tool` is the tool that it is of, or ""."""
    named = field(tool, path)
    if named.stays:
        return
    if named.is_password and not _NO_PASSWORD.fullmatch(text):
        yield Secret(0, len(text), "code", text.upper())
    elif _NUMBER.fullmatch(text):
        if "." not in text and (kind := _kind_of_number(named.head, len(text))):
            yield Secret(0, len(text), kind, text)
        elif "." not in text and len(text) >= SHORTEST - 1:
            yield from _read(text, named.head, reader)
    else:
        yield from _read(text, named.head if len(text) <= _SENTENCE else "", reader)


@lru_cache(maxsize=4096)
def _kind_of_number(head: str, digits: int) -> Kind | Contact | Literal["digits"] | None:
    """What a short number under this name is, if it is a secret, whatever its digits."""
    if digits >= SHORTEST - 1:
        return None
    return next((secret.kind for secret in _read("5" * digits, head, Reading)), None)


def _read(text: str, head: str, reader: Callable[[str], Reading]) -> Iterator[Secret]:
    start = len(head) + 2 if head else 0
    reading = reader(f"{head}: {text}" if head else text)
    if not (reading.words and may_hold_secret(reading)):
        return
    for secret in secrets(reading.settled(is_secret=proves_code(reading.text))):
        if secret.start >= start:
            yield secret.moved(-start)
