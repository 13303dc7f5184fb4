"""Agent calls that match, over as many pages as it takes: an API need not apply the filters that it was sent."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from vobiz_mcp.api.agent_calls import AGENT, STATUS, TEXT, Wanted, agent_call, calls, newest
from vobiz_mcp.api.wire import Request, Step, ask, ask_together
from vobiz_mcp.digest.timeline.from_record import spoken_entries
from vobiz_mcp.errors import VobizError
from vobiz_mcp.ids import is_id
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.records.record import Record
from vobiz_mcp.reviews.period import Period
from vobiz_mcp.tools.steps.calls_by_start import began_in, first_page, goes_beyond

MOST_PAGES = 5
"""Pages that one question reads at most; each may be as heavy as all of its calls."""
AT_ONCE = 10
"""Calls that are asked for at once, whose bodies are then in memory together."""


@dataclass(frozen=True)
class Match:
    """A call that matches; `unchecked` are the filters that the API did not apply and nothing sent of it can tell."""

    call: AgentCall
    unchecked: tuple[str, ...] = ()


@dataclass
class Found:
    """What a search has come to.

    Attributes:
        last: the page read last, with its paging.
        matches: in the order sent.
        looked: how many calls were looked through or began after the period, each counted once.
        next_page: the API's page with which the search goes on; None when there is none.
        filtered: the filters that were applied here, by the API's names.
        failure: why a page after the first could not be read.
        seen: the calls looked through, by call_id: pages overlap where calls come in meanwhile, or paging is ignored.
        warnings: what was unreadable and left out, of all pages.
        period: when the calls must have begun; None where any time will do.
    """

    last: AgentCallList
    matches: list[Match] = field(default_factory=list)
    looked: int = 0
    next_page: int | None = None
    filtered: set[str] = field(default_factory=set)
    failure: VobizError | None = None
    seen: set[str | None] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    period: Period | None = None

    def page(self, limit: int) -> AgentCallList:
        """The first `limit` matches as a record."""
        page = self.last.with_calls([match.call for match in self.matches[:limit]])
        return page.model_copy(update={"warnings": self.warnings})


def matching(wanted: Wanted, page: int, limit: int, period: Period | None = None) -> Generator[Step, Any, Found]:
    """From this page of the API on, calls that match until `limit` are found or `MOST_PAGES` are read.

    Calls that began after the period are passed over. A page goes in whole or is left for the next question, so that
    none of its calls is ever skipped.
    """
    first, style = yield from newest(page, limit, wanted)
    found = Found(first, next_page=page, period=period)

    def request(number: int, size: int) -> Request[AgentCallList]:
        return calls(number, size, wanted, style)

    try:
        size = first.limit or limit
        begin = (yield from first_page(period, first, page, size, request)) if period else page
        found.looked = (begin - page) * size
        for number in range(begin, begin + MOST_PAGES):
            found.next_page = number
            if number > page:
                found.last = yield from ask(request(number, limit))
            has_more = found.last.has_more(number, limit) and not (period and goes_beyond(found.last, period))
            if not _take(found, _Page(found.last, wanted), limit):
                break
            found.next_page = number + 1 if has_more else None
            if not has_more or len(found.matches) >= limit:
                break
    except VobizError as failure:
        found.failure = failure
    return found


def examined(matches: Sequence[Match]) -> Generator[Step, Any, dict[str, Record | VobizError]]:
    """By call_id, the whole of each call of which the list brought no transcript, or why it could not be read.

    Which form of a list an API answers with, and so what it brings of a call, depends on the filter: what a row tells
    of a call does not.
    """
    bare = [id_ for match in matches if is_id(id_ := match.call.call_id or "") and not may_be_told(match.call)]
    told: dict[str, Record | VobizError] = {}
    for start in range(0, len(bare), AT_ONCE):
        some = bare[start : start + AT_ONCE]
        found = yield from ask_together(*map(agent_call, some))
        told |= dict(zip(some, found, strict=True))
        if all(isinstance(one, VobizError) for one in found):
            return told | dict.fromkeys(bare[start + AT_ONCE :], found[-1])
    return told


def may_be_told(call: AgentCall) -> bool:
    """Whether all that a row can tell is known: it was sent, may not be shown, or there was nothing to transcribe."""
    never_spoken = (call.call_status or "").lower() in ("registered", "scheduled", "not_connected")
    return bool(spoken_entries(call)) or bool(call.opt_out_sensitive_data_storage) or never_spoken


def _take(found: Found, page: _Page, limit: int) -> bool:
    """Add a page's matches; False, and nothing is added, when they do not fit any more."""
    new = [call for call in page.sent.calls if call.call_id is None or call.call_id not in found.seen]
    in_time = [call for call in new if found.period is None or began_in(call, found.period)]
    kept = [Match(call, page.unknown(call)) for call in in_time if not any(page.contradicted(call))]
    if found.matches and len(found.matches) + len(kept) > limit:
        return False
    found.matches += kept
    found.seen.update(call.call_id for call in new)
    found.looked += len(new)
    found.filtered |= page.filtered()
    found.warnings += page.sent.warnings
    return True


@dataclass(frozen=True)
class _Page:
    """One page, and what was wanted of it."""

    sent: AgentCallList
    wanted: Wanted

    def asked(self) -> dict[str, str]:
        wanted = {STATUS: self.wanted.status, AGENT: self.wanted.agent_id, TEXT: self.wanted.text}
        return {name: value for name, value in wanted.items() if value}

    def contradicted(self, call: AgentCall) -> Iterator[str]:
        """The filters that a call does not pass by what is sent of it."""
        for name, value in self.asked().items():
            if name == TEXT and self._applied(TEXT):
                continue
            held = _held(call, name)
            if held is not None and not _passes(name, value, held):
                yield name

    def unknown(self, call: AgentCall) -> tuple[str, ...]:
        """The filters that the API does not say it applied and that nothing sent of a call can be checked for."""
        return tuple(name for name in self.asked() if not self._applied(name) and _held(call, name) is None)

    def filtered(self) -> set[str]:
        """The filters that had to be applied here: the API does not say that it did, or a call proves the contrary."""
        unapplied = {name for name in self.asked() if not self._applied(name)}
        return unapplied.union(*map(self.contradicted, self.sent.calls))

    def _applied(self, name: str) -> bool:
        return bool((self.sent.applied_filters or {}).get(name))


def _held(call: AgentCall, name: str) -> str | None:
    """What a call carries of the thing that a filter is about; None where it was not sent."""
    if name == TEXT:
        return _spoken(call)
    return call.call_status if name == STATUS else call.agent_id


def _spoken(call: AgentCall) -> str | None:
    """All that was said; None where no transcript was sent, or none may be looked into (opted out)."""
    entries = [*call.transcript_object, *call.transcript_with_tool_calls]
    if call.opt_out_sensitive_data_storage or (call.transcript is None and not entries):
        return None
    return " ".join([call.transcript or "", *(entry.content or "" for entry in entries)])


def _passes(name: str, value: str, held: str) -> bool:
    if name == TEXT:
        spoken = held.casefold()
        return all(word in spoken for word in value.casefold().split())
    return held.casefold() == value.casefold()
