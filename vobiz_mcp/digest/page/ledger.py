"""What a call tells, and what each thing told is worth: values, the words it is about, its beginning and end."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final

from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.speech.topic_words import topics
from vobiz_mcp.digest.speech.values import Value, values
from vobiz_mcp.digest.timeline.items import Timeline

_WORTH: Final = {
    "date": 1.0, "time": 1.0, "mail": 1.2, "url": 0.8, "id": 1.2, "number": 1.0, "name": 1.0, "known": 0.9,
    "day": 0.6, "span": 0.6, "when": 0.5, "maybe": 0.0, "unit": 1.0,
}  # fmt: skip
"""What a value is worth by its kind; a name is the measure."""
_SMALL_NUMBER: Final = 0.2
"""Worth of a number below 100 alone: mostly a count that its sentence explains."""
_FROM_TOOLS: Final = 2.0
"""A value that was both spoken and known to a tool is one that something depended on."""
_DONE: Final = 1.5
"""A value that a tool was asked to change something with."""
_LONGEST_KNOWN: Final = 10
_EMPTY_WORDS: Final = frozenset(["true", "false", "yes", "no", "none", "null", "ok", "success", "successful", "error"])
_SHARED: Final = ("date ", "time ", "number ", "day ", "unit ")
_TOKEN: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Ledger:
    """The worth of everything that a call's pieces tell."""

    told: Timeline
    in_speech: float
    """Share of a value's worth that only speech earns: it says what the value was for, which a bare list does not."""
    topic: float = 0.16
    """Worth of a word that the call is about, said once."""
    _plain: dict[str, tuple[Value, ...]] = field(default_factory=dict, repr=False, compare=False)
    _found: dict[str, list[Value]] = field(default_factory=dict, repr=False, compare=False)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def patterns_in(self, text: str) -> tuple[Value, ...]:
        """The values in `text`, whatever tools know."""
        if text not in self._plain:
            self._plain[text] = values(text)
        return self._plain[text]

    @cached_property
    def _known(self) -> dict[str, list[tuple[str, ...]]]:
        """Phrases that tools were asked with or answered, by their first word, the longest first."""
        texts = {text for tool in self.told.tool_calls for _, text in (*tool.asked, *tool.answered)}
        phrases = {tuple(_TOKEN.findall(text.lower())) for text in texts if not self._is_time(text)}
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(filter(_is_telling, phrases), key=len, reverse=True):
            found.setdefault(phrase[0], []).append(phrase)
        return found

    def _is_time(self, text: str) -> bool:
        """Dates, times and numbers have keys that all their spellings share."""
        found = self.patterns_in(text)
        return bool(found) and all(value.key.startswith(_SHARED) for value in found)

    def found_in(self, text: str) -> list[Value]:
        """The values in `text`; a phrase that tools know counts as one, whatever stands inside it."""
        if text not in self._found:
            known = self._known_in(text) if self._known else []
            free = [value for value in self.patterns_in(text) if not (known and _is_inside(value, known))]
            self._found[text] = sorted((*known, *free))
        return self._found[text]

    def values_in(self, text: str) -> tuple[str, ...]:
        """Their keys."""
        if text not in self._keys:
            self._keys[text] = tuple(dict.fromkeys(value.key for value in self.found_in(text)))
        return self._keys[text]

    def _known_in(self, text: str) -> list[Value]:
        """The longest phrases in `text` that tools know."""
        lowered = text.lower()
        tokens = tuple(_TOKEN.findall(lowered))
        phrases = list(self._phrases_in(tokens))
        words = list(_TOKEN.finditer(lowered)) if phrases else []
        return [
            Value(words[place].start(), words[place + len(phrase) - 1].end(), "known " + " ".join(phrase))
            for place, phrase in phrases
        ]

    def _phrases_in(self, tokens: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Where known phrases begin among the words of a text."""
        after = 0
        for place, token in enumerate(tokens):
            if token in self._known and place >= after:
                fitting = (p for p in self._known[token] if p == tokens[place : place + len(p)])
                if phrase := next(fitting, None):
                    after = place + len(phrase)
                    yield place, phrase

    def told_by_speech(self, parts: list[str]) -> Iterator[tuple[str, ...]]:
        """Keys of what each part of a turn tells: its values, that they were said, and its topics."""
        found = self.found_in(" ".join(parts))
        start = 0
        for part in parts:
            end = start + len(part)
            keys = dict.fromkeys(value.key for value in found if start <= value.start and value.end <= end)
            yield (*keys, *(f"said {key}" for key in keys), *topics(part))
            start = end + 1

    @cached_property
    def spoken(self) -> Counter[str]:
        """In how many turns each value and topic was said."""
        lines = [whole(turn.text) for turn in self.told.utterances]
        keys = Counter(chain.from_iterable(map(self.values_in, lines)))
        keys.update(chain.from_iterable(map(topics, lines)))
        return keys

    @cached_property
    def in_tools(self) -> frozenset[str]:
        """Values that tools were asked with or answered."""
        texts = {text for tool in self.told.tool_calls for _, text in (*tool.asked, *tool.answered)}
        return frozenset(key for text in texts for key in self.values_in(text))

    @cached_property
    def in_actions(self) -> frozenset[str]:
        """Values that tools which change something were asked with."""
        texts = {text for tool in self.told.tool_calls if not tool.only_reads for _, text in tool.asked}
        return frozenset(key for text in texts for key in self.values_in(text))

    @cached_property
    def weights(self) -> dict[str, float]:
        """Worth of each key that a piece may tell."""
        found: dict[str, float] = {}
        for key in {*self.spoken, *self.in_tools}:
            worth = self._worth(key)
            found[key] = worth * (1 - self.in_speech)
            found[f"said {key}"] = worth * self.in_speech
        return found

    def _worth(self, key: str) -> float:
        kind, _, value = key.partition(" ")
        times = min(self.spoken[key], 6)
        if kind == "topic":
            return self.topic * math.sqrt(times)
        if kind == "maybe":
            return self._worth(f"name {value}") if f"name {value}" in self.spoken else self.topic
        worth = _SMALL_NUMBER if kind == "number" and len(value) < 3 else _WORTH[kind]
        shared = _FROM_TOOLS if key in self.in_tools and key in self.spoken else 1.0
        done = _DONE if key in self.in_actions else 1.0
        return worth * shared * done * (1 + 0.1 * max(0, times - 1))


def _is_inside(value: Value, known: list[Value]) -> bool:
    return any(k.start <= value.start and value.end <= k.end + 1 for k in known)


def _is_telling(phrase: tuple[str, ...]) -> bool:
    """Whether a phrase is short enough to be said as it stands, and says something."""
    is_short = 0 < len(phrase) <= _LONGEST_KNOWN
    return is_short and not _EMPTY_WORDS.issuperset(phrase) and any(map(str.isalpha, phrase))
