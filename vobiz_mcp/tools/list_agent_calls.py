"""The tool `list_agent_calls`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from vobiz_mcp.api.agent_calls import AGENT, STATUS, TEXT, Wanted
from vobiz_mcp.api.wire import now
from vobiz_mcp.digest.header.row import agent, is_without_transcript, legend, row
from vobiz_mcp.digest.wording.list_times import Day, common_day
from vobiz_mcp.digest.wording.phrases import joined, lines, reading_notes
from vobiz_mcp.digest.wording.safe_text import quoted
from vobiz_mcp.errors import VobizError
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.record import Record
from vobiz_mcp.reviews.period import LONG_AGO, period
from vobiz_mcp.tools.steps.agent_search import Found, Match, examined, matching
from vobiz_mcp.tools.steps.call_reading import agents_there_are
from vobiz_mcp.tools.steps.parameters import AnyAgentId, AnyCase, Since, Takes, Until
from vobiz_mcp.tools.steps.question import Answer, Question, Steps

Status = Literal["", "registered", "ongoing", "ended", "error", "scheduled", "not_connected"]
NAMES = {STATUS: "status", AGENT: "agent_id", TEXT: "text"}
"""Our argument for each of the API's filters."""
_FEWEST_DIGITS = 7
"""Of a telephone number."""


_WORDS = Takes("words that were said on the call, up to 200 characters, such as refund invoice")


class ListAgentCalls(Question):
    title = "Agent calls"
    description = (
        "AI agents' calls, newest first, a line each: start, who, length, ending, worst finding, "
        "agent, call_id (for get_agent_call). A filter that the API ignores is applied here."
    )

    status: Annotated[Status, AnyCase, Field(description="State.")] = ""
    agent_id: AnyAgentId = ""
    text: Annotated[str, Field(description="Words said on the call.", max_length=200), _WORDS] = ""
    since: Since = ""
    until: Until = ""
    limit: Annotated[int, Field(description="Lines at most.", ge=1, le=50)] = 20
    page: Annotated[int, Field(description="From 0; keep limit and filters.", ge=0, le=100_000)] = 0

    def steps(self) -> Steps:
        """Read pages until enough calls match."""
        moment = yield from now()
        asked = period(self.since or LONG_AGO, self.until, moment) if self.since or self.until else None
        found = yield from matching(Wanted(self.status, self.agent_id, self.text), self.page, self.limit, asked)
        shown = sorted(found.matches[: self.limit], key=_newest_first)
        told = yield from examined(shown)
        page = found.page(self.limit)
        silent = sum(isinstance(one, AgentCall) and is_without_transcript(one) for one in told.values())
        text = digest(found, [_with_transcript(match, told) for match in shown], self, moment, silent)
        if self.agent_id and not found.matches and not self.page:
            text = lines(text, (yield from agents_there_are(self.agent_id)))
        return Answer(lines(text, _unknown(told.values()), reading_notes(page, read=found.looked)), page)


def _unknown(told: Collection[Record | VobizError]) -> str:
    """Of how many calls no transcript could be read, and why the first could not."""
    failures = [one for one in told if isinstance(one, VobizError)]
    return f"worst finding of {_calls(len(failures))} not known: {failures[0]}" if failures else ""


def _calls(count: int) -> str:
    return f"{count} call{'' if count == 1 else 's'}"


def _with_transcript(match: Match, told: Mapping[str, Record | VobizError]) -> Match:
    whole = told.get(match.call.call_id or "")
    return replace(match, call=whole) if isinstance(whole, AgentCall) and not whole.mismatch else match


def digest(found: Found, shown: list[Match], question: ListAgentCalls, moment: float, silent: int) -> str:
    """What a model reads: counts, one line a call, and what brings more.

    Args:
        shown: the matches to tell, newest first, each with all that is known of the call.
        silent: how many of them nothing could be found on, for want of a transcript.
    """
    calls = [match.call for match in shown]
    day, agents = common_day(call.start_timestamp for call in calls), legend(calls)
    return lines(
        joined([_counts(found, question), _columns(day, len(calls))]),
        *(_line(match, day, moment, agents[agent(match.call)][0]) for match in shown),
        _whose([words for _, words in agents.values()]),
        f"no transcript in turns of {_calls(silent)}: nothing could be found there" if silent else "",
        _number_hint(question.text) if not shown else "",
        *_notes(found, shown),
        _rest(found, question),
    )


