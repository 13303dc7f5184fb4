import json
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from vobiz_mcp.sandbox import API_KEY, API_SECRET, AUTH_ID, AUTH_TOKEN, SCENARIOS, Reply, Sandbox, Scenario
from vobiz_mcp.sandbox.fleet import CALLS
from vobiz_mcp.sandbox.http import serve

STARTED = 1_790_000_000.0
CARRIER_KEYS = {"X-Auth-ID": AUTH_ID, "X-Auth-Token": AUTH_TOKEN}
AGENT_KEYS = {"X-API-KEY": API_KEY, "X-API-SECRET": API_SECRET}
ACCOUNT = f"/api/v1/Account/{AUTH_ID}"
LONG_AFTER = 4000


class Desk:
    """A sandbox whose clock the test sets, in seconds since it started."""

    def __init__(self) -> None:
        self.at = 0.0
        self.sandbox = Sandbox(clock=lambda: STARTED + self.at)

    def carrier(self, path: str) -> Reply:
        return self.sandbox.answer("GET", ACCOUNT + path, CARRIER_KEYS)

    def agent(self, call_id: str) -> Reply:
        return self.sandbox.answer("GET", f"/api/calls/{call_id}", AGENT_KEYS)

    def call(self, call_id: str) -> dict[str, Any]:
        data: dict[str, Any] = body(self.agent(call_id))["data"]
        return data


@pytest.fixture
def desk() -> Desk:
    return Desk()


def body(reply: Reply) -> dict[str, Any]:
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["X-Vobiz-Sandbox"] == "1"
    read: dict[str, Any] = json.loads(reply.body)
    return read


def test_a_call_that_started_with_the_sandbox_rings_then_talks_then_ends(desk: Desk) -> None:
    live = "/Call/live-leg/?status=live"
    assert body(desk.carrier(live))["call_status"] == "ringing"
    desk.at = 5.9
    assert body(desk.carrier(live))["call_status"] == "ringing"
    desk.at = 6.1
    assert body(desk.carrier(live))["call_status"] == "in-progress"
    desk.at = 160
    assert desk.carrier(live).status == 200
    desk.at = 180
    assert desk.carrier(live).status == 404


def test_a_live_call_says_since_when_in_utc_without_naming_the_zone(desk: Desk) -> None:
    since = body(desk.carrier("/Call/live-leg/?status=live"))["session_start"]
    assert "+" not in since
    assert datetime.fromisoformat(since + "+00:00").timestamp() == STARTED


def test_the_record_of_a_call_is_written_five_seconds_after_its_end(desk: Desk) -> None:
    desk.at = LONG_AFTER
    ended = desk.call("call_live")["end_timestamp"] / 1000 - STARTED
    desk.at = ended + 4.9
    assert desk.carrier("/cdr/live-leg").status == 404
    desk.at = ended + 5.1
    record = body(desk.carrier("/cdr/live-leg"))["data"]
    assert record["duration"] == record["ring_time"] + record["billsec"]
    assert record["hangup_cause"] == "NORMAL_CLEARING"


def test_the_list_of_records_has_the_calls_that_have_one_newest_first(desk: Desk) -> None:
    before = body(desk.carrier("/cdr"))
    assert [record["uuid"] for record in before["data"]][:2] == ["booking-leg", "no-answer-leg"]
    assert before["pagination"] == {
        "page": 1, "per_page": 20, "total": 6, "pages": 1, "has_next": False, "has_prev": False
    }  # fmt: skip
    desk.at = LONG_AFTER
    assert [record["uuid"] for record in body(desk.carrier("/cdr"))["data"]][:2] == ["live-leg", "one-way-leg"]


def test_records_come_in_pages_with_a_summary_of_all(desk: Desk) -> None:
    page = body(desk.carrier("/cdr?page=2&per_page=4"))
    assert (page["count"], len(page["data"]), page["pagination"]["has_prev"]) == (2, 2, True)
    records = body(desk.carrier("/cdr"))["data"]
    assert page["data"] == records[4:]
    assert page["data"][0] == body(desk.carrier(f"/cdr/{records[4]['uuid']}"))["data"]
    summary = page["summary"]
    assert (summary["totalCalls"], summary["answeredCalls"], summary["answerRate"]) == (6, 5, 83.3)
    assert summary["total_cost"] == pytest.approx(sum(record["total_cost"] for record in records))
    assert summary["total_billable_seconds"] == sum(record["billsec"] for record in records)


