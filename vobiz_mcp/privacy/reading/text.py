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

STOPS: Final = ".,!?;:)।"
"""What may follow a word and is no part of it."""
_WORDS: Final = re.compile(r"[^\s.,:;!?।\"'()]+")
_ENDS: Final = ("", "'s", "’s", "…", '"', *STOPS)
_LABELS: Final = frozenset(f"{opens}{word}{end}" for word in said.LABELS for opens in ("", '"') for end in _ENDS)
"""Labels as they stand among the words of a sentence: most turns have none."""

_BESIDE: Final = said.TALKS | said.LABELS.keys()
"""Words that stand beside a number when somebody tells one."""
_LETTERED: Final = re.compile(r"\d(?:-?(?!(?:st|nd|rd|th|am|pm)\b)[^\W\d_]|(?<=[^\W\d_]\d)|(?<=[^\W\d_]-\d))")
"""What a code with letters holds; `12th` is none."""


class Secret(NamedTuple):
    """Something to be hidden: where it stands in its text, what it is, and the value that tells it from others."""

    start: int
    end: int
    kind: Kind | Contact | Literal["digits"]
    value: str

    def moved(self, by: int) -> Secret:
        """The secret in a text that begins so many characters earlier."""
        return Secret(self.start + by, self.end + by, self.kind, self.value)


@dataclass
class Reading:
    """One text, read: its words and numbers at once, what they are called when somebody asks."""

    text: str
    words: Sequence[Word]
    runs: Sequence[Run]

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
        reading = Reading(self.text, self.words, self.runs)
        reading.named = [name._replace(label=label) if name.label == "some code" else name for name in self.named]
        reading.bonds = [
            Bond(label, bond.is_close) if bond and bond.label == "some code" else bond for bond in self.bonds
        ]
        return reading

    def reworded(self, text: str, digits: str) -> Reading | None:
        """The reading of a text that differs from this one in the digits of its only number; None if it has more."""
        if len(self.runs) != 1 or len(self.runs[0].groups) != 1:
            return None
        group = self.runs[0].groups[0]
        run = Run([Group(group.start, group.end, digits, group.first, group.last, group.is_spoken)])
        reading = Reading(text, self.words, [run])
        reading.named, reading.bonds = self.named, self.bonds
        reading.chatter, reading.speaks_of, reading.is_lettered = self.chatter, self.speaks_of, self.is_lettered
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
        others = [place for place, word in enumerate(self.words) if word.text not in _BESIDE]
        return sum(place not in counted for place in others)


NO_NUMBER: Final = Reading("", (), ())
"""What is read where there is no number."""


def read(text: str) -> Reading:
    """The reading of a text."""
    found = words(text)
    return Reading(text, found, runs(text, found))


def topic(text: str) -> Label | None:
    """What a text asks for or speaks of, whether or not there is a number in it."""
    if _LABELS.isdisjoint(text.lower().replace("-", " ").split()):
        return None
    return Reading(text, words(text), ()).topic


def proves_code(text: str) -> bool:
    """Whether a text speaks of what makes a code one that lets somebody in: of sending it, of logging in."""
    found = _WORDS.findall(text.lower())
    return not said.PROVES.isdisjoint(found)
