"""The carrier's bodies: live calls, audio streams, the account."""

import math
from datetime import UTC, datetime, timedelta, timezone

from vobiz_mcp.sandbox.reply import JsonObject, api_id
from vobiz_mcp.sandbox.scenario import Scene, Stream

STREAM_RATE = 0.12  # for each minute or part of one
_INDIA = timezone(timedelta(hours=5, minutes=30))


def is_live(scene: Scene) -> bool:
    """Whether the carrier lists the call as live: from the first ring to the hangup."""
    return scene.is_placed and not scene.is_over


def live_call(scene: Scene, target: str) -> JsonObject:
    """Return the body of a live call, in the shape of its scenario's generation of the API."""
    if scene.leg.older_shape:
        return {"api_id": api_id(target), "calls": [_older_live_call(scene)]}
    leg, inbound = scene.leg, scene.leg.direction == "inbound"
    return {
        "api_id": api_id(target),
        "call_status": "in-progress" if scene.is_answered else "ringing",
        "call_uuid": leg.uuid,
        "caller_name": leg.caller_name,
        "direction": leg.direction,
        "from": leg.caller.removeprefix("+"),
        "request_uuid": leg.uuid,
        "session_start": _naive(scene.placed),
        "stir_attestation": "A" if inbound else "Not Applicable",
        "stir_verification": "Verified" if inbound else "Not Applicable",
        "to": leg.callee.removeprefix("+"),
    }


def _older_live_call(scene: Scene) -> JsonObject:
    leg, answered = scene.leg, scene.is_answered
    return {
        "answer_time": _naive(scene.picked_up, "seconds") if answered else None,
        "bill_duration": None,
        "billed_duration": None,
        "call_direction": leg.direction,
        "call_duration": int(scene.now - scene.picked_up) if answered else 0,
        "call_state": "ACTIVE" if answered else "RINGING",
        "call_uuid": leg.uuid,
        "conference_uuid": None,
        "end_time": None,
        "from_number": leg.caller,
        "initiation_time": _naive(scene.placed, "seconds"),
        "parent_call_uuid": None,
        "hangup_cause_code": None,
        "hangup_cause_name": None,
        "hangup_source": None,
        "to_number": leg.callee,
        "total_amount": None,
        "total_rate": None,
        "stir_verification": "verified",
        "stir_attestation": "A",
        "source_ip": "192.0.2.20",
    }


def stream_page(scene: Scene, limit: int, offset: int) -> JsonObject:
    """Return one page of the streams that have been opened by now, running or ended."""
    known = _opened(scene)
    return {
        "page": offset // limit + 1,
        "per_page": limit,
        "total": len(known),
        "objects": [_stream(scene, one) for one in known[offset : offset + limit]],
    }


def stream(scene: Scene, stream_id: str) -> JsonObject | None:
    """Return the body of one audio stream; None while it has not been opened."""
    found = [one for one in _opened(scene) if one.id == stream_id]
    return _stream(scene, found[0]) if found else None


def _opened(scene: Scene) -> list[Stream]:
    if not scene.is_answered:
        return []
    return [one for one in scene.scenario.streams if scene.picked_up + one.opens <= scene.now]


def _stream(scene: Scene, one: Stream) -> JsonObject:
    opened, closed = stream_times(scene, one)
    end = closed if scene.now >= closed else None
    if one.older_shape:
        return _older_stream(scene, one, opened, end)
    return {
        "stream_id": one.id,
        "call_uuid": scene.leg.uuid,
        "service_url": one.service_url,
        "status_callback_url": "https://agents.example.invalid/stream-status",
        "bidirectional": one.bidirectional,
        "audio_track": one.track,
        "content_type": one.content_type,
        "status": "in-progress" if end is None else one.status,
        "start_time": zulu(opened),
        "end_time": None if end is None else zulu(end),
    }


def _older_stream(scene: Scene, one: Stream, opened: float, end: float | None) -> JsonObject:
    seconds = None if end is None else round(end - opened)
    minutes = None if seconds is None else math.ceil(seconds / 60)
    return {
        "api_id": api_id(one.id),
        "audio_track": one.track,
        "bidirectional": one.bidirectional,
        "bill_duration": seconds,
        "billed_amount": None if minutes is None else f"{minutes * STREAM_RATE:.5f}",
        "call_uuid": scene.leg.uuid,
        "created_at": None if end is None else str(datetime.fromtimestamp(end + 0.6, UTC)),
        "end_time": None if end is None else _indian(end),
        "account_id": "MA_SANDBOX",
        "resource_uri": f"/v1/Account/MA_SANDBOX/Call/{scene.leg.uuid}/Stream/{one.id}/",
        "rounded_bill_duration": None if minutes is None else minutes * 60,
        "service_url": one.service_url,
        "start_time": _indian(opened),
        "stream_id": one.id,
    }


def stream_times(scene: Scene, one: Stream) -> tuple[float, float]:
    """Return when an audio stream opens and when it closes, in epoch seconds."""
    return scene.picked_up + one.opens, scene.picked_up + one.closes if one.closes else scene.ended


def account(auth_id: str) -> JsonObject:
    """Return the account that the credentials belong to, without any secret."""
    return {
        "id": auth_id,
        "auth_id": auth_id,
        "name": "Sandbox account",
        "status": "active",
        "cps_limit": 10,
        "concurrent_calls_limit": 50,
    }


def zulu(epoch: float) -> str:
    """Return a moment as most of the API's bodies have it."""
    return f"{datetime.fromtimestamp(epoch, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _naive(epoch: float, detail: str = "microseconds") -> str:
    return datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None).isoformat(" ", detail)


def _indian(epoch: float) -> str:
    return datetime.fromtimestamp(epoch, _INDIA).isoformat(" ", "seconds")