@pytest.mark.parametrize(
    ("query", "legs"),
    [
        ("from_number=1415555010", ["no-answer-leg"]),
        ("to_number=4155550100", ["booking-leg"]),
        ("call_direction=outbound", ["no-answer-leg", "delivery-leg"]),
        ("min_duration=200", ["support-leg"]),
        ("hangup_cause=NO_ANSWER&call_direction=outbound", ["no-answer-leg"]),
        ("start_date=2020-01-01&end_date=2020-01-02", []),
    ],
)
def test_records_are_filtered(query: str, legs: list[str], desk: Desk) -> None:
    for path in ("/cdr", "/cdr/search"):
        found = body(desk.carrier(f"{path}?{query}"))
        assert [record["uuid"] for record in found["data"]] == legs
        assert found["summary"]["totalCalls"] == len(legs)


def test_a_search_echoes_its_filters_and_recent_records_have_no_pages(desk: Desk) -> None:
    assert body(desk.carrier("/cdr/search?hangup_cause=NO_ANSWER"))["filters"] == {
        "call_direction": "", "from_number": "", "hangup_cause": "NO_ANSWER", "to_number": ""
    }  # fmt: skip
    recent = body(desk.carrier("/cdr/recent?limit=2"))
    assert sorted(recent) == ["account_id", "count", "data", "success"]
    assert recent["count"] == 2


@pytest.mark.parametrize("query", ["page=0", "page=x", "per_page=101", "min_duration=-1", "start_date=2026-01-01"])
def test_a_list_of_records_that_cannot_be_is_refused(query: str, desk: Desk) -> None:
    assert desk.carrier(f"/cdr?{query}").status == 422


def test_analysis_and_cost_appear_twenty_seconds_after_the_end(desk: Desk) -> None:
    desk.at = LONG_AFTER
    ended = desk.call("call_live")["end_timestamp"] / 1000 - STARTED
    desk.at = ended + 19
    waiting = desk.call("call_live")
    assert (waiting["call_status"], waiting["call_analysis"], waiting["call_cost"]) == ("ENDED", None, None)
    desk.at = ended + 21
    settled = desk.call("call_live")
    assert settled["call_analysis"]["call_successful"] is True
    assert settled["call_cost"]["combined_cost"] > 0


def test_a_monitor_stream_opens_and_closes_while_the_call_goes_on(desk: Desk) -> None:
    streams = "/Call/live-leg/Stream/"
    assert body(desk.carrier(streams))["total"] == 0
    desk.at = 20
    assert [one["stream_id"] for one in body(desk.carrier(streams))["objects"]] == ["live-audio"]
    desk.at = 60
    assert {one["status"] for one in body(desk.carrier(streams))["objects"]} == {"in-progress"}
    desk.at = 120
    statuses = {one["stream_id"]: one["status"] for one in body(desk.carrier(streams))["objects"]}
    assert statuses == {"live-audio": "in-progress", "live-monitor": "completed"}
    desk.at = LONG_AFTER
    assert {one["status"] for one in body(desk.carrier(streams))["objects"]} == {"completed"}


def test_a_transcript_grows_by_whole_utterances_as_the_clock_passes_their_ends(desk: Desk) -> None:
    desk.at = LONG_AFTER
    turns = desk.call("call_live")["transcript_object"]
    for index, turn in enumerate(turns):
        end = turn["words"][-1]["end"] / 1000 - STARTED
        desk.at = end - 0.01
        assert len(desk.call("call_live")["transcript_object"]) == index
        desk.at = end + 0.01
        assert desk.call("call_live")["transcript_object"] == turns[: index + 1]


