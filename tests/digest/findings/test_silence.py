from __future__ import annotations

import pytest
from planted_calls import (
    Body,
    Line,
    Pressed,
    Used,
    agent,
    answered_at,
    caller,
    record,
    retell,
    target,
    zudu,
)
from planted_faults import ASK, BOOK, HELLO, TALK_OVER, THANKS, chat, first, found, monologue, planted, replies

from vobiz_mcp.digest.examine import examine

SLOW = agent("Here you are.", after=2.5)


PLANTED: dict[str, tuple[Body, str]] = {
    "three seconds of nobody speaking are dead air": (monologue(3.0), "info dead_air"),
    "just under three seconds are not dead air": (monologue(2.99), ""),
    "eight seconds of nobody speaking are critical": (monologue(8.0), "critical dead_air"),
    "just under seven seconds explain": (monologue(6.99), "info dead_air"),
    "seven seconds hurt": (monologue(7.0), "warn dead_air"),
    "just under eight seconds are not critical": (monologue(7.99), "warn dead_air"),
    "a caller who takes four seconds to answer leaves dead air": (
        chat(agent("For when?"), caller("Tonight.", after=4.0)),
        "info dead_air",
    ),
    "a caller who takes two seconds to answer does not": (chat(agent("For when?"), caller("Tonight.", after=2.0)), ""),
    "a pause of three seconds inside one utterance is dead air": (
        chat(agent("I see that ~3.2~ there is one."), caller("Fine.")),
        "info dead_air",
    ),
    "a shorter pause inside one utterance is not": (chat(agent("I see that ~2.9~ there is one."), caller("Fine.")), ""),
    "consecutive utterances split by a tool are one turn": (
        chat(agent("Let me"), Used(BOOK, takes=0.3), agent("look for it.", after=0.2), caller("Fine.")),
        "",
    ),
    "silence over a running tool is dead air": (
        chat(agent("Let me look."), Used(BOOK, takes=2.5), agent("Yes.", after=1.0), caller("Fine.")),
        "info dead_air",
    ),
    "a silence that an utterance without times may fill is not judged": (
        chat(agent("Let me look."), agent("One more moment.", timed=0), agent("Yes.", after=6.0), caller("Fine.")),
        "info transcript_incomplete",
    ),
    "a silence in which the caller presses keys is not judged": (
        chat(agent("Enter your code."), Pressed("4"), agent("Thank you.", after=6.0), caller("Fine.")),
        "",
    ),
    "a call without word times says nothing about silence": (
        retell(agent("Hello.", timed=0), caller("Hi.", timed=0), agent("Bye.", after=30.0, timed=0)),
        "",
    ),
    "a caller left without an answer until the call ends is dead air too": (
        retell(HELLO, ASK, agent("One moment."), caller("Are you there?"), ends_after=6.0),
        "warn cut_off, info dead_air",
    ),
    "a caller who asked without a question mark and hung up on silence is left waiting": (
        retell(HELLO, caller("Please find me a house for one person."), ends_after=16.0),
        "critical dead_air",
    ),
    "a tool that runs after his last words is no answer to them": (
        retell(HELLO, ASK, agent("For when?"), caller("Tonight."), Used(BOOK, takes=9.0), ends_after=1.0),
        "critical dead_air, warn slow_tool",
    ),
    "a tool that never answers is none either": (
        retell(HELLO, ASK, agent("For when?"), caller("Tonight."), Used(BOOK, result=None), ends_after=9.0),
        "critical dead_air, warn tool_unanswered",
    ),
    "thanks for what is still to be done are no goodbye while the agent works on it": (
        retell(HELLO, ASK, agent("Shall I?"), caller("Yes, please go ahead. Thank you!"), Used(BOOK), ends_after=8.5),
        "critical dead_air",
    ),
    "a request in Hindi that nobody answers is dead air": (
        retell(HELLO, caller("मुझे एक टेबल चाहिए।"), ends_after=9.0),
        "critical dead_air",
    ),
    "thanks for what is said already are one": (
        retell(HELLO, ASK, agent("It opens at eight."), caller("Thank you, please keep it so."), ends_after=9.0),
        "",
    ),
    "that is all is no request": (
        retell(HELLO, ASK, agent("Anything else?"), caller("No, that's all I need, please."), ends_after=9.0),
        "",
    ),
    "an okay after which the agent notes something is none": (
        retell(HELLO, ASK, agent("We close at ten."), caller("Okay, great."), Used("add_note"), ends_after=9.0),
        "",
    ),
    "who needs to go, to think, or to be left alone wants nothing": (
        retell(HELLO, ASK, agent("For when?"), caller("I need to go now."), ends_after=9.0),
        "",
    ),
    "nor does who asks not to be called": (retell(HELLO, caller("Please don't call me."), ends_after=9.0), ""),
    "nor a machine that takes messages": (
        retell(HELLO, caller("Please leave your message after the tone."), ends_after=9.0),
        "",
    ),
    "who hangs up two seconds after his request did not wait": (
        retell(HELLO, ASK, agent("For when?"), caller("Tonight, please."), ends_after=2.9),
        "",
    ),
    "a request after which the agent's side ends the call is another matter": (
        retell(HELLO, caller("I need a table."), ends_after=9.0, disconnection_reason="agent_hangup"),
        "",
    ),
    "a caller on the way to a person does not wait for the agent": (
        retell(HELLO, caller("I need a person, please."), Used("transfer_call"), ends_after=9.0),
        "info handed_over",
    ),
    "a late hang-up after goodbye is not dead air": (chat(ends_after=20.0), ""),
    "a caller who is gone until the inactivity limit leaves dead air": (
        chat(ends_after=12.0, disconnection_reason="inactivity"),
        "critical dead_air",
    ),
    "a reply later than two seconds is slow": (replies(0.5, 0.6, 2.1), "info slow_reply"),
    "a reply after exactly two seconds is not": (replies(0.5, 0.6, 2.0), ""),
    "a median above 1.1 seconds is slow": (replies(0.6, 1.11, 1.2), "info slow_reply"),
    "a median of exactly 1.1 seconds is not": (replies(0.6, 1.1, 1.9), ""),
    "a reply of three and a half seconds is slow and dead air": (
        replies(0.5, 0.6, 3.5),
        "info dead_air, info slow_reply",
    ),
    "a caller's mhm inside the agent's speech awaits no reply": (
        chat(
            agent(f"{TALK_OVER}, and then straight on."),
            caller("Mhm.", after=-2.0),
            agent("Got it?", after=2.8),
            caller("Yes."),
        ),
        "",
    ),
    "a first word more than four seconds after the start is slow": (
        retell(agent("Hello there.", after=4.1), ASK, *THANKS),
        "info slow_first_word",
    ),
    "a first word after exactly four seconds is not": (retell(agent("Hello there.", after=4.0), ASK, *THANKS), ""),
    "ringing before the answer is not waited": (
        retell(agent("Hello there.", after=13.9), ASK, *THANKS, events=answered_at(10)),
        "",
    ),
    "a first word late after the event Call started is slow": (
        retell(agent("Hello there.", after=14.1), ASK, *THANKS, events=answered_at(10)),
        "info slow_first_word",
    ),
    "a caller who opens the call at length makes the first word a reply": (
        retell(
            caller("Hello, I have a question about the bill that came today.", after=1.0),
            agent("Sure.", after=1.0),
            *THANKS,
        ),
        "",
    ),
    "a caller who says hello into the void does not": (
        retell(
            caller("Hello?", after=2.0), caller("Hello?", after=1.5), agent("Hello there.", after=0.9), ASK, *THANKS
        ),
        "info slow_first_word",
    ),
    "a silence after words that cover only a part of the text is not judged": (
        chat(agent("Your table is booked for tonight at eight.", timed=1), agent("Fine?", after=6.0), caller("Fine.")),
        "info transcript_incomplete",
    ),
    "words on another clock say nothing about silence": (
        chat(agent("Let me look.", after=100_000.0), caller("Fine."), end_timestamp=None, duration_ms=None),
        "warn clock_inconsistent, info transcript_incomplete",
    ),
    "a question just before the end is cut off without dead air": (
        retell(HELLO, ASK, agent("One moment."), caller("Are you there?"), ends_after=2.9),
        "warn cut_off",
    ),
    "an agent who spoke last does not wait for itself": (
        retell(HELLO, ASK, agent("Are you still there?"), ends_after=12.0, disconnection_reason="inactivity"),
        "",
    ),
}


