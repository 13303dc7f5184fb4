from __future__ import annotations

from planted_calls import (
    START_MS,
    Body,
    agent,
    answered_at,
    caller,
    retell,
    stats,
)
from planted_faults import ASK, HELLO, THANKS, chat, found, planted, steady

PLANTED: dict[str, tuple[Body, str]] = {
    "a negative latency is inconsistent": (steady(stats(900), llm=stats(300, min=-1000)), "warn latency_inconsistent"),
    "a negative value among the values is inconsistent": (
        steady(stats(900, num=2, values=[900, -1])),
        "warn latency_inconsistent",
    ),
    "percentiles out of order by rounding are consistent": (steady(stats(900, 899.2)), ""),
    "percentiles out of order are inconsistent": (steady(stats(900, 800)), "warn latency_inconsistent"),
    "equal percentiles are consistent": (steady(stats(900, 900, max=900)), ""),
    "a count unlike the number of values is only noted": (
        steady(stats(900, num=12, values=[900.0, 950.0])),
        "info latency_inconsistent",
    ),
    "an end before the start is inconsistent": (
        chat(end_timestamp=START_MS - 5000, duration_ms=None),
        "warn clock_inconsistent",
    ),
    "a duration unlike end minus start is inconsistent": (
        chat(end_timestamp=START_MS + 20_000, duration_ms=18_900),
        "warn clock_inconsistent",
    ),
    "a duration in whole seconds is consistent": (chat(end_timestamp=START_MS + 20_000, duration_ms=19_000), ""),
    "a duration since the answer is consistent": (
        retell(
            agent("Hello there.", after=9.0),
            ASK,
            *THANKS,
            events=answered_at(8),
            end_timestamp=START_MS + 20_000,
            duration_ms=12_000,
        ),
        "",
    ),
    "words that go back in time are inconsistent": (
        chat(agent("I will ~-2.0~ look."), caller("Fine.")),
        "warn clock_inconsistent",
    ),
    "a transcript without turns is incomplete": (
        retell(transcript="Agent: Hello.\nUser: Bye.", transcript_with_tool_calls=[]),
        "info transcript_incomplete",
    ),
    "turns that hold less than the text are incomplete": (
        chat(transcript="Agent: " + "word " * 100),
        "warn transcript_incomplete",
    ),
    "turns that lack a few words of the text are complete": (
        retell(HELLO, ASK, transcript=f"Agent: {HELLO.text}\nUser: {ASK.text} Please and thanks"),
        "",
    ),
    "turns that lack a turn of the text are incomplete": (
        retell(HELLO, ASK, transcript=f"Agent: {HELLO.text}\nUser: {ASK.text}\nAgent: {THANKS[0].text}"),
        "warn transcript_incomplete",
    ),
    "turns that hold all of the text are complete": (
        retell(
            HELLO,
            ASK,
            transcript="Agent: Good morning, how can I help you?\nUser: I would like to book a table for two.",
        ),
        "",
    ),
    "half a minute after the last word may hold more": (chat(ends_after=31.0), "info transcript_incomplete"),
    "an opted-out call has no transcript to miss": (
        retell(transcript_with_tool_calls=[], opt_out_sensitive_data_storage=True),
        "",
    ),
}


@planted(PLANTED)
def test_a_planted_fault_of_data_is_found_and_its_near_miss_is_not(body: Body, codes: list[str]) -> None:
    assert found(body) == codes
