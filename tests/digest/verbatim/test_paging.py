"""Some turns of a call, page by page."""

from __future__ import annotations

import json
import re

import pytest
from o200k import count
from planted_calls import Line, Used, agent, caller, record, retell

from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.errors import InvalidArguments

STORY = " ".join(f"On day {day} we drove to the town of Marwick and back again." for day in range(1, 60))
SHORT = [agent(f"This is what I have to say about wish {wish}.") for wish in range(1, 40)]


def page(*script: Line, turns: str, max_tokens: int = 300) -> list[str]:
    """The lines of a page below its head, which is two lines."""
    text = condense(record(retell(*script, duration_ms=60_000)), max_tokens, turns=turns)
    assert count(text) <= max_tokens
    return text.split("\n")[2:]


def test_a_page_is_as_full_as_its_budget_allows_and_says_where_the_rest_begins() -> None:
    *lines, foot = page(*SHORT, turns="3-30")
    assert [line.split()[0] for line in lines] == [f"t{turn}" for turn in range(3, 3 + len(lines))]
    assert foot == f'… t{len(lines) + 3} to t30 do not fit; turns="{len(lines) + 3}-30" shows them'
    assert count("\n".join(lines)) > 300 * 0.6


def test_turn_after_turn_the_pages_make_up_the_whole() -> None:
    turns, seen = "1-39", list[str]()
    while turns:
        *lines, last = page(*SHORT, turns=turns)
        hint = re.search(r'turns="([\d-]+)" shows them$', last)
        turns = hint[1] if hint else ""
        seen += lines if hint else [*lines, last]
    assert [line.split(" agent: ")[1] for line in seen] == [said.text for said in SHORT]


def test_of_a_first_turn_that_is_too_long_alone_the_first_sentences_are_shown_and_where_the_next_turn_is() -> None:
    told, foot = page(agent(STORY), caller("Fine."), agent("Bye."), turns="1-3")
    said = told.removeprefix("t1 0:00.6 agent: ").removesuffix(" … (too long for max_tokens)")
    assert STORY.startswith(said)
    assert said.endswith("back again.")
    assert foot == '… t2 to t3 do not fit; turns="2-3" shows them'
    assert count(told) > 300 * 0.6


def test_a_last_turn_that_is_too_long_has_no_rest_to_go_on_with() -> None:
    (told,) = page(caller("Hello?"), agent(STORY), turns="2")
    assert told.startswith("t2 0:01.3 agent: On day 1 we drove")
    assert told.endswith("back again. … (too long for max_tokens)")


def test_a_turn_too_long_for_its_first_sentence_is_named_all_the_same() -> None:
    endless = " ".join(f"marwick{word}" for word in range(400))
    assert page(agent(endless), caller("Fine."), turns="1-2") == [
        "… (too long for max_tokens)",
        '… t2 to t2 do not fit; turns="2-2" shows them',
    ]


def test_what_was_said_comes_before_what_tools_answered_and_of_that_what_matters_most() -> None:
    rows = [{"room": f"room {n}", "view": "of the garden and of the sea"} for n in range(40)]
    answer = json.dumps({"rooms": rows, "total": "412.50"})
    used = [Used("book_room", '{"room": "2"}', answer), Used("find_rooms", '{"town": "Marwick"}', answer)]
    note, *lines = page(caller("A room."), *used, *SHORT[:3], turns="1-4", max_tokens=400)
    assert note == "… in a tool's line: more max_tokens shows it whole"
    assert [line.split()[0] for line in lines] == ["t1", "tool", "tool", "t2", "t3", "t4"]
    assert "total: 412.50, …" in lines[1]


@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        *(("1", "1"), ("t1", "1"), ("-1", "3"), ("-2", "2 3"), ("-3", "1 2 3"), ("-9", "1 2 3")),
        *(
            ("2-3", "2 3"),
            ("t2 - t3", "2 3"),
            ("3-1", "1 2 3"),
            ("0-1", "1"),
            ("2-", "2 3"),
            ("t3-", "3"),
            ("3-90", "3"),
        ),
    ],
)
def test_turns_are_a_range_a_turn_or_the_last_ones(turns: str, shown: str) -> None:
    lines = page(agent("One."), caller("Two."), agent("Three."), turns=turns)
    assert [line.split()[0] for line in lines] == [f"t{turn}" for turn in shown.split()]


def test_what_is_no_range_is_refused_with_what_is_one() -> None:
    for turns in ("first", "0", "1-2,4", "-"):
        with pytest.raises(InvalidArguments) as caught:
            page(agent("One."), turns=turns)
        assert caught.value.message == (
            'turns takes one range of turns, counted from 1: "12-40", "14", "12-" to the end, or "-10" for the last ten'
        )


def test_a_call_without_the_turns_says_how_many_it_has() -> None:
    for turns, said in (("7-9", "the call has 1"), ("2", "the call has 1")):
        text = condense(record(retell(agent("One."))), turns=turns)
        assert text.endswith(f": {said}")
    assert condense(record(retell()), turns="1-2").endswith("there are no turns 1 to 2: the call has none to show")
    assert condense(record(retell()), turns="-2").endswith(": the call has none to show")
