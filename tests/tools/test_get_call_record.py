from typing import Any

import o200k
import pytest
from asking import LEG, asked, sample
from inline_snapshot import snapshot
from shared import needs_shared, payload

from vobiz_mcp.errors import NotFound
from vobiz_mcp.tools.get_call_record import GetCallRecord


def told(name: str, **changes: Any) -> str:
    body = sample(name)
    if changes:
        body["data"] |= changes
    return asked(GetCallRecord(call_uuid=LEG), {f"cdr/{LEG}": body}).text


def checks(**changes: Any) -> list[str]:
    return [line for line in told("record_current", **changes).splitlines() if line.startswith("check: ")]


def test_a_finished_call_is_told_from_its_ending_to_its_ids() -> None:
    assert told(
        "record_current", region="ap-south-1", origination_region="mumbai", trunk_id="t-9", sip_call_id="sip-1"
    ) == snapshot("""\
ended: a normal hang-up (NORMAL_CLEARING 4000), hung up by Callee (or, on a conference leg, by the platform: both read alike)
likely: a side ended it in the usual way · next: none; why they hung up is in what was said: get_agent_call
outbound from +912245678901 to +919812345670 · caller name "Front Desk"
started 2026-03-02 09:27:18, answered 09:27:24, ended 09:29:00 UTC
duration 1 min 42 s, ringing included: rang 6 s, talked 1 min 36 s from answer (billsec) = 2 pulses of 60 s
cost 1.02 INR: call 0.9 (0.45 a pulse), streaming 0.12 · MOS 4.3 of 5, good · jitter 2.5 ms · packet loss 0.1 %
codec PCMU · region ap-south-1 · origin mumbai · trunk t-9 · SIP Call-ID sip-1 · bridge b-1\
""")


def test_a_call_that_nobody_answered_has_a_reason_a_next_step_and_no_quality() -> None:
    assert told("record_no_media") == snapshot("""\
ended: nobody answered (NO_ANSWER 3000), hung up by Carrier (the carrier's network)
likely: nobody picked up, or the phone was off or out of reach · next: call again at another time; if it stays, check that the number is in use
outbound from +912245678901 to +919812345670 · caller name "Front Desk"
started 2026-03-02 09:27:18, ended 09:27:49 UTC
duration 31 s, ringing included: rang 6 s, never talked (billsec 0)
cost 0 INR · no media flowed (mos 0)
bridge b-1\
""")


def test_what_the_carrier_says_of_a_failure_is_quoted() -> None:
    assert told("record_no_media", failure_code=486, failure_reason='Busy "Here"\n4000').splitlines()[2] == snapshot(
        "failure as the carrier tells it: \"486 Busy 'Here' 4000\""
    )


def test_an_older_record_is_told_as_far_as_it_goes() -> None:
    assert told("record_older") == snapshot("""\
ended: a normal hang-up (NORMAL_CLEARING)
likely: a side ended it in the usual way · next: none; why they hung up is in what was said: get_agent_call
outbound from +912245678901 to +919812345670
started 2026-03-02 09:27:18, ended 09:29:00 UTC
duration 1 min 42 s, ringing included
cost 0.05 USD\
""")


def test_a_cost_without_a_currency_gets_none() -> None:
    assert told("record_text_cost") == snapshot("""\
ended: a normal hang-up (NORMAL_CLEARING)
likely: a side ended it in the usual way · next: none; why they hung up is in what was said: get_agent_call
outbound from +912245678901 to +919812345670
duration 30 s, ringing included, talked 25 s from answer (billsec) = 1 pulse of 60 s
cost 0.10 (currency not stated)\
""")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"billsec": 1}, "talked 1 s from answer (billsec) = 1 pulse of 60 s"),
        ({"billsec": 60}, "talked 1 min 0 s from answer (billsec) = 1 pulse of 60 s"),
        ({"billsec": 61}, "talked 1 min 1 s from answer (billsec) = 2 pulses of 60 s"),
        ({"billsec": 0}, "never talked (billsec 0)"),
    ],
)
def test_talk_is_billed_in_pulses_of_a_minute(changes: dict[str, Any], said: str) -> None:
    assert told("record_current", **changes).splitlines()[4].endswith(said)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "cost 1.02 INR: call 0.9 (0.45 a pulse), streaming 0.12"),
        ({"streaming_cost": 0, "total_cost": 0.9}, "cost 0.9 INR: 0.45 a pulse"),
        ({"streaming_cost": None, "total_cost": "1.00000", "cost": "1.00001"}, "cost 1.00000 INR"),
        (
            {"total_cost": None, "streaming_cost": None, "currency": None},
            "cost 0.9 (currency not stated): 0.45 a pulse",
        ),
        ({"total_cost": None, "cost": None}, "cost not stated"),
        ({"total_cost": "free", "cost": "free"}, "cost free INR: call free, streaming 0.12"),
    ],
)
def test_cost_is_told_as_reported_with_its_parts(changes: dict[str, Any], said: str) -> None:
    assert told("record_current", **changes).splitlines()[5].partition(" · ")[0] == said


