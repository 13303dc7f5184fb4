import json
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest
from asking import LEG, NOW, client, sample
from hypothesis import given
from hypothesis import strategies as st
from shared import needs_shared, payload

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.telephony import call_record, call_records, live_call, queued_call, stream, streams
from vobiz_mcp.api.wire import KNOWN_CODES, SANDBOX_HEADER, Request, decipher, safe_id
from vobiz_mcp.errors import (
    AccountBlocked,
    BadCredentials,
    InvalidArguments,
    NotFound,
    RateLimited,
    UnreadableAnswer,
    UpstreamBroken,
    UpstreamUnreachable,
    VobizError,
)
from vobiz_mcp.ids import is_id
from vobiz_mcp.records.record import Record
from vobiz_mcp.tools import TOOLS

LIVE = live_call(LEG)
NO_HEADERS: Mapping[str, str] = {}


def answered(request: Request[Any], body: object, status: int = 200, **headers: str) -> Record:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    record: Record = decipher(request, status, {name.replace("_", "-"): v for name, v in headers.items()}, content)
    return record


def refused(request: Request[Any], body: object, status: int, **headers: str) -> VobizError:
    with pytest.raises(VobizError) as caught:
        answered(request, body, status, **headers)
    return caught.value


ERRORS = {
    "balance": AccountBlocked,
    "balance with another status": AccountBlocked,
    "credentials as text": BadCredentials,
    "token expired": BadCredentials,
    "account inactive": AccountBlocked,
    "no record": NotFound,
    "nothing at all": NotFound,
    "no stream": NotFound,
    "no trunk": NotFound,
    "validation": InvalidArguments,
    "too fast": RateLimited,
    "failed inside a success": UpstreamBroken,
    "not found inside a success": NotFound,
    "credentials inside a success": BadCredentials,
    "too fast inside a success": RateLimited,
    "unsuccessful inside a success": UpstreamBroken,
    "no call": NotFound,
    "bad request": InvalidArguments,
    "bad request that claims success": InvalidArguments,
    "failure without an error": UpstreamBroken,
    "failure inside a success": UpstreamBroken,
}


@pytest.mark.parametrize("request_", [LIVE, agent_call("call_clinic")], ids=["telephony", "agent"])
@pytest.mark.parametrize("name", ERRORS)
def test_every_error_body_becomes_its_error_and_none_of_its_text_gets_through(
    name: str, request_: Request[Any]
) -> None:
    error = refused(request_, sample("errors")[name]["body"], sample("errors")[name]["status"])
    assert type(error) is ERRORS[name]
    assert "secret" not in f"{error!r} {error}"


def test_every_error_in_the_samples_is_tested() -> None:
    assert sample("errors").keys() == ERRORS.keys()


@needs_shared
@pytest.mark.parametrize(
    ("name", "status", "expected"),
    [
        ("vobiz/error_01_standard_envelope", 402, AccountBlocked),
        ("vobiz/error_200_conference_failed", 200, UpstreamBroken),
        ("vobiz/error_401_invalid_credentials_string", 401, BadCredentials),
        ("vobiz/error_401_token_expired", 401, BadCredentials),
        ("vobiz/error_403_account_inactive", 403, AccountBlocked),
        ("vobiz/error_404_cdr_string", 404, NotFound),
        ("vobiz/error_404_empty_object", 404, NotFound),
        ("vobiz/error_404_stream", 404, NotFound),
        ("vobiz/error_404_trunk_object", 404, NotFound),
        ("vobiz/error_422_validation", 422, InvalidArguments),
        ("vobiz/error_429_cps", 429, RateLimited),
        ("agent/zudu_11_error_404_call_not_found", 404, NotFound),
        ("agent/zudu_12_error_400_validation", 400, InvalidArguments),
        ("agent/zudu_13_error_400_but_status_success", 400, InvalidArguments),
        ("agent/zudu_14_error_500_error_field_null", 500, UpstreamBroken),
        ("agent/zudu_14_error_500_error_field_null", 200, UpstreamBroken),
    ],
)
def test_every_published_error_becomes_its_error(name: str, status: int, expected: type[VobizError]) -> None:
    assert type(refused(LIVE if name.startswith("vobiz") else agent_call("x"), payload(name), status)) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (301, UpstreamBroken),
        (308, UpstreamBroken),
        (400, InvalidArguments),
        (401, BadCredentials),
        (402, AccountBlocked),
        (403, AccountBlocked),
        (404, NotFound),
        (409, InvalidArguments),
        (410, NotFound),
        (422, InvalidArguments),
        (429, RateLimited),
        (500, UpstreamBroken),
        (503, UpstreamBroken),
        (504, UpstreamBroken),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>", b"null", b'"x"', b'{"error":{"code":[]}}', b'{"error":5}'])
