from __future__ import annotations

from typing import Any

import pytest

from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.record import Record
from vobiz_mcp.records.stream import StreamList


@pytest.mark.parametrize(
    ("record", "tree", "warnings"),
    [
        pytest.param(LiveCall, {"call_uuid": {}, "direction": "inbound"}, ["call_uuid"], id="at the top"),
        pytest.param(AgentCall, {"call_cost": {"combined_cost": []}}, ["call_cost.combined_cost"], id="inside"),
        pytest.param(
            AgentCall, {"latency": {"e2e": {"p50": "slow"}, "llm": 4}}, ["latency.e2e.p50", "latency.llm"], id="by stage"
        ),
        pytest.param(
            AgentCall,
            {"transcript_object": [{"role": "user"}, 5, {"role": {}}, "x", {"content": "last"}]},
            ["transcript_object[1]", "transcript_object[2].role", "transcript_object[3]"],
            id="in a list",
        ),
        pytest.param(AgentCall, {"latency": {"e2e": {"values": [1, "x", 3, []]}}},
            ["latency.e2e.values[1]", "latency.e2e.values[3]"], id="numbers in a list"),
        pytest.param(StreamList, {"streams": [{"bidirectional": []}], "total": "many"},
            ["streams[0].bidirectional", "total"], id="in a record of a list"),
        pytest.param(LiveCall, {"call_state": 1.5, "session_start": [], "call_duration": "long"},
            ["call_duration", "session_start"], id="a number is text, text no number"),
        pytest.param(
            AgentCall,
            {"transcript_object": [{}, 5, {"speech": 5, "words": "x"}]},
            ["transcript_object[1]", "transcript_object[2].speech", "transcript_object[2].words"],
            id="behind an item that was left out",
        ),
        pytest.param(LiveCall, {"warnings": 5, "call_uuid": "a"}, ["warnings"], id="a field that is ours"),
    ],
)  # fmt: skip
def test_a_field_of_a_wrong_type_is_left_out_alone_and_named(
    record: type[Record], tree: Any, warnings: list[str]
) -> None:
    assert record.read(tree).warnings == warnings


def test_what_stands_beside_a_wrong_item_of_a_list_is_kept() -> None:
    call = AgentCall.read({"transcript_object": [{"content": "a"}, 5, {"role": {}, "content": "b"}, {"content": "c"}]})
    assert [entry.content for entry in call.transcript_object] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("tree", "state", "warnings"),
    [
        ({"call_state": {}, "call_status": "queued"}, "queued", ["call_state"]),
        ({"call_state": {}, "call_status": [], "status": "live"}, "live", ["call_state", "call_status"]),
        ({"call_state": None, "call_status": "queued"}, "queued", []),
    ],
)
def test_another_name_of_a_field_stands_in_for_one_of_a_wrong_type(tree: Any, state: str, warnings: list[str]) -> None:
    call = LiveCall.read(tree)
    assert (call.state, call.warnings) == (state, warnings)


def test_a_wrong_word_time_costs_that_word_only() -> None:
    words: Any = [{"start": 1, "end": 2}, {"start": "x", "end": 3}, 5, {"start": 8, "end": 9}]
    call = AgentCall.read({"transcript_object": [{"role": "user", "content": "a b c d", "words": words}]})
    assert call.transcript_object[0].speech == [(1, 2), (8, 9)]
    assert call.warnings == ["transcript_object[0].words[1]", "transcript_object[0].words[2]"]