def test_a_tool_shows_its_call_before_its_result(desk: Desk) -> None:
    desk.at = LONG_AFTER
    entries = desk.call("call_live")["transcript_with_tool_calls"]
    asked = next(entry for entry in entries if entry["role"] == "tool_call_invocation")
    desk.at = asked["timestamp"] / 1000 - STARTED + 0.1
    assert desk.call("call_live")["transcript_with_tool_calls"][-1] == asked
    desk.at += 2
    answered = desk.call("call_live")["transcript_with_tool_calls"][-1]
    assert (answered["role"], answered["tool_call_id"]) == ("tool_call_result", asked["tool_call_id"])


def test_a_call_is_registered_while_it_rings_and_ongoing_while_it_talks(desk: Desk) -> None:
    assert desk.call("call_live")["call_status"] == "REGISTERED"
    assert [event["event"] for event in desk.call("call_live")["events"]] == ["Call created"]
    desk.at = 30
    ongoing = desk.call("call_live")
    assert (ongoing["call_status"], ongoing["end_timestamp"], ongoing["recording_url"]) == (
        "ONGOING",
        None,
        None,
    )
    assert ongoing["events"][1]["event"] == "Call started - INBOUND"


def test_the_live_list_holds_the_ids_of_calls_in_progress_only(desk: Desk) -> None:
    assert body(desk.carrier("/Call/?status=live"))["calls"] == ["one-way-leg", "live-leg"]
    assert body(desk.carrier("/Call/?status=queued"))["calls"] == []
    desk.at = LONG_AFTER
    assert body(desk.carrier("/Call/?status=live"))["calls"] == []


def test_the_one_way_call_is_live_in_the_older_shape_and_hears_without_being_heard(desk: Desk) -> None:
    live = body(desk.carrier("/Call/one-way-leg/?status=live"))["calls"][0]
    assert (live["call_state"], live["call_duration"]) == ("ACTIVE", 235)
    stream = body(desk.carrier("/Call/one-way-leg/Stream/one-way-audio/"))
    assert (stream["bidirectional"], stream["audio_track"], stream["end_time"]) == (False, "inbound", None)
    assert "token=" in stream["service_url"]
    call = desk.call("call_one_way")
    assert call["call_status"] == "ONGOING"
    assert len(re.findall("User: .*(?:[Hh]ello|Are you there)", call["transcript"])) >= 6
    desk.at = 3590
    assert desk.call("call_one_way")["call_status"] == "ONGOING"


def test_a_call_that_nobody_answered_has_no_talk_no_media_and_no_stream(desk: Desk) -> None:
    record = body(desk.carrier("/cdr/no-answer-leg"))["data"]
    assert (record["hangup_cause"], record["hangup_cause_code"]) == ("NO_ANSWER", 3000)
    assert (record["billsec"], record["mos"], record["answer_time"], record["cost"]) == (0, 0, None, 0)
    assert body(desk.carrier("/Call/no-answer-leg/Stream/"))["objects"] == []
    call = desk.call("call_no_answer")
    assert (call["call_status"], call["disconnection_reason"]) == ("error", "dial_no_answer")
    assert (call["transcript"], call["transcript_object"], call["latency"]) == ("", [], {})


def test_the_refund_fails_inside_a_success_and_eleven_seconds_of_silence_follow(desk: Desk) -> None:
    call = desk.call("call_dispute")
    entries = call["transcript_with_tool_calls"]
    failed = next(index for index, entry in enumerate(entries) if "refund window" in entry.get("content", ""))
    assert entries[failed]["successful"] is True
    assert json.loads(entries[failed]["content"])["success"] is False
    before, after = entries[failed - 2], entries[failed + 1]
    silence = after["words"][0]["start"] - before["words"][-1]["end"]
    assert 11_000 < silence < 11_500
    assert call["latency"]["e2e"]["p50"] == 840
    assert call["call_analysis"]["call_successful"] is True


def test_nothing_is_wrong_with_the_booking(desk: Desk) -> None:
    call = desk.call("call_booking")
    results = [one for one in call["transcript_with_tool_calls"] if one["role"] == "tool_call_result"]
    assert [one["successful"] for one in results] == [True, True]
    assert max(gaps(call)) < 2000
    assert min(gaps(call)) >= 0
    assert call["latency"]["e2e"]["p50"] < 1100
    first_word = call["transcript_object"][0]["timestamp"]
    assert first_word - call["events"][1]["timestamp"] < 4000
    assert call["transcript_object"][-1]["role"] == "user"


