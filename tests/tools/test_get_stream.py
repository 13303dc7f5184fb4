from datetime import datetime
from typing import Any

import httpx2
import o200k
import pytest
from asking import LEG, NOW, asked, client, sample
from inline_snapshot import snapshot
from shared import needs_shared, payload

from vobiz_mcp.errors import NotFound
from vobiz_mcp.tools.get_stream import GetStream

DAY = 86_400
START = datetime.fromisoformat("2026-03-02T09:27:30Z").timestamp()
"""When the current sample stream starts."""


def told(name: str, at: float = NOW, call: object = None, **changes: Any) -> str:
    body = sample(name) | changes
    asked_for = sample(name)["stream_id"]
    routes: dict[str, object] = {f"Call/{LEG}/Stream/{asked_for}/": body}
    if call is not None:
        routes[f"Call/{LEG}/"] = call
    return asked(GetStream(call_uuid=LEG, stream_id=asked_for), routes, at).text


def checks(*given: Any, **changes: Any) -> list[str]:
    return [line for line in told(*given, **changes).splitlines() if line.startswith("check: ")]


def test_a_running_stream_is_told() -> None:
    assert told("stream_current") == snapshot("""\
in-progress · bidirectional, track inbound · audio goes to wss://agent.example.com/media/v2
audio/x-l16 16000 Hz · since 2026-03-02 09:27:30 UTC (2 min 48 s so far)\
""")


def test_an_ended_stream_without_a_status_is_ended_by_its_end_time_with_its_bill() -> None:
    assert told("stream_billed") == snapshot("""\
ended (derived from its end time, no status is sent) · one-way (nothing is played back), track both · audio goes to wss://recorder.example.com/in
codec not stated · from 2026-03-02 14:57:30, to 14:58:04 +05:30 (34 s)
billed 34 s, rounded to 60 s, amount 0.00300 (currency not stated)\
""")


def test_a_stream_with_its_rate_in_a_field_of_its_own_is_told_alike() -> None:
    assert told("stream_object") == snapshot("""\
completed · one-way (nothing is played back), track outbound · audio goes to wss://agent.example.com/audio
audio/x-l16 8000 Hz · from 2026-03-02 09:27:30, to 09:28:41 UTC (1 min 11 s)\
""")


def test_a_stream_without_status_and_end_is_running_and_said_to_be_derived() -> None:
    assert told("stream_bare") == snapshot("""\
running (derived from the missing end time, no status is sent) · one-way (nothing is played back), track both · audio goes to wss://agent.example.com/audio
codec not stated · since 2026-03-02 14:57:30 +05:30 (2 min 48 s so far)\
""")


def test_where_the_audio_goes_is_told_without_what_lets_one_in() -> None:
    url = "wss://user:pw@agent.example.com/media/token/abc?key=s3cret"
    first = told("stream_current", service_url=url).splitlines()[0]
    assert first.endswith("audio goes to wss://…@agent.example.com/media/token/…?…")


def test_a_stream_of_which_nearly_nothing_is_known_is_told_in_a_line_or_two() -> None:
    bare = {"stream_id": "a", "call_uuid": LEG}
    assert asked(GetStream(call_uuid=LEG, stream_id="a"), {f"Call/{LEG}/Stream/a/": bare}).text == snapshot("""\
running (derived from the missing end time, no status is sent) · target not stated
codec not stated\
""")


@pytest.mark.parametrize("name", ["stream_current", "stream_billed", "stream_object", "stream_bare"])
def test_nothing_is_wrong_with_the_samples(name: str) -> None:
    assert checks(name) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"audio_track": "both"}, "bidirectional with track both", id="bidirectional with both tracks"),
        pytest.param({"content_type": "audio/x-l16;rate=24000"}, "24000 Hz", id="24 kHz in the content type"),
        pytest.param({"sampling_rate": 24000}, "24000 Hz", id="24 kHz in its field"),
        pytest.param({"status": "completed"}, "it has ended but carries no end time", id="ended without an end"),
        pytest.param(
            {"end_time": "2026-03-02T09:20:00Z", "status": "failed"}, "it ends before it starts", id="backwards"
        ),
        pytest.param(
            {"end_time": "2026-03-02T09:29:00Z"}, "it has an end time, yet its status", id="ended and running"
        ),
    ],
)
def test_what_cannot_be_right_is_pointed_out(changes: Any, said: str) -> None:
    (check,) = checks("stream_current", **changes)
    assert said in check


@pytest.mark.parametrize(
    ("seconds", "timeout", "call", "said"),
    [
        pytest.param(299, None, None, None, id="short: the call is not asked about"),
        pytest.param(301, None, "live_flat", None, id="long, and its call goes on"),
        pytest.param(301, None, "live_none", "its call is over, yet the stream has no end", id="the call is over"),
        pytest.param(301, None, "live_finished", "its call is over, yet the stream has no end", id="a finished record"),
        pytest.param(DAY + 1, None, "live_none", "the API ends a stream after 24 h at most", id="longer than any"),
        pytest.param(3601, 3600, "live_flat", "the API ends a stream after 1 h at most", id="longer than its time-out"),
    ],
)
def test_a_stream_that_was_left_open_is_found(
    seconds: int, timeout: int | None, call: str | None, said: str | None
) -> None:
    found = checks("stream_current", START + seconds, call and sample(call), stream_timeout=timeout)
    assert [said in check for check in found if said] == ([True] if said else [])
    assert len(found) == (said is not None)


def test_a_short_stream_costs_one_request_and_a_doubt_about_the_call_is_no_failure() -> None:
    paths: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        paths.append(request.url.path.removeprefix("/api/v1/Account/MA_TEST"))
        return (
            httpx2.Response(200, json=sample("stream_current"))
            if "/Stream/" in request.url.path
            else httpx2.Response(500)
        )

    question = GetStream(call_uuid=LEG, stream_id=sample("stream_current")["stream_id"])
    for at in (START + 299, START + 301):
        with client(handler, at) as vobiz:
            assert "check" not in vobiz.answer(question).text
    stream = f"/Call/{LEG}/Stream/{question.stream_id}/"
    assert list(dict.fromkeys(paths)) == [stream, f"/Call/{LEG}/"]
    assert paths.count(stream) == 2


def test_a_stream_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound) as caught:
        asked(GetStream(call_uuid=LEG, stream_id="gone"), {})
    assert str(caught.value) == snapshot(
        "not_found: the API has no stream gone on call 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90. list_streams gives the ids of the call's streams."
    )


@needs_shared
@pytest.mark.parametrize(
    "name",
    ["01_current", "02_legacy_billing", "03_stream_object_example", "04_plivo_object"],
)
def test_every_published_body_is_answered_within_its_tokens(name: str) -> None:
    body = payload(f"vobiz/stream_get_{name}")
    stream_id = httpx2.Response(200, content=body).json()["stream_id"]
    answer = asked(GetStream(call_uuid="c", stream_id=stream_id), {f"Call/c/Stream/{stream_id}/": body})
    assert answer.record.warnings == []
    assert o200k.count(answer.text.partition("\ncheck: ")[0]) <= 110
