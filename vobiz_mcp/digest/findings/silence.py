"""Nobody speaks: dead air, slow replies, a slow first word."""

from __future__ import annotations

from collections.abc import Iterator

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import Finding, graded
from vobiz_mcp.digest.findings.gaps_and_overlaps import Gap, Stretch, joined
from vobiz_mcp.digest.findings.thresholds import Thresholds
from vobiz_mcp.digest.findings.unanswered_end import asks, unanswered_end
from vobiz_mcp.digest.timeline.items import ToolCall
from vobiz_mcp.digest.wording.phrases import exact_seconds, place
from vobiz_mcp.digest.wording.phrases import joined as joined_words
from vobiz_mcp.digest.wording.safe_text import plain


def dead_air(case: Case) -> Iterator[Finding]:
    """Nobody speaks for long, between two words or from the last word to the end; the longest silence first."""
    for gap in sorted(silences(case), key=lambda gap: -gap.seconds):
        limits = case.limits
        rule = f"rule: {limits.dead_air_s:g} s, critical from {limits.dead_air_critical_s:g} s"
        yield Finding(
            "dead_air",
            graded(gap.seconds, limits.dead_air_warn_s, limits.dead_air_critical_s),
            gap.before.turn,
            gap.before.end,
            f"nobody spoke for {exact_seconds(gap.seconds)} ({rule}) {_meanwhile(case, gap)}; {_tools(case, gap)}",
            f"{exact_seconds(gap.seconds)} ({ran_meanwhile(case, gap)})",
        )


def silences(case: Case) -> list[Gap]:
    """The silences that are long enough to matter, also one that ends the call and left the caller waiting."""
    return [*case.dead_air, *unanswered_end(case)]


def longest_waits(case: Case, count: int) -> list[str]:
    """The longest silences and replies of a call, each with its turn, its seconds and what ran meanwhile."""
    gaps = {(gap.before.turn, gap.after.turn, gap.seconds): gap for gap in (*case.replies, *case.dead_air)}
    worst = sorted(gaps.values(), key=lambda gap: -gap.seconds)[:count]
    return [
        f"t{gap.before.turn} {place(gap.before.end)} {exact_seconds(gap.seconds)} {_meanwhile(case, gap)}; "
        f"{_tools(case, gap)}"
        for gap in worst
    ]


def awaited(case: Case, gap: Gap) -> str:
    """Who was expected to speak in a silence: `agent`, `caller` or another speaker."""
    before, after = gap.before, gap.after
    if before.speaker == "caller":
        return "caller" if after.turn == before.turn else "agent"
    if before.speaker != "agent" or after.speaker not in ("agent", "caller"):
        return after.speaker
    if after.turn == before.turn or _running(case, gap):
        return "agent"
    return "caller" if asks(case.told.utterances[before.turn - 1].text) else after.speaker


def _meanwhile(case: Case, gap: Gap) -> str:
    who = awaited(case, gap)
    if gap.after.speaker == "nobody":
        return f"from the caller's last word to the end of the call, with the {who} to speak"
    if gap.before.turn == gap.after.turn:
        return f"in the middle of what the {who} was saying"
    other = "agent" if who == "caller" else "caller"
    return f"while the {other} waited for the {who}"


def _tools(case: Case, gap: Gap) -> str:
    running = _running(case, gap)
    if not running:
        return "no tool was running"
    more = f" and {len(running) - 3} more" if len(running) > 3 else ""
    return ", ".join(dict.fromkeys(_ran(tool, gap) for tool in running[:3])) + more


def ran_meanwhile(case: Case, gap: Gap) -> str:
    """`get_order ran`, `4 tools ran`, `no tool ran`."""
    running = _running(case, gap)
    return (
        f"{len(running)} tools ran"
        if len(running) > 1
        else f"{plain(running[0].name, 40) if running else 'no tool'} ran"
    )


