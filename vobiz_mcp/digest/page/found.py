"""The answer to `find`: the parts of a call that bear on a question."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from vobiz_mcp.digest.header.facts import outcome, privacy
from vobiz_mcp.digest.page.choose import Piece
from vobiz_mcp.digest.page.draft import Draft
from vobiz_mcp.digest.page.find import relevance, shared
from vobiz_mcp.digest.page.ledger import Ledger
from vobiz_mcp.digest.page.pieces import Pieces
from vobiz_mcp.digest.speech.cutting import fitting
from vobiz_mcp.digest.speech.sentences import sentences
from vobiz_mcp.digest.timeline.items import Timeline, Utterance
from vobiz_mcp.records.agent_call import AgentCall

_SHARPNESS: Final = 1.5
"""Power of the bearing: how much more a turn that answers is worth than one that only stands near it."""
_TOPIC: Final = 1.0
"""Worth of a word. A question is mostly about what was meant, so that words count as much as values here."""
_SAID: Final = 0.25
_FAINT: Final = 0.06
"""Bearing below which a turn is left out even where there is room: it stands far from anything that was asked."""
_SENTENCE: Final = 3
"""The sentence that holds most of the question stays whole where it takes no more than one part in this many."""
_ALIKE: Final = 4
"""Letters that two words must share at their beginning to be near."""


def found(call: AgentCall, told: Timeline, max_tokens: int, question: str) -> str:
    """At most `max_tokens` of what bears on `question`, in the order it happened; "" when nothing is near it."""
    asked = f'"{fitting(question, 200)}"'
    bearing, note = relevance(told, question), f"what bears on {asked}:"
    if not any(bearing):
        bearing, note = relevance(told, question, letters=_ALIKE), f"nothing bears on {asked}; the nearest:"
    if not any(bearing):
        return ""
    pieces = Pieces(told, Ledger(told, _SAID, topic=_TOPIC), is_tight=True)
    offered = [
        piece._replace(bearing=bearing[piece.item] ** _SHARPNESS)
        for piece in pieces.all
        if bearing[piece.item] > _FAINT
    ]
    draft = Draft(max_tokens, [outcome(call), *privacy(call), note], pieces)
    draft.add(_unbroken(offered, told, question, draft.room), must=True)
    draft.add(offered)
    draft.add(offered)
    return draft.text()


def _unbroken(offered: list[Piece], told: Timeline, question: str, room: int) -> list[Piece]:
    """The pieces of the sentence that holds most of the question, unless it takes too much of the room."""
    by_item = groupby(offered, key=lambda piece: piece.item)
    said = [list(parts) for item, parts in by_item if isinstance(told.items[item], Utterance)]
    whole = [sentence for parts in said for sentence in _in_sentences(parts)]
    best = max(whole, key=lambda parts: shared(_joined(parts), question), default=[])
    fits = sum(piece.cost for piece in best) * _SENTENCE <= room
    return best if fits and shared(_joined(best), question) else []


def _in_sentences(parts: list[Piece]) -> Iterator[list[Piece]]:
    """The parts of a turn by the sentences that they make up."""
    rest = iter(parts)
    for sentence in sentences(_joined(parts)):
        made: list[Piece] = []
        while len(_joined(made)) < len(sentence):
            made.append(next(rest))
        yield made


def _joined(parts: list[Piece]) -> str:
    return " ".join(piece.text for piece in parts)
