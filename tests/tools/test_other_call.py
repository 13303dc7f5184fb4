"""An API that answers about another call than it was asked for: every tool says so."""

from __future__ import annotations

from typing import Any

import pytest
from asking import LEG, asked, sample

from vobiz_mcp.tools.diagnose_call import DiagnoseCall
from vobiz_mcp.tools.get_agent_call import GetAgentCall
from vobiz_mcp.tools.get_call_record import GetCallRecord
from vobiz_mcp.tools.get_live_call import GetLiveCall
from vobiz_mcp.tools.get_stream import GetStream
from vobiz_mcp.tools.list_streams import ListStreams
from vobiz_mcp.tools.steps.question import Question
from vobiz_mcp.tools.watch_call import WatchCall

OTHER = "77aa0000-0000-4000-8000-000000000000"
LIVE = sample("live_flat") | {"call_uuid": OTHER, "request_uuid": OTHER}
STREAM = sample("stream_current") | {"call_uuid": OTHER}
RECORD = {"data": sample("record_current")["data"] | {"uuid": OTHER}, "success": True}
AGENT = {"data": sample("agent_zudu")["data"] | {"call_id": "call_other", "id": "call_other"}}
QUESTIONS: dict[str, tuple[Question, dict[str, Any], str]] = {
    "get_live_call": (GetLiveCall(call_uuid=LEG), {f"Call/{LEG}/": LIVE}, OTHER),
    "get_call_record": (GetCallRecord(call_uuid=LEG), {f"cdr/{LEG}": RECORD}, OTHER),
    "get_stream": (GetStream(call_uuid=LEG, stream_id="s"), {f"Call/{LEG}/Stream/s/": STREAM}, OTHER),
    "list_streams": (ListStreams(call_uuid=LEG), {f"Call/{LEG}/Stream/": {"objects": [STREAM]}}, OTHER),
    "get_agent_call": (GetAgentCall(call_id="call_1"), {"/api/calls/call_1": AGENT}, "call_other"),
    "watch_call leg": (WatchCall(call_uuid=LEG, wait_seconds=0), {f"Call/{LEG}/": LIVE}, OTHER),
    "watch_call streams": (
        WatchCall(call_uuid=LEG, wait_seconds=0),
        {f"Call/{LEG}/": sample("live_flat"), f"Call/{LEG}/Stream/": {"objects": [STREAM]}},
        OTHER,
    ),
    "watch_call agent": (WatchCall(call_id="call_1", wait_seconds=0), {"/api/calls/call_1": AGENT}, "call_other"),
    "diagnose_call leg": (DiagnoseCall(call_uuid=LEG), {f"Call/{LEG}/": LIVE}, OTHER),
    "diagnose_call record": (DiagnoseCall(call_uuid=LEG), {f"cdr/{LEG}": RECORD}, OTHER),
    "diagnose_call streams": (
        DiagnoseCall(call_uuid=LEG),
        {f"cdr/{LEG}": sample("record_current"), f"Call/{LEG}/Stream/": {"objects": [STREAM]}},
        OTHER,
    ),
    "diagnose_call agent": (
        DiagnoseCall(call_uuid=LEG, call_id="call_1"),
        {f"cdr/{LEG}": sample("record_current"), "/api/calls/call_1": AGENT},
        "call_other",
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_about_another_call_is_named(name: str) -> None:
    question, routes, other = QUESTIONS[name]
    text = asked(question, routes).text
    assert "the API answered" in text
    assert other in text.partition("the API answered")[2].partition("\n")[0]
