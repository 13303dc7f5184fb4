"""A text as privacy understands it: its words, the numbers in it and what each of them is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.vocabulary import Contact, Kind, Label
from vobiz_mcp.privacy.language.words import Word, words
from vobiz_mcp.privacy.reading.label_words import Named, labels
from vobiz_mcp.privacy.reading.number_labels import Bond, bonds
from vobiz_mcp.privacy.reading.numbers import Group, Run, runs

_STOPS: Final = ("", "'s", "’s", *',.?!;:…।"')
_WORDS: Final = re.compile(r"[^\s.,:;!?।\"'()]+")
_LABELS: Final = frozenset(f"{opens}{word}{stop}" for word in said.LABELS for opens in ("", '"') for stop in _STOPS)
"""Labels as they stand among the words of a sentence: most turns have none."""


class Secret(NamedTuple):
    """Something to be hidden: where it stands in its text, what it is, and the value that tells it from others."""

    start: int
    end: int
    kind: Kind | Contact | Literal["digits"]
    value: str


@dataclass
class Reading:
    """One text, read; `bonds` say of each run what its own sentence calls it."""

    text: str
    words: Sequence[Word]
    runs: Sequence[Run]
    named: Sequence[Named]
    bonds: Sequence[Bond | None]

    @cached_property
    def speaks_of(self) -> frozenset[Label]:
        """Everything that it names."""
        return frozenset(name.label for name in self.named)

    def settled(self, *, is_secret: bool) -> Reading:
        """This reading where what is called a code and no more is one that lets somebody in, or is none."""
        if "some code" not in self.speaks_of:
            return self
        label: Label = "code" if is_secret else "other"
        named = [name._replace(label=label) if name.label == "some code" else name for name in self.named]
        bonds = [Bond(label, bond.is_close) if bond and bond.label == "some code" else bond for bond in self.bonds]
        return Reading(self.text, self.words, self.runs, named, bonds)

    def reworded(self, text: str, digits: str) -> Reading | None:
        """The reading of a text that differs from this one in the digits of its only number; None if it has more."""
        if len(self.runs) != 1 or len(self.runs[0].groups) != 1:
            return None
        group = self.runs[0].groups[0]
        run = Run([Group(group.start, group.end, digits, group.first, group.last, group.is_spoken)])
        reading = Reading(text, self.words, [run], self.named, self.bonds)
        reading.chatter, reading.speaks_of = self.chatter, self.speaks_of
        return reading

    @property
    def topic(self) -> Label | None:
        """What somebody who answers this text is likely to give: the last thing named that nothing sets aside."""
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
        return sum(
            place not in counted and word.text not in said.TALKS and word.text not in said.LABELS
            for place, word in enumerate(self.words)
        )


NO_NUMBER: Final = Reading("", (), (), (), ())
"""What is read where there is no number."""


def read(text: str) -> Reading:
    """The reading of a text."""
    found = words(text)
    numbers = runs(text, found)
    named = labels(text, found)
    return Reading(text, found, numbers, named, bonds(text, found, numbers, named))


def topic(text: str) -> Label | None:
    """What a text asks for or speaks of, whether or not there is a number in it."""
    if _LABELS.isdisjoint(text.lower().replace("-", " ").split()):
        return None
    found = words(text)
    return Reading(text, found, (), labels(text, found), ()).topic


def proves_code(text: str) -> bool:
    """Whether a text speaks of what makes a code one that lets somebody in: of sending it, of logging in."""
    found = _WORDS.findall(text.lower())
    return not said.PROVES.isdisjoint(found)
