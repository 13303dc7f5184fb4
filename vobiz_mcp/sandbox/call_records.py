"""The carrier's call detail records: one call's, and the list with its filters and pages."""

import math
import uuid
from collections.abc import Iterable, Mapping, Sequence

from vobiz_mcp.sandbox.reply import JsonObject
from vobiz_mcp.sandbox.scenario import Hangup, Leg, Scene, Stream
from vobiz_mcp.sandbox.telephony import STREAM_RATE, stream_times, zulu

RECORD_DELAY = 5.0  # seconds from the end of a call to its record
_CALL_RATE = 0.45  # for each minute or part of one
_LARGEST_PAGE = 100
_USUAL_SIZES = {"page": "1", "per_page": "20", "limit": "20", "min_duration": "0"}
_ECHOED = ("call_direction", "from_number", "hangup_cause", "to_number")


def is_recorded(scene: Scene) -> bool:
    """Whether the call's record has been written."""
    return scene.now >= scene.ended + RECORD_DELAY


def call_record(scene: Scene, account: str) -> JsonObject:
    """Return the call detail record of a call that has ended."""
    record = _parties(scene.leg, account) | _times(scene) | _ending(scene.leg.hangup)
    record |= _quality(scene.leg) | _price(scene)
    return dict(sorted(record.items()))


def complaint(query: Mapping[str, str]) -> str:
    """Return what the carrier would refuse about a list's query, or nothing."""
    sizes = _sizes(query)
    if not all(size.isdecimal() for size in sizes.values()):
        return f"{', '.join(sizes)} must be whole numbers"
    if not (int(sizes["page"]) and 1 <= int(sizes["per_page"]) <= _LARGEST_PAGE):
        return f"page must be at least 1, per_page from 1 to {_LARGEST_PAGE}"
    paired = ("start_date" in query) == ("end_date" in query)
    return "" if paired else "start_date and end_date must be given together"


def _sizes(query: Mapping[str, str]) -> dict[str, str]:
    return {name: query.get(name, usual) for name, usual in _USUAL_SIZES.items()}


def listing(kind: str, scenes: Iterable[Scene], query: Mapping[str, str], account: str) -> JsonObject:
    """Return the body of a list: `cdr` and `search` filter and page, `recent` only takes a limit."""
    sizes = {name: int(size) for name, size in _sizes(query).items()}
    if kind == "recent":
        return _records(_found(scenes, {})[: sizes["limit"]], account)
    page = _page(_found(scenes, query), sizes["page"], sizes["per_page"], account)
    return page | {"filters": {name: query.get(name, "") for name in _ECHOED}} if kind == "search" else page


def _found(scenes: Iterable[Scene], query: Mapping[str, str]) -> list[Scene]:
    """Return the calls that have a record and pass the filters of a query, newest first."""
    fitting = [scene for scene in scenes if is_recorded(scene) and _fits(scene, query)]
    return sorted(fitting, key=lambda scene: scene.placed, reverse=True)


def _fits(scene: Scene, query: Mapping[str, str]) -> bool:
    leg, day = scene.leg, zulu(scene.placed)[:10]
    return (
        query.get("from_number", "") in leg.caller
        and query.get("to_number", "") in leg.callee
        and query.get("call_direction", leg.direction) == leg.direction
        and query.get("hangup_cause", leg.hangup.cause) == leg.hangup.cause
        and query.get("start_date", day) <= day <= query.get("end_date", day)
        and round(scene.ended - scene.placed) >= int(query.get("min_duration", "0"))
    )


def _page(scenes: Sequence[Scene], number: int, size: int, account: str) -> JsonObject:
    """Return one page of records with what is counted over all of them."""
    start, pages = (number - 1) * size, math.ceil(len(scenes) / size)
    return _records(scenes[start : start + size], account) | {
        "pagination": {
            "page": number,
            "per_page": size,
            "total": len(scenes),
            "pages": pages,
            "has_next": number < pages,
            "has_prev": number > 1,
        },
        "summary": _summary(scenes),
    }


def _records(scenes: Sequence[Scene], account: str) -> JsonObject:
    return {
        "account_id": account,
        "count": len(scenes),
        "data": [call_record(scene, account) for scene in scenes],
        "success": True,
    }


def _summary(scenes: Sequence[Scene]) -> JsonObject:
    count, answered = len(scenes), sum(scene.leg.answered for scene in scenes)
    seconds = sum(round(scene.ended - scene.placed) for scene in scenes)
    return {
        "totalCalls": count,
        "answeredCalls": answered,
        "answerRate": round(100 * answered / count, 1) if count else 0,
        "avgCallDuration": f"{round(seconds / count) if count else 0}s",
        "total_duration_seconds": seconds,
        "total_billable_seconds": sum(map(_talked, scenes)),
        "total_cost": round(sum(map(_cost, scenes)), 2),
        "last_call_at": zulu(scenes[0].placed) if scenes else None,
    }


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
    written = zulu(scene.ended + RECORD_DELAY)
    return {
        "answer_time": zulu(scene.picked_up) if scene.leg.answered else None,
        "billsec": _talked(scene),
        "created_at": written,
        "duration": round(scene.ended - scene.placed),
        "end_time": zulu(scene.ended),
        "progress_time": zulu(scene.placed + 1),
        "ring_time": round(scene.leg.rings),
        "start_time": zulu(scene.placed),
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
    return {
        "cost": round(_talk_price(scene), 2),
        "currency": "INR",
        "streaming_cost": round(_streaming_price(scene), 2),
        "total_cost": round(_cost(scene), 2),
    }


def _cost(scene: Scene) -> float:
    return _talk_price(scene) + _streaming_price(scene)


def _talk_price(scene: Scene) -> float:
    return math.ceil(_talked(scene) / 60) * _CALL_RATE


def _streaming_price(scene: Scene) -> float:
    return sum(_stream_price(scene, one) for one in scene.scenario.streams)


def _stream_price(scene: Scene, one: Stream) -> float:
    opened, closed = stream_times(scene, one)
    return math.ceil((closed - opened) / 60) * STREAM_RATE


def _talked(scene: Scene) -> int:
    return round(scene.ended - scene.picked_up)


def _uuid(call_uuid: str, part: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"sandbox:{call_uuid}:{part}"))
