from __future__ import annotations

from typing import Any

import pytest
from any_tree import START
from asking import LEG

from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.stream import Stream


def test_words_and_fields_that_nobody_documented_pass_through() -> None:
    tree: Any = {"call_uuid": LEG, "call_state": "PARKED", "new_field": {"a": [1]}}
    call = LiveCall.read(tree)
    assert (call.state, call.model_extra, call.warnings) == ("PARKED", {"new_field": {"a": [1]}}, [])


def test_numbers_where_text_is_usual_are_text() -> None:
    call = LiveCall.read({"from": 912245678901, "call_uuid": 7})
    assert (call.from_number, call.call_uuid) == ("912245678901", "7")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("0.00300", "0.00300", id="text keeps its zeros"),
        pytest.param(0.45, "0.45", id="a number"),
        pytest.param(1, "1", id="a whole number"),
        pytest.param(0.00001, "0.00001", id="a small number has no exponent"),
        pytest.param(1e22, "10000000000000000000000", id="nor has a large one"),
        pytest.param(1234567.89, "1234567.89", id="all digits"),
        pytest.param(0, "0", id="zero"),
    ],
)
def test_an_amount_is_kept_digit_by_digit(sent: Any, kept: str) -> None:
    assert CallRecord.read({"cost": sent}).cost == kept


@pytest.mark.parametrize("sent", [True, [], {}, float("inf"), float("nan")])
def test_what_is_no_amount_is_left_out_and_named(sent: Any) -> None:
    record = CallRecord.read({"cost": sent, "currency": "INR"})
    assert (record.cost, record.currency, record.warnings) == (None, "INR", ["cost"])


@pytest.mark.parametrize(
    ("sent", "over"),
    [
        ({"status": "in-progress"}, False),
        ({"status": "In-Progress"}, False),
        ({"status": "connecting"}, False),
        ({"status": "completed"}, True),
        ({"status": "Failed"}, True),
        ({}, False),
        ({"end_time": "2026-03-02T09:27:18Z"}, True),
        ({"end_time": "2026-03-02T09:27:18Z", "status": "in-progress"}, True),
    ],
)
def test_a_stream_is_over_by_its_end_and_else_by_its_status(sent: Any, over: bool) -> None:
    assert Stream.read(sent).is_over is over


@pytest.mark.parametrize(
    ("sent", "over"),
    [
        ({"call_status": "ONGOING"}, False),
        ({"call_status": "ENDED"}, True),
        ({"call_status": "ended"}, True),
        ({"call_status": "not_connected"}, True),
        ({"end_timestamp": START}, True),
        ({"call_status": "REGISTERED", "end_timestamp": None}, False),
    ],
)
def test_an_agent_call_is_over_by_its_end_and_else_by_its_status(sent: Any, over: bool) -> None:
    assert AgentCall.read(sent).is_over is over


def test_urls_lose_their_secrets_wherever_they_stand() -> None:
    tree: Any = {
        "new": [{"url": "wss://u:p@h/a?token=s3cret"}],
        "words": "see https://h/?k=s3cret",
        "recording_url": "x://h?s3cret",
    }
    assert "s3cret" not in AgentCall.read(tree).model_dump_json()
