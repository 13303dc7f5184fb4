"""Since which day something fails more often than before."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final, NamedTuple

from vobiz_mcp.reviews.shares import newcombe

_SURE: Final = 0.999
"""As many days as there are could be the one; so the difference must stand where each is tried."""
FEWEST_FAILURES: Final = 5
"""Fewer are no habit."""


class Onset(NamedTuple):
    """From this day since 1970 on so many of so many failed, before it so many of so many."""

    day: int
    failed: int
    of: int
    failed_before: int
    of_before: int


def onset(days: Counter[tuple[int, bool]]) -> Onset | None:
    """The day that parts many failures best from few; None where no day surely does.

    Args:
        days: by day and whether it failed, how often.
    """
    known = sorted({day for day, _ in days})
    splits = [_split(days, day) for day in known[1:]]
    worse = [each for each in splits if each.failed * each.of_before > each.failed_before * each.of]
    best = max(worse, key=_likelihood, default=None)
    is_habit = best is not None and best.failed >= FEWEST_FAILURES and newcombe(*best[1:], sure=_SURE).low > 0
    return best if is_habit else None


def _split(days: Counter[tuple[int, bool]], first: int) -> Onset:
    counts = Counter[tuple[bool, bool]]()
    for (day, failed), number in days.items():
        counts[day >= first, failed] += number
    return Onset(
        first,
        counts[True, True],
        counts[True, True] + counts[True, False],
        counts[False, True],
        counts[False, True] + counts[False, False],
    )


def _likelihood(split: Onset) -> float:
    return _log_likelihood(split.failed, split.of) + _log_likelihood(split.failed_before, split.of_before)


def _log_likelihood(hits: int, of: int) -> float:
    return sum(number * math.log(number / of) for number in (hits, of - hits) if number)
