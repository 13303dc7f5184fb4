"""A text as privacy understands it: its words, the numbers in it and what each of them is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Final, Literal, NamedTuple

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.numerals import NUMERALS, TIMES
from vobiz_mcp.privacy.language.vocabulary import Contact, Kind, Label
from vobiz_mcp.privacy.language.words import HUMP, HUMPED, LAST_LETTERS, Word, plain, words
from vobiz_mcp.privacy.reading.label_words import Named, labels
from vobiz_mcp.privacy.reading.number_labels import Bond, bonds
from vobiz_mcp.privacy.reading.numbers import FARTHEST, FILLERS, LEADS, LEADS_ON, Group, Run, runs

STOPS: Final = ".,!?;:)।"
"""What may follow a word and is no part of it."""
_WORDS: Final = re.compile(r"[^\s.,:;!?।\"'()]+")
_TOPICS: Final = said.LABELS.keys() | LAST_LETTERS
"""Words that may name something: most turns have none."""
_BESIDE: Final = said.TALKS | said.LABELS.keys()
"""Words that stand beside a number when somebody tells one."""
_LETTERED: Final = re.compile(r"\d(?:-?(?!(?:st|nd|rd|th|am|pm)\b)[^\W\d_]|(?<=[^\W\d_]\d)|(?<=[^\W\d_]-\d))")
"""What a code with letters holds; `12th` is none."""
_TOKEN: Final = re.compile(r"[a-z\d]+|[^\W\d_a-z](?:[^\W\d_a-z]|[\u0900-\u0963])*+")
_FIGURES: Final = re.compile(r"\d+")
_HUMPED_WORD: Final = re.compile(r"(?<![^\W_])[A-Za-z]*[a-z][A-Z][A-Za-z]*(?![^\W_])")
_DIGITS: Final = {word: len(digits) for word, digits in NUMERALS.items()} | TIMES
"""How many digits a word makes at most."""
_JOINS: Final = _DIGITS.keys() | LEADS_ON
"""Words in a number that is more than figures with what people say to gain time."""
_GAP: Final = rf"(?>(?:[\W_]*+(?:{'|'.join(FILLERS)})\b)++[\W_]*+|[\s,.()\-‐‑–—…·।/]{{0,8}})"
_OWN: Final = re.compile(r"(?<!\S)[A-Za-z][a-z]++(?!\S)")
"""A word that is one beyond doubt."""
_NO_CHATTER: Final = _BESIDE | _DIGITS.keys()


class Secret(NamedTuple):
    """Something to be hidden: where it stands in its text, what it is, and the value that tells it from others."""

    start: int
    end: int
    kind: Kind | Contact | Literal["digits"]
    value: str

    def moved(self, by: int) -> Secret:
        """The secret in a text that begins so many characters earlier."""
        return Secret(self.start + by, self.end + by, self.kind, self.value)


class Reading:
    """One text, read: its words, its numbers and what they are called, each when somebody asks.

    What it tells at a glance errs on one side: there may be less to hide, never more.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain = plain(_HUMPED_WORD.sub(_parted, text) if HUMPED.search(text) else text)
        self.vocabulary = frozenset(_TOKEN.findall(self._plain))
        """Every word that it may have, at a glance."""

    def may_have_number(self, fewest: int) -> bool:
        """Whether it may have a number of so many digits."""
        if self.vocabulary.isdisjoint(_JOINS):
            return _number(fewest).search(self._plain) is not None
        return max(self._numbers) >= fewest

    def may_tell(self, numbers: Iterable[str]) -> bool:
        """Whether one of these numbers may stand in it, whole or in groups."""
        figures = "".join(_FIGURES.findall(self.text))
        is_spoken = not (self.vocabulary.isdisjoint(_DIGITS) and figures.isascii())
        return is_spoken or any(number in figures for number in numbers)

    @property
    def all_digits(self) -> int:
        """How many digits its numbers have together at most."""
        return sum(self._numbers)

    @cached_property
    def _numbers(self) -> list[int]:
        """How many digits each of its numbers has at most."""
        tokens = _TOKEN.findall(self._plain)
        sizes, last = [0], -FARTHEST
        for place in [place for place, token in enumerate(tokens) if token in _DIGITS or token.isdecimal()]:
            if place - last > FARTHEST or not LEADS.issuperset(tokens[last + 1 : place]):
                sizes.append(0)
            sizes[-1] += _DIGITS.get(tokens[place]) or len(tokens[place])
            last = place
        return sizes

    @cached_property
    def least_chatter(self) -> int:
        """How many words of its own it has at least."""
        return len(set(map(str.lower, _OWN.findall(self.text))) - _NO_CHATTER)

    @cached_property
    def words(self) -> Sequence[Word]:
        """Its words."""
        return words(self.text)

    @cached_property
    def runs(self) -> Sequence[Run]:
        """The numbers in it."""
        return runs(self.text, self.words)

    @cached_property
    def named(self) -> Sequence[Named]:
        """Everything that the words name."""
        return labels(self.text, self.words)

    @cached_property
    def bonds(self) -> Sequence[Bond | None]:
        """What its own sentence calls each run."""
        return bonds(self.text, self.words, self.runs, self.named)

    @cached_property
    def speaks_of(self) -> frozenset[Label]:
        """Everything that it names."""
        return frozenset(name.label for name in self.named)

    @cached_property
    def is_lettered(self) -> bool:
        """Whether letters and digits stand together in it, or a password is spoken of: it may hold a code of both."""
        lowered = self.text.lower()
        is_password = "pass" in lowered or "pwd" in lowered or "पास" in lowered
        return is_password or _LETTERED.search(self.text) is not None

    @property
    def is_doubtful(self) -> bool:
        """Whether it calls something a code and no more."""
        return ("code" in self.text.lower() or "कोड" in self.text) and "some code" in self.speaks_of

    def settled(self, *, is_secret: bool) -> Reading:
        """This reading where what is called a code and no more is one that lets somebody in, or is none."""
        if not self.is_doubtful:
            return self
        label: Label = "code" if is_secret else "other"
        reading = Reading(self.text)
        reading.words, reading.runs = self.words, self.runs
        reading.named = [name._replace(label=label) if name.label == "some code" else name for name in self.named]
        reading.bonds = [
            Bond(label, bond.is_close) if bond and bond.label == "some code" else bond for bond in self.bonds
        ]
        return reading

    @property
    def topic(self) -> Label | None:
        """What somebody who answers this text is likely to give: the last thing named that nothing sets aside."""
        if self.vocabulary.isdisjoint(_TOPICS):
            return None
        own = [name.label for name in self.named if not name.is_aside] or [name.label for name in self.named]
        return own[-1] if own else None

    @cached_property
    def groups(self) -> dict[int, Group]:
        """Digits that were written or said as one, by their first word."""
        return {group.first: group for run in self.runs for group in run.groups}

    @cached_property
    def chatter(self) -> int:
        """How many words it has that are neither digits nor what people say around a number."""
        counted = {place for run in self.runs for group in run.groups for place in range(group.first, group.last + 1)}
        others = [place for place, word in enumerate(self.words) if word.text not in _BESIDE]
        return sum(place not in counted for place in others)


def _parted(word: re.Match[str]) -> str:
    return " ".join(HUMP.findall(word[0]))


@cache
def _number(fewest: int) -> re.Pattern[str]:
    return re.compile(rf"\d(?:{_GAP}\d){{{fewest - 1}}}")


NO_NUMBER: Final = Reading("")
"""What is read where there is no number."""


def proves_code(text: str) -> bool:
    """Whether a text speaks of what makes a code one that lets somebody in: of sending it, of logging in."""
    found = _WORDS.findall(text.lower())
    return not said.PROVES.isdisjoint(found)