def _number_hint(text: str) -> str:
    """Where to ask for a number: who looks for one here would take it for one that never called."""
    number = "".join(filter(str.isdigit, text))
    if len(number) < _FEWEST_DIGITS or any(map(str.isalpha, text)):
        return ""
    return f"text searches what was said; for a number ask list_call_records from_number=+{number}"


def _newest_first(match: Match) -> float:
    start = match.call.start_timestamp
    return -(start.epoch or 0) if start else 0


def _counts(found: Found, question: ListAgentCalls) -> str:
    """How many match of how many, and how many more may."""
    filters = {
        "status": question.status,
        "agent_id": question.agent_id,
        "text": question.text and f"{quoted(question.text)}{_how_matched(found, question.text)}",
    }
    which = joined((f"{name} {value}" for name, value in filters.items() if value), ", ")
    began = f"that began {found.period}" if found.period else ""
    shown = found.matches[: question.limit]
    unsure = sum(bool(match.unchecked) for match in shown)
    page = f"page {question.page}:" if question.page else ""
    counted = joined(
        [page, _of_total(len(shown) - unsure, found), which and f"with {which}", began, _looked(found)], " "
    )
    return f"{counted}, {unsure} of them not checked" if unsure else counted


def _how_matched(found: Found, text: str) -> str:
    """How several words were looked for: the API does not say whether it takes them for one phrase."""
    if len(text.split()) < 2:
        return ""
    return " (each of the words)" if TEXT in found.filtered else " (as the API matches it, perhaps as one phrase)"


def _of_total(count: int, found: Found) -> str:
    total = None if found.filtered or found.period else found.last.total
    if not count:
        return f"none of {total} calls" if total else "no calls"
    return _calls(count) if total is None else f"{count} of {total} calls"


def _looked(found: Found) -> str:
    """Among how many, where the API did not choose them."""
    if not ((found.filtered or found.period) and found.looked):
        return ""
    if found.looked == found.last.total:
        return f"among all {found.looked}"
    return f"among {found.looked}{f' of {found.last.total}' if found.last.total else ''} looked through"


def _columns(day: Day, count: int) -> str:
    order = "newest first, " if count > 1 else ""
    return f"{order}starts {day.name}, lengths min:sec" if day.name else ""


def _whose(agents: list[str]) -> str:
    return f"agent{'s' if len(agents) > 1 else ''}: {', '.join(agents)}" if agents else ""


def _line(match: Match, day: Day, moment: float, letter: str) -> str:
    return joined([row(match.call, day, moment, letter), *(f"{NAMES[name]}?" for name in match.unchecked)], " ")


def _notes(found: Found, shown: list[Match]) -> Iterator[str]:
    """What a reader might take for granted and must not."""
    if found.filtered:
        yield f"{_named(found.filtered)} applied here: the API did not, or does not say so"
    unchecked = {name for match in shown for name in match.unchecked}
    if unchecked:
        yield f"{_named(unchecked)}? may not match: the API sends nothing of them that could tell"
    starts = [_newest_first(match) for match in found.matches if match.call.start_timestamp]
    if starts != sorted(starts) and starts == sorted(starts, reverse=True):
        yield "check: the API sends the oldest first, the newest are on its last pages"
    if found.failure is not None:
        yield f"stopped early: {found.failure}"


def _named(filters: set[str]) -> str:
    return joined((NAMES[name] for name in NAMES if name in filters), " and ")


def _rest(found: Found, question: ListAgentCalls) -> str:
    beyond = len(found.matches) - question.limit
    if beyond > 0:
        return f"{beyond} more on this page: limit={len(found.matches)}"
    if found.next_page is None:
        return ""
    seen = found.next_page * (found.last.limit or question.limit)
    left = None if found.last.total is None else found.last.total - seen
    what = (
        "more" if left is None else f"{left} more to look through" if found.filtered or found.period else f"{left} more"
    )
    return f"{what}: page={found.next_page}"
