"""What a finding is, in the few plain words that a picture has room for; the glossary says more of each."""

from __future__ import annotations

from typing import Final

TITLES: Final = {
    "error_end": "The call broke",
    "tool_failed": "A tool failed",
    "tool_soft_failure": "A tool failed, though marked ok",
    "tool_unanswered": "A tool never answered",
    "instruction_like_text": "Words that read like an order to an AI",
    "no_agent_speech": "The agent said nothing",
    "no_caller_speech": "The caller said nothing",
    "cannot_hear": "The caller hears nothing",
    "dead_air": "Nobody spoke",
    "slow_reply": "Late replies",
    "slow_first_word": "A late first word",
    "cut_off": "Cut off in the middle",
    "talk_over": "Both spoke at once",
    "agent_repeats": "The agent goes in circles",
    "tool_repeated": "One tool called again and again",
    "slow_tool": "A slow tool",
    "headline_misleads": "The reported latency hides a wait",
    "latency_tail": "A few replies far slower than the rest",
    "dominated_by": "One stage takes most of the time",
    "handed_over": "Somebody else took over",
    "voicemail": "A machine answered",
    "latency_inconsistent": "Reported figures contradict each other",
    "clock_inconsistent": "Reported times contradict each other",
    "transcript_incomplete": "Part of the transcript is missing",
    "claim_without_deed": "Said to be done, and no tool did it",
    "contradicts_tool": "Told otherwise than the tool returned",
    "unagreed_write": "Changed otherwise than agreed",
    "unsourced_figure": "An amount that nothing bears out",
    "asked_again": "Asked for what was given already",
    "corrected": "The caller corrected the agent",
    "person_refused": "Asked for a person and got none",
    "request_dropped": "A request that nobody came back to",
    "upset": "The caller is upset",
}


def title(code: str) -> str:
    """`Nobody spoke` for `dead_air`; of a code without a title its words."""
    return TITLES.get(code, code.replace("_", " ").capitalize())
