"""Choose, within a budget, the pieces of a call that together tell most: what is told once gains nothing twice.

A piece's worth is what it tells that nothing chosen tells yet, per token. That is maximising a monotone submodular
function under a knapsack: the greedy choice is good, and as worth only falls, most pieces need not be looked at twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

_SAME: Final = 1e-12


class Piece(NamedTuple):
    """Something that an answer may say.

    Attributes:
        item: which item of the timeline it belongs to.
        part: its place within that item.
        text: what it says.
        cost: tokens of the text, in units of `tokens.cost`.
        shares: costs that it shares with other pieces, such as a line's beginning: paid by the first one chosen.
        tells: keys of what it tells.
        needs_root: whether part 0 of its item must be chosen before it.
        bearing: how much it bears on what was asked for, up to 1; its worth is multiplied with it.
    """

    item: int
    part: int
    text: str
    cost: int
    shares: tuple[tuple[Hashable, int], ...]
    tells: tuple[str, ...]
    needs_root: bool = False
    bearing: float = 1.0


class Choice:
    """What is chosen so far, within the room that is left."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.room = 0
        self.taken: list[Piece] = []
        self._worth = _Worth(weights)
        self._places: set[tuple[int, int]] = set()
        self._paid: set[Hashable] = set()

    def force(self, pieces: Iterable[Piece]) -> None:
        """Take those of `pieces` that fit, in their order, whatever they are worth."""
        for piece in pieces:
            if self._price(piece) <= self.room and not self._is_taken(piece):
                self._take(piece)

    def fill(self, pieces: Sequence[Piece]) -> None:
        """Take the best of `pieces` until nothing more fits or tells anything."""
        of_item: defaultdict[int, list[int]] = defaultdict(list)
        for index, piece in enumerate(pieces):
            of_item[piece.item].append(index)
        heap = [(-rate, index) for index, piece in enumerate(pieces) if (rate := self._rate(piece))]
        heapify(heap)
        least = min((piece.cost for piece in pieces), default=0)
        while heap and least <= self.room:
            rate, index = heappop(heap)
            piece = pieces[index]
            now = 0.0 if self._is_taken(piece) or not self._may_come(piece) else -self._rate(piece)
            if rate + _SAME < now < 0:
                heappush(heap, (now, index))
            elif now < 0 and self._price(piece) <= self.room:
                self._take(piece)
                for other in of_item.pop(piece.item, ()):  # they are cheaper now, or have become possible
                    heappush(heap, (-self._rate(pieces[other]), other))

    def give_back(self) -> None:
        """Undo the last choice."""
        piece = self.taken.pop()
        self._places.discard((piece.item, piece.part))

    def _take(self, piece: Piece) -> None:
        self.room -= self._price(piece)
        self.taken.append(piece)
        self._places.add((piece.item, piece.part))
        self._paid.update(key for key, _ in piece.shares)
        self._worth.update(dict.fromkeys(piece.tells, 0.0))

    def _is_taken(self, piece: Piece) -> bool:
        return (piece.item, piece.part) in self._places

    def _may_come(self, piece: Piece) -> bool:
        return not piece.needs_root or (piece.item, 0) in self._places

    def _price(self, piece: Piece) -> int:
        price = piece.cost
        for key, cost in piece.shares:
            if key not in self._paid:
                price += cost
        return price

    def _rate(self, piece: Piece) -> float:
        return piece.bearing * sum(map(self._worth.__getitem__, piece.tells)) / self._price(piece)


class _Worth(dict[str, float]):
    """What telling each key is worth still: nothing for what is told, and for what nobody asks for."""

    def __missing__(self, key: str) -> float:
        return 0.0
