from __future__ import annotations

import re

import pytest
from drawing import dear
from hypothesis import example, given
from hypothesis import strategies as st
from watched_call import LIVE, NOON, Flow, Watcher, _said, spoken

from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.sandbox import SCENARIOS, Scenario
from vobiz_mcp.tools.watch_call import POLL_S


@pytest.mark.parametrize("damaged", ["nonsense", "1.2", "1.2.abc.d.e.f", "1.2.abc...x" * 3])
def test_a_cursor_that_is_none_is_refused_with_what_to_do(damaged: str) -> None:
    with pytest.raises(InvalidArguments):
        Watcher(LIVE, cursor=damaged).watch()


def test_a_cursor_of_another_call_is_refused() -> None:
    watcher = Watcher(LIVE)
    watcher.watch()
    watcher.asked = {"call_uuid": "one-way-leg"}
    with pytest.raises(InvalidArguments, match="of another call"):
        watcher.watch()


def test_without_any_id_it_says_which_it_takes() -> None:
    with pytest.raises(InvalidArguments, match="call_uuid, a call_id or both"):
        Watcher({}).watch()


def test_a_look_that_is_behind_the_last_tells_nothing_twice() -> None:
    flow = Flow(agent=spoken("Hello.", "Yes?", "A cake."))
    _, first = flow.watch(call_id="c")
    flow.bodies["agent"] = spoken("Hello.", "Yes?")
    _, second = flow.watch(first.cursor, call_id="c")
    assert second.cursor == first.cursor
    flow.bodies["agent"] = spoken("Hello.", "Yes?", "A cake.", "Chocolate?")
    _, third = flow.watch(second.cursor, call_id="c")
    assert [change.line for change in third.changes] == ["t4 agent: Chocolate?"]


OPEN = [scenario for scenario in SCENARIOS if not scenario.agent.private]


@dear
@example(scenario=SCENARIOS[0], after=0.0, waits=[(0, 38.0), (0, 5.0), (1, 0.0)])
@given(
    scenario=st.sampled_from(OPEN),
    after=st.floats(0, 1),
    waits=st.lists(st.tuples(st.integers(0, 50), st.floats(0, 90)), min_size=1, max_size=8),
)
def test_following_the_cursors_from_any_moment_tells_every_change_once_and_in_order(
    scenario: Scenario, after: float, waits: list[tuple[int, float]]
) -> None:
    watcher = Watcher({"call_uuid": scenario.call_uuid, "call_id": scenario.call_id}, privacy="off")
    span = scenario.leg.rings + scenario.talk_seconds() + 40
    watcher.time.now = NOON + scenario.leg.placed + after * span
    _, first = watcher.watch(0)
    before = len(_said(scenario, watcher))
    story: list[str] = []
    facts = [(change.kind, change.line) for change in first.changes if change.kind not in ("turn", "tool")]
    for wait_seconds, pause in waits:
        _, record = watcher.watch(wait_seconds)
        assert record.left_out == 0
        story += [change.line for change in record.changes if change.kind in ("turn", "tool")]
        facts += [(change.kind, change.line) for change in record.changes if change.kind not in ("turn", "tool")]
        by_now = _said(scenario, watcher)
        watcher.time.now -= POLL_S  # an answer may be so old, if somebody else was given it
        a_moment_ago = _said(scenario, watcher)
        watcher.time.now += POLL_S + pause
    turns = [line.split(": ", 1)[1] for line in story if re.match(r"t\d+ ", line)]
    assert turns == [" ".join(text.split()) for text in by_now[before : before + len(turns)]]
    assert len(a_moment_ago) <= before + len(turns)
    assert len(set(story)) == len(story)
    assert len(set(facts)) == len(facts)
