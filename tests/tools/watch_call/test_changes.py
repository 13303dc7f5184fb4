from __future__ import annotations

import re

from o200k import count
from watched_call import Flow, Watcher, _said, spoken

from vobiz_mcp.sandbox import SCENARIOS


def test_the_first_look_tells_where_a_long_talk_stands_and_what_it_leaves_out() -> None:
    watcher = Watcher({"call_id": "call_support"})
    text, record = watcher.watch()
    assert record.left_out > 100
    assert re.search(r'… \d+ before: get_agent_call\(turns="1-\d+"\)', text)
    assert count(text) < 1500


def test_many_facts_that_are_alike_are_told_by_two_and_their_names() -> None:
    streams = [{"stream_id": f"s{number}", "status": "in-progress"} for number in range(60)]
    flow = Flow(live={"call_uuid": "c", "call_status": "ACTIVE"}, streams={"objects": streams})
    text, record = flow.watch(call_uuid="c")
    assert text.splitlines()[1:4] == [
        "stream s0 in-progress",
        "stream s1 in-progress",
        "… 58 more streams: s2, s3, s4, s5, s6, s7, s8, s9, …",
    ]
    assert sum(change.kind == "stream" for change in record.changes) == 60


def test_many_new_turns_fit_an_answer_and_the_rest_is_counted() -> None:
    watcher = Watcher({"call_id": "call_support"})
    watcher.cursor = _beginning(watcher.watch()[1].cursor)
    text, record = watcher.watch()
    assert 1000 < count(text) < 2200
    turns = [int(number) for number in re.findall(r"^t(\d+) ", text, re.MULTILINE)]
    gap = re.search(r'… (\d+) before: get_agent_call\(turns="1-(\d+)"\)', text)
    assert gap
    assert int(gap[1]) == record.left_out
    assert int(gap[2]) + 1 >= turns[0]


def _beginning(cursor: str) -> str:
    """The cursor of somebody who knows the states and has read nothing."""
    return ".".join(["0", *cursor.split(".")[1:5], "", ""])


def test_speech_of_an_opted_out_call_is_never_told() -> None:
    watcher = Watcher({"call_id": "call_private"})
    text, record = watcher.watch()
    assert "opted out" in text
    said = [line for scenario in SCENARIOS if scenario.name == "private" for line in _said(scenario, watcher)]
    assert said
    assert not [line for line in said if line in text or line in record.model_dump_json()]


def test_a_turn_that_grew_after_it_was_told_is_told_again() -> None:
    flow = Flow(agent=spoken("Hello."))
    _, first = flow.watch(call_id="c")
    flow.bodies["agent"] = spoken("Hello. How can I help?", "Are you there?")
    _, second = flow.watch(first.cursor, call_id="c")
    assert [change.line for change in second.changes] == [
        "t1 agent: Hello. How can I help?",
        "t2 agent: Are you there?",
    ]


def test_turns_that_are_joined_afterwards_take_no_later_turn_away() -> None:
    flow = Flow(agent=spoken("Hello.", "I", "need", "a cake."))
    _, first = flow.watch(call_id="c")
    flow.bodies["agent"] = spoken("Hello.", "I need a cake.")
    _, second = flow.watch(first.cursor, call_id="c")
    flow.bodies["agent"] = spoken("Hello.", "I need a cake.", "Which one?", "Lemon.")
    _, third = flow.watch(second.cursor, call_id="c")
    told = [change.line for record in (second, third) for change in record.changes]
    assert told == ["t2 agent: I need a cake.", "t3 agent: Which one?", "t4 agent: Lemon."]


def test_a_state_that_comes_back_is_told_again() -> None:
    lines, cursor = [], ""
    for state in ("ACTIVE", "HELD", "ACTIVE"):
        _, record = Flow(live={"call_uuid": "c", "call_status": state}).watch(cursor, call_uuid="c")
        lines += [change.line for change in record.changes]
        cursor = record.cursor
    assert lines == ["call ACTIVE", "call HELD", "call ACTIVE"]


def test_a_tool_is_told_when_it_is_asked_and_when_it_answers() -> None:
    asked: dict[str, object] = {
        "role": "tool_call_invocation",
        "tool_call_id": "1",
        "name": "look_up",
        "arguments": "{}",
    }
    answered = {"role": "tool_call_result", "tool_call_id": "1", "content": '{"found": 2}'}
    flow = Flow(agent={"call_id": "c", "call_status": "ONGOING", "transcript_with_tool_calls": [asked]})
    _, first = flow.watch(call_id="c")
    flow.bodies["agent"] = {"call_id": "c", "call_status": "ONGOING", "transcript_with_tool_calls": [asked, answered]}
    _, second = flow.watch(first.cursor, call_id="c")
    tools = [change.line for record in (first, second) for change in record.changes if change.kind == "tool"]
    assert tools == ["  tool look_up({}) → no result yet", '  tool look_up(…) → ok: {"found": 2}']


def test_a_leg_and_an_agent_call_that_are_two_calls_are_told_apart_once() -> None:
    watcher = Watcher({"call_uuid": "booking-leg", "call_id": "call_dispute"})
    text, record = watcher.watch()
    assert "check: the carrier's call is from 14155550142, the agent call from +12125550177: another call's?" in text
    watcher.cursor = record.cursor
    assert "another call's" not in watcher.watch()[0]


def test_the_two_halves_of_one_call_are_told_without_a_doubt() -> None:
    for scene in SCENARIOS:
        if scene.call_uuid and scene.call_id and scene.call_id != "call_live":
            text, _ = Watcher({"call_uuid": scene.call_uuid, "call_id": scene.call_id}).watch()
            assert "another call's" not in text
