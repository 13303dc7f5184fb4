"""When the calls of a list began, and on which of its pages those of a period begin."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from vobiz_mcp.api.wire import Request, Step, ask
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.reviews.period import Period


def start_of(call: AgentCall) -> float | None:
    """When a call began, in epoch seconds."""
    return call.start_timestamp.epoch if call.start_timestamp else None


def starts_of(page: AgentCallList) -> list[float]:
    """When the calls of a page began, in epoch seconds, as far as that is told."""
    return [start for call in page.calls if (start := start_of(call)) is not None]


def began_in(call: AgentCall, period: Period) -> bool:
    """Whether a call began in a period, or may have: some do not tell."""
    start = start_of(call)
    return start is None or start in period


def goes_beyond(page: AgentCallList, period: Period) -> bool:
    """Whether a page goes back beyond a period, in a list that has the newest first."""
    starts = starts_of(page)
    return bool(starts) and starts[0] >= starts[-1] and starts[-1] < period.since


def first_page(
    period: Period, found: AgentCallList, number: int, size: int, request: Callable[[int, int], Request[AgentCallList]]
) -> Generator[Step, Any, int]:
    """The number of the first page that may have calls of a period, in a list that has the newest first.

    Where a page is all newer, single calls are asked for, in ever longer steps and by halves: thirteen of 8,000.

    Args:
        found: the page `number`, of `size` calls.
        request: asks for a page by its number and size.

    Raises:
        VobizError: a call could not be read.
    """
    if not _is_newer(found, period):
        return number
    newer, older, ahead = number * size + len(found.calls) - 1, found.total, size
    while older is None or older - newer > 1:
        at = newer + ahead if older is None else (newer + older) // 2
        one = yield from ask(request(at, 1))
        if len(one.calls) > 1 or one.calls[:1] == found.calls[:1]:
            return number  # the API does as it likes with sizes or numbers of pages
        if _is_newer(one, period):
            newer, ahead = at, 2 * ahead
        else:
            older = at
    return newer // size


def _is_newer(page: AgentCallList, period: Period) -> bool:
    """Whether all calls of a page surely began after a period, the newest first."""
    starts = starts_of(page)
    is_sorted = len(starts) == len(page.calls) and starts == sorted(starts, reverse=True)
    return bool(starts) and is_sorted and starts[-1] >= period.until
