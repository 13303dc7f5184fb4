"""Choose, within the room there is, the candidates that together tell most: what is told is worth little twice.

By what a candidate tells that nothing chosen tells yet, per token: the greedy choice for a submodular worth under a
budget. As worth only falls, most candidates need not be looked at twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple, TypeAlias

from vobiz_mcp.digest.page.lines import Line
from vobiz_mcp.digest.speech.values import Key
from vobiz_mcp.digest.tokens.cost import UNIT

_HERE, _ELSEWHERE, _AGAIN = 0.25, 0.45, 0.3
"""What a value is worth that is told in this turn or a neighbour, or elsewhere on the page; a sentence said again."""
_SAME: Final = 1e-12
_LEAST_ROOM: Final = 4 * UNIT
_MOST_MISFITS: Final = 300
"""Candidates in a row that are too large for what is left: after so many nothing else will fit either."""

Picks: TypeAlias = tuple[tuple[Line, tuple[int, ...]], ...]
"""Parts of lines that are only told together, such as an answer and the question that it answers."""


class Candidate(NamedTuple):
    """Something that a page may say.

    Attributes:
        picks: what taking it puts on the page.
        turn: where it belongs.
        worth: what it tells besides values.
        values: the values that it tells, each with its worth where nothing has told it yet.
        factor: multiplies both.
        repeats: what of the same kind tells little a second time, such as a sentence said again.
        bearing: how much it bears on a question, up to 1.
    """

    picks: Picks
    turn: int
    worth: float
    values: tuple[tuple[Key, float], ...] = ()
    factor: float = 1.0
    repeats: Hashable = None
    bearing: float = 1.0


class Selection:
    """What is chosen so far among `candidates`; `told` are values that stand on the page in any case."""

    def __init__(self, candidates: Sequence[Candidate], told: Iterable[tuple[Key, int]] = ()) -> None:
        self._candidates = candidates
        self._heap: list[tuple[float, int]] = []
        self._told: defaultdict[Key, list[int]] = defaultdict(list)
        self._said: set[Hashable] = set()
        self._of_part: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for key, turn in told:
            self._told[key].append(turn)
        for index, candidate in enumerate(candidates):
            for line, parts in candidate.picks:
                for part in parts:
                    self._of_part[id(line), part].append(index)

    def fill(self, room: int) -> int:
        """Take the best until nothing more fits; what is left of `room`, in units of `tokens.cost`."""
        if not self._heap:
            self._heap = [(-self._most(index), index) for index in range(len(self._candidates))]
            heapify(self._heap)
        misfits: list[tuple[float, int]] = []
        while self._heap and room > _LEAST_ROOM and len(misfits) < _MOST_MISFITS:
            rate, index = heappop(self._heap)
            now = -self._rate(index)
            if rate + _SAME < now < 0:
                heappush(self._heap, (now, index))
            elif now < 0 and (price := self.price(self._candidates[index])) > room:
                misfits.append((now, index))
            elif now < 0:
                room -= price
                cheaper = self._made_cheaper(self._candidates[index])
                self.take(self._candidates[index])
                for other in cheaper:
                    if again := self._rate(other):
                        heappush(self._heap, (-again, other))
        for misfit in misfits:
            heappush(self._heap, misfit)
        return room

    def _made_cheaper(self, candidate: Candidate) -> set[int]:
        """Whose price falls when it is taken: the rest of a line that did not stand, the neighbours on one that did."""
        found: set[int] = set()
        for line, parts in candidate.picks:
            near = {part + step for part in parts for step in (-1, 0, 1)}
            for part in near if line.taken else range(len(line.parts)):
                found.update(self._of_part.get((id(line), part), ()))
        return found

    def take(self, candidate: Candidate) -> None:
        """Put it on the page."""
        for line, parts in candidate.picks:
            line.taken.update(parts)
        for key, _ in candidate.values:
            self._told[key].append(candidate.turn)
        if candidate.repeats:
            self._said.add(candidate.repeats)

    def price(self, candidate: Candidate) -> int:
        """What it adds to the page."""
        price = 0
        for line, parts in candidate.picks:
            price += line.price(parts)
        return price

    def _rate(self, index: int) -> float:
        """What a candidate tells for what it adds; 0 where it stands already."""
        price = self.price(self._candidates[index])
        return self._worth(self._candidates[index]) / price if price else 0.0

    def _most(self, index: int) -> float:
        """No less than its rate, without weighing its words: most candidates are never looked at again."""
        candidate = self._candidates[index]
        price = sum(line.least_price(parts) for line, parts in candidate.picks)
        return self._worth(candidate) / price if price else 0.0

    def _worth(self, candidate: Candidate) -> float:
        worth, told = candidate.worth, self._told
        for key, weight in candidate.values:
            worth += weight * self._novelty(key, candidate.turn) if key in told else weight
        again = _AGAIN if candidate.repeats in self._said else 1.0
        return worth * candidate.factor * candidate.bearing * again

    def _novelty(self, key: Key, turn: int) -> float:
        return _HERE if any(-1 <= turn - other <= 1 for other in self._told[key]) else _ELSEWHERE
