"""How much each thing on a call bears on a question: by its words, ids and names, rare ones most, and neighbours."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from vobiz_mcp.digest.speech.alike_words import alike
from vobiz_mcp.digest.speech.topic_words import COMMON, stem
from vobiz_mcp.digest.timeline.items import Happening, Item, Timeline, ToolCall, Utterance

_SATURATION, _LENGTH = 1.2, 0.5
"""BM25's k1 and b, at their usual values for short texts."""
_ALIKE: Final = 0.5
"""What a word counts that only means much the same as one of the question."""
_REACH: Final = (0.55, 0.35, 0.2, 0.1)
"""What of its score something hands on to its first neighbours on each side: answers stand beside the words."""
_WORD: Final = re.compile(r"[^\W_]+")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, in small letters."""
    return _WORD.findall(text.lower())


def roots(told: Timeline, offers: Mapping[int, str]) -> list[list[str]]:
    """The stems of the words of each item of the timeline, but for common ones; a tool's with the offer at its turn."""
    return [_stems(_text(item, offers)) for item in told.items]


def relevance(told: Sequence[Sequence[str]], question: str, *, letters: int | None = None) -> list[float]:
    """How much each item, by its `roots`, bears on `question`, 1 for the one that does most; all 0 when none does.

    With `letters`, words count as the same when they begin alike for so long: the nearest where nothing matches.
    """
    texts = [Counter(word[:letters] for word in words) if letters else Counter(words) for words in told]
    asked = {word[:letters]: 1.0 for word in _stems(question)}
    if any(word in text for text in texts for word in asked):
        asked = dict.fromkeys(alike(asked), _ALIKE) | asked
    near = _spread(_scores(texts, asked))
    best = max(near, default=0.0)
    return [score / best if best else 0.0 for score in near]


def asked_words(question: str) -> frozenset[str]:
    """The stems of the words of a question, but for common ones."""
    return frozenset(_stems(question))


def bears(text: str, asked: frozenset[str]) -> int:
    """How many of the words of a question, its `asked_words`, stand in `text`."""
    return len(asked.intersection(_stems(text)))


def absent(told: Sequence[Sequence[str]], question: str) -> list[str]:
    """The words of `question` that no item, by its `roots`, holds in any form; empty where none of them is held."""
    asked = {stem(word): word for word in words_of(question) if word not in COMMON}
    held = set[str]().union(*told)
    found = [word for root, word in asked.items() if root not in held]
    return found if len(found) < len(asked) else []


def _text(item: Item, offers: Mapping[int, str]) -> str:
    match item:
        case ToolCall():
            verdict = f"{'failed' if item.failed else 'succeeded'} {offers.get(item.after_turn, '')}"
            return f"{_HUMP.sub(' ', item.name)} {item.arguments} {item.result or ''} {verdict}"
        case Utterance() | Happening():
            return item.text


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words_of(text) if word not in COMMON]


def _scores(texts: Sequence[Counter[str]], asked: dict[str, float]) -> list[float]:
    lengths = [text.total() for text in texts]
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    rarity = {
        word: weight * _rarity(sum(word in text for text in texts), len(texts))
        for word, weight in sorted(asked.items())
    }
    return [
        sum(
            rare * text[word] * (_SATURATION + 1) / (text[word] + _SATURATION * (1 - _LENGTH + _LENGTH * length / mean))
            for word, rare in rarity.items() if text[word]
        )
        for text, length in zip(texts, lengths, strict=True)
    ]  # fmt: skip


def _rarity(containing: int, total: int) -> float:
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))


def _spread(own: Sequence[float]) -> list[float]:
    """Each score with what its neighbours on both sides hand on."""
    near = list(own)
    for distance, share in enumerate(_REACH, 1):
        for place, score in enumerate(own):
            for other in (place - distance, place + distance):
                if 0 <= other < len(own):
                    near[other] += share * score
    return near
