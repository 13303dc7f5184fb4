from __future__ import annotations

import json

from planted_calls import (
    Body,
    Used,
    agent,
    answer,
    caller,
    retell,
)
from planted_faults import ASK, BOOK, FAILED, HELLO, THANKS, chat, first, found, planted


def used(count: int, *arguments: str) -> list[Used]:
    return [Used("find", argument, after=0.05, takes=0.1) for argument in (arguments * count)[:count]]


FOR_TWO = answer(name="Kim", guests=2, time="20:00")


def credits_of(key: str, refused: float, *given: float) -> list[Used]:
    """A tool that fails for one number and then does its work for others, for one account."""
    asked = [json.dumps({"account": "A7", key: number, "reason": f"no. {number}"}) for number in (refused, *given)]
    return [
        Used("apply_credit", asked[0], FAILED, takes=0.2),
        *(Used("apply_credit", one, takes=0.2) for one in asked[1:]),
    ]


PLANTED: dict[str, tuple[Body, str]] = {
    "a tool marked failed is a failure": (chat(Used(BOOK, result="no table", successful=False)), "warn tool_failed"),
    "a failure in the content of a success is a soft one": (chat(Used(BOOK, result=FAILED)), "warn tool_soft_failure"),
    "a failure without a mark is a soft one": (
        chat(Used(BOOK, result=FAILED, successful=None)),
        "warn tool_soft_failure",
    ),
    "a failure nested in a success is a soft one": (
        chat(Used(BOOK, result=answer(success=True, data={"success": False}))),
        "warn tool_soft_failure",
    ),
    "an empty error is no failure": (
        chat(Used(BOOK, result=answer(success=True, error=None, errors=[], failed=0))),
        "",
    ),
    "a tool marked failed is not reported twice": (
        chat(Used(BOOK, result=FAILED, successful=False)),
        "warn tool_failed",
    ),
    "a failure that the same call puts right later is only worth knowing": (
        chat(Used(BOOK, FOR_TWO, "no table", successful=False), Used(BOOK, FOR_TWO)),
        "info tool_failed",
    ),
    "a soft failure that a corrected call puts right is too": (
        chat(Used(BOOK, FOR_TWO, FAILED), Used(BOOK, answer(name="Kim", guests=2, time="21:00"))),
        "info tool_soft_failure",
    ),
    "a success for somebody else puts nothing right": (
        chat(Used(BOOK, FOR_TWO, FAILED), Used(BOOK, answer(name="Lee", guests=2, time="20:00"))),
        "warn tool_soft_failure",
    ),
    "nor one with most arguments changed": (
        chat(Used(BOOK, FOR_TWO, FAILED), Used(BOOK, answer(name="Kim", guests=4, time="21:00"))),
        "warn tool_soft_failure",
    ),
    "nor one of another tool": (
        chat(Used(BOOK, FOR_TWO, FAILED), Used("put_on_list", FOR_TWO)),
        "warn tool_soft_failure",
    ),
    "nor one before it": (chat(Used(BOOK, FOR_TWO), Used(BOOK, FOR_TWO, FAILED)), "warn tool_soft_failure"),
    "nor one whose arguments nobody sent": (
        chat(Used(BOOK, "", FAILED), Used(BOOK, "")),
        "warn tool_soft_failure",
    ),
    "nor one that was never answered": (
        chat(Used(BOOK, FOR_TWO, FAILED), Used(BOOK, FOR_TWO, result=None)),
        "warn tool_soft_failure, warn tool_unanswered",
    ),
    "a credit refused at once and given in two steps is put right": (
        chat(*credits_of("amount", 32.5, 25, 7.5)),
        "info tool_soft_failure",
    ),
    "steps that do not add up to it put nothing right": (
        chat(*credits_of("amount", 32.5, 25, 7)),
        "warn tool_soft_failure",
    ),
    "days that happen to add up are no amounts": (chat(*credits_of("day", 12, 5, 7)), "warn tool_soft_failure"),
    "a tool without a result is unanswered": (chat(Used("notify", result=None)), "warn tool_unanswered"),
    "a tool that hangs up needs no result": (retell(HELLO, ASK, *THANKS, Used("end_call", result=None)), ""),
    "a tool that hangs up is known by its type": (
        retell(HELLO, *THANKS, Used("bye", result=None, kind="end_call")),
        "",
    ),
    "the same tool with the same arguments three times is repeated": (
        chat(*used(3, '{"day": 1, "time": 2}', '{"time": 2,  "day": 1}')),
        "warn tool_repeated",
    ),
    "twice is not": (chat(*used(2, '{"day": 1}')), ""),
    "three times with other arguments is not": (chat(*used(3, '{"day": 1}', '{"day": 2}', '{"day": 3}')), ""),
    "a tool of more than three seconds is slow": (
        chat(agent("One moment."), Used(BOOK, takes=3.1, after=-0.5), agent("Done.", after=-1.0), caller("Fine.")),
        "info slow_tool",
    ),
    "a tool of exactly three seconds is not": (
        chat(agent("One moment."), Used(BOOK, takes=3.0, after=-0.5), agent("Done.", after=-1.0), caller("Fine.")),
        "",
    ),
}


@planted(PLANTED)
def test_a_planted_fault_of_a_tool_is_found_and_its_near_miss_is_not(body: Body, codes: list[str]) -> None:
    assert found(body) == codes


def test_a_failure_that_was_put_right_says_where_and_how() -> None:
    failed, corrected = Used(BOOK, FOR_TWO, FAILED), Used(BOOK, answer(name="Kim", guests=2, time="21:00"))
    again = chat(failed, agent("One moment."), Used(BOOK, FOR_TWO), corrected)
    assert first(again, "tool_soft_failure").detail.endswith("; put right at t3")
    assert first(chat(failed, corrected), "tool_soft_failure").detail.endswith(
        "; went through at t2 only with time: 21:00"
    )


def test_a_tool_failure_before_the_first_word_stands_at_its_own_moment() -> None:
    failed = first(retell(Used("initialize", result=FAILED, after=0.5), HELLO, ASK, *THANKS), "tool_soft_failure")
    assert (failed.turn, failed.at_s) == (None, 0.5)
