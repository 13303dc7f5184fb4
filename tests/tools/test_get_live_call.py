from datetime import datetime
from typing import Any

import o200k
import pytest
from asking import LEG, NOW, asked, sample
from inline_snapshot import snapshot
from shared import needs_shared, payload

from vobiz_mcp.errors import BadCredentials
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.tools.get_live_call import GetLiveCall

LIVE, QUEUED, RECORD = f"Call/{LEG}/?status=live", f"Call/{LEG}/?status=queued", f"cdr/{LEG}"


def told(name: str, at: float = NOW, rate: float = 0, **changes: Any) -> str:
    return asked(GetLiveCall(call_uuid=LEG, rate_per_minute=rate), {LIVE: sample(name) | changes}, at).text


def older(**changes: Any) -> dict[str, Any]:
    body = sample("live_older")
    return {"calls": [body["calls"][0] | changes]}


def ended(name: str, **changes: Any) -> str:
    body = sample(name)
    if changes:
        body["data"] |= changes
    return asked(GetLiveCall(call_uuid=LEG), {RECORD: body}).text


def test_a_call_in_progress_is_told_with_everything_labelled() -> None:
    assert told("live_flat") == snapshot("""\
in-progress · outbound from 912245678901 to 919812345670
session started 2026-03-02 09:27:18 (zone not stated) · 2 min 59 s since session start (a guess: it fits if the zone is UTC)
STIR Not Applicable\
""")


def test_an_inbound_call_has_a_name_and_a_stir_result() -> None:
    assert told("live_inbound") == snapshot("""\
in-progress · inbound from 912245678901 to 919812345670
session started 2026-03-02 09:27:18 (zone not stated) · 2 min 59 s since session start (a guess: it fits if the zone is UTC)
caller name "Asha 'AJ' Rao" · STIR Verified, attestation A\
""")


def test_the_older_shape_has_a_duration_and_where_the_call_belongs() -> None:
    assert told("live_older") == snapshot("""\
ACTIVE · outbound from +912245678901 to +919812345670
placed 2026-03-02 09:27:18, answered 09:27:24 (zone not stated) · 3 min 3 s since answer
STIR verified, attestation B · conference conf-7 · parent call parent-leg-3\
""")


def test_a_call_that_is_only_listed_is_live_and_nothing_more_is_known() -> None:
    assert told("live_ids") == snapshot("live · the API sends no details of it")


def test_a_queued_call_is_told_as_queued() -> None:
    answer = asked(GetLiveCall(call_uuid=LEG), {QUEUED: sample("live_queued")})
    assert answer.text == snapshot("queued · outbound from 912245678901 to 919812345670")
    assert isinstance(answer.record, LiveCall)
    assert answer.record.state == "queued"


def test_a_call_that_is_only_listed_as_queued_is_queued() -> None:
    assert asked(GetLiveCall(call_uuid=LEG), {QUEUED: sample("live_ids")}).text == snapshot(
        "queued · the API sends no details of it"
    )


def test_a_state_that_nobody_documented_is_told_as_sent_on_its_line() -> None:
    assert told("live_flat", call_status="PARKED\nnot_live").splitlines()[0] == snapshot(
        "PARKED not_live · outbound from 912245678901 to 919812345670"
    )


def test_what_was_unreadable_and_what_does_not_fit_is_said() -> None:
    assert told("live_flat", call_uuid="other", request_uuid=None, to=[1], caller_name={}) == snapshot("""\
in-progress · outbound from 912245678901
session started 2026-03-02 09:27:18 (zone not stated) · 2 min 59 s since session start (a guess: it fits if the zone is UTC)
STIR Not Applicable
check: the API answered about other, not 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90
fields that could not be read and are left out: caller_name, to\
""")


# How long so far.


@pytest.mark.parametrize(
    ("session_start", "at", "said"),
    [
        pytest.param("2026-03-02T09:27:18Z", NOW, "3 min 0 s since session start", id="zone stated"),
        pytest.param("2026-03-02 14:57:18+05:30", NOW, "3 min 0 s since session start", id="another zone stated"),
        pytest.param(
            "2026-03-02 09:27:18", NOW, "3 min 0 s since session start (a guess: it fits if the zone is UTC)", id="UTC"
        ),
        pytest.param(
            "2026-03-02 14:57:18", NOW, "3 min 0 s since session start (a guess: it fits if the zone is IST)", id="IST"
        ),
        pytest.param("2026-03-02 04:27:18", NOW, "how long: not stated", id="too long ago for a guess"),
        pytest.param("2026-03-02 20:27:18", NOW, "how long: not stated", id="yet to come in every zone"),
        pytest.param("a while ago", NOW, "how long: not stated", id="in no known form"),
        pytest.param("2026-03-02T09:31:18Z", NOW, "0 s since session start", id="a clock that is behind"),
    ],
)
def test_how_long_is_counted_from_the_session_start_and_a_guess_is_called_one(
    session_start: str, at: float, said: str
) -> None:
    assert told("live_flat", at, session_start=session_start).splitlines()[1].endswith(f" · {said}")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"call_duration": 4.2}, "4.2 s since answer", id="fractions below ten seconds"),
        pytest.param({"call_duration": 3725}, "1 h 2 min 5 s since answer", id="hours"),
        pytest.param({"call_duration": 0, "answer_time": None, "call_state": "RINGING"}, None, id="while it rings"),
        pytest.param({"call_duration": 1e300}, " days since answer", id="beyond reason"),
    ],
)
def test_a_duration_of_the_api_counts_from_answer(changes: Any, said: str | None) -> None:
    text = asked(GetLiveCall(call_uuid=LEG, rate_per_minute=1), {LIVE: older(**changes)}).text.splitlines()[1]
    assert (said or "") in text
    assert ("since answer" in text) == (said is not None)


