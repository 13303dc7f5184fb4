"""Who held the floor: stretches of speech and what lies between and across them, from word times alone.

An utterance whose words carry no usable time is left out, and a silence that may hide one is not judged.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from vobiz_mcp.digest.findings.thresholds import Thresholds
from vobiz_mcp.digest.timeline.items import Happening, Timeline, Utterance

JOIN_S = 0.3
"""Speech of one side that goes on within this is unbroken, whatever entries it is split into."""

_ROUNDED = 0.001
"""Seconds that rounding may add to a gap."""

CALLER_ACTS = frozenset({"dtmf", "sms"})
"""Happenings that tell what a silent caller was busy with."""


class Stretch(NamedTuple):
    """Unbroken speech of one speaker, in seconds from the call's start."""

    start: float
    end: float
    speaker: str
    turn: int


class Gap(NamedTuple):
    """The time from one stretch to the next, in seconds."""

    before: Stretch
    after: Stretch

    @property
    def seconds(self) -> float:
        """How long nobody spoke."""
        return round(self.after.start - self.before.end, 3)


class Overlap(NamedTuple):
    """Two sides at once: `second` began while `first` spoke."""

    first: Stretch
    second: Stretch

    @property
    def seconds(self) -> float:
        """How long both spoke."""
        return round(min(self.first.end, self.second.end) - self.second.start, 3)


def timed_turns(told: Timeline, limits: Thresholds) -> frozenset[int]:
    """The turns whose words tell when they were said: on this call's clock, and all of them."""
    return frozenset([said.turn for said in told.utterances if said.spans and _is_timed(said, limits)])


def _is_timed(said: Utterance, limits: Thresholds) -> bool:
    spoken = 0.0
    for start, end in said.spans:
        if not -limits.clock_day_s < start <= limits.clock_day_s or abs(end) > limits.clock_day_s:
            return False
        if end > start:
            spoken += end - start
    return not spoken or said.text.count(" ") < spoken * limits.words_per_s


def stretches(told: Timeline, timed: Container[int]) -> list[Stretch]:
    """All timed speech in the order of its beginnings, of two at once the longer one first."""
    spoken = [
        Stretch(start, max(start, end), said.speaker, said.turn)
        for said in told.utterances
        if said.turn in timed
        for start, end in said.spans
    ]
    spoken.sort(key=attrgetter("end"), reverse=True)
    spoken.sort(key=attrgetter("start"))
    return spoken


def unheard(told: Timeline, timed: Container[int]) -> list[tuple[float, float | None]]:
    """What filled time without word times: its place among the turns, and its moment where that is known."""
    said = [(said.turn, said.sent_at) for said in told.utterances if said.turn not in timed and said.text.strip()]
    acts = [item for item in told.items if isinstance(item, Happening) and item.kind in CALLER_ACTS]
    return [*said, *((act.after_turn + 0.5, act.start) for act in acts)]


def judged(gaps: Iterable[Gap], unheard: list[tuple[float, float | None]]) -> list[Gap]:
    """The gaps that nothing without word times may have filled."""
    return [gap for gap in gaps if not _hides(gap, unheard)] if unheard else list(gaps)


def _hides(gap: Gap, unheard: list[tuple[float, float | None]]) -> bool:
    first, last = sorted((gap.before.turn, gap.after.turn))
    return any(
        first < place < last if at is None else gap.before.start <= at <= gap.after.start for place, at in unheard
    )


def silences(spoken: list[Stretch], shortest: float) -> Iterator[Gap]:
    """Every time that nobody speaks for so many seconds, between the first and the last word."""
    for before, after in pairwise(_reaching_further(spoken)):
        if after.start - before.end > shortest - _ROUNDED and (gap := Gap(before, after)).seconds >= shortest:
            yield gap


def _reaching_further(spoken: list[Stretch]) -> Iterator[Stretch]:
    """The stretches that end later than all before them."""
    reached = -math.inf
    for stretch in spoken:
        if stretch.end > reached:
            reached = stretch.end
            yield stretch


def replies(spoken: list[Stretch]) -> Iterator[Gap]:
    """Every time that the caller stops and the agent starts.

    What is said wholly inside the other's speech takes no turn and is passed over.
    """
    for before, after in pairwise(_taking_turns(spoken)):
        if (before.speaker, after.speaker) == ("caller", "agent") and after.start >= before.end:
            yield Gap(before, after)


def _taking_turns(spoken: list[Stretch]) -> Iterator[Stretch]:
    reach: dict[str, float] = {}
    for stretch in spoken:
        reached = reach.pop(stretch.speaker, stretch.end)
        if not reach or max(reach.values()) < stretch.end:
            yield stretch
        reach[stretch.speaker] = max(stretch.end, reached)


def overlaps(spoken: list[Stretch]) -> Iterator[Overlap]:
    """Every time that two sides speak at once."""
    furthest: dict[str, Stretch] = {}
    for stretch in joined(spoken):
        for speaker, other in furthest.items():
            if speaker != stretch.speaker and other.end > stretch.start:
                yield Overlap(other, stretch)
        reached = furthest.get(stretch.speaker)
        if reached is None or stretch.end > reached.end:
            furthest[stretch.speaker] = stretch


def joined(spoken: list[Stretch]) -> list[Stretch]:
    """Speech with what one side says almost without a pause made into one stretch, named by its first turn."""
    whole: list[Stretch] = []
    latest: dict[str, int] = {}
    for stretch in spoken:
        place = latest.get(stretch.speaker)
        if place is not None and stretch.start <= whole[place].end + JOIN_S:
            whole[place] = whole[place]._replace(end=max(whole[place].end, stretch.end))
        else:
            latest[stretch.speaker] = len(whole)
            whole.append(stretch)
    return whole
