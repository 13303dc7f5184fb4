"""Bytes of an HTTP body → a plain tree of JSON values.

Read fast when the body is good JSON and tolerantly when it is not: a byte-order mark, raw control characters, NaN,
bytes that are no UTF-8 and lone surrogates are all mended rather than refused. Every string that leaves here is valid
Unicode.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from vobiz_mcp.errors import UnreadableAnswer
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.speech import Span, merged, says_as_much, timed


class _Word(msgspec.Struct, gc=False):
    start: float | None = None
    end: float | None = None


class _Entry(msgspec.Struct, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """Every field of a transcript entry that has been published; an entry with another one is read by `parse`."""

    words: list[_Word] = []
    speech: list[Span] = []
    role: Any = None
    content: Any = None
    timestamp: Any = None
    time_sec: Any = None
    metadata: Any = None
    tool_call_id: Any = None
    name: Any = None
    type: Any = None
    arguments: Any = None
    successful: Any = None
    digit: Any = None
    multimedia: Any = None
    former_node_id: Any = None
    former_node_name: Any = None
    new_node_id: Any = None
    new_node_name: Any = None
    transition_type: Any = None


class _Envelope(msgspec.Struct):
    data: dict[str, msgspec.Raw] | None = None
    message: Any = None
    status: Any = None
    error: Any = None
    success: Any = None


_anything = msgspec.json.Decoder()
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_envelope = msgspec.json.Decoder(_Envelope)
_entries = msgspec.json.Decoder(list[_Entry] | None)
_calls = msgspec.json.Decoder(list[dict[str, msgspec.Raw]])


def parse(body: bytes) -> Json:
    """The tree of a body. Raises `UnreadableAnswer` when it is no JSON even with tolerance."""
    try:
        tree: Json = _anything.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        tree = _parse_tolerantly(body)
    return tree


def parse_agent_call(body: bytes) -> Json:
    """The tree of an agent call, with each utterance's `words` already reduced to spans of `speech`.

    Word times are four fifths of a long call's bytes, often sent twice, and all that is needed of them is when somebody
    spoke: no tree of them is ever built, and the transcript without tool calls is left out when the one with them holds
    as much speech. What is not quite of this shape is read by `parse`, at a higher cost.
    """
    try:
        return _agent_call(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return parse(body)


def parse_agent_calls(body: bytes) -> Json:
    """The tree of a list of agent calls, each read as `parse_agent_call` does: a page may weigh as much as them all."""
    try:
        return _agent_calls(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError):
        return parse(body)


def _agent_calls(body: bytes) -> Json:
    sent = _fields.decode(body)
    inner = _fields.decode(sent.pop("data")) if "data" in sent else sent
    calls: list[Json] = [_call_fields(call) for call in _calls.decode(inner.pop("calls"))]
    envelope: dict[str, Json] = {key: _anything.decode(raw) for key, raw in sent.items()}
    page: dict[str, Json] = {key: _anything.decode(raw) for key, raw in inner.items()}
    return {**envelope, "data": {**page, "calls": calls}}


def _agent_call(body: bytes) -> Json:
    envelope = _envelope.decode(body)
    if envelope.data is None:
        return _call_fields(_fields.decode(body))
    call = _call_fields(envelope.data)
    said = {"message": envelope.message, "status": envelope.status, "error": envelope.error}
    return {**said, "success": envelope.success, "data": call}


def _call_fields(raws: dict[str, msgspec.Raw]) -> dict[str, Json]:
    plain, rich = raws.pop(_PLAIN, None), raws.pop(_RICH, None)
    call: dict[str, Json] = {key: _anything.decode(raw) for key, raw in raws.items()}
    entries = (_entries.decode(rich) or []) if rich else []
    if rich:
        call[_RICH] = _tree(entries)
    if plain and not (rich and says_as_much((entry.role for entry in entries), bytes(plain).count(b'"role"'))):
        call[_PLAIN] = _tree(_entries.decode(plain) or [])
    return call


_PLAIN, _RICH = "transcript_object", "transcript_with_tool_calls"


def _tree(entries: list[_Entry]) -> Json:
    for entry in entries:
        if entry.words:
            entry.speech = _speech(entry.words)
            entry.words = []
    tree: Json = msgspec.to_builtins(entries)
    return tree


def _speech(words: list[_Word]) -> list[Span]:
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    if len(starts) == len(ends) == len(words):
        return merged(starts, ends)
    return timed((word.start, word.end) for word in words)


def _parse_tolerantly(body: bytes) -> Json:
    text = body.decode("utf-8-sig", "replace")
    try:
        tree: Json = json.loads(text, strict=False, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        raise UnreadableAnswer("the API answered with something that is not JSON") from None
    return _without_surrogates(tree)


def _without_surrogates(tree: Json) -> Json:
    if isinstance(tree, str):
        return tree if tree.isascii() else tree.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(tree, list):
        return [_without_surrogates(item) for item in tree]
    if isinstance(tree, dict):
        return {str(_without_surrogates(key)): _without_surrogates(value) for key, value in tree.items()}
    return tree