# What it costs.


@pytest.mark.parametrize(
    ("seconds", "rate", "exact", "pulses"),
    [
        (183, 0.45, "1.3725", "1.8"),
        (60, 0.45, "0.45", "0.45"),
        (61, 0.45, "0.4575", "0.9"),
        (1, 0.1, "0.001667", "0.1"),
        (180, 0.00357, "0.01071", "0.01071"),
        (180, 1e-7, "0", "0"),
        (600, 100, "1000", "1000"),
    ],
)
def test_cost_is_computed_by_the_second_and_by_pulse(seconds: float, rate: float, exact: str, pulses: str) -> None:
    question = GetLiveCall(call_uuid=LEG, rate_per_minute=rate)
    line = asked(question, {LIVE: older(call_duration=seconds)}).text.splitlines()[2]
    price = f"{rate:.10f}".rstrip("0").rstrip(".")
    assert line == (
        f"cost so far, computed here at {price}/min since answer: {exact} by the second, {pulses} by 60-second pulse"
    )


def test_a_cost_that_rests_on_a_guess_says_so() -> None:
    assert told("live_flat", rate=0.45).splitlines()[2] == snapshot(
        "cost so far, computed here at 0.45/min since session start (a guess: it fits if the zone is UTC): 1.34847 by the second, 1.35 by 60-second pulse"
    )


def test_a_cost_without_a_duration_is_not_made_up() -> None:
    assert told("live_flat", rate=0.45, session_start=None).splitlines()[1] == snapshot(
        "cost so far: cannot be computed, the API states no duration"
    )


# Not live.


def test_a_call_that_is_over_is_told_from_its_record() -> None:
    assert ended("record_current") == snapshot("""\
not_live · ended: a normal hang-up (NORMAL_CLEARING 4000), hung up by Callee
outbound from +912245678901 to +919812345670
started 2026-03-02 09:27:18, answered 09:27:24, ended 09:29:00 UTC
duration 1 min 42 s with ringing, billed 1 min 36 s from answer · cost 1.02 INR (streaming 0.12) · MOS 4.3 of 5\
""")


def test_times_of_a_record_without_a_zone_stay_without_one() -> None:
    assert ended("record_naive") == snapshot("""\
not_live · ended: a normal hang-up (NORMAL_CLEARING 4000), hung up by Callee
outbound from +912245678901 to +919812345670
started 2026-03-02 09:27:18, answered 09:27:24, ended 09:29:00 (zone not stated)
duration 1 min 42 s with ringing, billed 1 min 36 s from answer · cost 0.9 INR · MOS 4.3 of 5\
""")


def test_an_older_record_is_told_as_far_as_it_goes() -> None:
    assert ended("record_older") == snapshot("""\
not_live · ended: a normal hang-up (NORMAL_CLEARING)
outbound from +912245678901 to +919812345670
started 2026-03-02 09:27:18, ended 09:29:00 UTC
duration 1 min 42 s with ringing · cost 0.05 USD\
""")


def test_a_cost_without_a_currency_gets_none() -> None:
    assert ended("record_text_cost") == snapshot("""\
not_live · ended: a normal hang-up (NORMAL_CLEARING)
outbound from +912245678901 to +919812345670
duration 30 s with ringing, billed 25 s from answer · cost 0.10 (currency not stated)\
""")


def test_a_call_that_nobody_answered_had_no_media_and_that_is_no_bad_quality() -> None:
    assert ended("record_no_media") == snapshot("""\
not_live · ended: nobody answered (NO_ANSWER 3000), hung up by Carrier
outbound from +912245678901 to +919812345670
started 2026-03-02 09:27:18, ended 09:27:49 UTC
duration 31 s with ringing, billed 0 s from answer · cost 0 INR · no media flowed (mos 0)\
""")


def test_a_live_body_that_is_a_finished_record_is_told_as_one() -> None:
    assert told("live_finished") == snapshot("""\
not_live · ended: cause not stated
outbound from +912245678901 to 919812345670
started 2026-03-02 09:27:18, answered 09:27:24, ended 09:29:00 +05:30
billed 1 min 36 s from answer · cost 0.01700 (currency not stated)\
""")