@pytest.mark.parametrize(
    ("mos", "said"),
    [(4.0, "MOS 4 of 5, good"), (3.99, "fair"), (3.5, "poor"), (1, "bad"), (0, "no media flowed (mos 0)")],
)
def test_a_mean_opinion_score_is_put_into_a_word_and_zero_is_no_score(mos: float, said: str) -> None:
    line = told("record_current", mos=mos).splitlines()[5]
    assert said in line
    assert ("jitter 2.5 ms · packet loss 0.1 %" in line) == (mos > 0)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"duration": 100, "ring_time": 2}, [], id="rounding"),
        pytest.param({"total_cost": 1.03}, [], id="rounded sums"),
        pytest.param(
            {"hangup_cause": "SWITCH_CONGESTION"},
            ["check: code 4000 says a normal hang-up, SWITCH_CONGESTION says otherwise"],
            id="code against text",
        ),
        pytest.param({"hangup_cause": "NORMAL_CLEARING", "hangup_cause_code": 9000}, [], id="a code beyond the text"),
        pytest.param(
            {"hangup_cause": "NO_ANSWER", "hangup_cause_code": 3000},
            ["check: NO_ANSWER means that nobody answered, yet 1 min 36 s of talk are billed"],
            id="talk on a call that nobody answered",
        ),
        pytest.param(
            {"hangup_disposition": "send_bye"},
            ["check: hung up by Callee, yet the platform sent the SIP BYE (send_bye)"],
            id="source against SIP",
        ),
        pytest.param(
            {"hangup_source": "Caller"},
            ["check: hung up by Caller, yet the SIP BYE came from the other side (recv_bye)"],
            id="SIP against source",
        ),
        pytest.param({"hangup_source": "Caller", "call_direction": "inbound"}, [], id="the far end of an inbound leg"),
        pytest.param({"hangup_source": "Carrier"}, [], id="a source that is on neither end"),
        pytest.param(
            {"ring_time": 60},
            ["check: ringing and talk are 2 min 36 s together, the duration says 1 min 42 s"],
            id="parts longer than the whole",
        ),
        pytest.param({"ring_time": 1}, [], id="setup before ringing"),
        pytest.param(
            {"end_time": "2026-03-02T09:29:30Z"},
            [
                "check: from start to end it is 2 min 12 s, the duration says 1 min 42 s",
                "check: from answer to end it is 2 min 6 s, billsec says 1 min 36 s",
            ],
            id="times against durations",
        ),
        pytest.param({"end_time": "2026-03-02T09:20:00Z"}, ["check: it ends before it starts"], id="backwards"),
        pytest.param(
            {"answer_time": "2026-03-02T09:27:10Z", "billsec": 110, "duration": 116, "end_time": None},
            ["check: it is answered before it starts"],
            id="answered too early",
        ),
        pytest.param({"end_time": "2026-03-02 12:00:00"}, [], id="a time with and one without a zone"),
        pytest.param(
            {"answer_time": None},
            ["check: 1 min 36 s are billed from answer, yet no time of answer is sent"],
            id="billed but not answered",
        ),
        pytest.param(
            {"mos": 0},
            ["check: 1 min 36 s are billed as talk, yet mos 0 says that no media flowed: list_streams shows the audio"],
            id="talk without media",
        ),
        pytest.param(
            {"total_cost": 2.5}, ["check: the parts of the cost add up to 1.02, the total says 2.5"], id="a wrong sum"
        ),
    ],
)
def test_what_contradicts_itself_is_listed(changes: dict[str, Any], found: list[str]) -> None:
    assert checks(**changes) == found


def test_an_answer_about_another_call_says_so() -> None:
    assert checks(uuid="other") == [f"check: the API answered about other, not {LEG}"]


def test_a_record_that_is_not_there_says_when_it_is_and_whom_to_ask() -> None:
    with pytest.raises(NotFound) as failure:
        asked(GetCallRecord(call_uuid="nope"), {})
    assert str(failure.value) == snapshot(
        "not_found: the API has no record (CDR) of call nope. It is written seconds after a call ends: get_live_call tells whether this one still goes on. If not, check the call_uuid; an agent call's call_id is another id."
    )


@needs_shared
@pytest.mark.parametrize(
    ("name", "call_uuid", "contradictions"),
    [
        ("cdr_get_current", "aabbccdd-1234-5678-90ab-cdef12345678", 1),  # its duration is longer than its times
        ("cdr_get_03_naive_timestamps_official_mock", "cdr-uuid-1", 0),
        ("cdr_list_current", "bcd1c45d-3f27-41ea-bea1-aa5d4e06dca4", 0),
        ("cdr_list_05_string_cost_cli_fixture", "c1", 0),
        ("cdr_list_legacy_2026-03", "abc123-def456-ghi789", 0),
    ],
)
def test_every_published_body_is_answered_within_its_tokens(name: str, call_uuid: str, contradictions: int) -> None:
    answer = asked(GetCallRecord(call_uuid=call_uuid), {f"cdr/{call_uuid}": payload(f"vobiz/{name}")})
    assert answer.record.warnings == []
    assert answer.text.count("check: ") == contradictions
    assert o200k.count(answer.text) <= 240
