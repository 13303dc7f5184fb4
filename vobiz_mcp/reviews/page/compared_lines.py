"""How one side differs from another, as lines: two periods, two agents, two versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.reviews.changes.comparison import FEWEST_CALLS, Difference, differences, is_enough, slower
from vobiz_mcp.reviews.page.wording import bare_share, count, in_words, points, seconds
from vobiz_mcp.reviews.summary import Summary

NOTE: Final = (
    "people, not calls, where the number is known; difference with its 95 % interval by Newcombe; "
    "SURE: also where all codes are looked at together, by Bonferroni"
)


def compared_lines(one: Summary, other: Summary) -> Iterator[str]:
    """A line for each thing that differs, the surest first; that there are too few calls to tell."""
    if not is_enough(one, other):
        sides = f"{count(one.calls)} against {other.calls:,}"
        yield f"too few to tell: {sides}, and each side needs {FEWEST_CALLS}"
        return
    late = _replies(one, other)
    found = differences(one, other)
    yield from (_difference(each) for each in found if each.is_sure)
    yield from (late,) if late else ()
    unsure = [each for each in found if not each.is_sure]
    yield from (_difference(each) for each in unsure if each.interval.excludes_zero)
    same = sum(not each.interval.excludes_zero for each in unsure)
    if same:
        yield f"no difference that chance could not make in {same} other kinds of findings"


def _difference(each: Difference) -> str:
    here, there = bare_share(each.hits, each.of), bare_share(each.other_hits, each.other_of)
    difference = points(each.interval, each.hits / each.of - each.other_hits / each.other_of)
    return f"{in_words(each.code)}: {here} against {there}: {difference}{', SURE' if each.is_sure else ''}"


def _replies(one: Summary, other: Summary) -> str:
    late = slower(one, other)
    if late is None:
        return ""
    here, there = (
        f"{seconds(side.mean / 1000)} on {count(side.count)}" for side in (one.reply_p50_ms, other.reply_p50_ms)
    )
    difference = f"{late.milliseconds:+.0f} ms ({late.interval.low:+.0f} to {late.interval.high:+.0f})"
    return (
        f"replies, mean of the calls' medians: {here} against {there}: {difference}{', SURE' if late.is_sure else ''}"
    )
