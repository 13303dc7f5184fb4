"""An answer in the making: a header that stands, and pieces that are chosen until the budget is used."""

from __future__ import annotations

from collections.abc import Sequence

from vobiz_mcp.digest.page.choose import Choice, Piece
from vobiz_mcp.digest.page.page import chosen_lines
from vobiz_mcp.digest.page.pieces import Pieces
from vobiz_mcp.digest.tokens.cost import UNIT, allowance, cost

_HEADINGS = 45 * UNIT
"""Kept for the lines that head tools and transcript, while it is not known yet whether they will stand."""


class Draft:
    """One answer of at most `max_tokens`; `head` and `foot` are its lines above and below the chosen ones."""

    def __init__(self, max_tokens: int, head: Sequence[str], pieces: Pieces, foot: Sequence[str] = ()) -> None:
        self._allowed = allowance(max_tokens)
        self._head = fitting_lines(head, self._allowed)
        self._pieces = pieces
        self._foot = foot
        self._choice = Choice(pieces.ledger.weights)
        self._priced = "", 0

    @property
    def room(self) -> int:
        """What may still be spent, in units of `tokens.cost`."""
        text = self._text()
        if text != self._priced[0]:
            self._priced = text, cost(text)
        return self._allowed - self._priced[1]

    def extend_head(self, lines: Sequence[str]) -> None:
        """More lines for the header, as far as a third of the room allows."""
        self._head += fitting_lines(lines, self.room // 3)

    def add(self, offered: Sequence[Piece], *, keep: int = 0, must: bool = False) -> None:
        """Choose among `offered`, leaving `keep` of the room; `must` takes all that fit, in their order."""
        headings = 0 if self._choice.taken else _HEADINGS
        self._choice.room = self.room - headings - keep
        if must:
            self._choice.force(offered)
        else:
            self._choice.fill(offered)

    def text(self) -> str:
        """The finished answer."""
        while self.room < 0 and self._choice.taken:
            self._choice.give_back()
        return self._text() if self.room >= 0 else "\n".join(self._head)

    def _text(self) -> str:
        return "\n".join([*self._head, *chosen_lines(self._pieces, self._choice.taken), *self._foot])


def fitting_lines(lines: Sequence[str], allowed: int) -> list[str]:
    """Those of `lines` that fit into `allowed`, in units of `tokens.cost`, the first ones first."""
    kept: list[str] = []
    for line in lines:
        price = cost(line + "\n")
        if price <= allowed:
            allowed -= price
            kept.append(line)
    return kept
