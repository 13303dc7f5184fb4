"""One call as the carrier, its streams and the agent platform tell it, and the diagnosis of such bodies."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import httpx2
from asking import LEG, NOW, client

from vobiz_mcp.tools.diagnose_call import DiagnoseCall
from vobiz_mcp.tools.steps.question import Answer

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


OVER = ended()


LIVE = live()