@pytest.mark.parametrize("absent", ["bill_duration", "call_duration"])
def test_billed_seconds_have_two_names(absent: str) -> None:
    assert (
        "billed 1 min 36 s from answer"
        in asked(GetLiveCall(call_uuid=LEG), {LIVE: sample("live_finished") | {absent: None}}).text
    )


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ({"hangup_cause": "USER_BUSY"}, "the line was busy (USER_BUSY 4000)"),
        ({"hangup_cause": "user_busy"}, "the line was busy (user_busy 4000)"),
        ({"hangup_cause": "NEW_CAUSE", "hangup_cause_name": "Brand New"}, "Brand New (NEW_CAUSE 4000)"),
        ({"hangup_cause": None, "hangup_cause_name": None, "hangup_cause_code": None}, "cause not stated"),
        (
            {"hangup_cause": None, "hangup_cause_code": 3130, "hangup_cause_name": "Spam Block"},
            "blocked as spam (3130)",
        ),
    ],
)
def test_a_cause_is_told_in_plain_words(cause: Any, said: str) -> None:
    assert ended("record_current", hangup_source=None, **cause).splitlines()[0] == f"not_live · ended: {said}"


def test_a_record_that_is_not_there_yet_is_no_error() -> None:
    answer = asked(GetLiveCall(call_uuid=LEG), {})
    assert answer.text == snapshot("""\
not_live · this call is not in progress, and it has no record (CDR) yet
It ended seconds ago or the call_uuid is wrong (an agent call's call_id is no call_uuid): check it, or ask get_call_record in 10 s.\
""")
    assert isinstance(answer.record, LiveCall)
    assert (answer.record.state, answer.record.call_record) == ("not_live", None)


def test_a_failure_about_the_call_itself_is_not_told_as_its_end() -> None:
    with pytest.raises(BadCredentials):
        asked(GetLiveCall(call_uuid=LEG), {LIVE: {"error": "invalid credentials"}})


def test_a_record_that_cannot_be_read_does_not_hide_that_the_call_is_over() -> None:
    answer = asked(GetLiveCall(call_uuid=LEG), {LIVE: sample("live_none"), RECORD: {"error": "failed"}})
    assert answer.text == snapshot("""\
not_live · this call is not in progress; how it ended is not known, its record (CDR) could not be read
upstream_broken: the API answered with an error inside a success. Ask again in a few seconds; if it stays, look at the vendor's status page.\
""")


@needs_shared
@pytest.mark.parametrize(
    ("path", "name", "call_uuid"),
    [
        ("Call/{}/?status=live", "live_call_get_01_docs_calls_array", "97ceeb52-58b6-11e1-86da-77300b68f8bb"),
        (
            "Call/{}/?status=live",
            "live_call_get_02_docs_calls_array_resource_uri",
            "97ceeb52-58b6-11e1-86da-77300b68f8bb",
        ),
        ("Call/{}/?status=live", "live_call_get_03_flat_current", "2ded13fe-4f9b-4958-9bfb-093ea2f29f91"),
        ("Call/{}/?status=live", "live_call_get_04_flat_inbound_sdkmock", "6653422-91b6-4716-9fad-9463daaeeec2"),
        ("Call/{}/?status=live", "live_calls_list_uuids", "eac94337-b1cd-499b-82d1-b39bca50dc31"),
        ("Call/{}/?status=live", "call_get_nostatus_plivo_cdr", "aaa-deeiei3-dfddd"),
        ("Call/{}/?status=live", "call_list_plivo_meta_objects", "eba53b9e-8fbd-45c1-9444-696d2172fbc8"),
        ("Call/{}/?status=queued", "queued_call_get", "6653422-91b6-4716-9fad-9463daaeeec2"),
        ("cdr/{}", "cdr_get_current", "aabbccdd-1234-5678-90ab-cdef12345678"),
        ("cdr/{}", "cdr_get_03_naive_timestamps_official_mock", "cdr-uuid-1"),
        ("cdr/{}", "cdr_list_current", "bcd1c45d-3f27-41ea-bea1-aa5d4e06dca4"),
        ("cdr/{}", "cdr_list_05_string_cost_cli_fixture", "c1"),
        ("cdr/{}", "cdr_list_legacy_2026-03", "abc123-def456-ghi789"),
    ],
)
def test_every_published_body_is_answered_within_its_tokens(path: str, name: str, call_uuid: str) -> None:
    question = GetLiveCall(call_uuid=call_uuid, rate_per_minute=0.45)
    at = datetime.fromisoformat("2026-06-11T16:10:00Z").timestamp()
    answer = asked(question, {path.format(call_uuid): payload(f"vobiz/{name}")}, at)
    assert answer.record.warnings == []
    assert "check:" not in answer.text
    assert o200k.count(answer.text) <= 120
