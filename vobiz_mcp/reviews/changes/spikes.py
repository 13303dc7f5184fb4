"""What is new or spiking: the last day against the week before it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from vobiz_mcp.reviews.row import CODES
from vobiz_mcp.reviews.summary import HOUR_S, Summary

LAST_H: Final = 24
BEFORE_H: Final = 7 * 24
DAYS_S: Final = (LAST_H + BEFORE_H) * HOUR_S
"""How far back calls must be known."""
FEWEST_CALLS: Final = 5
TIMES: Final = 3
RULE: Final = f"last {LAST_H} h against the 7 days before, {FEWEST_CALLS} calls at least, {TIMES} times the share"


class Spike(NamedTuple):
    """Something that goes wrong on more calls than it did: calls with it of all calls, now and before."""

    code: str
    calls: int
    of: int
    calls_before: int
    of_before: int

    @property
    def is_new(self) -> bool:
        """Whether it did not happen before."""
        return not self.calls_before


def spikes(summary: Summary, until: float) -> Iterator[Spike]:
    """What spikes in the day before `until`, in epoch seconds."""
    end = _last_hour(until)
    now, before = _calls(summary, end - LAST_H, end), _week_before(summary, end)
    for code in CODES:
        spike = Spike(code, now[code], now[""], before[code], before[""])
        if spike.of_before and spike.calls >= FEWEST_CALLS and _is_times(spike):
            yield spike


def has_week_before(summary: Summary, until: float) -> bool:
    """Whether any call is known of the week that the last day is held against."""
    return _week_before(summary, _last_hour(until))[""] > 0


def _last_hour(until: float) -> int:
    """The hour since 1970 in which the last calls before a moment began."""
    return math.ceil(until / HOUR_S) - 1


def _week_before(summary: Summary, end: int) -> Counter[str]:
    return _calls(summary, end - LAST_H - BEFORE_H, end - LAST_H)


def _is_times(spike: Spike) -> bool:
    return spike.calls * spike.of_before >= TIMES * spike.calls_before * spike.of


def _calls(summary: Summary, after: int, until: int) -> Counter[str]:
    """Calls by what went wrong on them, of the hours after one up to and with another."""
    found: Counter[str] = Counter()
    for (hour, code), calls in summary.hours.items():
        if after < hour <= until:
            found[code] += calls
    return found
