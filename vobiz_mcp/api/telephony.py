"""The requests of the telephony API, below `/api/v1/Account/{auth_id}/`, and the shapes that answer each.

The documentation has shown every object in more than one wrapping; each function here takes them all.
"""

from __future__ import annotations

from collections.abc import Mapping

from vobiz_mcp.api.wire import Request, safe_id
from vobiz_mcp.errors import NotFound, UnreadableAnswer
from vobiz_mcp.records.call_record import CallRecord, CallRecordList
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.live_call import LiveCall, LiveCallList
from vobiz_mcp.records.stream import Stream, StreamList

_LISTS = ("calls", "objects", "streams", "data", "items")
"""Keys under which one or another version of the API puts a list."""

_TELLING = frozenset({
    "call_uuid", "request_uuid", "uuid", "call_id", "stream_id", "call_status", "call_state", "call_direction",
    "direction", "service_url",
})  # fmt: skip
"""Keys of which every published call, stream and record has one, and an answer of something else has none."""


def live_call(call_uuid: str) -> Request[LiveCall]:
    """`GET Call/{call_uuid}/?status=live`; `NotFound` when the call is not in progress."""
    return _call(call_uuid, "live")


def queued_call(call_uuid: str) -> Request[LiveCall]:
    """`GET Call/{call_uuid}/?status=queued`; `NotFound` when the call does not wait to be dialled."""
    return _call(call_uuid, "queued")


def live_calls() -> Request[LiveCallList]:
    """`GET Call/?status=live`: the ids of all calls in progress."""
    return _calls("live", "calls")


def queued_calls() -> Request[LiveCallList]:
    """`GET Call/?status=queued`: the ids of up to 20 calls that wait to be dialled."""
    return _calls("queued", "queued")


def call_record(call_uuid: str) -> Request[CallRecord]:
    """`GET cdr/{call_uuid}`; `NotFound` until the call has ended and the record is written."""
    thing = f"record (CDR) of call {call_uuid}"
    return Request(
        "telephony",
        f"cdr/{safe_id(call_uuid)}",
        thing,
        lambda tree: _record(_one(tree, thing, call_uuid, ("uuid", "call_uuid", "call_id")), call_uuid),
        if_absent="It is written seconds after a call ends: get_live_call tells whether this one still goes on. "
        "If not, check the call_uuid; an agent call's call_id is another id.",
    )


def call_records(filters: Mapping[str, str | int], page: int, per_page: int) -> Request[CallRecordList]:
    """`GET cdr`: one page of the finished calls that the filters let through, newest first.

    Args:
        filters: the API's own names: `from_number`, `start_date`, `hangup_cause`, …
        page: from 1.
        per_page: up to 100.
    """
    query = {**filters, "page": page, "per_page": per_page}
    advice = "get_call_record works with a call_uuid that is known. Check VOBIZ_BASE_URL and VOBIZ_AUTH_ID."
    return Request("telephony", "cdr", "list of call records (CDRs)", _call_record_list, query, if_absent=advice)


def stream(call_uuid: str, stream_id: str) -> Request[Stream]:
    """`GET Call/{call_uuid}/Stream/{stream_id}/`."""
    thing = f"stream {stream_id} on call {call_uuid}"
    return Request(
        "telephony",
        f"Call/{safe_id(call_uuid)}/Stream/{safe_id(stream_id)}/",
        thing,
        lambda tree: _stream(_one(tree, thing, stream_id, ("stream_id",)), call_uuid, stream_id),
        if_absent="list_streams gives the ids of the call's streams.",
    )


def streams(call_uuid: str, limit: int, offset: int) -> Request[StreamList]:
    """`GET Call/{call_uuid}/Stream/`: one page of the call's streams, running and ended."""
    return Request(
        "telephony",
        f"Call/{safe_id(call_uuid)}/Stream/",
        f"streams of call {call_uuid}",
        lambda tree: _stream_list(tree, call_uuid),
        {"limit": limit, "offset": offset},
        if_absent="Check the call_uuid: get_live_call tells whether the call is known.",
    )


