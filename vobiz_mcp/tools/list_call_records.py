"""The tool `list_call_records`."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from vobiz_mcp.api.telephony import call_records
from vobiz_mcp.api.wire import ask
from vobiz_mcp.digest.carrier.call_table import table
from vobiz_mcp.digest.carrier.phone_numbers import asked_number
from vobiz_mcp.digest.wording.money import money
from vobiz_mcp.digest.wording.phrases import joined, lines, reading_notes
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.glossary.hangup_causes import BY_TEXT
from vobiz_mcp.records.call_record import CallRecordList, CallSummary
from vobiz_mcp.tools.steps.call_filters import Filters, misfits
from vobiz_mcp.tools.steps.parameters import AnyCase, Takes
from vobiz_mcp.tools.steps.question import Answer, Question, Steps


def _number(value: object) -> object:
    """A number as the API takes it; raises for what is none."""
    if not isinstance(value, str) or not value.strip():
        return value
    number = asked_number(value)
    if number is None:
        raise ValueError("no phone number")
    return number


def _calendar_day(value: object) -> object:
    """A day as the API takes it; raises for what is none."""
    if isinstance(value, str) and (day := value.strip()):
        if not _DAY.fullmatch(day):
            raise ValueError("no day")
        date.fromisoformat(day)
    return value


def _cause(value: object) -> object:
    """A cause in the spelling of the records; raises for a code, by which the API does not list."""
    if not isinstance(value, str):
        return value
    cause = re.sub(r"[\s-]+", "_", value.strip()).upper()
    if cause.isdecimal():
        raise ValueError("a code")
    return cause


Number = Annotated[
    str,
    BeforeValidator(_number),
    Field(description="All or part of it.", max_length=40),
    Takes("a phone number or part of one, such as +1 (212) 555-0177 or 5550177"),
]
Day = Annotated[
    str,
    BeforeValidator(_calendar_day),
    Field(description="YYYY-MM-DD, both or none.", max_length=10),
    Takes("a day of the calendar as YYYY-MM-DD, such as 2026-11-21"),
]

Direction = Literal["any", "inbound", "outbound"]

FEWEST_TO_SUM_UP = 20
"""Calls on a page, from which on a summary of all pages is no great part of it."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ListCallRecords(Question):
    title = "Call records"
    description = (
        "Finished calls (CDRs), newest first: how many in all, then a line each with how it ended and call_uuid."
    )

    from_number: Number = ""
    to_number: Number = ""
    start_date: Day = ""
    end_date: Day = ""
    call_direction: Annotated[Literal["any", "inbound", "outbound"], AnyCase, Field(description="Way of the call.")] = (
        "any"
    )
    min_duration: Annotated[
        int,
        Field(description="Seconds with ringing.", ge=0, le=86_400),
        Takes("a whole number of seconds from 0 to 86400, such as 60"),
    ] = 0
    hangup_cause: Annotated[
        str,
        BeforeValidator(_cause),
        Field(description="E.g. NO_ANSWER, USER_BUSY.", max_length=40),
        Takes("a cause by its name in the records, not by its code, such as NO_ANSWER, USER_BUSY or NORMAL_CLEARING"),
    ] = ""
    limit: Annotated[int, Field(description="Calls on a page.", ge=1, le=100)] = 20
    page: Annotated[int, Field(description="From 1.", ge=1, le=100_000)] = 1

    def steps(self) -> Steps:
        """Ask for one page, and take out what an API that ignores a filter sent all the same."""
        filters = self.filters()
        found = yield from ask(call_records(filters, self.page, self.limit))
        ignored = Counter(name for record in found.records for name in misfits(record, filters))
        fitting = [record for record in found.records if not misfits(record, filters)]
        page = found.model_copy(update={"records": fitting})
        return Answer(digest(page, self, len(found.records), ignored), page)

    def filters(self) -> Filters:
        """What was asked for, in the API's names and forms. Raises `InvalidArguments` for dates that make no range."""
        _check_range(self.start_date, self.end_date)
        asked: dict[str, str | int] = {
            "from_number": self.from_number,
            "to_number": self.to_number,
            "start_date": self.start_date,
            "end_date": self.end_date,
            "call_direction": "" if self.call_direction == "any" else self.call_direction,
            "min_duration": self.min_duration,
            "hangup_cause": self.hangup_cause,
        }
        return {name: wanted for name, wanted in asked.items() if wanted}