@planted(PLANTED)
def test_a_planted_silence_is_found_and_its_near_miss_is_not(body: Body, codes: list[str]) -> None:
    assert found(body) == codes


@pytest.mark.parametrize("body", [body for body, _ in PLANTED.values()], ids=PLANTED)
def test_a_silence_is_told_alike_in_both_shapes_of_a_call(body: Body) -> None:
    assert [finding.line() for finding in examine(record(zudu(body))) if finding.code == "dead_air"] == [
        finding.line() for finding in examine(record(body)) if finding.code == "dead_air"
    ]


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ((ASK, SLOW), "replies came after"),
        ((agent("For when?"), caller("Tonight.", after=4.0)), "while the agent waited for the caller"),
        ((agent("Look."), agent("Yes.", after=4.0)), "while the caller waited for the agent"),
        ((caller("Hm ~4.0~ well.", after=0.2),), "in the middle of what the caller was saying"),
        ((agent("Look."), Used(BOOK, takes=2.0), caller("So?", after=2.0)), "while the caller waited for the agent"),
        ((agent("Look."), Used(BOOK, takes=2.0), agent("Yes.", after=2.0)), "book_table was running for 2.0 s of it"),
        ((agent("Look."), Used(BOOK, timed=False), agent("Yes.", after=4.0)), "book_table had just been called"),
        ((agent("For when?"), agent("Are you there?", after=4.0)), "while the agent waited for the caller"),
        ((Used(BOOK, takes=0.5, after=-0.6), agent("Look."), agent("Yes.", after=4.0)), "no tool was running"),
        ((agent("Look."), Used(BOOK, result=None), agent("Yes.", after=4.0)), "was running without a result"),
        ((agent("Look."), target("Hello.", after=4.0)), "while the caller waited for the transfer target"),
    ],
)
def test_silence_says_who_was_expected_and_whether_a_tool_ran(script: tuple[Line, ...], says: str) -> None:
    details = [f.detail for f in examine(record(chat(*script))) if f.code in ("dead_air", "slow_reply")]
    assert any(says in detail for detail in details)


def test_slow_replies_are_counted_and_the_worst_is_placed() -> None:
    slow = first(replies(0.5, 2.2, 0.6, 2.8, 0.7), "slow_reply")
    assert slow.detail.startswith(
        "2 of 5 replies came after more than 2 s, the slowest after 2.80 s; measured p50 0.70 s"
    )
    assert slow.turn == 8


def test_the_first_word_says_which_event_counts_as_answered() -> None:
    rang = retell(agent("Hello.", after=15.0), ASK, *THANKS, events=answered_at(10))
    assert "5.0 s after the event Call started at 0:10" in first(rang, "slow_first_word").detail
    assert (
        "5.0 s after the call's start at 0:00"
        in first(retell(agent("Hello.", after=5.0), ASK, *THANKS), "slow_first_word").detail
    )


def test_the_longest_silence_comes_first() -> None:
    body = chat(agent("Look."), agent("Yes.", after=3.5), caller("Fine."), agent("Now."), agent("Done.", after=5.0))
    told = [finding.detail.split(" (")[0] for finding in examine(record(body)) if finding.code == "dead_air"]
    assert told == ["nobody spoke for 5.0 s", "nobody spoke for 3.5 s"]
