"""One word or code of an answer, explained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A word that an answer may use.

    Attributes:
        word: as it stands in an answer.
        meaning: what it says, for a support engineer who reads it for the first time.
        advice: what to do about it; "" where there is nothing to do.
        also: other spellings that lead here.
    """

    word: str
    meaning: str
    advice: str = ""
    also: tuple[str, ...] = ()