def gaps(call: dict[str, Any]) -> list[int]:
    turns = pairwise(call["transcript_object"])
    return [later["words"][0]["start"] - sooner["words"][-1]["end"] for sooner, later in turns]


def test_the_delivery_mixes_hindi_and_english_replies_slowly_and_talks_over_once(desk: Desk) -> None:
    call = desk.call("call_delivery")
    assert re.search("[\u0900-\u097f].*parcel", call["transcript"])
    assert call["latency"]["e2e"]["max"] == 3400
    assert [gap for gap in gaps(call) if gap < 0] == [-1600]
    legacy = body(desk.carrier("/Call/delivery-leg/Stream/delivery-audio/"))
    assert "status" not in legacy
    assert (legacy["rounded_bill_duration"], legacy["billed_amount"]) == (120, "0.24000")


def test_the_private_call_carries_speech_that_a_reader_must_withhold(desk: Desk) -> None:
    call = desk.call("call_private")
    assert call["opt_out_sensitive_data_storage"] is True
    assert "blood test" in call["transcript"]


def test_the_support_call_is_an_hour_of_talk_that_does_not_repeat_itself(desk: Desk) -> None:
    call = desk.call("call_support")
    assert 3300 < call["call_duration"] / 1000 < 3700
    assert call["end_timestamp"] / 1000 < STARTED - 3600
    talk = [turn["content"] for turn in call["transcript_object"]]
    assert 450 <= len(talk) <= 600
    assert len(set(talk)) == len(talk)
    entries = call["transcript_with_tool_calls"]
    asked = {one["tool_call_id"]: one for one in entries if one["role"] == "tool_call_invocation"}
    answered = {one["tool_call_id"] for one in entries if one["role"] == "tool_call_result"}
    assert [asked[one]["name"] for one in asked.keys() - answered] == ["send_text"]
    marked = [one for one in entries if one.get("successful") is False]
    softly = [one for one in entries if re.search('"success": false|"status": 4', one.get("content", ""))]
    assert (len(marked), len(softly)) == (2, 3)
    assert (entries[-2]["name"], call["disconnection_reason"]) == ("call_transfer", "CALL_TRANSFER")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_words_follow_the_talk_and_latency_follows_the_words(desk: Desk, scenario: Scenario) -> None:
    desk.at = LONG_AFTER
    call = desk.call(scenario.call_id)
    turns = call["transcript_object"]
    for turn in turns:
        assert " ".join(word["word"] for word in turn["words"]) == turn["content"]
        assert all(word["start"] < word["end"] for word in turn["words"])
        assert all(one["end"] < two["start"] for one, two in pairwise(turn["words"]))
    replies = [
        gap
        for gap, (one, two) in zip(gaps(call), pairwise(turns), strict=True)
        if (one["role"], two["role"]) == ("user", "assistant") and gap > 0
    ]
    assert call["latency"].get("e2e", {}).get("values", []) == replies
    for stage in call["latency"].values():
        assert stage["min"] <= stage["p50"] <= stage["p90"] <= stage["p95"] <= stage["p99"] <= stage["max"]
        assert stage["num"] == len(stage["values"])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_both_apis_tell_of_the_same_call(desk: Desk, scenario: Scenario) -> None:
    desk.at = LONG_AFTER
    record = body(desk.carrier(f"/cdr/{scenario.call_uuid}"))["data"]
    call = desk.call(scenario.call_id)
    assert (record["caller_id_number"], record["destination_number"]) == (
        call["from_number"],
        call["to_number"],
    )
    assert abs(record["duration"] - call["call_duration"] / 1000) < 1
    listed = body(desk.carrier(f"/Call/{scenario.call_uuid}/Stream/"))["objects"]
    assert tuple(one["stream_id"] for one in listed) == scenario.stream_ids
    for one in listed:
        assert body(desk.carrier(f"/Call/{scenario.call_uuid}/Stream/{one['stream_id']}/")) == one


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_every_id_is_readable_and_every_story_is_one_sentence(scenario: Scenario) -> None:
    for name in (scenario.call_uuid, scenario.call_id, *scenario.stream_ids):
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,128}", name)
    assert re.fullmatch(r"[^.]+\.", scenario.story)


