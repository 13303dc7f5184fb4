"""The values in what was said on one call: those that any text shows, and the phrases that its tools know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from vobiz_mcp.digest.speech.values import Key, Value, bare, values

_LONGEST: Final = 10
"""Words of a phrase that tools know and a person might say as it stands."""
_EMPTY: Final = frozenset(["true", "false", "yes", "no", "none", "null", "ok", "success", "successful", "error"])
_SPELT_ALIKE: Final = frozenset(["date", "time", "number", "day", "unit"])
"""Kinds whose keys all spellings of a value share already."""
_WORD: Final = re.compile(r"[^\W_]+")
_DIGIT: Final = re.compile(r"\d")
_LONGEST_FIGURE: Final = 40


class CallValues:
    """Finds values in the texts of one call; `known` is what its tools were asked and answered."""

    def __init__(self, known: Iterable[str]) -> None:
        self._texts = frozenset(known)
        self._keys: dict[str, tuple[Key, ...]] = {}

    def keys(self, text: str) -> tuple[Key, ...]:
        """The keys of the values in `text`, each once; a phrase that tools know is one value, whatever is inside it."""
        if text not in self._keys and (key := bare(text)):
            self._keys[text] = (key,)
        elif text not in self._keys:
            found = values(text)
            if known := list(self._known_in(text)) if self._phrases else []:
                found = tuple(sorted((*known, *(value for value in found if not _is_inside(value, known)))))
            self._keys[text] = tuple(dict.fromkeys(value.key for value in found if value.key.kind != "maybe"))
        return self._keys[text]

    @cached_property
    def in_tools(self) -> frozenset[Key]:
        """What tools were asked and answered."""
        figures = (key for keys in self._figures.values() for key in keys)
        phrases = (Key("known", " ".join(phrase)) for those in self._phrases.values() for phrase in those)
        others = (key for text, words in self._worded.items() if not _is_telling(words) for key in self.keys(text))
        return frozenset((*figures, *phrases, *others))

    @cached_property
    def _figures(self) -> dict[str, list[Key]]:
        """The texts that are nothing but values which all spellings share a key of, with those."""
        found = ((text, _figure(text)) for text in self._texts)
        return {text: keys for text, keys in found if keys}

    @cached_property
    def _worded(self) -> dict[str, tuple[str, ...]]:
        """The words of all texts but figures."""
        return {text: tuple(_WORD.findall(text.lower())) for text in self._texts if text not in self._figures}

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, ...]]]:
        """The phrases that tools know by their first word, the longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        telling = set(filter(_is_telling, self._worded.values()))
        for phrase in sorted(telling, key=lambda phrase: (-len(phrase), phrase)):
            found.setdefault(phrase[0], []).append(phrase)
        return found

    @cached_property
    def _telling_words(self) -> frozenset[str]:
        """The longest word of each phrase: a text without one of them holds none."""
        return frozenset(max(phrase, key=len) for phrases in self._phrases.values() for phrase in phrases)

    def _known_in(self, text: str) -> Iterator[Value]:
        lowered = text.lower()
        spoken = tuple(_WORD.findall(lowered))
        if self._telling_words.isdisjoint(spoken):
            return
        words: list[re.Match[str]] = []
        after = 0
        for place, word in enumerate(spoken):
            for phrase in self._phrases.get(word, ()) if place >= after else ():
                if spoken[place : place + len(phrase)] == phrase:
                    after = place + len(phrase)
                    words = words or list(_WORD.finditer(lowered))
                    yield Value(words[place].start(), words[after - 1].end(), Key("known", " ".join(phrase)))
                    break


def _figure(text: str) -> list[Key]:
    """The keys of a text that is nothing but values which all spellings share a key of; none of another."""
    if key := bare(text):
        return [key]
    keys = [value.key for value in values(text)] if len(text) < _LONGEST_FIGURE and _DIGIT.search(text) else []
    return keys if all(key.kind in _SPELT_ALIKE for key in keys) else []


def _is_inside(value: Value, known: list[Value]) -> bool:
    return any(k.start <= value.start and value.end <= k.end + 1 for k in known)


def _is_telling(phrase: tuple[str, ...]) -> bool:
    """Whether a phrase is short enough to be said as it stands, and says something."""
    return 0 < len(phrase) <= _LONGEST and not _EMPTY.issuperset(phrase) and any(map(str.isalpha, phrase))
