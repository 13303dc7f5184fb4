"""A text as privacy understands it: its words, the numbers in it and what each of them is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.vocabulary import Contact, Kind, Label
from vobiz_mcp.privacy.language.words import Word, may_hold_digits, words
from vobiz_mcp.privacy.reading.label_words import Named, labels
from vobiz_mcp.privacy.reading.number_labels import Bond, bonds
from vobiz_mcp.privacy.reading.numbers import Group, Run, runs

_STOPS: Final = ("", "'s", "’s", *',.?!;:…।"')
_LABELS: Final = frozenset(f"{opens}{word}{stop}" for word in said.LABELS for opens in ("", '"') for stop in _STOPS)
"""Labels as they stand among the words of a sentence: most turns have none."""


class Secret(NamedTuple):
    """Something to be hidden: where it stands in its text, what it is, and the value that tells it from others."""

    start: int
    end: int
    kind: Kind | Contact
    value: str


@dataclass
class Reading:
    """One text, read; `bonds` say of each run what its own sentence calls it."""

    text: str
    words: Sequence[Word]
    runs: Sequence[Run]
    named: Sequence[Named]
    bonds: Sequence[Bond | None]

    def speaks_of(self, label: Label) -> bool:
        """Whether anything in it has this label."""
        return any(name.label == label for name in self.named)

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


_NO_NUMBER: Final = Reading("", (), (), (), ())


def read(text: str) -> Reading:
    """The reading of a text that may hold a number; of any other, one without a word."""
    if not may_hold_digits(text):
        return _NO_NUMBER
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