def test_a_status_decides_where_the_body_says_nothing(body: bytes, status: int, expected: type[VobizError]) -> None:
    assert type(refused(LIVE, body, status)) is expected


@pytest.mark.parametrize("body", [b"", b"<html>", b"null", b'"x"'])
def test_a_success_without_an_object_is_unreadable(body: bytes) -> None:
    assert type(refused(LIVE, body, 204)) is UnreadableAnswer


REFUSALS = {
    300: "the API redirects elsewhere (HTTP 300), which is never followed. Check the base URL's host and scheme.",
    399: "the API redirects elsewhere (HTTP 399), which is never followed. Check the base URL's host and scheme.",
    400: "the API finds the request invalid (HTTP 400)",
    401: "the API does not accept the keys (or the path's case, which it answers alike)",
    402: "the API refuses this account (HTTP 402)",
    403: "the API refuses this account (HTTP 403)",
    404: "the API has no call",
    405: "the API finds the request invalid (HTTP 405)",
    406: "the API finds the request invalid (HTTP 406)",
    409: "the API finds the request invalid (HTTP 409)",
    410: "the API has no call",
    418: "the API failed (HTTP 418)",
    422: "the API finds the request invalid (HTTP 422)",
    429: "the API limits how fast it may be asked",
    500: "the API failed (HTTP 500)",
}


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_says_in_our_words_what_happened(status: int) -> None:
    error = refused(Request("telephony", "Call/", "call", Record.model_validate), b"", status)
    assert f"{error.message}. {error.advice}".startswith(REFUSALS[status].rstrip("."))


INSIDE = {
    "Stream not found": "the API has no call",
    "this does not exist": "the API has no call",
    "Invalid credentials": "the API does not accept the keys",
    "UNAUTHORIZED": "the API does not accept the keys",
    "out of order": "the API answered with an error inside a success",
}


@pytest.mark.parametrize("field", ["error", "message"])
@pytest.mark.parametrize("said", INSIDE)
def test_an_error_inside_a_success_says_in_our_words_what_it_amounts_to(said: str, field: str) -> None:
    request = Request("telephony", "Call/", "call", Record.model_validate)
    assert refused(request, {"success": False, field: said}, 200).message == INSIDE[said]


@pytest.mark.parametrize("code", KNOWN_CODES)
def test_a_known_code_is_said_in_our_words_with_any_status(code: str) -> None:
    for status in (200, 400, 500):
        error = refused(LIVE, {"error": {"code": code}}, status)
        assert (type(error), error.message) == KNOWN_CODES[code]


@pytest.mark.parametrize("status", [200, 403, 429, 500])
def test_a_limit_is_known_by_its_code_and_says_how_long_to_wait(status: int) -> None:
    limit = {"error": {"code": "RATE_LIMIT_EXCEEDED", "details": {"retryAfter": 12}}}
    assert refused(LIVE, limit, status).advice == "Wait 12 s, then ask again."
    assert refused(LIVE, {"error": {"code": "RATE_LIMIT_EXCEEDED"}}, status, retry_after="7").advice.startswith(
        "Wait 7 s"
    )


@pytest.mark.parametrize("status", [500, 503])
def test_an_api_that_is_down_may_say_when_to_ask_again(status: int) -> None:
    assert refused(LIVE, b"", status, retry_after="30").advice == "Wait 30 s, then ask again."
    assert refused(LIVE, {"error": {"details": {"retryAfter": 9}}}, status).advice == "Wait 9 s, then ask again."
    assert refused(LIVE, b"", 404, retry_after="30").advice == refused(LIVE, b"", 404).advice


def test_only_what_is_absent_has_the_advice_of_its_request() -> None:
    request = Request("telephony", "Call/", "call", Record.model_validate, if_absent="Look in the list of calls.")
    assert refused(request, b"", 404).advice == "Look in the list of calls."
    assert refused(request, b"", 403).advice == AccountBlocked.usual_advice


