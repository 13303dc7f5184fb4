"""Which parts of a call bear on a question: those that share its words, rare ones most, and their neighbours."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import accumulate
from typing import Final

from vobiz_mcp.digest.speech.topic_words import COMMON, stem
from vobiz_mcp.digest.timeline.items import Happening, Item, Timeline, ToolCall, Utterance

_SATURATION, _LENGTH = 1.2, 0.6
"""BM25's k1 and b, at their usual values for short texts."""
_REACH: Final = 0.85
"""What of its score an item hands on to its neighbour: an answer mostly stands after the words of its question."""
_WORD: Final = re.compile(r"[^\W_]+")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def relevance(told: Timeline, question: str, *, letters: int | None = None) -> list[float]:
    """How much each item of the timeline bears on `question`, 1 for the one that does most; all 0 when none does.

    With `letters`, words count as the same when they begin alike for so long: the nearest where nothing matches.
    """
    texts = [Counter(word[:letters] for word in _stems(_text(item))) for item in told.items]
    near = _spread(_scores(texts, {word[:letters] for word in _stems(question)}))
    best = max(near, default=0.0)
    return [score / best if best else 0.0 for score in near]


def shared(text: str, question: str) -> int:
    """How many of the words of `question` stand in `text`."""
    return len(set(_stems(text)).intersection(_stems(question)))


def _text(item: Item) -> str:
    match item:
        case ToolCall():
            return f"{_HUMP.sub(' ', item.name)} {item.arguments} {item.result or ''}"
        case Utterance() | Happening():
            return item.text


def _stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in COMMON]


def _scores(texts: list[Counter[str]], asked: set[str]) -> list[float]:
    lengths = [text.total() for text in texts]
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    rarity = {word: _rarity(sum(word in text for text in texts), len(texts)) for word in sorted(asked)}
    return [
        sum(
            rare * text[word] * (_SATURATION + 1) / (text[word] + _SATURATION * (1 - _LENGTH + _LENGTH * length / mean))
            for word, rare in rarity.items() if text[word]
        )
        for text, length in zip(texts, lengths, strict=True)
    ]  # fmt: skip


def _rarity(containing: int, total: int) -> float:
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))


def _spread(own: list[float]) -> list[float]:
    """Each score with what its neighbours on both sides hand on."""
    before = list(accumulate(own, lambda carried, score: score + _REACH * carried))
    after = list(accumulate(reversed(own), lambda carried, score: score + _REACH * carried))
    return [b + a - score for b, a, score in zip(before, reversed(after), own, strict=True)]
