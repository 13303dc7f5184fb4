"""The carrier's bodies: live calls, audio streams, call detail records, the account."""

import math
import uuid
from datetime import UTC, datetime, timedelta, timezone

from vobiz_mcp.sandbox.reply import JsonObject, api_id
from vobiz_mcp.sandbox.scenario import Hangup, Leg, Scene, Stream

RECORD_DELAY = 5.0  # seconds from the end of a call to its record
_CALL_RATE = 0.45
_STREAM_RATE = 0.12
_INDIA = timezone(timedelta(hours=5, minutes=30))


def is_live(scene: Scene) -> bool:
    """Whether the carrier lists the call as live: from the first ring to the hangup."""
    return scene.is_placed and not scene.is_over


def is_recorded(scene: Scene) -> bool:
    """Whether the call's record has been written."""
    return scene.now >= scene.ended + RECORD_DELAY


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
    opened, closed = _stream_times(scene, one)
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
        "start_time": _zulu(opened),
        "end_time": None if end is None else _zulu(end),
    }


def _older_stream(scene: Scene, one: Stream, opened: float, end: float | None) -> JsonObject:
    seconds = None if end is None else round(end - opened)
    minutes = None if seconds is None else math.ceil(seconds / 60)
    return {
        "api_id": api_id(one.id),
        "audio_track": one.track,
        "bidirectional": one.bidirectional,
        "bill_duration": seconds,
        "billed_amount": None if minutes is None else f"{minutes * _STREAM_RATE:.5f}",
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


def _stream_times(scene: Scene, one: Stream) -> tuple[float, float]:
    return scene.picked_up + one.opens, scene.picked_up + one.closes if one.closes else scene.ended


def call_record(scene: Scene, account: str) -> JsonObject:
    """Return the call detail record of a call that has ended."""
    record = _parties(scene.leg, account) | _times(scene) | _ending(scene.leg.hangup)
    record |= _quality(scene.leg) | _price(scene)
    return {"data": dict(sorted(record.items())), "success": True}


def _parties(leg: Leg, account: str) -> JsonObject:
    return {
        "account_id": account,
        "bridge_uuid": _uuid(leg.uuid, "bridge"),
        "call_direction": leg.direction,
        "caller_id_name": leg.caller_name or None,
        "caller_id_number": leg.caller,
        "campaign_id": None,
        "context": "voice-api",
        "customer_endpoint": None,
        "destination_number": leg.callee,
        "id": 18_400_000 + uuid.UUID(_uuid(leg.uuid, "record")).int % 100_000,
        "sip_call_id": _uuid(leg.uuid, "sip"),
        "sip_user_agent": "Vobiz",
        "terminated_to": None,
        "trunk_id": None,
        "uuid": leg.uuid,
    }


def _times(scene: Scene) -> JsonObject:
    written = _zulu(scene.ended + RECORD_DELAY)
    return {
        "answer_time": _zulu(scene.picked_up) if scene.leg.answered else None,
        "billsec": _talked(scene),
        "created_at": written,
        "duration": round(scene.ended - scene.placed),
        "end_time": _zulu(scene.ended),
        "progress_time": _zulu(scene.placed + 1),
        "ring_time": round(scene.leg.rings),
        "start_time": _zulu(scene.placed),
        "updated_at": written,
    }


def _ending(hangup: Hangup) -> JsonObject:
    return {
        "failure_code": None,
        "failure_reason": None,
        "hangup_cause": hangup.cause,
        "hangup_cause_code": hangup.code,
        "hangup_cause_name": hangup.name,
        "hangup_disposition": hangup.disposition,
        "hangup_source": hangup.source,
    }


def _quality(leg: Leg) -> JsonObject:
    return {
        "carrier_ip": "192.0.2.10",
        "codec": "PCMU" if leg.answered else None,
        "jitter": 2.4 if leg.answered else 0,
        "mos": leg.mos if leg.answered else 0,
        "network_addr": "192.0.2.10",
        "origination_region": "mumbai" if leg.region == "ap-south-1" else "virginia",
        "packet_loss": 0.1 if leg.answered else 0,
        "region": leg.region,
    }


def _price(scene: Scene) -> JsonObject:
    talk = math.ceil(_talked(scene) / 60) * _CALL_RATE
    audio = sum(_stream_price(scene, one) for one in scene.scenario.streams)
    return {
        "cost": round(talk, 2),
        "currency": "INR",
        "streaming_cost": round(audio, 2),
        "total_cost": round(talk + audio, 2),
    }


def _stream_price(scene: Scene, one: Stream) -> float:
    opened, closed = _stream_times(scene, one)
    return math.ceil((closed - opened) / 60) * _STREAM_RATE


def _talked(scene: Scene) -> int:
    return round(scene.ended - scene.picked_up)


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


def _uuid(call_uuid: str, part: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"sandbox:{call_uuid}:{part}"))


def _zulu(epoch: float) -> str:
    return f"{datetime.fromtimestamp(epoch, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _naive(epoch: float, detail: str = "microseconds") -> str:
    return datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None).isoformat(" ", detail)


def _indian(epoch: float) -> str:
    return datetime.fromtimestamp(epoch, _INDIA).isoformat(" ", "seconds")
