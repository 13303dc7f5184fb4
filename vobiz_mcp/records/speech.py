"""When somebody spoke: word times reduced to spans of unbroken speech.

Times stay in the unit that the source uses: Zudu sends epoch milliseconds, Retell seconds from the start of the call.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import sub
from typing import Any, TypeAlias, TypeGuard

from vobiz_mcp.records.json_value import Json

SPEAKERS = {"agent": "agent", "assistant": "agent", "user": "caller", "transfer_target": "transfer target"}
"""Roles of entries that hold speech, and the word for who speaks."""


def says_as_much(roles: Iterable[object], others: int) -> bool:
    """Which transcript to read: whether the one with tool calls has no fewer utterances than the one without.

    Args:
        roles: of the entries of the transcript with tool calls.
        others: how many utterances the other one has.
    """
    return sum(str(role).lower() in SPEAKERS for role in roles) >= others


EPOCH_MS = 1e11
"""Above this a time is epoch milliseconds, below it seconds: 1e11 ms is March 1973, 1e11 s is the year 5138."""

PAUSE_S = 1.0
"""A pause that ends a span. Silence is only ever judged from longer gaps, so nothing that matters is merged away."""

Span: TypeAlias = tuple[float, float]
"""Start and end of unbroken speech."""


def merged(starts: list[float], ends: list[float]) -> list[Span]:
    """Starts and ends of words as spans.

    Words that go back in time start a span of their own, so that the disorder stays visible.
    """
    if not starts:
        return []
    pause = _pause(starts[0])
    spans = [(starts[0], ends[0])]
    for before, start, end in zip(starts, starts[1:], ends[1:], strict=False):
        begin, until = spans[-1]
        if before <= start <= min(end, until + pause):
            spans[-1] = (begin, max(until, end))
        else:
            spans.append((start, end))
    return spans


def _pause(time: float) -> float:
    """The pause that ends a span, in the unit of a time."""
    return PAUSE_S * (1000 if time > EPOCH_MS else 1)


def timed(times: Iterable[tuple[float | None, float | None]]) -> list[Span]:
    """Spans of words of which some lack a time: without a start one says nothing, without an end it is a point."""
    known = [(start, start if end is None else end) for start, end in times if start is not None]
    return merged([start for start, _ in known], [end for _, end in known])


def spans(words: Json) -> Json:
    """Words as sent (`[{word, start, end}]`) as spans; where a time has a wrong type, pairs for the record to name."""
    if not isinstance(words, list):
        return words
    try:
        if unbroken := _unbroken(words):
            return [unbroken]
        pairs = [(word.get("start"), word.get("end")) for word in words if isinstance(word, dict)]
        times = [(start, end) for start, end in pairs if _is_time(start) and _is_time(end)]
        if len(times) == len(words):
            return [list(span) for span in timed(times)]
    except OverflowError:  # a whole number beyond every float is a time of a wrong type too
        pass
    return [_pair(word) if isinstance(word, dict) else word for word in words]


def _unbroken(words: list[Any]) -> list[Json] | None:
    """The only span of words whose times rise without a long pause, as those of most utterances do.

    None for others: they are looked at one by one, these without a loop in Python.
    """
    try:
        times = [time for word in words for time in (word["start"], word["end"])]
        in_order = times == sorted(times)
        is_unbroken = in_order and max(map(sub, times[2::2], times[1::2]), default=0) <= _pause(times[0])
    except (KeyError, TypeError, IndexError):
        return None
    return [times[0], times[-1]] if is_unbroken else None


def _pair(word: dict[str, Json]) -> Json:
    start, end = word.get("start"), word.get("end")
    return [start, start if end is None else end]


def _is_time(value: Json) -> TypeGuard[float | None]:
    return isinstance(value, int | float | None)
