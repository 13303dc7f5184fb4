"""Speech in sentences and the items of lists: the smallest pieces that may be left out alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LONG: Final = 40
"""Words from which on a sentence may be parted at its commas: the speech of meetings goes on for hundreds."""
_SHORTEST_PART: Final = 14

_END: Final = re.compile(r"[.?!…।](?:(?<!…)[*\"”’)])?(\s+)(?=\S)")
_NO_END: Final = re.compile(r"(?:.*\W)?(?:Mr|Mrs|Ms|Dr|St|No|Inc|Ltd|Co|vs|e\.g|i\.e|U\.S|a\.m|p\.m|[A-Z])\.$")
"""An abbreviation's point ends no sentence, nor does that of a list's number."""
_ABBREVIATION: Final = 5
"""Characters that the end of a sentence is known by to be an abbreviation."""
_NUMBER: Final = re.compile(r"\d{1,2}\.$")
_NUMBERED: Final = re.compile(r"\s(?=\d{1,2}[.)]\s)")
_BULLETED: Final = re.compile(r"\s(?=[-*•]\s)")
_BULLETS: Final = ("- ", "* ", "• ")
_FEWEST_BULLETS: Final = 2
"""A single dash stands between words; so many stand before the items of a list."""


def sentences(text: str) -> list[str]:
    """The sentences and items of `text`, which is one line; joined by spaces, they are `text` again."""
    return [part for item in _items(text) for sentence in _sentences(item) for part in _parts(sentence)]


def _items(text: str) -> list[str]:
    """A list's items, each with the dashes inside it; a text without a list is one item."""
    if " 2. " in text and " 1. " in f" {text}":
        return _NUMBERED.split(text)
    bullets = _BULLETED.split(text) if any(bullet in text for bullet in _BULLETS) else ()
    return list(bullets) if len(bullets) > _FEWEST_BULLETS else [text]


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        sentence = text[start : end.start(1)]
        if not (_NO_END.match(sentence[-_ABBREVIATION:]) or _NUMBER.match(sentence)):
            yield sentence
            start = end.end()
    if start < len(text):
        yield text[start:]


def _parts(sentence: str) -> Iterator[str]:
    """A long sentence parted where both sides of a comma are long themselves."""
    if sentence.count(" ") + 1 < LONG:
        yield sentence
        return
    words, start = sentence.split(" "), 0
    for place, word in enumerate(words, 1):
        if word.endswith((",", ";")) and min(place - start, len(words) - place) >= _SHORTEST_PART:
            yield " ".join(words[start:place])
            start = place
    yield " ".join(words[start:])
