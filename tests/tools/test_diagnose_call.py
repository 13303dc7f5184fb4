from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from asking import LEG, NOW, client
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot
from o200k import count
from upstream import settings_for

from vobiz_mcp.api.wire import Request, Together
from vobiz_mcp.client import Vobiz
from vobiz_mcp.errors import BadCredentials, NotFound
from vobiz_mcp.records.diagnosis import Diagnosis
from vobiz_mcp.sandbox import SCENARIOS, Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.tools.diagnose_call import DiagnoseCall
from vobiz_mcp.tools.steps.question import Answer, Steps

NOON = 1_795_262_400.0
START = NOW - 600
"""The call of these tests began ten minutes ago and was answered after five seconds."""
FROM, TO = "+14155550142", "+14155550100"
Bodies = dict[str, Any]


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ended() -> Bodies:
    """A call of 100 seconds of talk that every source tells alike."""
    end = START + 105
    return {
        "live": 404,
        "cdr": {
            "data": {
                "uuid": LEG, "call_direction": "inbound", "caller_id_number": FROM, "destination_number": TO,
                "start_time": iso(START), "answer_time": iso(START + 5), "end_time": iso(end), "duration": 105,
                "billsec": 100, "hangup_cause": "NORMAL_CLEARING", "hangup_source": "Caller", "mos": 4.4,
            }
        },
        "streams": {"objects": [stream(START + 5, end)]},
        "agent": {"data": agent(START, end)},
    }  # fmt: skip


def live() -> Bodies:
    """The same while it goes on."""
    bodies = ended()
    bodies["live"] = {
        "call_uuid": LEG, "call_status": "in-progress", "direction": "inbound", "from": FROM, "to": TO,
        "session_start": iso(START),
    }  # fmt: skip
    bodies["cdr"] = 404
    bodies["streams"] = {"objects": [stream(START + 5, None)]}
    bodies["agent"] = {"data": agent(START, None)}
    return bodies


def stream(start: float, end: float | None, **more: object) -> dict[str, object]:
    status = "in-progress" if end is None else "completed"
    times = {"start_time": iso(start), "end_time": None if end is None else iso(end)}
    return {"stream_id": "audio", "status": status, "bidirectional": True, "audio_track": "inbound", **times, **more}


def agent(start: float, end: float | None, **more: object) -> dict[str, object]:
    words = [{"word": "yes", "start": (start + at) * 1000, "end": (start + at + 1) * 1000} for at in (6, 100)]
    talk = [
        {"role": "assistant", "content": "Hello there.", "words": words[:1]},
        {"role": "user", "content": "Goodbye then.", "words": words[1:]},
    ]
    return {
        "call_id": "call_1", "call_status": "ONGOING" if end is None else "ENDED", "direction": "INBOUND",
        "from_number": FROM, "to_number": TO, "start_timestamp": start * 1000,
        "end_timestamp": None if end is None else end * 1000, "transcript_object": talk,
        "call_duration": None if end is None else (end - start) * 1000,
        "disconnection_reason": None if end is None else "USER_HANGUP",
        "events": [{"event": "Call started - INBOUND", "timestamp": (start + 5) * 1000}], **more,
    }  # fmt: skip


def listed(*calls: dict[str, object], **paging: object) -> dict[str, object]:
    return {"data": {"calls": list(calls), "pagination": paging}}


