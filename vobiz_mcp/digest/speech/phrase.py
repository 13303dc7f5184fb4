"""A regular expression of words that people say, found however they are written, capital or small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class Phrase:
    """Written in small letters and searched in small letters: regarding no case takes several times as long.

    Compiled when first needed, and once more for text in ASCII, which is searched in half the time. Matches are of the
    text in small letters; what people said is quoted from the text itself.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    @cached_property
    def _in_ascii(self) -> re.Pattern[str]:
        return re.compile(self._pattern, re.ASCII)

    @cached_property
    def _in_any(self) -> re.Pattern[str]:
        return re.compile(self._pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where a text says it."""
        return (self._in_ascii if text.isascii() else self._in_any).search(text.lower())

    def match(self, text: str) -> re.Match[str] | None:
        """Whether a text begins with it."""
        return (self._in_ascii if text.isascii() else self._in_any).match(text.lower())

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where a text says it."""
        return (self._in_ascii if text.isascii() else self._in_any).finditer(text.lower())
