"""How counts, shares, codes and examples read on the page of a review: never a percentage without its count."""

from __future__ import annotations

from typing import Final

from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.reviews.shares import Interval, wilson

IN_WORDS: Final = {
    "error_end": "the call broke or never connected",
    "tool_failed": "a tool failed",
    "tool_soft_failure": "a tool failed unmarked",
    "tool_unanswered": "a tool never answered",
    "instruction_like_text": "orders to the AI in speech or results",
    "no_agent_speech": "the agent said nothing",
    "no_caller_speech": "the caller said nothing",
    "cannot_hear": "the caller hears nothing",
    "dead_air": "long silence",
    "slow_reply": "slow replies",
    "slow_first_word": "late first word",
    "cut_off": "somebody was cut off",
    "talk_over": "both spoke at once",
    "agent_repeats": "the agent repeats itself",
    "tool_repeated": "one tool again and again",
    "slow_tool": "slow tool",
    "headline_misleads": "waits longer than reported",
    "latency_tail": "some replies far slower",
    "dominated_by": "one stage takes half the time",
    "handed_over": "handed over",
    "voicemail": "voicemail",
    "latency_inconsistent": "latency figures contradict",
    "clock_inconsistent": "times contradict",
    "transcript_incomplete": "transcript incomplete",
    "claim_without_deed": "said done, not done",
    "contradicts_tool": "says other than the tool",
    "unagreed_write": "changed without a yes",
    "unsourced_figure": "figure from nowhere",
    "asked_again": "asked for what was said",
    "request_dropped": "request forgotten",
    "person_refused": "a person was refused",
    "corrected": "caller corrects the agent",
    "upset": "caller upset",
}
"""Each code of a finding in a few words, for people who do not know the codes."""


def in_words(code: str) -> str:
    """`dead_air (long silence)`."""
    words = IN_WORDS.get(code, "")
    return f"{code} ({words})" if words.replace(" ", "_") not in ("", code) else code


def count(number: int, noun: str = "call") -> str:
    """`1 call`, `1,204 calls`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def share(hits: int, of: int, noun: str = "") -> str:
    """`31 of 207 calls (15 %, 11-21)` with an en dash: the share and its interval."""
    if not of:
        return "0 of 0"
    low, high = wilson(hits, of)
    named = f" {noun}" if noun else ""
    return f"{hits:,} of {of:,}{named} ({percent(hits / of)} %, {percent(low)}–{percent(high)})"


def bare_share(hits: int, of: int) -> str:
    """`2 of 205 (1 %)`."""
    return f"{hits:,} of {of:,} ({percent(hits / of)} %)" if of else "0 of 0"


def percent(value: float) -> str:
    """A share as whole percent; a decimal below one, so that little is not nothing."""
    return f"{value * 100:.1f}" if 0.0005 < value < 0.0095 else f"{value * 100:.0f}"


def points(interval: Interval, difference: float) -> str:
    """`+28 points (14 to 41)`."""
    return f"{difference * 100:+.0f} points ({interval.low * 100:.0f} to {interval.high * 100:.0f})"


def opens(call_id: str, turn: int) -> str:
    """`call_x t12`: a call to open and the turn to look at."""
    name = plain(call_id or "a call without id", 128)
    return f"{name} t{turn}" if turn else name


def seconds(value: float | None) -> str:
    """`0.84 s`; `?` where nothing was measured."""
    return "?" if value is None else f"{value:.2f} s" if value < 10 else f"{value:.0f} s"
