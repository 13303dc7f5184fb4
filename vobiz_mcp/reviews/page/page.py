"""Puts a review on a page: the most useful lines of each section that fit, and what is left out named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from vobiz_mcp.digest.tokens.budget import USUAL_TOKENS
from vobiz_mcp.digest.tokens.cost import allowance, cost
from vobiz_mcp.digest.wording.phrases import joined, lines
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.reviews.changes.spikes import DAYS_S, RULE
from vobiz_mcp.reviews.page.compared_lines import NOTE, compared_lines
from vobiz_mcp.reviews.page.talk_lines import end_lines, outcome_lines, talk_lines, tool_lines, wait_lines
from vobiz_mcp.reviews.page.wording import count
from vobiz_mcp.reviews.page.wrong_lines import claim_lines, spike_lines, worst_codes, wrong_lines
from vobiz_mcp.reviews.period import Period
from vobiz_mcp.reviews.summary import Summary


@dataclass(frozen=True)
class Review:
    """Many calls, to be told on a page.

    Attributes:
        now: of the calls that the review is about, which began in `period`.
        before: of those in the period of the same length before it.
        days: of all calls up to the end of the period, for what is new or spiking.
        known_since: since when all calls are known, in epoch seconds.
        side: what the calls are of where not all of them are: `agent_billing`, `version 14`.
        other: what they are compared with, and `other_side` its name; None where nothing was asked to be compared.
        missing: what of it is not known and why, a line each.
    """

    now: Summary
    before: Summary
    days: Summary
    period: Period
    known_since: float = 0.0
    side: str = ""
    other: Summary | None = None
    other_side: str = ""
    missing: tuple[str, ...] = ()

    @property
    def knows_days(self) -> bool:
        """Whether all calls are known that what is new or spiking is told by."""
        return self.known_since <= self.period.until - DAYS_S


_UNKNOWN = "not judged: the calls of 8 days are needed, and not all of them were read"


class _Section(NamedTuple):
    """A heading, and lines of which the first `vital` go on the page before any other section's rest."""

    heading: str
    told: list[str]
    vital: int


def page(review: Review, max_tokens: int = USUAL_TOKENS) -> str:
    """What a support lead reads: as much as fits, in falling order of use; what is left out is named."""
    head = [first_line(review), *review.missing, *_of_these(review.now), *_agents(review.now)]
    if not review.now.calls:
        return "\n".join(head)
    sections = [section for section in _sections(review) if section.told]
    text = _fitted(head, sections, max_tokens)
    return text if any(section.heading in text for section in sections) else _shortest(review, max_tokens)


def _shortest(review: Review, max_tokens: int) -> str:
    """What is left of a page that has no room for a section: the codes, those that fit, in one line."""
    told = [first_line(review), *review.missing, *_of_these(review.now)]
    codes = [f"{code} {calls:,}" for code, calls in worst_codes(review.now)] or ["nothing by the rules of the findings"]
    end = "left out for room: all else; a larger max_tokens shows it"
    for number in range(len(codes), 0, -1):
        more = f" and {len(codes) - number} more" if number < len(codes) else ""
        text = lines(*told, f"what went wrong, calls: {', '.join(codes[:number])}{more}", end)
        if cost(text) <= allowance(max_tokens):
            return text
    return lines(*told, end)


def first_line(review: Review) -> str:
    """How many calls were read, of how many, how many could not be, from when to when."""
    now, unread = review.now, review.now.unread.total()
    of = now.calls + unread
    refused = f", {unread:,} could not be ({_reasons(now)})" if unread else ""
    before = f"; before: {review.before.calls:,}, from {review.period.before}" if review.before.calls else ""
    least = "at least " if review.known_since > review.period.since else ""
    counted = f"{now.calls:,} of {least}{count(of)} read{refused}" if now.calls or of else "no calls"
    side = f" of {plain(review.side, 128)}" if review.side else ""
    return f"{counted}{side}, {review.period}{before}"


def _reasons(now: Summary) -> str:
    reasons = sorted(now.unread.items(), key=lambda reason: (-reason[1], reason[0]))
    return "; ".join(f"{number:,} {plain(reason, 120)}" for reason, number in reasons[:2])