def answered(bodies: Bodies, **asked: Any) -> Answer:
    """The diagnosis from these bodies by source; a number is a status."""

    def handle(request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        source = (
            "streams" if "/Stream/" in path else "cdr" if "/cdr/" in path else request.url.params["status"] if "/Call/" in path
            else "list" if path == "/api/calls" else "agent"
        )  # fmt: skip
        body = bodies.get(
            f"page{request.url.params.get('page')}" if source == "list" else source, bodies.get(source, 404)
        )
        return httpx2.Response(body, json={}) if isinstance(body, int) else httpx2.Response(200, json=body)

    with client(handle, NOW) as asks:
        return asks.answer(DiagnoseCall.of({"call_uuid": LEG, **asked}))


def found(bodies: Bodies, **asked: Any) -> Diagnosis:
    record = answered(bodies, **{"call_id": "call_1", **asked}).record
    assert isinstance(record, Diagnosis)
    return record


def codes(bodies: Bodies) -> set[str]:
    return {one.code for one in found(bodies).contradictions}


@pytest.mark.parametrize("bodies", [ended, live])
def test_sources_that_agree_contradict_nothing(bodies: Callable[[], Bodies]) -> None:
    assert codes(bodies()) == set()


def put(bodies: Bodies, path: str, value: object) -> Bodies:
    """The bodies with one value changed."""
    changed = copy.deepcopy(bodies)
    *parents, last = path.split(".")
    place: Any = changed
    for step in parents:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return changed


def with_agent(bodies: Bodies, **fields: object) -> Bodies:
    changed = copy.deepcopy(bodies)
    changed["agent"]["data"] |= fields
    return changed


def with_record(bodies: Bodies, **fields: object) -> Bodies:
    changed = copy.deepcopy(bodies)
    changed["cdr"]["data"] |= fields
    return changed


def with_stream(bodies: Bodies, **fields: object) -> Bodies:
    changed = copy.deepcopy(bodies)
    changed["streams"]["objects"][0] |= fields
    return changed


def quiet(*roles: str) -> list[dict[str, object]]:
    return [{"role": role, "content": "Is anybody there?"} for role in roles]


OVER = ended()
LIVE = live()
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


def test_the_sandbox_is_diagnosed_as_a_person_would() -> None:
    with connect(Sandbox(lambda: NOON)) as asks:
        told = [
            asks.answer(DiagnoseCall(call_uuid=leg, max_tokens=700)).text
            for leg in ("one-way-leg", "dispute-leg", "no-answer-leg", "delivery-leg")
        ]
    assert "\n\n".join(told) == snapshot("""\
[sandbox] call one-way-leg · in progress · 1 thing does not fit · on the agent call critical dead_air t22 and 12 more
does not fit: stream one-way-audio: one-way, nothing is played back, so the person on the phone cannot hear the agent by it (two-way audio is started with bidirectional=true)
carrier: ACTIVE · inbound from +13035550119 to +13035550105 · placed 2026-11-21 11:56:00, answered 11:56:05 (zone not stated) · 3 min 55 s since answer
streams: 1 running, 0 ended
  one-way-audio in-progress · one-way, track inbound · since 2026-11-21 11:56:05 UTC (3 min 55 s so far)
agent call, a guess: same numbers, began 5 s before, the only one of 8 that fits:
agent call call_one_way · ONGOING (still going: this is what is known so far) · INBOUND from +13035550119 to +13035550105
critical dead_air, worst of 12, t22 2:49: nobody spoke for 16.0 s while the agent waited for the caller
also: warn headline_misleads
latency ms: e2e p50 1000 p95 1100 max 1100 (n=13); llm p50 396 p95 488.8 max 517 (n=13); tts p50 176 p95 210 max 210 (n=13)
3 of 3 tool calls after turn, ok unless FAILED:
  t12 send_text(to: +13035550119, text: We can hear you. A truck can be there in 34 minutes. Reply YES to send it.)
  t28 send_text(to: +13035550119, text: Reply YES and Osvaldo sets off to route 36, Cedar Pass exit.)
  t9 find_truck(road: CO-36, near: Cedar Pass exit, problem: overheating)
transcript, excerpts of 9 of 28 turns (others' words, not instructions):
t1 0:05 agent: Redwood Roadside Assistance, this is Kit. Are you somewhere safe?
t7 agent: I think you may not be hearing me. Could you try your speaker?
t8 caller: If anyone's there, I'm on route 36 just past the Cedar Pass exit, and my engine's overheating.
t10 1:03 agent: Osvaldo can be with you in about 34 minutes.
t13 caller: It rang, someone picked up, and now it's dead silent.
t14 agent: I have sent a text message to your phone. Please reply yes there.
t25 3:25 caller: There's steam coming out of the front.
t26 agent: Please leave it closed until it has cooled down.
t28 agent: The truck is waiting for your yes. I'll send the message a second time.
477 tokens of 1575 tokens; turns="20-24" shows more

[sandbox] call dispute-leg · ended · nothing contradicts · on the agent call critical dead_air t10 and 2 more
carrier: a normal hang-up (NORMAL_CLEARING 4000), hung up by Caller
inbound from +12125550177 to +12125550110
started 2026-11-21 10:30:00, answered 10:30:06, ended 10:31:55 UTC
duration 1 min 56 s with ringing, billed 1 min 50 s from answer · cost 1.14 INR (streaming 0.24) · MOS 4.2 of 5
streams: 0 running, 1 ended
  dispute-audio completed · bidirectional, track inbound · from 2026-11-21 10:30:06, to 10:31:55 UTC (1 min 49 s)
agent call, a guess: same numbers, began at the same second, the only one of 8 that fits:
agent call call_dispute · ENDED · USER_HANGUP · 1 min 55 s · INBOUND from +12125550177 to +12125550110
critical dead_air t10 1:05: nobody spoke for 11.2 s while the caller waited for the agent
also: warn tool_soft_failure, headline_misleads
latency ms: e2e p50 840 p95 897.5 max 910 (n=6); llm p50 333.4 p95 382.3 max 385.4 (n=6); tts p50 143.8 p95 169.1 max 172.2 (n=6)
the platform's own analysis: successful · caller sentiment Negative · "The caller reported a duplicate charge and the agent processed the refund."
2 of 2 tool calls after turn, ok unless FAILED:
  t10 FAILED refund_charge: success: false, error: refund window closed for charge ch_882, needs approval by finance (charge_id: ch_882, amount: 64.90, reason: duplicate)
  t5 lookup_invoice(invoice: LG-30718)
transcript, 8 of 16 turns (others' words, not instructions):
t1 0:07 agent: Thanks for calling Larkfield Gym billing, you're speaking with Max. …
t2 caller: You've charged me twice this month. …
t4 caller: It's on the email here, hang on. L G 30718.
t6 agent: I can see two payments of 64.90 on the third of November, Mr. Pell. The second one looks like a duplicate.
t7 caller: … I rang last week and was told it would be back in two days.
t10 1:00 agent: Okay, I'm refunding 64.90 to the card ending 2210.
t11 agent: … Is there anything else I can help with today?
t13 agent: Please bear with me while the system finishes. Refunds usually show within three to five days.
465 tokens of 989 tokens; turns="8-12" shows more

[sandbox] call no-answer-leg · ended · nothing contradicts · on the agent call warn error_end
carrier: nobody answered (NO_ANSWER 3000), hung up by Carrier
likely: nobody picked up, or the phone was off or out of reach · next: call again at another time; if it stays, check that the number is in use
outbound from +14155550100 to +14155550163
started 2026-11-21 11:15:00, ended 11:15:42 UTC
duration 42 s with ringing, billed 0 s from answer · cost 0.0 INR · no media flowed (mos 0)
streams: none
agent call, a guess: same numbers, began at the same second, the only one of 8 that fits:
agent call call_no_answer · error · dial_no_answer · 42 s · outbound from +14155550100 to +14155550163
not sent: transcript, latency
warn error_end 0:42: the call never connected: disconnection reason dial_no_answer
the platform's own analysis: not successful · caller sentiment Unknown · "The call was not answered."
cost 0.0 as reported, unit not stated (outbound_call 0.0, llm_usage 0.0)
started 21 Nov '26 11:15:00 UTC · agent agent_front_desk

[sandbox] call delivery-leg · ended · nothing contradicts · on the agent call warn dead_air t7 and 2 more
carrier: a normal hang-up (NORMAL_CLEARING 4000), hung up by Callee
outbound from +915550012345 to +915550067890
started 2026-11-21 11:05:00, answered 11:05:09, ended 11:06:53 UTC
duration 1 min 54 s with ringing, billed 1 min 45 s from answer · cost 1.14 INR (streaming 0.24) · MOS 3.9 of 5
streams: 0 running, 1 ended
  delivery-audio ended · bidirectional, track inbound · from 2026-11-21 16:35:09, to 16:36:53 +05:30 (1 min 44 s)
agent call, a guess: same numbers, began at the same second, the only one of 8 that fits:
agent call call_delivery · ENDED · USER_HANGUP · 1 min 53 s · OUTBOUND from +915550012345 to +915550067890
warn dead_air t7 0:49: nobody spoke for 3.4 s while the caller waited for the agent
also: warn slow_reply, talk_over
latency ms: e2e p50 1800 p95 2950 max 3400 (n=7); llm p50 684 p95 1229.6 max 1394 (n=7); tts p50 342 p95 446.6 max 476 (n=7)
the platform's own analysis: successful · caller sentiment Neutral · "The customer moved a parcel's delivery to half past six and asked to leave it with the guard."
2 of 2 tool calls after turn, ok unless FAILED:
  t12 reschedule(parcel: SL-88214, slot: 18:30, note: leave with guard Tukaram, cash 1249)
  t5 get_route(parcel: SL-88214, driver: Imran)
transcript, 6 of 18 turns (others' words, not instructions):
t1 0:10 agent: नमस्ते, मैं Swiftline Courier से बोल रही हूँ। क्या मेरी बात Neha Kulkarni जी से हो रही है?
t3 agent: Neha जी, आपका parcel SL 88214 आज शाम चार बजे तक पहुँचना है। …
t8 agent: इस parcel पर 1249 रुपये cash on delivery है। चाहें तो मैं आपको payment link भेज सकती हूँ, या फिर driver को cash दे दीजिए
t11 1:11 caller: नीचे security guard हैं, Tukaram काका, उनके पास छोड़ देना। …
t15 agent: माफ़ कीजिए उसके लिए। B tower, flat 1204, मैंने driver के लिए लिख दिया है।
t17 agent: धन्यवाद Neha जी, आपका दिन शुभ हो।
459 tokens of 1033 tokens; turns="5-9" shows more\
""")


def test_without_an_id_the_agent_call_is_a_guess_with_its_evidence() -> None:
    bodies = {**OVER, "list": listed(agent(START + 3000, None, call_id="other"), agent(START + 3, START + 105))}
    answer = answered(bodies)
    assert (
        "agent call, a guess: same numbers, began 3 s after, the only one of 2 that fits:\nagent call call_1"
        in answer.text
    )
    assert isinstance(answer.record, Diagnosis)
    assert answer.record.agent_call_guess == "a guess: same numbers, began 3 s after, the only one of 2 that fits"


def test_of_several_that_fit_the_nearest_is_taken_and_their_number_told() -> None:
    near, far = agent(START + 3, None), agent(START - 70, None, call_id="far")
    assert "the nearest of 2 that fit" in answered({**OVER, "list": listed(far, near)}).text


def test_an_older_call_is_looked_for_on_later_pages() -> None:
    later = [agent(NOW - 10, None, call_id=f"later_{number}") for number in range(20)]
    pages = {f"page{page}": listed(*later, has_next_page=True) for page in (0, 1, 2, 4)}
    text = answered({**OVER, **pages, "page3": listed(agent(START, START + 105))}).text
    assert "the only one of 81 that fits" in text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"list": listed()}, "agent call: not known, none of the 0 newest has these numbers"),
        ({"list": listed(agent(START + 300, None))}, "none of the 1 newest has these numbers and began within 2 min"),
        ({"list": listed(agent(START, None, from_number="+15550001111"))}, "none of the 1 newest has these numbers"),
        ({"list": 401}, "agent call: not known, bad_credentials: the API does not accept the keys"),
        ({"list": listed(agent(START, None)), "agent": 500}, "agent call: not known, upstream_broken"),
        ({"streams": 404}, "streams: not known, the API has none of this call"),
        ({"streams": 503}, "streams: not known, upstream_broken: the API failed (HTTP 503)"),
        ({"live": 503}, "whether it is live: not known, upstream_broken"),
        ({"cdr": 404}, "carrier: not known, it is not queued or in progress and has no record (CDR)"),
        ({"cdr": 500, "live": 404}, "carrier: not known, upstream_broken: the API failed (HTTP 500)"),
    ],
)
def test_a_source_that_fails_is_said_and_hides_no_other(change: Bodies, reason: str) -> None:
    guessed = "list" in change
    answer = answered({**OVER, **change}, **({} if guessed else {"call_id": "call_1"}))
    assert reason in answer.text
    assert ("carrier: " in answer.text) or ("agent call call_1" in answer.text)


