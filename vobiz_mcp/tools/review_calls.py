"""The tool `review_calls`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Final

from pydantic import Field

from vobiz_mcp.api.wire import now
from vobiz_mcp.digest.tokens.budget import FEWEST_TOKENS, MOST_TOKENS, USUAL_TOKENS
from vobiz_mcp.digest.tokens.cost import estimate
from vobiz_mcp.reviews.changes.spikes import DAYS_S
from vobiz_mcp.reviews.groups import Groups
from vobiz_mcp.reviews.page.as_record import as_record
from vobiz_mcp.reviews.page.page import page
from vobiz_mcp.reviews.page.review_of_groups import review_of
from vobiz_mcp.reviews.period import Period, period, told
from vobiz_mcp.reviews.sides import is_previous
from vobiz_mcp.tools.steps.call_reading import Reading, agents_there_are, read_calls
from vobiz_mcp.tools.steps.parameters import AnyAgentId, Since, Takes, Until
from vobiz_mcp.tools.steps.question import CALL_VIEW, SANDBOX_MARK, Answer, Question, Steps


class ReviewCalls(Question):
    reads_many = True
    title = "Review calls"
    description = (
        "What went wrong on many agent calls: findings as shares with intervals and worst examples, what is new, "
        "claims without a deed, failing tools and since when, waits, cost. Says what it had no time for; asked again "
        "it goes on."
    )
    view = CALL_VIEW

    since: Since = ""
    until: Until = ""
    agent_id: AnyAgentId = ""
    compare: Annotated[
        str,
        Field(description="previous, an agent_id or a version.", max_length=128),
        Takes("previous, an agent_id or a version, such as 14"),
    ] = ""
    max_tokens: Annotated[int, Field(description="Budget in tokens.", ge=FEWEST_TOKENS, le=MOST_TOKENS)] = USUAL_TOKENS

    def steps(self) -> Steps:
        """Read the calls of the period and of what it is held against, and count."""
        moment = yield from now()
        asked = period(self.since, self.until, moment)
        held = Period(min(asked.before.since, asked.until - DAYS_S), asked.until)
        other_agents = bool(self.compare) and not is_previous(self.compare)
        reading = yield from read_calls(held, "" if other_agents else self.agent_id)
        groups = Groups(asked)
        for row in reading.rows:
            groups.add(row)
        review = review_of(groups, asked, self.agent_id, self.compare)
        review = replace(review, known_since=reading.reached, missing=tuple(_missing(reading, asked)))
        if self.agent_id and not review.now.calls:
            review = replace(review, missing=(*review.missing, (yield from agents_there_are(self.agent_id))))
        record = as_record(review, sandbox=reading.sandbox)
        mark = estimate(SANDBOX_MARK) if record.sandbox else 0
        return Answer(page(review, self.max_tokens - mark), record)


def _missing(reading: Reading, asked: Period) -> Iterator[str]:
    """How much could not be read, and how to go on."""
    if not reading.stopped:
        return
    of = f" of {reading.total:,} on the list" if reading.total else ""
    back = f"read back to {told(reading.reached)} UTC, {reading.looked:,} calls{of}"
    which = "INCOMPLETE" if reading.reached > asked.since else "the period is complete, what was before it is not"
    yield f"{which}: {back}; {reading.stopped} {_GOES_ON if reading.goes_on else _BEGINS_ANEW}"


_GOES_ON: Final = "Asked again it goes on: what was read stays read"
_BEGINS_ANEW: Final = "Asked again it begins anew, as too little of it may be kept: ask for a shorter period"