def test_streams_are_paged_by_limit_and_offset(desk: Desk) -> None:
    page = body(desk.carrier("/Call/support-leg/Stream/?limit=1&offset=1"))
    assert (page["page"], page["per_page"], page["total"]) == (2, 1, 2)
    assert [(one["stream_id"], one["status"]) for one in page["objects"]] == [("support-monitor", "failed")]
    assert desk.carrier("/Call/support-leg/Stream/?limit=few").status == 422


def test_a_finished_call_is_not_live_any_more(desk: Desk) -> None:
    assert desk.carrier("/Call/booking-leg/?status=live").status == 404
    assert desk.carrier("/Call/live-leg/?status=queued").status == 404


def listed(desk: Desk, query: str = "", sent: dict[str, Any] | None = None) -> dict[str, Any]:
    method, content = ("GET", b"") if sent is None else ("POST", json.dumps(sent).encode())
    data: dict[str, Any] = body(desk.sandbox.answer(method, f"/api/calls{query}", AGENT_KEYS, content))["data"]
    return data


def test_agent_calls_are_listed_newest_first_and_in_pages(desk: Desk) -> None:
    first, last = listed(desk, "?limit=5"), listed(desk, "?limit=5&page=1&sort_order=descending")
    starts = [call["start_timestamp"] for page in (first, last) for call in page["calls"]]
    assert (starts, len(starts)) == (sorted(starts, reverse=True), 10)
    assert first["pagination"]["has_next_page"]
    assert first["pagination"]["total_count"] == len(SCENARIOS) + CALLS
    assert not listed(desk, "?limit=100&page=3")["pagination"]["has_next_page"]
    assert listed(desk, "?sort_order=ascending&limit=1")["calls"][0]["start_timestamp"] < starts[-1]


def test_a_list_by_get_has_whole_calls_and_a_filtered_one_slim_calls(desk: Desk) -> None:
    assert desk.call("call_dispute") in listed(desk)["calls"]
    found = listed(desk, sent={"filter_criteria": {"transcript_search": "Duplicate", "call_status": ["ended"]}})
    assert [call["call_id"] for call in found["calls"]] == ["call_dispute"]
    assert not {"transcript", "latency", "disconnection_reason"} & found["calls"][0].keys()
    assert found["applied_filters"].keys() == {"transcript_search", "call_status"}


def test_no_search_finds_what_was_said_on_an_opted_out_call(desk: Desk) -> None:
    spoken = desk.call("call_private")["transcript"].split("\n")[0].partition(": ")[2]
    assert listed(desk, sent={"filter_criteria": {"transcript_search": spoken}})["calls"] == []


@pytest.mark.parametrize("query", ["?limit=many", "?limit=0", "?page=-1", "?sort_by=mood", "?sort_order=newest"])
def test_a_list_that_cannot_be_is_refused(desk: Desk, query: str) -> None:
    assert desk.sandbox.answer("GET", f"/api/calls{query}", AGENT_KEYS).status == 400
    assert desk.sandbox.answer("POST", "/api/calls", AGENT_KEYS, b"[").status == 400


def test_unknown_ids_are_answered_in_each_vendors_words(desk: Desk) -> None:
    stream = desk.carrier("/Call/booking-leg/Stream/nothing/")
    assert (stream.status, body(stream)["error"]) == (404, "Stream not found")
    assert body(stream)["api_id"] == body(desk.carrier("/Call/booking-leg/Stream/nothing/"))["api_id"]
    record = desk.carrier("/cdr/nothing")
    assert (record.status, body(record)) == (404, {"error": "CDR not found"})
    assert desk.carrier("/Call/nothing/Stream/").status == 404
    call = desk.agent("nothing")
    assert call.status == 404
    assert body(call) == {
        "message": "Call not found",
        "status": "error",
        "error": "Call with ID 'nothing' does not exist",
    }


