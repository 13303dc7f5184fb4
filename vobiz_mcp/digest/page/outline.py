"""The outline of a long call: from one close or change of subject to the next, what it was about, and how it went."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.speech.sentence import Sentence
from vobiz_mcp.digest.speech.topic_words import COMMON, stem, words
from vobiz_mcp.digest.timeline.items import Utterance
from vobiz_mcp.digest.wording.phrases import place

LONG_S: Final = 20 * 60
"""Seconds from which on a call has an outline."""
_LEAST_TURNS: Final = 12
_SHARED_WORD, _ASKS, _RECITED = 3, 4, 2
"""What a word of a tool's name counts, and a request, where a word of any subject counts 1; and a value, less."""
_MOST_TOPICS: Final = 6
_LONGEST_ASKED: Final = 24
"""Words of a sentence from which on it must be worth its length."""
_TWO_FROM: Final = 60
"""Turns from which on a stretch is told by two sentences."""
_NEARLY: Final = 0.6
"""Share of the best sentence's worth from which on an earlier one will do: what was asked first, led to the rest."""
_ACCOUNT: Final = re.compile(r"(?:user|customer|client|member|patient|guest|subscriber)_?(?:id|name)$", re.IGNORECASE)
_SEVERAL, _MOST_IDS = 2, 4
_TOPICS: Final = 4
_WORD: Final = re.compile(r"[^\W_]+")
_BEFORE, _CLOSE, _SURE = 8, 1.0, 4.0
"""Turns in which somebody says what they want before an account is looked up; what a change of words alone never
reaches; and how sure it is that a part begins."""


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


@dataclass(frozen=True)
class Chapter:
    """One stretch as it is told: what it was about, by what was `said` in it or else its own most frequent words.

    Attributes:
        said: sentences, each with its turn.
        outcome: how much tools changed: `2 changes, 1 FAILED`; "" on a call without such tools.
        whose: the ids of those whose business it was, where a call holds that of several; "" where it does not.
    """

    stretch: Stretch
    said: tuple[tuple[int, Sentence], ...]
    subject: str
    outcome: str
    whose: str = ""

    @property
    def about(self) -> str:
        """`t17 "Can you move my appointment?"`, or `invoice, refund`."""
        return " ".join(f't{turn} "{sentence.text}"' for turn, sentence in self.said) or self.subject

    @property
    def line(self) -> str:
        """`t14-52 2:03 of ana_7: t17 "Can you move my appointment?" → 1 change`."""
        start = self.stretch.turns[0].start
        at = "" if start is None else f" {place(start)}"
        how = f" → {self.outcome}" if self.outcome else ""
        whose = f" of {self.whose}" if self.whose else ""
        return f"t{self.stretch.first}-{self.stretch.last}{at}{whose}: {self.about}{how}"


def chapters(shown: ShownCall, most: int) -> list[Chapter]:
    """At most `most` parts of a long call, which together are the call; none of a shorter one."""
    if (shown.told.duration or 0.0) < LONG_S or len(shown.told.utterances) < _LEAST_TURNS:
        return []
    accounts = [
        (tool.after_turn, whole(v)) for tool in shown.told.tool_calls for k, v in tool.asked if _ACCOUNT.match(k)
    ]
    accounts = accounts if len({account for _, account in accounts}) >= _SEVERAL else []
    found = _stretches(shown, most, [turn for (_, before), (turn, now) in pairwise(accounts) if now != before])
    asked = [_asked_for(shown, stretch) for stretch in found]
    subjects = [""] * len(found) if all(asked) else list(_subjects(found))
    whose = [_whose(accounts, stretch) for stretch in found]
    return [
        Chapter(stretch, tuple(said), subject, _outcome(stretch, shown.deeds), of)
        for stretch, said, subject, of in zip(found, asked, subjects, whose, strict=True)
    ]


def _stretches(shown: ShownCall, most: int, others: Sequence[int]) -> list[Stretch]:
    """At most `most` stretches, which together are the call; by turn `others` it is somebody else's business."""
    turns, breaks = shown.told.utterances, dict(shown.changes_of_subject)
    for turn in others:
        near = [cut for cut in range(max(1, turn - _BEFORE), turn) if breaks.get(cut, 0.0) > _CLOSE]
        cut = max(near, key=breaks.__getitem__, default=turn - 1)
        breaks[cut] = breaks.get(cut, 0.0) + _SURE
    cuts: list[int] = []
    apart = len(turns) / (most * 3)
    for cut in sorted(breaks, key=lambda cut: (-breaks[cut], cut)):
        if len(cuts) < most - 1 and all(abs(cut - other) >= apart for other in (0, len(turns), *cuts)):
            cuts.append(cut)
    return [Stretch(turns[start:end]) for start, end in pairwise([0, *sorted(cuts), len(turns)])]


def _asked_for(shown: ShownCall, stretch: Stretch) -> list[tuple[int, Sentence]]:
    """The first sentences that tell well what these turns are about: the caller's, and of those requests."""
    by_caller = [turn for turn in stretch.turns if turn.speaker != "agent"]
    done = _tool_words(shown, stretch)
    said = [(turn.turn, sentence) for turn in by_caller or stretch.turns for sentence in shown.sentences[turn.turn]]
    said = [(turn, one) for turn, one in said if "request" in one.acts and not one.is_empty] or said
    worths = [_bears(sentence, done) for _, sentence in said]
    least = max(worths, default=0.0) * _NEARLY
    well = [(turn, one) for (turn, one), worth in zip(said, worths, strict=True) if worth and worth >= least]
    return well[: 1 + (len(stretch.turns) > _TWO_FROM)]


def _whose(accounts: Sequence[tuple[int, str]], stretch: Stretch) -> str:
    """The ids of accounts that tools were asked about in a stretch."""
    mine = [*dict.fromkeys(account for turn, account in accounts if stretch.first <= turn <= stretch.last)]
    return ", ".join(mine[:_MOST_IDS]) + (", …" if len(mine) > _MOST_IDS else "")


def _tool_words(shown: ShownCall, stretch: Stretch) -> frozenset[str]:
    """The words of the tools that changed something in a stretch: who asked for it used some of them."""
    mine = (deed.tool for deed in shown.deeds if stretch.first <= deed.tool.after_turn <= stretch.last)
    return frozenset(stem(word) for tool in mine for word in words(f"{tool.name} {tool.arguments}".replace("_", " ")))


def _bears(sentence: Sentence, done: frozenset[str]) -> float:
    """How well a sentence tells what a part of a call is about: by what was done, then by what it asks for."""
    if sentence.is_empty or sentence.is_polite:
        return 0.0
    spoken = {stem(word) for word in words(sentence.text) if word not in COMMON} if done else frozenset[str]()
    asks = _ASKS if "request" in sentence.acts else 0
    length = min(1.0, _LONGEST_ASKED / max(1, sentence.text.count(" ")))
    subject = min(_MOST_TOPICS, sentence.topics) - _RECITED * len(sentence.keys)
    return max(0.0, _SHARED_WORD * len(spoken & done) + asks + subject) * length


def _subjects(found: Sequence[Stretch]) -> Iterator[str]:
    """The words that tell each stretch best from the others."""
    about = [Counter(_named(stretch)) for stretch in found]
    spread = Counter(word for counts in about for word in counts)
    for counts in about:
        ranked = sorted(counts, key=lambda w: (-counts[w] * math.log(1 + len(found) / spread[w]), w))
        yield ", ".join(map(whole, ranked[:_TOPICS]))


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
