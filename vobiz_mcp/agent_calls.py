"""The requests of the agent-call API."""

from __future__ import annotations

from vobiz_mcp import body
from vobiz_mcp.errors import UnreadableAnswer
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.speech import SPEAKERS
from vobiz_mcp.wire import Request, safe_id


def agent_call(call_id: str) -> Request[AgentCall]:
    """`GET /api/calls/{callId}`: Zudu's envelope with the call as its `data`, or Retell's bare call."""
    return Request(
        "agent",
        f"/api/calls/{safe_id(call_id)}",
        f"agent call {call_id}",
        lambda tree: AgentCall.read(call_in(tree)),
        parse=body.parse_agent_call,
        if_absent="Check the call_id; the call_uuid of the carrier leg is another id.",
    )


def call_in(tree: Json) -> Json:
    """The call object of a body. Raises `UnreadableAnswer` when there is none, whatever the envelope claims."""
    inner = tree.get("data", tree) if isinstance(tree, dict) else None
    wrapped = inner.get("call") if isinstance(inner, dict) else None
    found = wrapped if isinstance(wrapped, dict) else inner
    if not isinstance(found, dict) or not _KEYS & found.keys():
        raise UnreadableAnswer("the API answered without a call")
    return found


def without_double_transcript(call: dict[str, Json]) -> dict[str, Json]:
    """The call without the transcript that only repeats what the one with tool calls says."""
    rich, plain = call.get("transcript_with_tool_calls"), call.get("transcript_object")
    if not isinstance(rich, list) or not isinstance(plain, list) or _said_in(rich) < len(plain):
        return call
    return {key: value for key, value in call.items() if key != "transcript_object"}


def _said_in(entries: list[Json]) -> int:
    return sum(isinstance(entry, dict) and str(entry.get("role")).lower() in SPEAKERS for entry in entries)


_KEYS = {"call_id", "id", "call_status", "transcript_object", "transcript_with_tool_calls"}
"""What tells a call from anything else."""
