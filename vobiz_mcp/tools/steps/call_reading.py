"""All agent calls of a period as rows, read page by page: what was read stays read, also for the next question."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from vobiz_mcp.api.agent_calls import Wanted, agent_call, calls, newest
from vobiz_mcp.api.wire import Request, Step, ask, ask_together, now, progress, recall
from vobiz_mcp.errors import (
    BadCredentials,
    Overloaded,
    RateLimited,
    UnreadableAnswer,
    UpstreamUnreachable,
    VobizError,
)
from vobiz_mcp.ids import is_id
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.reviews.period import Period, told
from vobiz_mcp.reviews.row import Row
from vobiz_mcp.reviews.row_of_call import row_of
from vobiz_mcp.reviews.sides import listed
from vobiz_mcp.tools.steps.agent_search import AT_ONCE, may_be_told
from vobiz_mcp.tools.steps.calls_by_start import began_in, first_page, goes_beyond, start_of, starts_of
from vobiz_mcp.tools.steps.known_rows import ENOUGH, KnownRows

PAGE = 20
"""Calls a page, whose bodies are in memory together."""
READING_S = 12.0
"""When nothing further is begun: a question has 20 s, and what is on its way must come and be examined too."""

_TIME_IS_UP = "the time was up."
_OF_ALL_CALLS = (BadCredentials, RateLimited, UpstreamUnreachable, Overloaded)
"""Failures that the next call would share; of any other only the call is to blame that was asked for."""


@dataclass
class Reading:
    """What came of reading the calls of a period.

    Attributes:
        rows: one a call, errors among them.
        looked: how many calls of the list were looked through or are newer, of `total` on it.
        reached: since when all calls are known, in epoch seconds.
        stopped: why not all were read; "" where they were.
        sandbox: whether the embedded sandbox made them up.
    """

    period: Period
    total: int | None
    sandbox: bool
    reached: float
    rows: list[Row] = field(default_factory=list)
    looked: int = 0
    stopped: str = ""
    seen: dict[str, None] = field(default_factory=dict)
    """The ids of the calls looked through, in the order of the list."""

    def new(self, page: AgentCallList) -> Iterator[AgentCall]:
        """The calls of a page in the period that no page before had: pages overlap where calls come in meanwhile."""
        for call in page.calls:
            if call.call_id is None or call.call_id not in self.seen:
                self.seen[call.call_id or ""] = None
                self.looked += 1
                if began_in(call, self.period):
                    yield call

    @property
    def goes_on(self) -> bool:
        """Whether the next question goes on where this one stopped: so many rows are kept that it can."""
        kept = sum(not (row.error or row.opted_out) for row in self.rows)
        return kept >= ENOUGH * len(self.seen)

    def reach(self, page: AgentCallList) -> bool:
        """How far back a page goes; whether that is beyond the period."""
        starts = starts_of(page)
        if starts and starts[0] >= starts[-1]:
            self.reached = min(self.reached, max(starts[-1], self.period.since))
        return goes_beyond(page, self.period)


def read_calls(period: Period, agent_id: str = "") -> Generator[Step, Any, Reading]:
    """The calls that began in a period, newest first, as far as the time allows.

    Raises:
        VobizError: not even the first page could be read; what fails later is told in `stopped`.
    """
    until = (yield from now()) + READING_S
    wanted = Wanted(agent_id=agent_id)
    page, style = yield from newest(0, PAGE, wanted)
    reading = Reading(period, page.total, page.sandbox, period.until)

    def request(number: int, size: int = PAGE) -> Request[AgentCallList]:
        return calls(number, size, wanted, style)

    try:
        size = page.limit or PAGE
        number = yield from first_page(period, page, 0, size, request)
        if number:
            reading.looked, page = number * size, (yield from ask(request(number)))
        while not (yield from _add_page(reading, page, number, agent_id, until)):
            number = max(number + 1, reading.looked // PAGE - 1)
            page = yield from ask(request(number))
    except VobizError as failure:
        reading.stopped = str(failure)
    return reading


def _add_page(
    reading: Reading, page: AgentCallList, number: int, agent_id: str, until: float
) -> Generator[Step, Any, bool]:
    """Add the calls of a page and those that are known to follow. Returns whether reading is done or must stop."""
    known = yield from recall(KnownRows)
    own = [call for call in reading.new(page) if agent_id in ("", call.agent_id)]
    is_whole = yield from _take(reading, own, until)
    is_done = is_whole and (reading.reach(page) or not page.has_more(number, PAGE))
    if not (is_done or reading.stopped):
        is_done = yield from _pass_over(reading, known.following(agent_id, reading.seen.keys()), until)
    known.keep_order(agent_id, reading.seen)
    if is_done:
        reading.reached, reading.stopped = reading.period.since, ""
    return is_done or bool(reading.stopped)


def _pass_over(reading: Reading, known_ids: Sequence[str], until: float) -> Generator[Step, Any, bool]:
    """Add the calls that came next when the list was read before, without reading it again.

    Where a row is not kept, its call alone is asked for. Returns whether they go back beyond the period.
    """
    known = yield from recall(KnownRows)
    rows: dict[str, Row | None] = {}
    for call_id in known_ids:
        row = rows[call_id] = known.get(call_id)
        if row and row.started is not None and row.started < reading.period.since:
            break
    reading.looked += len(rows)
    reading.seen |= dict.fromkeys(rows)
    reading.rows += [row for row in rows.values() if row and (row.started is None or row.started in reading.period)]
    missing = [AgentCall(call_id=call_id) for call_id, row in rows.items() if row is None and is_id(call_id)]
    yield from _ask_for(reading, missing, known, until)
    starts = [row.started for row in rows.values() if row and row.started is not None]
    if starts and not reading.stopped:
        reading.reached = max(min(starts[-1], reading.reached), reading.period.since)
    return not reading.stopped and bool(starts) and starts[-1] < reading.period.since


def _take(reading: Reading, found: Sequence[AgentCall], until: float) -> Generator[Step, Any, bool]:
    """Add the rows of calls: known ones are not made again, and bodies that the list brought are not asked for.

    Returns whether all of them were added.
    """
    known = yield from recall(KnownRows)
    bare: list[AgentCall] = []
    for call in found:
        if row := known.get(call.call_id):
            reading.rows.append(row)
        elif may_be_told(call) or not is_id(call.call_id or ""):
            yield from _add(reading, call, known)
        else:
            bare.append(call)
    yield from _ask_for(reading, bare, known, until)
    is_whole = not reading.stopped
    back_to = min((start for call in found if (start := start_of(call)) is not None), default=reading.reached)
    yield from progress(len(reading.rows), f"{len(reading.rows):,} calls read, back to {told(back_to)} UTC")
    if (yield from now()) > until and not reading.stopped:
        reading.stopped = _TIME_IS_UP
    return is_whole


def _ask_for(reading: Reading, bare: Sequence[AgentCall], known: KnownRows, until: float) -> Generator[Step, Any, None]:
    """Add the rows of calls of which the list brought no transcript, a few bodies at a time."""
    for place in range(0, len(bare), AT_ONCE):
        if (yield from now()) > until:
            reading.stopped = _TIME_IS_UP
            return
        some = bare[place : place + AT_ONCE]
        sent = yield from ask_together(*(agent_call(call.call_id or "") for call in some))
        if all(isinstance(body, _OF_ALL_CALLS) for body in sent):
            reading.stopped = str(sent[0])
            return
        for call, body in zip(some, sent, strict=True):
            if isinstance(body, AgentCall) and not body.mismatch:
                yield from _add(reading, body, known)
            else:
                error = (
                    body if isinstance(body, VobizError) else UnreadableAnswer("the API answered about another call")
                )
                reading.rows.append(Row(call_id=call.call_id or "", started=start_of(call), error=str(error)))


def _add(reading: Reading, call: AgentCall, known: KnownRows) -> Generator[Step, Any, None]:
    row = row_of(call)
    known.keep(call, row, (yield from now()))
    reading.rows.append(row)
    yield from progress(len(reading.rows))


def agents_there_are(near: str) -> Generator[Step, Any, str]:
    """Which agents the newest calls are of, those like `near` first, for who named one without calls."""
    first, _ = yield from newest(0, PAGE)
    known = {call.agent_id for call in first.calls if call.agent_id}
    return f"the newest calls are of {listed(known, near) or 'agents that are not stated'}"