def test_what_is_no_id_is_refused_with_what_an_id_is() -> None:
    with pytest.raises(InvalidArguments) as caught:
        safe_id("../Account")
    assert str(caught.value) == (
        "invalid_arguments: an id is 1 to 128 letters, digits, `_` or `-`. Pass the id exactly as it was given."
    )
    assert [is_id(one) for one in ("a" * 128, "a" * 129, "", "a\n", "^a", "a$")] == [True, *[False] * 5]


@pytest.mark.parametrize(
    ("header", "date", "in_body", "seconds"),
    [
        pytest.param("7", "", None, 7, id="seconds"),
        pytest.param(" 0.5 ", "", 9, 0.5, id="the header before the body"),
        pytest.param(
            "Mon, 02 Mar 2026 09:31:05 GMT", "Mon, 02 Mar 2026 09:30:00 GMT", None, 65, id="a date after its own"
        ),
        pytest.param(
            "Mon, 02 Mar 2026 09:31:05 -0000", "Mon, 02 Mar 2026 09:30:00 GMT", None, 65, id="a date without zone"
        ),
        pytest.param(
            "Mon, 02 Mar 2026 15:01:05 +0530", "Mon, 02 Mar 2026 09:30:00 GMT", None, 65, id="a date in another zone"
        ),
        pytest.param("Wed, 21 Oct 2015 07:28:00 GMT", "", None, 0, id="a date gone by"),
        pytest.param("", "", 0, 0, id="no time in the body"),
        pytest.param("", "", 86_400, 86_400, id="a whole day in the body"),
        pytest.param("", "", 86_401, None, id="more than a day in the body"),
        pytest.param("", "", 3, 3, id="in the body"),
        pytest.param("soon", "", 3, 3, id="an unknown form"),
        pytest.param("-5", "", None, None, id="a negative time"),
        pytest.param("", "", -1, None, id="a negative time in the body"),
        pytest.param("", "", 10**400, None, id="a time beyond reason in the body"),
        pytest.param("", "", "3", None, id="no number in the body"),
        pytest.param("", "", None, None, id="nowhere"),
    ],
)
def test_how_long_to_wait_is_read_from_header_or_body(
    header: str, date: str, in_body: object, seconds: float | None
) -> None:
    error = refused(LIVE, {"error": {"details": {"retryAfter": in_body}}}, 429, retry_after=header, date=date)
    assert isinstance(error, RateLimited)
    assert error.retry_after == seconds
    assert ("Wait a minute" in str(error)) == (seconds is None)


@given(st.text(), st.text())
def test_no_retry_after_breaks_the_reading(header: str, date: str) -> None:
    assert type(refused(LIVE, {}, 429, retry_after=header, date=date)) is RateLimited


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("live_flat", "in-progress"),
        ("live_inbound", "in-progress"),
        ("live_older", "ACTIVE"),
        ("live_ids", "live"),
        ("live_queued", "queued"),
    ],
)
def test_a_live_call_comes_out_of_every_wrapping(name: str, state: str) -> None:
    call = decipher(LIVE, 200, NO_HEADERS, json.dumps(sample(name)).encode())
    assert (call.call_uuid, call.state, call.warnings) == (LEG, state, [])


@pytest.mark.parametrize("name", ["stream_current", "stream_billed", "stream_object", "stream_bare"])
def test_a_stream_comes_out_of_every_shape(name: str) -> None:
    sent = sample(name)
    found = decipher(stream(LEG, sent["stream_id"]), 200, NO_HEADERS, json.dumps(sent).encode())
    assert (found.stream_id, found.call_uuid, found.warnings) == (sent["stream_id"], LEG, [])


@pytest.mark.parametrize(
    ("name", "ids", "total"),
    [
        ("streams_page", ["a1f4b0c2-77de-4f19-8a35-c0de5a6b7e81", "billed-audio"], 2),
        ("streams_meta", ["a1f4b0c2-77de-4f19-8a35-c0de5a6b7e81", "billed-audio"], 2),
        ("streams_bare_list", ["a1f4b0c2-77de-4f19-8a35-c0de5a6b7e81", "billed-audio"], None),
        ("streams_one", ["billed-audio"], None),
        ("streams_none", [], 0),
    ],
)
def test_a_list_of_streams_comes_out_of_every_wrapping(name: str, ids: list[str], total: int | None) -> None:
    found = decipher(streams(LEG, 20, 0), 200, NO_HEADERS, json.dumps(sample(name)).encode())
    assert [one.stream_id for one in found.streams] == ids
    assert (found.total, found.warnings) == (total, [])