def _check_range(start: str, end: str) -> None:
    if bool(start) != bool(end):
        absent = "end_date" if start else "start_date"
        raise InvalidArguments(
            f"start_date and end_date come in pairs, and {absent} is missing",
            "Give both; the same day twice asks for one day.",
        )
    if start > end:
        raise InvalidArguments("start_date is later than end_date")


def digest(found: CallRecordList, question: ListCallRecords, sent: int, ignored: Counter[str]) -> str:
    """What a model reads: how many there are, what was not as asked, then a line each.

    Args:
        sent: how many records the API sent.
        ignored: by filter, how many of them it should have kept back.
    """
    fitting, shown = len(found.records), found.records[: question.limit]
    return lines(
        _how_many(found, question, sent),
        _not_applied(ignored, sent - fitting, sent),
        *(table(shown) if shown else ()),
        f"{fitting - len(shown)} more on this page: limit=100" if fitting > len(shown) else "",
        reading_notes(found, read=sent),
    )


def _how_many(found: CallRecordList, question: ListCallRecords, sent: int) -> str:
    """Of all pages, with the next page and, beside a page of some length, the API's own summary."""
    total, pages = found.pagination.total, _pages(found, question)
    if not sent:
        past = f"{_calls(total or 0)}, page {question.page} is past the last of {pages}"
        return past if total else _none(question.filters())
    page = found.pagination.page or question.page
    other = "" if page == question.page else f" (asked for page {question.page}, the API sent this one)"
    more = f"more: page={max(page, question.page) + 1}" if _goes_on(found, question, sent) else ""
    where = f"page {page}{other}" if page > 1 or more or other else ""
    counted = f"{_calls(sent)} here (how many in all is not stated)" if total is None else _calls(total)
    summary = _summary(found.summary) if (total or 0) > sent >= FEWEST_TO_SUM_UP else ""
    return joined([joined([counted, where, more], ", "), summary])


def _none(filters: Filters) -> str:
    """That there are none, with each filter as it was understood."""
    asked = joined((f"{name} {plain(str(wanted), 40)}" for name, wanted in filters.items()), ", ")
    return lines(
        f"no finished calls with {asked}" if asked else "no finished calls",
        _unpublished(str(filters.get("hangup_cause", ""))),
        "calls that are still on are in list_live_calls" if {"from_number", "to_number"} & filters.keys() else "",
    )


def _unpublished(cause: str) -> str:
    """That nobody published such a cause, with the nearest that are; "" for one that is, or none."""
    if not cause or cause in BY_TEXT:
        return ""
    near = get_close_matches(cause, BY_TEXT)
    those = f"the nearest: {', '.join(near)}" if near else f"there are {', '.join(sorted(BY_TEXT))}"
    return f"{plain(cause, 40)} is no published cause; {those}"


def _calls(count: int) -> str:
    return f"{count} call{'' if count == 1 else 's'}"


def _pages(found: CallRecordList, question: ListCallRecords) -> int:
    return found.pagination.pages or math.ceil((found.pagination.total or 0) / question.limit)


def _summary(summary: CallSummary) -> str:
    rate = None if summary.answer_rate is None else f"{summary.answer_rate:g} % answered"
    cost = f"cost {money(summary.total_cost)}" if summary.total_cost else None
    said = joined([rate, cost], ", ")
    return f"as reported {said}" if said else ""


def _not_applied(ignored: Counter[str], dropped: int, sent: int) -> str:
    if not ignored:
        return ""
    names, left = ", ".join(ignored), f"{dropped} of {sent} that it sent do not fit and are left out"
    return f"check: the API did not apply {names}: {left}, but counted above"


def _goes_on(found: CallRecordList, question: ListCallRecords, sent: int) -> bool:
    if found.pagination.has_next is not None:
        return found.pagination.has_next
    if found.pagination.total is None:
        return sent >= question.limit
    return question.page < _pages(found, question)
