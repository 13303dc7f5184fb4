from __future__ import annotations

from typing import Any

from asking import LEG
from diagnosed_bodies import NOON, OVER, START, answered, put, stream
from drawing import dear
from hypothesis import given
from hypothesis import strategies as st
from o200k import count

from vobiz_mcp.errors import NotFound
from vobiz_mcp.sandbox import SCENARIOS, Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.tools.diagnose_call import DiagnoseCall


@dear
@given(st.sampled_from(SCENARIOS), st.integers(400, 3000), st.floats(0, 400))
def test_no_diagnosis_is_over_its_budget(scenario: Any, max_tokens: int, after: float) -> None:
    clock = iter([NOON])
    with connect(Sandbox(lambda: next(clock, NOON + after))) as asks:
        try:
            text = asks.answer(DiagnoseCall(call_uuid=scenario.call_uuid, max_tokens=max_tokens)).text
        except NotFound:  # for some seconds after a call nobody knows it: its record is not written yet
            return
    assert count(text) <= max_tokens


def test_many_streams_with_one_fault_are_counted_and_the_rest_is_told() -> None:
    streams = [stream(START, None, stream_id=f"s{number}") for number in range(30)]
    text = answered(put(OVER, "streams.objects", streams), call_id="call_1").text
    assert text.startswith(f"call {LEG} · ended · 3 things do not fit")
    assert "does not fit: 28 more streams outlive their call: list_streams" in text


def test_many_streams_and_contradictions_stay_within_the_budget_and_are_counted() -> None:
    streams = [stream(START, None, stream_id=f"stream-{number:03d}-of-many-and-many") for number in range(60)]
    text = answered(put(OVER, "streams.objects", streams), call_id="call_1", max_tokens=400).text
    assert count(text) <= 400
    assert "lines left out; a larger max_tokens has them" in text