@pytest.mark.parametrize("name", ["record_current", "record_naive", "record_older", "record_text_cost"])
def test_a_call_record_comes_out_of_every_shape(name: str) -> None:
    found = decipher(call_record(LEG), 200, NO_HEADERS, json.dumps(sample(name)).encode())
    assert (found.uuid, found.direction, found.caller) == (LEG, "outbound", "+912245678901")
    assert (found.hangup_cause, found.warnings) == ("NORMAL_CLEARING", [])


@pytest.mark.parametrize(
    ("name", "count", "total"),
    [("records_page", 4, 41), ("record_older", 1, 1), ("record_text_cost", 1, 1), ("live_none", 0, None)],
)
def test_a_list_of_records_comes_out_of_every_naming(name: str, count: int, total: int | None) -> None:
    found = decipher(call_records({}, 1, 20), 200, NO_HEADERS, json.dumps(sample(name)).encode())
    assert (len(found.records), found.pagination.total, found.warnings) == (count, total, [])


@pytest.mark.parametrize("name", ["agent_zudu", "agent_zudu_lower_case", "agent_minimal", "agent_retell"])
def test_an_agent_call_comes_out_of_every_wrapping(name: str) -> None:
    call = decipher(agent_call("call_clinic"), 200, NO_HEADERS, json.dumps(sample(name)).encode())
    assert (call.call_id, call.is_over, call.warnings) == ("call_clinic", True, [])


MANY = {"calls": [{"call_uuid": "other", "call_state": "HELD"}, {"call_uuid": LEG, "call_state": "ACTIVE"}]}


def test_of_several_calls_the_one_with_the_id_is_taken() -> None:
    assert decipher(LIVE, 200, NO_HEADERS, json.dumps(MANY).encode()).state == "ACTIVE"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(sample("live_none"), NotFound, id="an empty list"),
        pytest.param({"calls": ["other"]}, NotFound, id="a list of other ids"),
        pytest.param({"calls": [{"call_uuid": "a"}, {"call_uuid": "b"}]}, NotFound, id="a list of other calls"),
        pytest.param({"data": None, "success": True}, NotFound, id="data that is null"),
        pytest.param({}, UnreadableAnswer, id="an empty object"),
        pytest.param({"status": "ok", "service": "not this API"}, UnreadableAnswer, id="something else's health"),
        pytest.param({"data": {"hello": "world"}}, UnreadableAnswer, id="something else's data"),
        pytest.param("in-progress", UnreadableAnswer, id="a word"),
        pytest.param(b"<html>not JSON</html>", UnreadableAnswer, id="a web page"),
        pytest.param(b"", UnreadableAnswer, id="nothing"),
        pytest.param(b'{"call_uuid": ', UnreadableAnswer, id="half an answer"),
        pytest.param(b"[" * 100_000, UnreadableAnswer, id="a bottomless answer"),
    ],
)
def test_a_success_without_the_thing_is_no_success(body: object, expected: type[VobizError]) -> None:
    requests: list[Request[Any]] = [LIVE, queued_call(LEG), call_record(LEG)]
    for request in requests:
        assert type(refused(request, body, 200)) is expected


@pytest.mark.parametrize("body", [{"data": None}, {"data": []}, {"hello": "world"}, [], None, {"data": {"x": 1}}])
def test_an_agent_call_is_known_by_its_keys(body: object) -> None:
    assert type(refused(agent_call("x"), body, 200)) is UnreadableAnswer


@pytest.mark.parametrize("body", [{"hello": "world"}, "x", 0, {"objects": {}}])
def test_what_is_no_list_of_streams_is_not_taken_for_an_empty_one(body: object) -> None:
    assert type(refused(streams(LEG, 20, 0), body, 200)) is UnreadableAnswer


