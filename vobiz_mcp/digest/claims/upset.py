"""The caller is angry, fed up or badly served, by what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.evidence.speech_acts import hinting
from vobiz_mcp.digest.claims.evidence.words import NOT_UPSET, UPSET, UPSET_HINTS
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.phrase import Phrase

_UPSET: Final = Phrase(UPSET)
_NOT: Final = Phrase(NOT_UPSET)


def upset(held: Held) -> Iterator[Finding]:
    """The caller says that they are angry, fed up or badly served; once a conversation."""
    reported: set[int] = set()
    for said in held.callers(UPSET_HINTS):
        sentence = next(
            (part for part in hinting(said.text, UPSET_HINTS) if _UPSET.search(part) and not _NOT.search(part)), None
        )
        begin = held.begin(said.turn)
        if sentence and begin not in reported:
            reported.add(begin)
            yield held.found("upset", "warn", said.turn, f"caller: {held.quote(sentence)}")
