from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asking import NOW
from diagnosed_bodies import (
    LIVE,
    OVER,
    START,
    Bodies,
    agent,
    answered,
    ended,
    iso,
    live,
    put,
    stream,
    with_agent,
    with_record,
    with_stream,
)

from vobiz_mcp.records.diagnosis import Diagnosis


def found(bodies: Bodies, **asked: Any) -> Diagnosis:
    record = answered(bodies, **{"call_id": "call_1", **asked}).record
    assert isinstance(record, Diagnosis)
    return record


def codes(bodies: Bodies) -> set[str]:
    return {one.code for one in found(bodies).contradictions}


@pytest.mark.parametrize("bodies", [ended, live])
def test_sources_that_agree_contradict_nothing(bodies: Callable[[], Bodies]) -> None:
    assert codes(bodies()) == set()


def quiet(*roles: str) -> list[dict[str, object]]:
    return [{"role": role, "content": "Is anybody there?"} for role in roles]


ONGOING: dict[str, object] = {
    "call_status": "ONGOING",
    "end_timestamp": None,
    "call_duration": None,
    "disconnection_reason": None,
}


JUST = iso(NOW - 8)


PLANTED: dict[str, tuple[str, Bodies, Bodies]] = {
    "agent goes on": (
        "agent_still_ongoing",
        with_agent(OVER, **ONGOING),
        with_agent(with_record(OVER, end_time=JUST), **ONGOING),
    ),
    "agent has gone": (
        "agent_already_over",
        with_agent(LIVE, call_status="ENDED", end_timestamp=(NOW - 60) * 1000),
        with_agent(LIVE, call_status="ENDED", end_timestamp=(NOW - 5) * 1000),
    ),
    "live and recorded": (
        "live_and_recorded",
        {**OVER, "live": LIVE["live"]},
        {**with_record(OVER, end_time=JUST, duration=592, billsec=587), "live": LIVE["live"], "agent": LIVE["agent"]},
    ),
    "stream still open": (
        "stream_outlives_call",
        with_stream(OVER, status="in-progress", end_time=None),
        with_stream(with_record(OVER, end_time=JUST), status="in-progress", end_time=None),
    ),
    "stream closed late": (
        "stream_outlives_call",
        with_stream(OVER, end_time=iso(START + 130)),
        with_stream(OVER, end_time=iso(START + 108)),
    ),
    "no stream": ("no_stream", put(LIVE, "streams.objects", []), put(OVER, "streams.objects", [])),
    "the only stream has ended": (
        "no_stream",
        with_stream(LIVE, status="completed", end_time=iso(NOW - 60)),
        put(with_stream(LIVE, status="completed", end_time=iso(NOW - 60)), "live.call_status", "ringing"),
    ),
    "one-way": ("one_way_audio", with_stream(LIVE, bidirectional=False), with_stream(LIVE, bidirectional=None)),
    "one-way beside a two-way stream": (
        "one_way_audio",
        put(LIVE, "streams.objects", [stream(START, None, bidirectional=False), stream(START, None, bidirectional=False)]),
        put(LIVE, "streams.objects", [stream(START, None, bidirectional=False), stream(START, None)]),
    ),
    "only the agent speaks": (
        "one_way_audio",
        with_agent(OVER, transcript_object=quiet("assistant", "assistant", "assistant")),
        with_agent(OVER, transcript_object=quiet("assistant", "assistant", "user")),
    ),
    "billed more": ("billed_against_talked", with_record(OVER, billsec=160), with_record(OVER, billsec=108)),
    "billed less": ("billed_against_talked", with_record(OVER, billsec=60), with_record(OVER, billsec=92)),
    "nobody answered": (
        "never_answered",
        with_record(OVER, billsec=0, answer_time=None),
        with_agent(with_record(OVER, billsec=0, answer_time=None), transcript_object=quiet("assistant")),
    ),
    "answered though not": (
        "never_answered",
        with_agent(OVER, disconnection_reason="DIAL_NO_ANSWER"),
        with_agent(with_record(OVER, billsec=0, answer_time=None), disconnection_reason="DIAL_NO_ANSWER", transcript_object=[]),
    ),
    "no media": ("record_disagrees", with_record(OVER, mos=0), with_record(OVER, mos=1.2)),
    "no transcript": (
        "nothing_heard",
        with_agent(OVER, transcript_object=[]),
        with_agent(OVER, transcript_object=[], opt_out_sensitive_data_storage=True),
    ),
    "who hung up": (
        "ended_differently",
        with_agent(OVER, disconnection_reason="AGENT_HANGUP"),
        with_agent(with_record(OVER, hangup_source="Vobiz"), disconnection_reason="AGENT_HANGUP"),
    ),
    "who hung up, outbound": (
        "ended_differently",
        with_record(OVER, call_direction="outbound"),
        with_record(OVER, call_direction="outbound", hangup_source="Callee"),
    ),
    "the agent broke": (
        "ended_differently",
        with_agent(OVER, disconnection_reason="error_llm_websocket_open"),
        with_agent(with_record(OVER, hangup_cause="SERVER_ERROR"), disconnection_reason="error_llm_websocket_open"),
    ),
    "began elsewhere": (
        "times_differ",
        with_agent(OVER, start_timestamp=(START - 90) * 1000),
        with_agent(OVER, start_timestamp=(START - 20) * 1000),
    ),
    "ended elsewhere": (
        "times_differ",
        with_agent(OVER, end_timestamp=(START + 140) * 1000),
        with_agent(OVER, end_timestamp=(START + 110) * 1000),
    ),
    "another caller": ("parties_differ", with_agent(OVER, from_number="+14155550199"), with_agent(OVER, from_number="14155550142")),
    "another number called": (
        "parties_differ",
        with_agent(OVER, to_number="+14155550101"),
        with_agent(OVER, to_number="sip:front-desk@example.invalid"),
    ),
}  # fmt: skip
"""What each contradiction looks like, beside a case that comes near it and is none."""


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_contradiction_is_told(name: str) -> None:
    code, planted, _ = PLANTED[name]
    assert code in codes(planted)


@pytest.mark.parametrize("name", PLANTED)
def test_its_near_miss_is_none(name: str) -> None:
    code, _, near_miss = PLANTED[name]
    assert code not in codes(near_miss)


def test_a_wrong_agent_call_is_the_first_thing_told() -> None:
    other = agent(START + 4000, START + 4100, from_number="+442079460000", to_number="+442079460001")
    text = answered({**OVER, "agent": {"data": other}}, call_id="call_1").text
    assert text.splitlines()[1].startswith(
        "does not fit: the carrier's call is from 14155550142, the agent call from +4420"
    )


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "nothing contradicts"),
        ({"streams": 500}, "nothing contradicts in what is known"),
        ({"agent": 401}, "nothing contradicts in what is known"),
        ({"agent": 401, "streams": 404}, "nothing to compare it with"),
        ({"cdr": 500, "streams": 404}, "nothing to compare it with"),
    ],
)
def test_that_nothing_contradicts_is_said_only_of_sources_that_were_compared(change: Bodies, verdict: str) -> None:
    first, *_ = answered({**OVER, **change}, call_id="call_1").text.splitlines()
    assert first.split(" · ")[2] == verdict
