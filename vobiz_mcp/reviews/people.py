"""Who called, by number: so that one who calls five times about one thing does not count as five."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from vobiz_mcp.reviews.row import CODES

DAY_S: Final = 86_400
_BIT: Final = {code: 1 << place for place, code in enumerate(CODES)}


def as_bits(codes: Iterable[str]) -> int:
    """Codes of findings as one number, which many calls can be kept by."""
    return sum(_BIT[code] for code in set(codes))


class Visit(NamedTuple):
    """One call of somebody: when it began, in epoch seconds, and the codes of what went wrong on it."""

    started: float
    bits: int


@dataclass
class People:
    """The calls of each number, oldest first; calls without a number count as somebody each.

    Attributes:
        visits: by number.
        unknown: calls without a number or a start, by what went wrong on them.
    """

    visits: dict[str, tuple[Visit, ...]] = field(default_factory=dict)
    unknown: Counter[int] = field(default_factory=Counter)

    def add(self, number: str, started: float | None, bits: int) -> None:
        """Count one call."""
        if number and started is not None:
            self._visit(number, (Visit(started, bits),))
        else:
            self.unknown[bits] += 1

    def update(self, other: People) -> None:
        """Count what another count has."""
        self.unknown.update(other.unknown)
        for number, visits in other.visits.items():
            self._visit(number, visits)

    def _visit(self, number: str, visits: tuple[Visit, ...]) -> None:
        known = self.visits.get(number)
        self.visits[number] = visits if known is None else tuple(sorted((*known, *visits)))

    def __len__(self) -> int:
        return len(self.visits) + self.unknown.total()

    def having(self, code: str) -> int:
        """How many people something went wrong for, on any of their calls."""
        bit = _BIT[code]
        known = sum(any(visit.bits & bit for visit in visits) for visits in self.visits.values())
        return known + sum(count for bits, count in self.unknown.items() if bits & bit)

    def back_within(self, days: int) -> int:
        """How many numbers called again within so many days."""
        return sum(
            any(later.started - visit.started <= days * DAY_S for visit, later in pairwise(visits))
            for visits in self.visits.values()
        )
