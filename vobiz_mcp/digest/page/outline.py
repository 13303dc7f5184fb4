"""The outline of a long call: its stretches from one close or change of subject to the next, and how each went."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.speech.topic_words import COMMON, stem, words
from vobiz_mcp.digest.timeline.items import Timeline, Utterance
from vobiz_mcp.digest.wording.phrases import place

LONG_S: Final = 20 * 60
"""Seconds from which on a call has an outline."""
_FAREWELL: Final = frozenset(["bye", "goodbye", "thanks", "thank", "welcome", "enjoy"])
_GREETING: Final = frozenset(["hi", "hello", "hey"])
_CLOSE_WORDS: Final = 12
"""A close is short: a longer turn that begins with thanks goes on to something else."""
_WINDOW: Final = 12
"""Turns on either side of a place that are compared to see whether the subject changes there."""
_PLACES: Final = 150
"""Places at most where that is looked at."""
_TOPICS: Final = 4
_WORD: Final = re.compile(r"[^\W_]+")


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
    subjects = [Counter(stem(w) for w in said if len(w) > 3 and w not in COMMON) for said in spoken]
    step = max(1, len(spoken) // _PLACES)
    before, after = Counter[str](), Counter[str]()
    for subject in subjects[:_WINDOW]:
        after.update(subject)
    found: dict[int, float] = {}
    for cut, subject in enumerate(subjects):
        if cut and cut % step == 0:
            found[cut] = 1.0 - _alike(before, after)
        _add(before, subject, 1)
        _add(after, subject, -1)
        if cut >= _WINDOW:
            _add(before, subjects[cut - _WINDOW], -1)
        if cut + _WINDOW < len(subjects):
            _add(after, subjects[cut + _WINDOW], 1)
    return found


def _add(counter: Counter[str], more: Counter[str], times: int) -> None:
    for word, count in more.items():
        counter[word] += times * count
        if not counter[word]:
            del counter[word]


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The cosine of two counts of words."""
    shared = sum(count * other[word] for word, count in one.items() if word in other)
    norm = math.sqrt(sum(c * c for c in one.values()) * sum(c * c for c in other.values()))
    return shared / norm if norm else 0.0


@dataclass(frozen=True)
class Part:
    """One stretch as it is told: what it was about, in the words of `asked`, or in its own most frequent ones."""

    stretch: Stretch
    about: str
    outcome: str
    """How much tools changed: `2 changes, 1 FAILED`; "" on a call without such tools."""

    @property
    def line(self) -> str:
        """`t14-52 2:03 "Can you move my appointment?" → 1 change`."""
        start = self.stretch.turns[0].start
        at = "" if start is None else f" {place(start)}"
        how = f" → {self.outcome}" if self.outcome else ""
        return f"t{self.stretch.first}-{self.stretch.last}{at} {self.about}{how}"


def parts(found: Sequence[Stretch], deeds: Sequence[Deed], asked: Sequence[str]) -> Iterator[Part]:
    """Each stretch with what was asked there, and how much tools changed.

    `asked` holds for each stretch the words that tell best what it is about; its own most frequent words stand where
    nobody asked for anything.
    """
    about = [Counter(_named(stretch)) for stretch in found]
    spread = Counter(word for counts in about for word in counts)
    for stretch, counts, words_ in zip(found, about, asked, strict=True):
        ranked = sorted(counts, key=lambda w: (-counts[w] * math.log(1 + len(found) / spread[w]), w))
        yield Part(stretch, words_ or ", ".join(map(whole, ranked[:_TOPICS])), _outcome(stretch, deeds))


def _named(stretch: Stretch) -> Iterator[str]:
    """The words of a stretch as they were first spelt, without the common ones."""
    spelt: dict[str, str] = {}
    for turn in stretch.turns:
        for word in _WORD.findall(turn.text):
            if len(word) > 3 and word.lower() not in COMMON:
                yield spelt.setdefault(word.lower(), word)


def _outcome(stretch: Stretch, deeds: Sequence[Deed]) -> str:
    """How much tools changed; which of them, the ledger below says."""
    if not deeds:
        return ""
    mine = [tool for deed in deeds for tool in deed.tools if stretch.first <= tool.after_turn <= stretch.last]
    failed = sum(tool.failed for tool in mine)
    changes = f"{len(mine)} change{'s' if len(mine) > 1 else ''}" if mine else "nothing changed"
    return f"{changes}{f', {failed} FAILED' if failed else ''}"
