"""Two sides held against each other: two periods, two agents, two versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from vobiz_mcp.reviews.row import CODES
from vobiz_mcp.reviews.shares import SURE, Interval, newcombe, welch
from vobiz_mcp.reviews.summary import Summary

FEWEST_CALLS: Final = 30
"""Calls that each side must have: an interval of fewer holds nearly everything."""


class Difference(NamedTuple):
    """A share of people on both sides, and the interval of the first minus the second.

    `is_sure` tells that it stands although so many codes were looked at (Bonferroni): one difference in twenty reviews
    is due to chance, and not one in twenty codes.
    """

    code: str
    hits: int
    of: int
    other_hits: int
    other_of: int
    interval: Interval
    is_sure: bool


class Slower(NamedTuple):
    """By how many milliseconds the median reply of a call is later than on the other side, on average."""

    milliseconds: float
    interval: Interval
    is_sure: bool


def is_enough(one: Summary, other: Summary) -> bool:
    """Whether both sides have calls enough to tell them apart."""
    return min(one.calls, other.calls) >= FEWEST_CALLS


def differences(one: Summary, other: Summary) -> list[Difference]:
    """What goes wrong for another share of the people here than there; the surest first."""
    codes = [code for code in CODES if one.wrong(code) or other.wrong(code)]
    found = [_difference(code, one, other, _each(len(codes))) for code in codes]
    return sorted(found, key=lambda each: (not each.is_sure, -abs(sum(each.interval))))


def slower(one: Summary, other: Summary) -> Slower | None:
    """How much later the agent replies here than there; None where too few calls were measured."""
    here, there = one.reply_p50_ms, other.reply_p50_ms
    if min(here.count, there.count) < FEWEST_CALLS:
        return None
    is_sure = welch(here, there, _each(len(CODES))).excludes_zero
    return Slower(here.mean - there.mean, welch(here, there), is_sure)


def alarms(one: Summary, other: Summary) -> Iterator[str]:
    """What is sure to be different, by code; `replies` where the agent replies earlier or later."""
    if is_enough(one, other):
        yield from (each.code for each in differences(one, other) if each.is_sure)
        late = slower(one, other)
        yield from ("replies",) if late and late.is_sure else ()


def _difference(code: str, one: Summary, other: Summary, sure: float) -> Difference:
    counts = (one.people.having(code), len(one.people), other.people.having(code), len(other.people))
    return Difference(code, *counts, newcombe(*counts), newcombe(*counts, sure).excludes_zero)


def _each(tests: int) -> float:
    """How sure each of so many tests must be, for all of them together to be as sure as one."""
    return 1 - (1 - SURE) / max(1, tests)