def test_a_stream_whose_own_status_is_error_is_a_stream() -> None:
    found = answered(stream(LEG, "s"), {"stream_id": "s", "status": "error"})
    assert found.model_dump()["status"] == "error"


@pytest.mark.parametrize("status", [200, 404], ids=["record", "error"])
def test_what_the_sandbox_made_up_is_marked(status: int) -> None:
    headers = {SANDBOX_HEADER: "1"}
    for marked in (headers, NO_HEADERS):
        try:
            made_up = decipher(LIVE, status, marked, json.dumps(sample("live_flat")).encode()).sandbox
        except NotFound as error:
            made_up = error.sandbox
        assert made_up == bool(marked)


def test_keys_go_to_their_own_api_and_in_headers_only() -> None:
    seen: list[httpx2.Request] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(404)

    with client(handler) as vobiz:
        requests: list[Request[Any]] = [LIVE, streams(LEG, 5, 10), agent_call("call_clinic")]
        for request in requests:
            with pytest.raises(NotFound):
                vobiz.fetch(request)
    assert [str(request.url) for request in seen] == [
        f"https://api.test/api/v1/Account/MA_TEST/Call/{LEG}/?status=live",
        f"https://api.test/api/v1/Account/MA_TEST/Call/{LEG}/Stream/?limit=5&offset=10",
        "https://api.test/api/calls/call_clinic",
    ]
    ours = ("x-auth-id", "x-auth-token", "x-api-key", "x-api-secret", "authorization", "cookie")
    sent = [{name: request.headers[name] for name in ours if name in request.headers} for request in seen]
    telephony = {"x-auth-id": "MA_TEST", "x-auth-token": "test-token"}
    assert sent == [telephony, telephony, {"x-api-key": "sk_test", "x-api-secret": "s3cr3t_test"}]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    hosts: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        hosts.append(request.url.host)
        return httpx2.Response(status, headers={"Location": "https://elsewhere.test/"})

    with client(handler, NOW) as vobiz, pytest.raises(UpstreamBroken, match="never followed"):
        vobiz.fetch(LIVE)
    assert hosts == ["api.test"]


BAD_IDS = {
    "empty": "",
    "blank": " ",
    "parent folder": "../x",
    "this folder": ".",
    "two segments": "a/b",
    "escaped dot": "%2e",
    "query": "a?b=c",
    "fragment": "a#b",
    "line break": "a\nb",
    "null character": "a\0",
    "backslash": "a\\b",
    "at sign": "a@b",
    "semicolon": "a;b",
    "full-width letter": "ａ",
    "Arabic digit": "٣",
    "too long": "a" * 129,
}


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.tool_name())
@pytest.mark.parametrize("bad", BAD_IDS.values(), ids=BAD_IDS)
def test_nothing_is_asked_for_an_id_that_could_reach_another_path(bad: str, tool: Any) -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        pytest.fail(f"asked for {request.url}")

    ids = [name for name in tool.model_fields if name.endswith(("_id", "_uuid"))]
    for wrong in ids:
        if not bad.strip() and not tool.model_fields[wrong].is_required():
            continue  # an optional id that is empty is none
        with pytest.raises(InvalidArguments, match=wrong):
            tool.of({name: bad if name == wrong else "fine" for name in ids})
        # Also when nobody checked the arguments.
        unchecked = tool.model_construct(**{name: bad if name == wrong else "fine" for name in ids})
        with client(handler) as vobiz, pytest.raises(InvalidArguments, match="an id is"):
            vobiz.answer(unchecked)


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (httpx2.ConnectError("secret"), r"cannot be reached \(ConnectError\)"),
        (httpx2.ReadError("secret"), r"cannot be reached \(ReadError\)"),
        (httpx2.RemoteProtocolError("secret"), r"cannot be reached \(RemoteProtocolError\)"),
        (httpx2.ConnectTimeout("secret"), "did not answer in time"),
        (httpx2.ReadTimeout("secret"), "did not answer in time"),
        (httpx2.PoolTimeout("secret"), "did not answer in time"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_answer_is_said_in_our_words(failure: Exception, message: str) -> None:
    def handler(_: httpx2.Request) -> httpx2.Response:
        raise failure

    with client(handler) as vobiz, pytest.raises(UpstreamUnreachable, match=message) as caught:
        vobiz.fetch(LIVE)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
