from __future__ import annotations

import httpx2
import pytest
from asking import NOW
from upstream import settings_for
from watched_call import Flow, Watcher, spoken

from vobiz_mcp.client import Vobiz
from vobiz_mcp.errors import NotFound, RateLimited
from vobiz_mcp.records.changes import CallChanges
from vobiz_mcp.tools.watch_call import WatchCall


def test_an_unknown_agent_call_alone_is_an_error_and_beside_a_leg_a_line() -> None:
    with pytest.raises(NotFound):
        Watcher({"call_id": "nobody"}).watch()
    text, _ = Watcher({"call_uuid": "one-way-leg", "call_id": "nobody"}).watch()
    assert "[sandbox] call ACTIVE" in text
    assert "agent call not known: [sandbox] not_found" in text


@pytest.mark.parametrize("status", [503, 429])
def test_a_source_that_fails_for_a_while_is_no_change_and_loses_none(status: int) -> None:
    flow = Flow(live={"call_uuid": "c", "call_status": "ACTIVE"}, agent=spoken("Hello."))
    _, first = flow.watch(call_uuid="c", call_id="c")
    flow.bodies["agent"] = status
    text, second = flow.watch(first.cursor, call_uuid="c", call_id="c")
    assert second.changes == []
    assert "agent not known this time" in text
    assert "no change" in text
    flow.bodies["agent"] = spoken("Hello.", "Still there?")
    _, third = flow.watch(second.cursor, call_uuid="c", call_id="c")
    assert [change.line for change in third.changes] == ["t2 agent: Still there?"]


@pytest.mark.parametrize("agent_base_url", ["", "https://api.test"])
def test_a_source_that_will_never_tell_is_said_once(agent_base_url: str) -> None:
    asked = {"call_uuid": "c", "call_id": "nobody", "wait_seconds": 0}
    flow = httpx2.MockTransport(Flow(live={"call_uuid": "c", "call_status": "ACTIVE"}))
    settings = settings_for("https://api.test").model_copy(update={"agent_base_url": agent_base_url})
    with Vobiz(settings, transport=flow, clock=lambda: NOW) as client:
        first = client.answer(WatchCall.of(asked))
        assert isinstance(first.record, CallChanges)
        second = client.answer(WatchCall.of({**asked, "cursor": first.record.cursor}))
    assert "agent call not known: not_" in first.text
    assert second.text == "no change in 0 s; same cursor"


def test_sources_that_fail_alike_are_told_in_one_line() -> None:
    flow = Flow(live=429, streams=429, agent=spoken("Hello."))
    _, first = flow.watch(call_uuid="c", call_id="c")
    text, _ = flow.watch(first.cursor, call_uuid="c", call_id="c")
    assert text.startswith("call, streams not known this time: rate_limited: ")
    assert len(text.splitlines()) == 2


def test_an_upstream_that_fails_altogether_is_an_error() -> None:
    with pytest.raises(RateLimited):
        Flow(live=429, streams=429).watch(call_uuid="c")
