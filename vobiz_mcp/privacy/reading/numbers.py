"""Numbers in a text, however they are written or said: `4111 1111`, `four double one`, `चार एक`, `ek do teen`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from vobiz_mcp.privacy.language.numerals import (
    ARTICLES,
    DOUBTFUL,
    ENGLISH,
    HINDI,
    NUMERALS,
    OH,
    SPOKEN,
    TENS,
    TIMES,
    listed,
)
from vobiz_mcp.privacy.language.words import Word

_BETWEEN: Final = re.compile(r"[\s,.()\-‐‑–—…·।/]{1,8}")
"""What may stand between two digits of one number."""
_AFTER_A_DATE: Final = re.compile(r"\d/\d\d\s+\d")
"""`09/28 4539 …`: what follows the date that a card expires on is no part of it."""
_SENTENCE: Final = re.compile(r"[.…।]\s|\n")
FILLERS: Final = listed("uh um uhh umm erm er hmm then dash hyphen space and phir aur comma gap फिर और डैश")
"""Words that people put between the digits of one number."""


LEADS_ON: Final = listed("ends ending finally lastly next khatam khatm खत्म")
LEADS: Final = FILLERS | LEADS_ON | listed("it in with that comes the last after first par पर")
"""Words that lead from one stretch of a number to the next, where one of the first is among them."""
FARTHEST: Final = 5
"""Words from one stretch to the next at most."""
_STRETCHES: Final = listed("""
    first last next other remaining final पहले पहला बाकी अगले आखिरी अंतिम pehle pahle baaki baki agle aakhri akhri
    """)
"""Words before the count of the digits that follow."""


class Group(NamedTuple):
    """Digits that were written or said as one: `4111`, `double five`, `forty two`."""

    start: int
    end: int
    digits: str
    first: int
    """The group's first word among the text's words."""
    last: int
    is_spoken: bool


class Run:
    """Groups of digits that follow one another: one number, mostly.

    Attributes:
        breaks: the groups that begin a new sentence or stretch.
        digits: all of them.
        start: where it begins in the text; `end`, where it ends.
        first: the place of its first word; `last`, of its last.
    """

    __slots__ = ("breaks", "digits", "end", "first", "groups", "last", "start")

    def __init__(self, groups: Sequence[Group], breaks: frozenset[int] = frozenset([0])) -> None:
        self.groups, self.breaks = groups, breaks
        begin, end = groups[0], groups[-1]
        self.digits = begin.digits if len(groups) == 1 else "".join([group.digits for group in groups])
        self.start, self.first, self.end, self.last = begin.start, begin.first, end.end, end.last

    def part(self, first: int, last: int) -> Run:
        """The groups from `first` up to `last`."""
        return self if last - first == len(self.groups) else Run(self.groups[first:last])


def runs(text: str, found: Sequence[Word]) -> list[Run]:
    """The numbers of a text, in order."""
    runs: list[Run] = []
    groups: list[Group] = []
    breaks = {0}
    for group in _groups(text, found):
        if groups and not _goes_on(text, found, groups[-1], group):
            runs.append(Run(groups, frozenset(breaks)))
            groups, breaks = [], {0}
        elif groups and _begins_anew(text, groups[-1], group):
            breaks.add(len(groups))
        groups.append(group)
    if groups:
        runs.append(Run(groups, frozenset(breaks)))
    runs = [_uncounted(found, run) for run in runs]
    return [run for run in runs if len(found) <= 2 or len(run.groups) > 1 or found[run.first].text not in ARTICLES]


def _uncounted(found: Sequence[Word], run: Run) -> Run:
    """The run without a first digit that only says how many follow: `the last eight, 4 1 8 1 3 2 6 1`."""
    if not run.first or found[run.first - 1].text not in _STRETCHES or len(run.groups) == 1:
        return run
    return run.part(1, len(run.groups)) if run.groups[0].digits == str(len(run.digits) - 1) else run


def _begins_anew(text: str, before: Group, group: Group) -> bool:
    """Whether words or the end of a sentence stand between two groups, or one is said and the next is written."""
    if (before.is_spoken and not group.is_spoken) or group.first > before.last + 1:
        return True
    if _AFTER_A_DATE.match(text, before.start - 2, group.start + 1):
        return True
    return _SENTENCE.search(text, before.end, group.start) is not None


def _goes_on(text: str, found: Sequence[Word], before: Group, group: Group) -> bool:
    """Whether two groups belong to one number: only space and what people say to gain time stand between them."""
    if group.first == before.last + 1:
        return _BETWEEN.fullmatch(text, before.end, group.start) is not None
    words = [word.text for word in found[before.last + 1 : group.first]]
    if len(words) >= FARTHEST or group.start - before.end > 24:
        return False
    is_pause = len(words) <= 2 and FILLERS.issuperset(words)
    return is_pause or (LEADS.issuperset(words) and not LEADS_ON.isdisjoint(words))


def _groups(text: str, found: Sequence[Word]) -> list[Group]:
    groups: list[Group] = []
    for place in [place for place, word in enumerate(found) if word.is_number or word.text in SPOKEN]:
        word = found[place]
        if groups and place <= groups[-1].last:
            continue
        if word.is_number:
            groups.append(Group(word.start, word.end, word.text, place, place, is_spoken=False))
        elif group := _spoken(text, found, place):
            groups.append(group)
    return groups


def _spoken(text: str, found: Sequence[Word], place: int) -> Group | None:
    """The digits that the words from `place` on say; None where they say none after all."""
    word = found[place]
    after = found[place + 1] if place + 1 < len(found) else None
    if word.text in TIMES:
        if after is None or not (digit := _single(after)):
            return None
        return Group(word.start, after.end, digit * TIMES[word.text], place, place + 1, True)
    if (word.text in DOUBTFUL or word.text in OH) and not _is_digit_here(text, found, place):
        return None
    digits = NUMERALS[word.text]
    if (
        digits in TENS
        and word.text in ENGLISH
        and after
        and len(unit := ENGLISH.get(after.text, "")) == 1
        and unit != "0"
    ):
        return Group(word.start, after.end, digits[0] + unit, place, place + 1, True)
    return Group(word.start, word.end, digits, place, place, True)


def _single(word: Word) -> str:
    digits = word.text if word.is_number else NUMERALS.get(word.text, "")
    return digits if len(digits) == 1 else ""


def _is_digit_here(text: str, found: Sequence[Word], place: int) -> bool:
    """Whether a word that mostly means something else is a digit, by the words beside it."""
    beside = [found[near] for near in (place - 1, place + 1) if 0 <= near < len(found)]
    if found[place].text in DOUBTFUL:
        return any(word.text in HINDI or word.text in TIMES or word.text == "zero" for word in beside)
    is_called_out = text[found[place].end : found[place].end + 1] in (",", "!", ".")
    before = place > 0 and _counts(found[place - 1])
    after = place + 1 < len(found) and _counts(found[place + 1])
    return (before and after) or ((before or after) and not is_called_out)


def _counts(word: Word) -> bool:
    return word.text in ENGLISH or word.text in OH or word.text in TIMES or (word.is_number and len(word.text) <= 2)