def _call(call_uuid: str, status: str) -> Request[LiveCall]:
    thing = f"{status} call {call_uuid}"

    def read(tree: Json) -> LiveCall:
        call = LiveCall.read(_one(tree, thing, call_uuid, ("call_uuid", "request_uuid")))
        told = call if call.state else call.model_copy(update={"state": status})
        return told.compared(call_uuid, call.call_uuid, call.request_uuid)

    return Request("telephony", f"Call/{safe_id(call_uuid)}/", thing, read, {"status": status})


def _calls(status: str, field: str) -> Request[LiveCallList]:
    def read(tree: Json) -> LiveCallList:
        items = _items(tree)
        if items is None:
            raise UnreadableAnswer(f"the API answered without a list of {status} calls")
        return LiveCallList.read({field: [{"call_uuid": item} if isinstance(item, str) else item for item in items]})

    advice = "get_live_call works with a call_uuid that is known. Check VOBIZ_BASE_URL."
    return Request("telephony", "Call/", f"list of {status} calls", read, {"status": status}, if_absent=advice)


def _record(tree: Json, call_uuid: str) -> CallRecord:
    record = CallRecord.read(tree)
    return record.compared(call_uuid, record.uuid)


def _stream(tree: Json, call_uuid: str, stream_id: str) -> Stream:
    stream = Stream.read(tree)
    return stream.compared(stream_id, stream.stream_id).compared(call_uuid, stream.call_uuid)


def _one(tree: Json, thing: str, wanted: str, id_keys: tuple[str, ...]) -> Json:
    """The object asked for, out of any wrapping: itself, `{data: object}`, or the one of a list that has the id."""
    candidates = _listed(tree)
    if candidates is None:
        found = tree.get("data", tree) if isinstance(tree, dict) else None
        if isinstance(tree, dict) and found is None:
            raise NotFound(f"the API has no {thing}")
        if not isinstance(found, dict) or not _TELLING & found.keys():
            raise UnreadableAnswer(f"the API answered without the {thing}")
        return found
    if wanted in candidates:
        return {id_keys[0]: wanted}
    objects = [item for item in candidates if isinstance(item, dict)]
    named = [item for item in objects if wanted in (item.get(key) for key in id_keys)]
    if not named and len(objects) != 1:
        raise NotFound(f"the API has no {thing}")
    return (named or objects)[0]


def _listed(tree: Json) -> list[Json] | None:
    """The list that a body is or holds, or None when it is a single object."""
    if isinstance(tree, list):
        return tree
    held = [tree[key] for key in _LISTS if isinstance(tree.get(key), list)] if isinstance(tree, dict) else []
    return held[0] if held and isinstance(held[0], list) else None


def _items(tree: Json) -> list[Json] | None:
    """The list of a body that can only be one: null under the key of a list is an empty list."""
    is_null = isinstance(tree, dict) and any(tree.get(key, tree) is None for key in _LISTS)
    return [] if is_null and _listed(tree) is None else _listed(tree)


def _stream_list(tree: Json, call_uuid: str) -> StreamList:
    items = _items(tree)
    if items is None:
        items = [tree] if isinstance(tree, dict) and "stream_id" in tree else []
        if not items and tree not in (None, {}):
            raise UnreadableAnswer("the API answered without a list of streams")
    found = StreamList.read({"streams": items, "total": _total(tree)})
    told = [stream.compared(call_uuid, stream.call_uuid) for stream in found.streams]
    others = [stream for stream in told if stream.mismatch]
    if not others:
        return found
    of = f"{len(others)} of {len(told)} streams"
    wrong = f"the API answered with {of} of call {others[0].call_uuid}, not {call_uuid}"
    return found.model_copy(update={"streams": told, "mismatch": wrong})


def _call_record_list(tree: Json) -> CallRecordList:
    items = _items(tree)
    if items is None:
        raise UnreadableAnswer("the API answered without a list of call records")
    envelope = tree if isinstance(tree, dict) else {}
    return CallRecordList.read(
        {"records": items, "pagination": envelope.get("pagination"), "summary": envelope.get("summary")}
    )


def _total(tree: Json) -> Json:
    if not isinstance(tree, dict):
        return None
    meta = tree.get("meta")
    return tree.get("total", meta.get("total_count") if isinstance(meta, dict) else None)
