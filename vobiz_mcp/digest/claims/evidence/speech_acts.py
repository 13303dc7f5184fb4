"""What a sentence does: it asks, it reports something as done, or it speaks of what may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from typing import Final, NamedTuple

from vobiz_mcp.digest.claims.evidence.words import COMPLETED, DONE, LONG_DONE, NOT_YET
from vobiz_mcp.digest.speech.phrase import Phrase

_STOPS: Final = '.,!?;:…।"()[]*-–—'
_ENDS: Final = re.compile(r"[.!?…।][\"'”’)*]*\s+|\n+")
_ABBREVIATED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Inc|Ltd|Co|vs|e\.g|i\.e|a\.m|p\.m|approx|Rs)\.$|^\d{1,2}\.$")
_LONGEST_ABBREVIATION: Final = len("approx.")
_MARKS: Final = re.compile(r"\*\*|__|`|^[\s>#•*–-]+")
_ASKS: Final = Phrase(
    r"\?\W*$|^(?:and |so |ok(?:ay)?,? |sure,? |great,? )*(?:would|could|can|may|shall|do|does|did|is|are|was|were|what"
    r"|which|when|where|who|how)\s+(?:you|i|we|it|that|this|there|your|the)\b"
)
_ADVERBS: Final = r"(?:(?:now|just|also|successfully|since|fully|then|all|both|officially|indeed|gone ahead and)\s+)*"
_ALL: Final = "|".join(f"(?P<{kind.replace(' ', '_')}>{participles})" for kind, (participles, _) in DONE.items())
_REPORT: Final = Phrase(
    rf"\b(?:(?:i|we)(?:['’]ve|\s+have)\s+|(?:has|have|['’]s)\s+{_ADVERBS}been\s+|(?:is|are)\s+now\s+|successfully\s+"
    rf"|(?:^|(?<=[,;] )|(?<=and ))(?:i|we)\s+(?:just\s+)?){_ADVERBS}(?:{_ALL})\b"
)
_HINDI_REPORT: Final = re.compile(
    r"(?P<book>बुक|रिज़र्व)|(?P<cancel>कैंसिल|कैंसल|रद्द)|(?P<change>अपडेट|बदल|चेंज)|(?P<refund>रिफंड|रिफ़ंड)"
    r"|(?P<send>भेज)"
    r"|\b(?:(?P<book2>book|reserve)|(?P<cancel2>cancel)|(?P<change2>update|change|badal)|(?P<refund2>refund)"
    r"|(?P<send2>bhej|send))\b"
)
_HINDI_DONE: Final = re.compile(r"(?:दिया|दी|गया|गई|चुका|चुकी)\s*(?:है|हूँ|हूं|हैं)")
_HINGLISH_DONE: Final = re.compile(
    r"\b(?:kar|ho|bhej|badal)\s*(?:diya|di|gaya|gayi|gai|chuka|chuki)(?:\s+(?:hai|hoon|hain|hun))?\b"
)
_NOT_YET: Final = Phrase(NOT_YET)
_LONG_DONE: Final = Phrase(LONG_DONE)
_COMPLETED: Final = Phrase(COMPLETED)
_CONDITION: Final = Phrase(r"\s*(?:if|once|when|whenever|after|until|unless|before|as soon as|in case|agar|jab)\b")
_CLAUSE: Final = re.compile(r"[,;:—–]\s|\s(?:and|but|so|because|since|as|which)\s")


_WORDS_OF_REPORT_HINTS = """
    cancelled canceled emailed e-mailed finalized finalised enroled दिया दी गया गई चुका चुकी diya di gaya gayi
    gai chuka chuki है।
"""
REPORT_HINTS: Final = frozenset(
    re.sub(r"\(\?:[^)]*\)|\+|\?", "", word).replace("\\s", " ").split()[0]
    for participles, _ in DONE.values()
    for word in participles.split("|")
) | frozenset(_WORDS_OF_REPORT_HINTS.split())
"""One of these words is part of every report."""


class Report(NamedTuple):
    """Something told as done: what kind of deed, and the sentence."""

    kind: str
    sentence: str


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences and list items of what was said, without the marks of Markdown."""
    found: list[str] = []
    for piece in _pieces(text):
        bare = _MARKS.sub("", piece.strip()).strip()
        if found and _ABBREVIATED.search(found[-1], max(0, len(found[-1]) - _LONGEST_ABBREVIATION)):
            found[-1] = f"{found[-1]} {bare}"
        elif bare:
            found.append(bare)
    return tuple(found)


def _pieces(text: str) -> Iterator[str]:
    """What stands between the ends of sentences and lines, each sentence with its mark."""
    start = 0
    for end in _ENDS.finditer(text):
        yield text[start : end.start() + (end[0][0] != "\n")]
        start = end.end()
    yield text[start:]


def hinting(text: str, hints: frozenset[str]) -> list[str]:
    """The sentences that hold one of these words: a quick look before a slow one."""
    return [part for part, spoken in _with_words(text) if not hints.isdisjoint(spoken)]


@lru_cache(maxsize=1024)
def _with_words(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Its sentences with their words: several rules look through one turn, one after another."""
    return tuple([(part, frozenset(words_in(part))) for part in sentences(text)])


def words_in(text: str) -> Iterator[str]:
    """The words in small letters, without the stops around them."""
    return map(str.strip, text.lower().split(), repeat(_STOPS))


def asks(sentence: str) -> bool:
    """Whether it is a question."""
    return _ASKS.search(sentence) is not None


def reports(text: str) -> list[Report]:
    """What an agent tells as done; no offers, promises, conditions or denials, and nothing long past."""
    found = [_report(sentence) for sentence in hinting(text, REPORT_HINTS) if not sentence.endswith("?")]
    return [report for report in found if report]


def _report(sentence: str) -> Report | None:
    match = _REPORT.search(sentence)
    if match is None:
        return _hindi(sentence)
    if is_open(sentence, match.start()) or _LONG_DONE.search(sentence):
        return None
    kind = next(name for name, value in match.groupdict().items() if value)
    if kind == "complete" and not _COMPLETED.search(sentence):
        return None
    return Report(kind.replace("_", " "), sentence)


def is_open(sentence: str, place: int) -> bool:
    """Whether the clause before `place` makes it a condition, a wish or a promise."""
    before = sentence[:place]
    clause = _CLAUSE.split(before)[-1]
    opens = _CONDITION.match(before)
    return bool(opens or _NOT_YET.search(clause))


def _hindi(sentence: str) -> Report | None:
    done = _HINGLISH_DONE.search(sentence) or (not sentence.isascii() and _HINDI_DONE.search(sentence))
    kind = _HINDI_REPORT.search(sentence) if done else None
    if kind is None:
        return None
    return Report(str(kind.lastgroup).rstrip("2"), sentence)
