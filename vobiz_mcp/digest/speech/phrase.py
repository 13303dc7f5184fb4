"""A regular expression of words that people say, found however they are written, capital or small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final


class Phrase:
    """Written in small letters and searched in small letters: regarding no case takes several times as long.

    Its matches are of the text in small letters; what people said is quoted from the text itself.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern: Final = re.compile(pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where a text says it."""
        return self._pattern.search(text.lower())

    def match(self, text: str) -> re.Match[str] | None:
        """Whether a text begins with it."""
        return self._pattern.match(text.lower())

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where a text says it."""
        return self._pattern.finditer(text.lower())