def test_wrong_keys_are_refused_by_each_api_in_its_own_shape(desk: Desk) -> None:
    answer = desk.sandbox.answer
    carrier = answer("GET", f"{ACCOUNT}/cdr/booking-leg", CARRIER_KEYS | {"X-Auth-Token": "wrong"})
    assert (carrier.status, body(carrier)) == (401, {"error": "invalid credentials"})
    agent = answer("GET", "/api/calls/call_booking", {"X-API-KEY": API_KEY})
    assert (agent.status, body(agent)["status"]) == (401, "error")
    assert "data" not in body(agent)


def test_header_names_may_have_any_case(desk: Desk) -> None:
    shouted = {name.upper(): value for name, value in CARRIER_KEYS.items()}
    assert desk.sandbox.answer("GET", "/api/v1/auth/me", shouted).status == 200


def test_a_path_in_the_wrong_case_is_refused_like_wrong_keys(desk: Desk) -> None:
    lower_account = f"/api/v1/account/{AUTH_ID}/Call/booking-leg/?status=live"
    assert desk.sandbox.answer("GET", lower_account, CARRIER_KEYS).status == 401
    assert desk.carrier("/call/booking-leg/?status=live").status == 401
    assert desk.carrier("/Nothing/").status == 404


def test_another_accounts_calls_are_forbidden(desk: Desk) -> None:
    assert desk.sandbox.answer("GET", "/api/v1/Account/MA_OTHER/cdr/booking-leg", CARRIER_KEYS).status == 403


def test_the_credential_check_names_the_account_and_no_secret(desk: Desk) -> None:
    checked = desk.sandbox.answer("GET", "/api/v1/auth/me", CARRIER_KEYS)
    assert body(checked)["auth_id"] == AUTH_ID
    assert AUTH_TOKEN.encode() not in checked.body


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_sandbox_only_reads(desk: Desk, method: str) -> None:
    assert desk.sandbox.answer(method, f"{ACCOUNT}/Call/live-leg/", CARRIER_KEYS).status == 405
    assert desk.sandbox.answer(method, "/api/calls/call_live", AGENT_KEYS).status == 405
    assert desk.sandbox.answer(method, "/api/calls", AGENT_KEYS).status == (200 if method == "POST" else 405)


def test_a_clock_set_back_takes_the_settled_call_back_too(desk: Desk) -> None:
    desk.at = LONG_AFTER
    assert desk.call("call_live")["call_status"] == "ENDED"
    desk.at = 30
    assert desk.call("call_live")["call_status"] == "ONGOING"


def test_bodies_are_the_same_in_another_process() -> None:
    program = (
        "import hashlib, sys; from vobiz_mcp.sandbox import *\n"
        "keys = {'X-API-KEY': API_KEY, 'X-API-SECRET': API_SECRET}\n"
        f"answer = Sandbox(lambda: {STARTED}).answer('GET', '/api/calls/call_support', keys)\n"
        "print(hashlib.sha256(answer.body).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1


@contextmanager
def served(sandbox: Sandbox) -> Iterator[str]:
    with serve(sandbox) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        host, port = server.server_address[:2]
        try:
            yield f"http://{host!s}:{port}"
        finally:
            server.shutdown()
            thread.join()


def fetched(url: str, keys: dict[str, str], method: str = "GET") -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers=keys, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_the_same_bytes_come_over_loopback_http(desk: Desk) -> None:
    with served(desk.sandbox) as url:
        assert url.startswith("http://127.0.0.1:")
        for scenario in SCENARIOS:
            reply = desk.agent(scenario.call_id)
            assert fetched(f"{url}/api/calls/{scenario.call_id}", AGENT_KEYS) == (200, reply.body)
        live = "/Call/live-leg/?status=live"
        assert fetched(url + ACCOUNT + live, CARRIER_KEYS) == (200, desk.carrier(live).body)
        assert fetched(f"{url}/api/v1/auth/me", {}) == (401, b'{"error":"invalid credentials"}')
        assert fetched(f"{url}/api/calls/call_live", AGENT_KEYS, "POST")[0] == 405
