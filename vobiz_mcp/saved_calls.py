"""Agent calls that are at hand, without an API: the same pages and findings that `get_agent_call` gives."""

from __future__ import annotations

import codecs
import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

from vobiz_mcp.api import body
from vobiz_mcp.api.agent_calls import call_in, without_double_transcript
from vobiz_mcp.digest.examine import Finding, Thresholds
from vobiz_mcp.digest.examine import examine as findings_of
from vobiz_mcp.digest.page import condense as pages
from vobiz_mcp.digest.tokens.budget import USUAL_TOKENS
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import NoAgentCall, UnreadableAnswer
from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.json_value import Json

_OF_AN_AGENT_CALL = frozenset(
    ("agent_id", "transcript", "transcript_object", "transcript_with_tool_calls", "call_analysis", "latency")
)
_WRITTEN = (
    ("a row of a review", {"worst_code", "ended_as", "has_word_times"}),
    ("the summary of a review", {"back_within_a_week", "codes", "differences"}),
)
"""What `vobiz-mcp review --out` writes, and fields that it always has."""
_OTHERS = (
    ("what `vobiz-mcp examine --json` printed", {"findings"}),
    ("an audio stream of a call", {"stream_id", "service_url"}),
    ("a call of the carrier, as get_live_call asks for it", {"session_start", "request_uuid", "initiation_time"}),
    ("a finished call's record (CDR)", {"billsec", "hangup_cause", "hangup_cause_name", "hangup_source", "ring_time"}),
    ("what an API answered when it failed", {"error", "errors"}),
)
"""What else people save of a call, and fields that only it has."""
_MAGIC = (
    (b"RIFF", "a recording (WAV)"),
    (b"ID3", "a recording (MP3)"),
    (b"OggS", "a recording (Ogg)"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"<", "a web page or XML"),
)
_JSON_WORDS = {
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
    list: "a list",
}

Call: TypeAlias = AgentCall | Mapping[str, Any]
"""A record, or the `data` object of `GET /api/calls/{callId}` in Zudu's or Retell's shape, in its envelope or bare."""


def condense(call: Call, max_tokens: int = USUAL_TOKENS, *, find: str = "", privacy: Privacy = "standard") -> str:
    """A call as a page for a model's context: outcome, findings, latency, tools, and what matters of the transcript.

    Deterministic, without a model and without a network.

    Args:
        max_tokens: what the page may cost at most, in o200k tokens; made for 200 to 8,000.
        find: a question, words or a finding's name; the page then shows what bears on it.
        privacy: what is hidden of what people said: `standard`, `strict` or `off`.
    """
    with _nothing_collected():
        return pages.condense(masked(as_record(call), privacy), max_tokens, find=find)


def examine(call: Call, thresholds: Thresholds | None = None, *, privacy: Privacy = "standard") -> list[Finding]:
    """What went wrong on a call, worst first, found from what happened and not only from what the platform reports.

    What the findings quote is without what `privacy` hides.
    """
    with _nothing_collected():
        return findings_of(masked(as_record(call), privacy), thresholds)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Without the search for garbage: what a call is read into stays until its page is made, and holds no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def as_record(call: Call) -> AgentCall:
    """The record of a call in any of the forms that are accepted. Raises `NoAgentCall` for another kind of object."""
    if isinstance(call, AgentCall):
        return call
    if not isinstance(call, Mapping):
        raise NoAgentCall(f"it holds {_JSON_WORDS.get(type(call), 'something else')} where an agent call is an object")
    inner = call.get("data")
    fields = {str(key): value for key, value in (inner if isinstance(inner, Mapping) else call).items()}
    if not fields:
        raise NoAgentCall("it holds an empty object")
    if kind := _kind(fields):
        raise NoAgentCall(f"it looks like {kind}, not an agent call")
    return AgentCall.read(without_double_transcript(fields))


def calls_of(content: bytes) -> list[AgentCall | NoAgentCall]:
    """What a saved body holds: one call in any envelope, or each of a list, an error in the place of what is no call.

    Raises:
        NoAgentCall: there is not even one place for a call in it.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what PowerShell writes with `>`
        content = content.decode("utf-16", "replace").encode()
    try:
        tree = body.parse_agent_call(content)
    except UnreadableAnswer:
        raise NoAgentCall(_not_json(content)) from None
    listed = _list_in(tree)
    if listed is None:
        return [_call(tree)]
    if not listed:
        raise NoAgentCall("it holds an empty list: no calls")
    if all(isinstance(item, dict) and "role" in item and "content" in item for item in listed):
        raise NoAgentCall(
            'it looks like a bare transcript; put it into a call: {"call_id": …, "transcript_object": […]}'
        )
    found = [_call(item) for item in listed]
    if isinstance(found[0], NoAgentCall) and not any(isinstance(each, AgentCall) for each in found):
        raise NoAgentCall(f"it holds {len(found):,} things and no agent call; of the first: {found[0].message}")
    return found


def _list_in(tree: Json) -> list[Json] | None:
    """The list of a list's body; None for a body of one thing."""
    data = tree.get("data", tree) if isinstance(tree, dict) else tree
    for name in ("calls", "objects"):
        data = data.get(name, data) if isinstance(data, dict) else data
    return data if isinstance(data, list) else None


def _call(tree: Json) -> AgentCall | NoAgentCall:
    if not isinstance(tree, dict):
        return NoAgentCall(f"it holds {_JSON_WORDS[type(tree)]} where an agent call is an object")
    data = tree.get("data")
    inner = data if isinstance(data, dict) else tree
    if kind := _kind(inner):
        return NoAgentCall(f"it looks like {kind}, not an agent call")
    try:
        return AgentCall.read(call_in(tree))
    except UnreadableAnswer:
        names = ", ".join(plain(name, 30) for name in list(inner)[:4])
        return NoAgentCall(f"it is no agent call: an object of {names}" if names else "it holds an empty object")


def _kind(fields: Mapping[str, object]) -> str:
    """What else an object is than an agent call; "" where nothing tells."""
    ours = next((kind for kind, names in _WRITTEN if names <= fields.keys()), "")
    if ours or fields.keys() & _OF_AN_AGENT_CALL:
        return ours
    return next((kind for kind, names in _OTHERS if names & fields.keys()), "")


def _not_json(content: bytes) -> str:
    if not content.strip():
        return "it is empty"
    kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), "")
    if kind or b"\0" in content[:4096]:
        return f"it looks like {kind or 'a binary file'}, not JSON"
    try:
        json.loads(content.decode("utf-8-sig", "replace"), strict=False)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return "it holds several JSON values one after another; make them a list, as `jq -s .` does"
        return f"it is no JSON: line {error.lineno} breaks at character {error.colno}"
    except RecursionError:
        return "its JSON is nested too deeply"
    return "it is no JSON"