def _of_these(now: Summary) -> Iterator[str]:
    told = joined(notes(now), ", ")
    yield from (f"of these {told}",) if told else ()


def notes(now: Summary) -> Iterator[str]:
    """What could not be judged: so that nothing found is not taken for an all-clear."""
    counted = (
        (now.going, "still going on"),
        (now.opted_out, "opted out: what was said is not shown"),
        (now.undated, "without a time: counted in any period"),
        (now.untold, "without a transcript: what went wrong on them is not known"),
        (now.untimed, "without word times: silences and waits not judged"),
    )
    return (f"{number:,} {words}" for number, words in counted if number)


def _agents(now: Summary) -> Iterator[str]:
    """Whose calls they are, the busiest first."""
    if len(now.agents) < 2:
        return
    busiest = sorted(now.agents.items(), key=lambda one: (-one[1], one[0]))
    told = [f"{calls:,} {_agent(now, *whose)}" for whose, calls in busiest]
    more = f" and {len(told) - 6} more" if len(told) > 6 else ""
    yield f"calls by agent: {', '.join(told[:6])}{more}"


def _agent(now: Summary, agent: str, version: str) -> str:
    name = plain(now.names.get(agent, ""), 40)
    parts = [plain(agent, 60) or "not stated", name and f"({name})", version and f"version {plain(version, 20)}"]
    return joined(parts, " ")


def _sections(review: Review) -> Iterator[_Section]:
    now = review.now
    if review.other is not None:
        heading = f"against {plain(review.other_side, 128)} ({NOTE}):"
        yield _Section(heading, list(compared_lines(now, review.other)), 6)
    wrong = list(wrong_lines(now, review.before)) or ["nothing by the rules of the findings"]
    yield _Section("what went wrong, calls (share, 95 % interval); worst example to open:", wrong, 5)
    spiking = list(spike_lines(review.days, review.period.until)) if review.knows_days else [_UNKNOWN]
    yield _Section(f"new or spiking ({RULE}):", spiking, 3)
    yield _Section("claims that no tool bears out:", list(claim_lines(now)), 2)
    yield _Section("tools:", list(tool_lines(now)), 3)
    yield _Section("resolved or not:", list(outcome_lines(now)), 3)
    yield _Section("waits, measured:", list(wait_lines(now)), 2)
    yield _Section("talk:", list(talk_lines(now)), 0)
    yield _Section("ends and cost:", list(end_lines(now)), 0)


def _fitted(head: list[str], sections: list[_Section], max_tokens: int) -> str:
    """The vital lines of every section and then the others, as far as they fit; a heading goes with its first line."""
    room = allowance(max_tokens) - sum(cost(f"{line}\n") for line in head) - cost(_left_out(sections, set()))
    kept: set[tuple[int, int]] = set()
    for place, number in _by_worth(sections):
        section = sections[place]
        price = cost(f"- {section.told[number]}\n") + (0 if number else cost(f"{section.heading}\n"))
        if price > room:
            break
        kept.add((place, number))
        room -= price
    body = chain.from_iterable(_told(section, place, kept) for place, section in enumerate(sections))
    return lines(*head, *body, _left_out(sections, kept))


def _by_worth(sections: list[_Section]) -> Iterable[tuple[int, int]]:
    """The places of all lines, in the order in which they are put on the page."""
    every = [(place, number) for place, section in enumerate(sections) for number in range(len(section.told))]
    return sorted(every, key=lambda at: at[1] >= sections[at[0]].vital)


def _told(section: _Section, place: int, kept: set[tuple[int, int]]) -> list[str]:
    told = [f"- {line}" for number, line in enumerate(section.told) if (place, number) in kept]
    return [section.heading, *told] if told else []


def _left_out(sections: list[_Section], kept: set[tuple[int, int]]) -> str:
    """How many lines of each section are not on the page, and how to see them."""
    gone = {
        _name(section): sum((place, number) not in kept for number in range(len(section.told)))
        for place, section in enumerate(sections)
    }
    told = ", ".join(f"{number} of {name}" for name, number in gone.items() if number)
    return f"left out for room: {told}; a larger max_tokens shows them" if told else ""


def _name(section: _Section) -> str:
    return section.heading.partition(" (")[0].partition(",")[0].rstrip(":")