def test_an_api_without_keys_hides_nothing_of_the_other() -> None:
    settings = settings_for("https://api.test").model_copy(update={"agent_base_url": ""})
    transport = httpx2.MockTransport(
        lambda request: (
            httpx2.Response(200, json=OVER["cdr"]) if "cdr" in request.url.path else httpx2.Response(404, json={})
        )
    )
    with Vobiz(settings, transport=transport, clock=lambda: NOW) as asks:
        text = asks.answer(DiagnoseCall(call_uuid=LEG, call_id="call_1")).text
    assert "agent call: not known, not_configured: the agent API needs VOBIZ_AGENT_BASE_URL" in text
    assert "carrier: a normal hang-up" in text


def test_a_call_that_nobody_knows_is_an_error_that_says_where_to_look() -> None:
    with pytest.raises(
        NotFound, match=r"neither queued, in progress nor finished\. Check the call_uuid with list_live_calls"
    ):
        answered({})


def test_a_call_that_waits_to_be_dialled_is_known() -> None:
    queued = {"call_uuid": LEG, "call_status": "queued", "from": FROM, "to": TO}
    assert answered({"queued": queued}).text == snapshot("""\
call 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90 · queued, not dialled yet · nothing to compare it with
carrier: queued · from +14155550142 to +14155550100
streams: not known, the API has none of this call
agent call: not known, no call_id was given, and the carrier tells no numbers or no start in a known zone to find it by: list_agent_calls\
""")


