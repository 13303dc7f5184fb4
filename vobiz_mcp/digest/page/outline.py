"""The stretches of a long call: from one close or change of subject to the next."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from vobiz_mcp.digest.speech.topic_words import COMMON, stem, words
from vobiz_mcp.digest.timeline.items import Timeline, Utterance

_FAREWELL: Final = frozenset(["bye", "goodbye", "thanks", "thank", "welcome", "enjoy"])
_GREETING: Final = frozenset(["hi", "hello", "hey"])
_CLOSE_WORDS: Final = 12
"""A close is short: a longer turn that begins with thanks goes on to something else."""
_WINDOW: Final = 12
"""Turns on either side of a place that are compared to see whether the subject changes there."""
_PLACES: Final = 60
"""Places at most where that is looked at."""


@dataclass(frozen=True)
class Stretch:
    """Some turns of a call that are about one thing."""

    turns: Sequence[Utterance]

    @property
    def first(self) -> int:
        """The number of the first turn."""
        return self.turns[0].turn

    @property
    def last(self) -> int:
        """The number of the last turn."""
        return self.turns[-1].turn


def stretches(told: Timeline, most: int) -> list[Stretch]:
    """At most `most` stretches, which together are the call."""
    turns = told.utterances
    spoken = [words(turn.text) for turn in turns]
    breaks = _changes(spoken)
    for cut, sure in _closes(spoken).items():
        breaks[cut] = breaks.get(cut, 0.0) + sure
    cuts: list[int] = []
    apart = len(turns) / (most * 3)
    for cut in sorted(breaks, key=lambda cut: (-breaks[cut], cut)):
        if len(cuts) < most - 1 and all(abs(cut - other) >= apart for other in (0, len(turns), *cuts)):
            cuts.append(cut)
    return [Stretch(turns[start:end]) for start, end in pairwise([0, *sorted(cuts), len(turns)])]


def _closes(spoken: Sequence[list[str]]) -> dict[int, float]:
    """Places after a close: how sure it is that something new begins there."""
    found: dict[int, float] = {}
    for place_, (before, here) in enumerate(pairwise(spoken), 1):
        if _is_close(before) and not _is_close(here):
            greets = not _GREETING.isdisjoint(here[:2])
            twice = place_ > 1 and _is_close(spoken[place_ - 2])
            found[place_] = 2.0 + greets + twice
    return found


def _is_close(said: list[str]) -> bool:
    return len(said) <= _CLOSE_WORDS and (not _FAREWELL.isdisjoint(said) or said[:2] == ["have", "a"])


def _changes(spoken: Sequence[list[str]]) -> dict[int, float]:
    """Places where the words change most between what was said before and after."""
    subjects = [[stem(word) for word in said if len(word) > 3 and word not in COMMON] for said in spoken]
    step = max(1, len(spoken) // _PLACES)
    found: dict[int, float] = {}
    for cut in range(step, len(spoken), step):
        before, after = subjects[max(0, cut - _WINDOW) : cut], subjects[cut : cut + _WINDOW]
        found[cut] = 1.0 - _alike(Counter(chain.from_iterable(before)), Counter(chain.from_iterable(after)))
    return found


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The cosine of two counts of words."""
    shared = sum(count * other[word] for word, count in one.items() if word in other)
    norm = math.sqrt(sum(c * c for c in one.values()) * sum(c * c for c in other.values()))
    return shared / norm if norm else 0.0