def _ran(tool: ToolCall, gap: Gap) -> str:
    name = plain(tool.name, 40)
    if tool.start is None:
        return f"{name} had just been called"
    if tool.end is None:
        return f"{name} was running without a result"
    meanwhile = min(tool.end, gap.after.start) - max(tool.start, gap.before.end)
    return f"{name} was running for {exact_seconds(meanwhile)} of it"


def _running(case: Case, gap: Gap) -> list[ToolCall]:
    return [tool for tool in case.told.tool_calls if _runs_in(tool, gap)]


def _runs_in(tool: ToolCall, gap: Gap) -> bool:
    """By its times; without them by its place between the turns on either side."""
    if tool.start is None:
        return gap.before.turn <= tool.after_turn < gap.after.turn
    end = tool.start if tool.end is None else tool.end
    return tool.start < gap.after.start and (end > gap.before.end or tool.result is None)


def slow_reply(case: Case) -> Iterator[Finding]:
    """The agent lets the caller wait for an answer, once badly or as a rule."""
    limits, replies, p50 = case.limits, case.replies, case.reply_p50
    slow = sum(seconds > limits.slow_reply_s for seconds in case.reply_s)
    if slow or (p50 is not None and p50 > limits.slow_reply_p50_s):
        worst = replies[case.reply_s.index(max(case.reply_s))]
        yield Finding(
            "slow_reply",
            graded(p50 or 0, limits.slow_reply_warn_p50_s),
            worst.before.turn,
            worst.before.end,
            f"{_how_slow(len(replies), slow, worst.seconds, p50, limits)} (rules: any over {limits.slow_reply_s:g} s, "
            f"p50 over {limits.slow_reply_p50_s:g} s)",
        )


def _how_slow(replies: int, slow: int, worst_s: float, p50: float | None, limits: Thresholds) -> str:
    """Which of the two rules fired, in words: some replies were late, or all of them a little."""
    median = "" if p50 is None else f"measured p50 {p50:.2f} s"
    if not slow:
        return f"{median} over {replies} replies, the slowest after {worst_s:.2f} s: late as a rule, none badly"
    late = f"{slow} of {replies} replies came after more than {limits.slow_reply_s:g} s"
    return joined_words([f"{late}, the slowest after {worst_s:.2f} s", median], "; ")


def slow_first_word(case: Case) -> Iterator[Finding]:
    """The agent does not begin after the call is answered, and the caller does not open it at length either."""
    first, wait = _first_stretch(case), first_word_s(case)
    if first is None or wait is None:
        return
    answered = case.told.answered
    since, event = (0.0, "the call's start") if answered is None else (answered, "the event Call started")
    if wait > case.limits.slow_first_word_s and not _caller_opens(case, since, first):
        yield Finding(
            "slow_first_word",
            graded(wait, case.limits.slow_first_word_warn_s),
            first.turn,
            first.start,
            f"the agent's first word came {exact_seconds(wait)} after {event} at {place(since)}, which counts as "
            f"answered (rule: over {case.limits.slow_first_word_s:g} s)",
        )


def first_word_s(case: Case) -> float | None:
    """Seconds from the answer, or else the call's start, to the agent's first word; None where no word times tell."""
    first = _first_stretch(case)
    if first is None or _spoke_untimed(case, first):
        return None
    return round(first.start - (case.told.answered or 0.0), 3)


def _first_stretch(case: Case) -> Stretch | None:
    return next((stretch for stretch in case.spoken if stretch.speaker == "agent"), None)


def _caller_opens(case: Case, since: float, first: Stretch) -> bool:
    """Whether a caller began in time and said more than a hello: then the agent's first word is a reply."""
    latest = since + case.limits.slow_first_word_s
    return any(
        stretch.start <= min(latest, first.start) and stretch.end - stretch.start >= case.limits.opening_s
        for stretch in joined(case.spoken)
        if stretch.speaker != "agent"
    )


def _spoke_untimed(case: Case, first: Stretch) -> bool:
    return any(said.speaker == "agent" and said.text.strip() for said in case.told.utterances[: first.turn - 1])
