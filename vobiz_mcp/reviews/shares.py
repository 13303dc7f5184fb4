"""Shares and means with the interval that they are uncertain by, so that three of four calls are no trend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, NamedTuple

SURE: Final = 0.95
"""How often an interval holds the true value, where nobody says otherwise."""


class Interval(NamedTuple):
    """Where a true share, mean or difference lies in 95 of 100 samples, or as often as was asked for."""

    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether a difference is one that chance alone seldom explains."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Moments:
    """Whole numbers as sums that add up exactly: how many, their sum, the sum of their squares."""

    count: int = 0
    total: int = 0
    squares: int = 0

    @classmethod
    def of(cls, value: int) -> Moments:
        """One number."""
        return cls(1, value, value * value)

    def __add__(self, other: Moments) -> Moments:
        return Moments(self.count + other.count, self.total + other.total, self.squares + other.squares)

    @property
    def mean(self) -> float:
        """The mean; there must be at least one number."""
        return self.total / self.count

    @property
    def variance(self) -> float:
        """The variance of what the numbers are a sample of; there must be at least two."""
        return (self.squares * self.count - self.total * self.total) / (self.count * (self.count - 1))


def wilson(hits: int, of: int, sure: float = SURE) -> Interval:
    """The interval of a share (Wilson's score interval), which holds for few calls and for shares near 0 and 1 too."""
    if of == 0:
        return Interval(0.0, 1.0)
    z, share = _z(sure), hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def newcombe(hits: int, of: int, other_hits: int, other_of: int, sure: float = SURE) -> Interval:
    """The interval of the first share minus the second (Newcombe's hybrid score interval, his method 10)."""
    if not (of and other_of):
        return Interval(-1.0, 1.0)
    share, other = hits / of, other_hits / other_of
    (low, high), (other_low, other_high) = wilson(hits, of, sure), wilson(other_hits, other_of, sure)
    return Interval(
        share - other - math.hypot(share - low, other_high - other),
        share - other + math.hypot(high - share, other - other_low),
    )


def welch(one: Moments, other: Moments, sure: float = SURE) -> Interval:
    """The interval of the first mean minus the second, whose spreads may differ (Welch); wide open below two values."""
    if min(one.count, other.count) < 2:
        return Interval(-math.inf, math.inf)
    reach = _z(sure) * math.sqrt(one.variance / one.count + other.variance / other.count)
    return Interval(one.mean - other.mean - reach, one.mean - other.mean + reach)


def _z(sure: float) -> float:
    return NormalDist().inv_cdf((1 + sure) / 2)
