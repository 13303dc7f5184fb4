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

from vobiz_mcp.digest.cutting import whole
from vobiz_mcp.digest.timeline import Timeline, ToolCall
from vobiz_mcp.digest.tool_lines import only_reads
from vobiz_mcp.digest.tool_values import leaves
from vobiz_mcp.digest.values import Value, values
from vobiz_mcp.digest.words import topics

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
_TOKEN: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Ledger:
    """The worth of everything that a call's pieces tell."""

    told: Timeline
    in_speech: float
    """Share of a value's worth that only speech earns: it says what the value was for, which a bare list does not."""
    topic: float = 0.16
    """Worth of a word that the call is about, said once."""
    _found: dict[str, list[Value]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _known(self) -> dict[str, list[tuple[str, ...]]]:
        """Phrases that tools were asked with or answered, by their first word."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted({p for tool in self.told.tool_calls for p in _phrases(tool)}):
            found.setdefault(phrase[0], []).append(phrase)
        return found

    def found_in(self, text: str) -> list[Value]:
        """The values in `text`; a phrase that tools know counts as one, whatever stands inside it."""
        if text not in self._found:
            known = list(self._known_in(text)) if self._known else []
            free = [v for v in values(text) if not any(k.start <= v.start and v.end <= k.end + 1 for k in known)]
            self._found[text] = sorted((*known, *free))
        return self._found[text]

    def values_in(self, text: str) -> tuple[str, ...]:
        """Their keys."""
        return tuple(dict.fromkeys(value.key for value in self.found_in(text)))

    def _known_in(self, text: str) -> Iterator[Value]:
        """The longest phrases in `text` that tools know; those of one word only where no pattern knows better."""
        words = list(_TOKEN.finditer(text.lower()))
        tokens = tuple(word[0] for word in words)
        place = 0
        while place < len(tokens):
            fitting = [p for p in self._known.get(tokens[place], ()) if tokens[place : place + len(p)] == p]
            longest = max(fitting, key=len, default=())
            if longest:
                yield Value(words[place].start(), words[place + len(longest) - 1].end(), "known " + " ".join(longest))
            place += max(1, len(longest))

    def told_by_speech(self, parts: list[str]) -> Iterator[tuple[str, ...]]:
        """Keys of what each part of a turn tells: its values, that they were said, and its topics."""
        found = self.found_in(" ".join(parts))
        start = 0
        for part in parts:
            end = start + len(part)
            keys = dict.fromkeys(value.key for value in found if start <= value.start and value.end <= end)
            yield (*keys, *(f"said {key}" for key in keys), *(f"topic {word}" for word in topics(part)))
            start = end + 1

    @cached_property
    def spoken(self) -> Counter[str]:
        """In how many turns each value and topic was said."""
        lines = [whole(turn.text) for turn in self.told.utterances]
        topical = (f"topic {word}" for line in lines for word in topics(line))
        return Counter(chain((key for line in lines for key in self.values_in(line)), topical))

    @cached_property
    def in_tools(self) -> frozenset[str]:
        """Values that tools were asked with or answered."""
        texts = (text for tool in self.told.tool_calls for text in (tool.arguments, tool.result or ""))
        return frozenset(key for text in texts for _, leaf in leaves(text) for key in self.values_in(leaf))

    @cached_property
    def in_actions(self) -> frozenset[str]:
        """Values that tools which change something were asked with."""
        texts = (tool.arguments for tool in self.told.tool_calls if not only_reads(tool))
        return frozenset(key for text in texts for _, leaf in leaves(text) for key in self.values_in(leaf))

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


def _phrases(tool: ToolCall) -> Iterator[tuple[str, ...]]:
    for text in (tool.arguments, tool.result or ""):
        for _, leaf in leaves(text):
            words = tuple(_TOKEN.findall(leaf.lower()))
            if (
                0 < len(words) <= _LONGEST_KNOWN
                and not _EMPTY_WORDS.issuperset(words)
                and any(w.isalpha() for w in words)
                and not _is_time(leaf)
            ):
                yield words


def _is_time(leaf: str) -> bool:
    """Dates, times and numbers have keys that all their spellings share."""
    return all(value.key.split()[0] in ("date", "time", "number", "day", "unit") for value in values(leaf)) and bool(
        values(leaf)
    )
