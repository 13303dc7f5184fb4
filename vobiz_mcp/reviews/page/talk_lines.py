"""Tools, outcomes, waits, talk, ends and cost of many calls, as lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from vobiz_mcp.digest.wording.phrases import joined
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.reviews.changes.onset import onset
from vobiz_mcp.reviews.distribution import Distribution
from vobiz_mcp.reviews.page.wording import bare_share, count, opens, seconds, share
from vobiz_mcp.reviews.row import SLOW_REPLY_S
from vobiz_mcp.reviews.summary import Summary
from vobiz_mcp.reviews.tool_summary import DAY_S, ToolSummary

_MINUTES_MS = 120_000
"""From then on speech is told in whole minutes."""
_NAMED = 6
"""Tools that are named although none of their calls failed."""


def tool_lines(now: Summary) -> Iterator[str]:
    """A line for each tool that failed, the one that did most often first, and one for the others."""
    ranked = sorted(now.tools.items(), key=lambda tool: (-tool[1].failed, -tool[1].calls, tool[0]))
    yield from (_failing(name, tool) for name, tool in ranked if tool.failed)
    good = [(name, tool) for name, tool in ranked if not tool.failed]
    if good:
        more = f" and {len(good) - _NAMED} more" if len(good) > _NAMED else ""
        yield f"none failed: {', '.join(f'{plain(name, 60)} {_used(tool)}' for name, tool in good[:_NAMED])}{more}"


def _failing(name: str, tool: ToolSummary) -> str:
    return f"{plain(name, 60)}: {joined([_failures(tool), _since(tool), _speed(tool), _then(tool)], '; ')}"


def _used(tool: ToolSummary) -> str:
    p95 = tool.seconds.percentile(95)
    return f"{count(tool.calls)}{_unanswered(tool)}" + ("" if p95 is None else f" p95 {seconds(p95)}")


def _speed(tool: ToolSummary) -> str:
    took = tool.seconds
    return f"p50 {seconds(took.percentile(50))}, p95 {seconds(took.percentile(95))}" if len(took) else ""


def _unanswered(tool: ToolSummary) -> str:
    silent = tool.outcomes["no result"]
    return f", {silent:,} without a result" if silent else ""


def _failures(tool: ToolSummary) -> str:
    """`failed 15 of 84 (18 %, 11-27), 3 of them softly`."""
    softly = tool.outcomes["failed softly"]
    return (
        f"failed {share(tool.failed, tool.calls)}{f', {softly:,} of them softly' if softly else ''}{_unanswered(tool)}"
    )


def _since(tool: ToolSummary) -> str:
    """Since which day it fails so often; "" where no day stands out."""
    began = onset(tool.days)
    if began is None:
        return ""
    day = datetime.fromtimestamp(began.day * DAY_S, UTC)
    before = bare_share(began.failed_before, began.of_before)
    return f"SINCE {day:%a %Y-%m-%d} {bare_share(began.failed, began.of)}, before {before}"


def _then(tool: ToolSummary) -> str:
    """What callers did after a failure, and one to open."""
    if tool.failure is None:
        return ""
    told = ", ".join(f"{did} in {number:,}" for did, number in sorted(tool.then.items()))
    return f"then the caller {told}; {opens(*tool.failure[1:])}"


def outcome_lines(now: Summary) -> Iterator[str]:
    """Whether callers got what they called for: by the platform, by calling again, by giving up."""
    judged = now.resolved.total()
    if judged:
        yield f"not successful, as the platform judges: {share(now.resolved[False], judged)}"
    numbers = len(now.people.visits)
    if numbers:
        day, week = now.people.back_within(1), now.people.back_within(7)
        again = share(day, numbers, "numbers")
        yield f"same number back within a day: {again}; within a week: {share(week, numbers)}"
    if now.left_waiting:
        yield f"hung up after a long silence: {share(now.left_waiting, now.calls)}"


def wait_lines(now: Summary) -> Iterator[str]:
    """What callers waited, measured from their last word on, beside what the platform reports."""
    first, replies, reported = now.first_words, now.replies, now.reported_p50s
    if len(replies):
        slow = share(replies.above(SLOW_REPLY_S), len(replies))
        yield f"replies: {_percentiles(replies, 50, 90, 95, 99)}; over {SLOW_REPLY_S:g} s {slow}"
    if len(reported):
        at = seconds(reported.percentile(50))
        yield f"the platform reports p50 {at} (the median of {count(len(reported))})"
    if len(first):
        yield f"first word of the agent: {_percentiles(first, 50, 95)} ({count(len(first))})"


def _percentiles(of: Distribution, *percents: int) -> str:
    return ", ".join(f"p{percent} {seconds(of.percentile(percent))}" for percent in percents)


def talk_lines(now: Summary) -> Iterator[str]:
    """Who spoke, who broke in, who had to say things again."""
    agent, spoken = now.speech_ms["agent"], now.speech_ms["agent"] + now.speech_ms["caller"]
    if spoken:
        speech = f"{spoken / 60_000:,.0f} min" if spoken >= _MINUTES_MS else seconds(spoken / 1000)
        yield f"the agent spoke {agent / spoken * 100:.0f} % of {speech} of speech"
    yield f"interruptions: {now.interruptions:,} on {share(now.interrupted, now.calls, 'calls')}"
    asked = now.wrong("asked_again") + now.found["asked_again", "info"]
    repeats = share(now.wrong("agent_repeats"), now.calls, "calls")
    yield f"the agent repeats itself on {repeats}, asks again on {share(asked, now.calls)}"


def end_lines(now: Summary) -> Iterator[str]:
    """How calls ended, and what they cost."""
    if now.ends:
        ways = ", ".join(
            f"{way} {number:,}" for way, number in sorted(now.ends.items(), key=lambda end: (-end[1], end[0]))
        )
        over = now.ends.total()
        yield f"ended: {ways}; handed over {share(now.handed_over, over)}; ended well {share(now.well, over)}"
    if now.costed:
        well = f", {now.cost / now.costed_well:.4f} per call that ended well" if now.costed_well else ""
        each = now.cost / now.costed
        yield f"cost as reported, currency not stated: {now.cost:,.2f} for {count(now.costed)}, {each:.4f} a call{well}"
