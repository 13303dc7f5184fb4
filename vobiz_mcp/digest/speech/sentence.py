"""A sentence of a call with what it holds and does, found out once for all that ask."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from vobiz_mcp.digest.speech.acts import Act, acts, is_polite
from vobiz_mcp.digest.speech.call_values import CallValues
from vobiz_mcp.digest.speech.topic_words import topics, words
from vobiz_mcp.digest.speech.values import Key, remembered

_FIGURE: Final = re.compile(r"\d")


class Sentence(NamedTuple):
    """A sentence or item of a list, whole.

    Attributes:
        keys: the values in it.
        topics: how many words tell what it is about.
        acts: what it does, such as ask or refuse.
        is_polite: whether it is only words that every call has.
    """

    text: str
    keys: tuple[Key, ...]
    topics: int
    acts: frozenset[Act]
    is_polite: bool

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.text.endswith(("?", "？", "؟"))

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing by itself."""
        return not (self.topics or self.keys)


def sentence_of(text: str, values: CallValues) -> Sentence:
    """What `text`, a sentence of the call that `values` are of, holds and does."""
    polite, about, does = _read(text)
    return Sentence(text, () if polite else values.keys(text), about, does, polite)


@remembered
def _read(text: str) -> tuple[bool, int, frozenset[Act]]:
    """Whether it is only polite, how many words tell what it is about, and what it does."""
    spoken = words(text)
    return is_polite(spoken) and not _FIGURE.search(text), len(topics(spoken)), acts(spoken)
