"""A review as a record, for programs and for what draws it."""

from __future__ import annotations

from datetime import UTC, datetime

from vobiz_mcp.reviews.changes.comparison import differences, is_enough, slower
from vobiz_mcp.reviews.changes.onset import onset
from vobiz_mcp.reviews.changes.spikes import spikes
from vobiz_mcp.reviews.distribution import Distribution
from vobiz_mcp.reviews.page import call_review as sent
from vobiz_mcp.reviews.page.page import Review, notes
from vobiz_mcp.reviews.page.wording import IN_WORDS
from vobiz_mcp.reviews.row import CODES, SLOW_REPLY_S
from vobiz_mcp.reviews.shares import wilson
from vobiz_mcp.reviews.summary import Summary
from vobiz_mcp.reviews.tool_summary import DAY_S, ToolSummary


def as_record(review: Review, *, sandbox: bool = False) -> sent.CallReview:
    """All that the page of a review is made of; `sandbox` where the embedded one made up the calls."""
    now, people = review.now, review.now.people
    return sent.CallReview(
        since=review.period.since,
        until=review.period.until,
        side=review.side,
        calls=now.calls,
        unread=dict(now.unread),
        missing=[*review.missing, *notes(now)],
        agents=_agents(now),
        codes=[_code(code, now, review.before) for code in CODES if now.wrong(code) or review.before.wrong(code)],
        spiking=[spike.code for spike in spikes(review.days, review.period.until)] if review.knows_days else [],
        tools=[_tool(name, tool) for name, tool in sorted(now.tools.items())],
        other_side=review.other_side,
        other_calls=review.other.calls if review.other else 0,
        differences=_differences(now, review.other),
        replies_differ=_replies_differ(now, review.other),
        resolved=now.resolved[True],
        unresolved=now.resolved[False],
        ended_well=now.well,
        handed_over=now.handed_over,
        left_waiting=now.left_waiting,
        numbers=len(people.visits),
        back_within_a_day=people.back_within(1),
        back_within_a_week=people.back_within(7),
        first_words=_waits(now.first_words),
        replies=_waits(now.replies),
        reported_p50s=_waits(now.reported_p50s),
        agent_spoke=now.speech_ms["agent"] / 1000,
        caller_spoke=now.speech_ms["caller"] / 1000,
        interruptions=now.interruptions,
        ends=dict(now.ends),
        cost=now.cost,
        costed=now.costed,
        sandbox=sandbox,
    )


def _agents(now: Summary) -> list[sent.AgentCount]:
    return [
        sent.AgentCount(agent_id=agent, version=version, name=now.names.get(agent, ""), calls=calls)
        for (agent, version), calls in now.agents.most_common()
    ]


def _code(code: str, now: Summary, before: Summary) -> sent.CodeCount:
    low, high = wilson(now.wrong(code), now.calls)
    example = now.examples.get(code)
    return sent.CodeCount(
        code=code,
        words=IN_WORDS[code],
        calls=now.wrong(code),
        critical=now.found[code, "critical"],
        of=now.calls,
        low=low,
        high=high,
        calls_before=before.wrong(code),
        of_before=before.calls,
        example=sent.Example(call_id=example.call_id, turn=example.turn) if example else sent.Example(),
    )


def _differences(now: Summary, other: Summary | None) -> list[sent.CodeDifference]:
    if other is None or not is_enough(now, other):
        return []
    return [
        sent.CodeDifference(
            code=each.code,
            people=each.hits,
            of=each.of,
            other_people=each.other_hits,
            other_of=each.other_of,
            low=each.interval.low,
            high=each.interval.high,
            is_sure=each.is_sure,
        )
        for each in differences(now, other)
    ]


def _replies_differ(now: Summary, other: Summary | None) -> sent.ReplyDifference | None:
    late = slower(now, other) if other is not None and is_enough(now, other) else None
    if late is None:
        return None
    return sent.ReplyDifference(
        by_ms=late.milliseconds, low=late.interval.low, high=late.interval.high, is_sure=late.is_sure
    )


def _tool(name: str, tool: ToolSummary) -> sent.ToolCount:
    began = onset(tool.days)
    return sent.ToolCount(
        name=name,
        calls=tool.calls,
        failed=tool.failed,
        failed_softly=tool.outcomes["failed softly"],
        p50=tool.seconds.percentile(50),
        p95=tool.seconds.percentile(95),
        failing_since=f"{datetime.fromtimestamp(began.day * DAY_S, UTC):%Y-%m-%d}" if began else "",
        then=dict(tool.then),
        example=sent.Example(call_id=tool.failure[1], turn=tool.failure[2]) if tool.failure else None,
    )


def _waits(of: Distribution) -> sent.Waits:
    at = {f"p{percent}": of.percentile(percent) for percent in (50, 90, 95, 99)}
    return sent.Waits(count=len(of), over_2_s=of.above(SLOW_REPLY_S), **at)
