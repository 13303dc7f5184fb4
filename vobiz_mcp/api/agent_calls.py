"""The requests of the agent-call API."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from vobiz_mcp.api import body
from vobiz_mcp.api.wire import Request, Step, ask, safe_id
from vobiz_mcp.errors import AccountBlocked, InvalidArguments, NotFound, UnreadableAnswer, VobizError
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.speech import says_as_much


def agent_call(call_id: str) -> Request[AgentCall]:
    """`GET /api/calls/{callId}`: Zudu's envelope with the call as its `data`, or Retell's bare call."""
    return Request(
        "agent",
        f"/api/calls/{safe_id(call_id)}",
        f"agent call {call_id}",
        lambda tree: _call(tree, call_id),
        parse=body.parse_agent_call,
        if_absent="Check the call_id; the call_uuid of the carrier leg is another id.",
    )


def _call(tree: Json, call_id: str) -> AgentCall:
    call = AgentCall.read(call_in(tree))
    return call.compared(call_id, call.call_id, (call.model_extra or {}).get("id"))


@dataclass(frozen=True)
class Wanted:
    """Which calls to list; "" wants any.

    Attributes:
        status: a `call_status` in lower case.
        text: words that the transcript must hold.
    """

    status: str = ""
    agent_id: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return self != EVERY


EVERY = Wanted()

Style: TypeAlias = Literal["GET", "POST", "older POST"]
"""A way to ask for a list. The documentation has three, and which of them an installation takes is not said."""


def calls(page: int = 0, limit: int = 20, wanted: Wanted = EVERY, style: Style = "GET") -> Request[AgentCallList]:
    """`/api/calls`: one page of the account's calls, newest first; `page` counts from 0.

    A GET carries no filter, and an API need not apply one that it was sent: `AgentCallList.applied_filters` tells.
    """
    order = {"sort_by": "created_at" if style == "older POST" else "start_timestamp", "sort_order": "descending"}
    paging: dict[str, str | int] = {"page": page, "limit": limit, **order}
    filters = _filters(wanted, older=style == "older POST")
    return Request(
        "agent",
        "/api/calls",
        "list of agent calls",
        _call_list,
        paging if style == "GET" else {},
        parse=body.parse_agent_calls,
        if_absent="Check VOBIZ_AGENT_BASE_URL; get_agent_call works with a call_id that is known.",
        body=None if style == "GET" else {**paging, "filter_criteria": filters},
    )


def newest(page: int = 0, limit: int = 20, wanted: Wanted = EVERY) -> Generator[Step, Any, tuple[AgentCallList, Style]]:
    """One page of calls in the first style that the API does not refuse, and that style.

    A GET comes first where nothing is filtered: it can do nothing but read, whatever stands behind the base URL. Keys
    that may only read may not be let POST, though that only lists.
    """
    styles: tuple[Style, ...] = ("POST", "older POST", "GET") if wanted else ("GET", "POST", "older POST")
    refusals: list[VobizError] = []
    for style in styles:
        try:
            found = yield from ask(calls(page, limit, wanted, style))
        except (NotFound, InvalidArguments, AccountBlocked) as refusal:
            refusals.append(refusal)
        else:
            return found, style
    raise refusals[0]


def _filters(wanted: Wanted, *, older: bool) -> dict[str, Json]:
    """The filter in the words of either version: the older one has upper-case states and one agent, not a list."""
    agent = safe_id(wanted.agent_id) if wanted.agent_id else ""
    filters: dict[str, Json] = {
        STATUS: [wanted.status.upper() if older else wanted.status.lower()] if wanted.status else None,
        AGENT: agent if older else [agent] if agent else None,
        TEXT: wanted.text,
    }
    return {key: value for key, value in filters.items() if value}


STATUS, AGENT, TEXT = "call_status", "agent_id", "transcript_search"
"""The API's names of the filters."""


def _call_list(tree: Json) -> AgentCallList:
    """A page out of its envelope, with its paging, which is an object of its own, laid flat; or a bare list."""
    page = tree.get("data", tree) if isinstance(tree, dict) else tree
    if isinstance(page, list):
        page = {"calls": page}
    if not isinstance(page, dict) or "calls" not in page:
        raise UnreadableAnswer("the API answered without a list of calls")
    paging = page.get("pagination")
    return AgentCallList.read({**page, **(paging if isinstance(paging, dict) else {})})


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
    if not isinstance(rich, list) or not isinstance(plain, list):
        return call
    roles = (entry.get("role") for entry in rich if isinstance(entry, dict))
    is_double = says_as_much(roles, len(plain))
    return {key: value for key, value in call.items() if not (is_double and key == "transcript_object")}


_KEYS = {"call_id", "id", "call_status", "transcript_object", "transcript_with_tool_calls"}
"""What tells a call from anything else."""
