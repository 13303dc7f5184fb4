"""Where the subject of a call changes: after a close, or where other words are used than before."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from operator import mul
from typing import Final

from vobiz_mcp.digest.speech.topic_words import COMMON, stem

_FAREWELL: Final = frozenset(["bye", "goodbye", "thanks", "thank", "welcome", "enjoy"])
_GREETING: Final = frozenset(["hi", "hello", "hey"])
_CLOSE_WORDS: Final = 12
"""A close is short: a longer turn that begins with thanks goes on to something else."""
_WINDOW: Final = 12
"""Turns on either side of a place that are compared to see whether the subject changes there."""
_PLACES: Final = 60
"""Places at most where that is looked at."""


def changes_of_subject(spoken: Sequence[list[str]]) -> dict[int, float]:
    """Places between turns, from the words of each turn: how sure it is that something new begins there."""
    breaks = _changes(spoken)
    for cut, sure in _closes(spoken).items():
        breaks[cut] = breaks.get(cut, 0.0) + sure
    return breaks


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
    cuts = range(step, len(spoken), step)
    counts = {
        start: Counter(chain.from_iterable(subjects[max(0, start) : start + _WINDOW]))
        for start in {*cuts, *(cut - _WINDOW for cut in cuts)}
    }
    return {cut: 1.0 - _alike(counts[cut - _WINDOW], counts[cut]) for cut in cuts}


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The cosine of two counts of words."""
    shared = sum(one[word] * other[word] for word in one.keys() & other.keys())
    norm = math.sqrt(_square(one) * _square(other))
    return shared / norm if norm else 0.0


def _square(counts: Counter[str]) -> int:
    return sum(map(mul, counts.values(), counts.values()))
