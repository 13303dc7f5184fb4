"""Many durations as counts, so that the percentiles of two parts are exactly those of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

_BINS_A_SECOND: Final = 100
"""Finer than word times are."""
_LONGEST_S: Final = 1e6
"""Eleven days."""


@dataclass
class Distribution:
    """How often each duration was seen, in bins of a hundredth of a second."""

    bins: Counter[int] = field(default_factory=Counter)

    def add(self, seconds: Iterable[float]) -> None:
        """Count these durations; one that is negative, or longer than any call, is no duration."""
        self.bins.update(round(value * _BINS_A_SECOND) for value in seconds if 0 <= value <= _LONGEST_S)

    def update(self, other: Distribution) -> None:
        """Count what another distribution counted."""
        self.bins.update(other.bins)

    def __len__(self) -> int:
        return self.bins.total()

    def percentile(self, percent: int) -> float | None:
        """The duration in seconds that so many percent do not exceed (nearest rank); None of nothing."""
        rank = -(-len(self) * percent // 100)
        for value in sorted(self.bins):
            rank -= self.bins[value]
            if rank <= 0:
                return value / _BINS_A_SECOND
        return None

    def above(self, seconds: float) -> int:
        """How many were longer."""
        return sum(count for value, count in self.bins.items() if value > seconds * _BINS_A_SECOND)