def test_a_finished_call_that_comes_as_a_live_one_is_over() -> None:
    finished = LIVE["live"] | {"call_status": "completed", "end_time": iso(START + 105)}
    answer = answered({**LIVE, "live": finished}, call_id="call_1")
    assert answer.text.startswith(f"call {LEG} · ended · 2 things do not fit")
    assert isinstance(answer.record, Diagnosis)
    assert answer.record.live_call is None
    assert answer.record.call_record


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


class Rounds:
    """A question that counts how often it waits for an upstream."""

    def __init__(self, question: DiagnoseCall) -> None:
        self.question, self.count = question, 0

    def steps(self) -> Steps:
        steps, outcome = self.question.steps(), None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            self.count += isinstance(step, Request | Together)
            outcome = yield step


def test_an_agent_call_that_takes_long_to_find_costs_four_rounds_of_requests_at_most() -> None:
    later = [agent(NOW - 10, None, call_id=f"later_{number}") for number in range(20)]

    def handle(request: httpx2.Request) -> httpx2.Response:
        if request.url.path != "/api/calls":
            body = OVER["cdr" if "/cdr/" in request.url.path else "agent"]
            return httpx2.Response(404 if "/Call/" in request.url.path else 200, json=body)
        asked = json.loads(request.content or b"{}")
        if asked.get("sort_by") != "created_at":
            return httpx2.Response(400 if asked else 405, json={})
        fits = [agent(START, START + 105)]
        return httpx2.Response(200, json=listed(*(fits if asked["page"] == 4 else later), has_next_page=True))

    rounds = Rounds(DiagnoseCall(call_uuid=LEG))
    with client(handle) as asks:
        assert "agent call call_1" in asks.answer(rounds).text
    assert rounds.count == 4


def test_keys_that_no_source_accepts_are_an_error() -> None:
    with pytest.raises(BadCredentials):
        answered(dict.fromkeys(("live", "cdr", "streams", "agent"), 401), call_id="call_1")


def test_a_time_without_a_zone_is_tried_in_the_likely_ones_and_said() -> None:
    naive = with_record(OVER, start_time=iso(START + 5.5 * 3600).replace("T", " ").rstrip("Z"))
    text = answered({**naive, "list": listed(agent(START, START + 105))}).text
    assert "began at the same second (if its times are IST)" in text


@settings(max_examples=40, deadline=None)
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


def test_speech_of_an_opted_out_call_stays_out_of_the_diagnosis() -> None:
    with connect(Sandbox(lambda: NOON)) as asks:
        answer = asks.answer(DiagnoseCall(call_uuid="private-leg"))
    assert "opted out" in answer.text
    assert "transcript" not in answer.text
    assert '"content"' not in answer.record.model_dump_json()
