from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx2
import pytest
from asking import NOW
from inline_snapshot import snapshot
from mcp import Client
from mcp_types import TextContent
from o200k import count
from upstream import settings_for
from watched_call import LIVE, NOON, Flow, Time, Watcher, spoken

from vobiz_mcp.client import AsyncVobiz, Vobiz
from vobiz_mcp.records.changes import CallChanges
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings
from vobiz_mcp.serving import server
from vobiz_mcp.tools.watch_call import WatchCall


def test_an_answer_comes_as_soon_as_something_changes() -> None:
    watcher = Watcher(LIVE)
    watcher.watch()
    text, record = watcher.watch(wait_seconds=50)
    assert text.startswith("[sandbox] call in-progress")
    assert watcher.time.now - NOON == 6  # it rings for six seconds
    assert {change.kind for change in record.changes} == {"call", "agent call"}


def test_no_change_costs_at_most_thirty_tokens() -> None:
    watcher = Watcher({"call_uuid": "one-way-leg", "call_id": "call_one_way"})
    watcher.time.now += 60
    watcher.watch()
    text, record = watcher.watch(wait_seconds=0)
    assert text == snapshot("[sandbox] no change in 0 s; same cursor")
    assert count(text) <= 30
    assert record.changes == []


def test_a_call_that_is_over_is_not_waited_for() -> None:
    watcher = Watcher({"call_uuid": "booking-leg", "call_id": "call_booking"})
    _, record = watcher.watch()
    assert record.is_over
    assert watcher.watch()[0] == snapshot("[sandbox] no change: the call is over, stop watching")
    assert watcher.time.now == NOON


def test_a_finished_call_that_comes_as_a_live_one_is_over() -> None:
    finished = {"call_uuid": "c", "call_status": "completed", "end_time": "2026-03-02T09:30:00Z"}
    text, record = Flow(live=finished).watch(call_uuid="c")
    assert text.startswith("call ended: ")
    assert record.is_over


@pytest.mark.parametrize(("since", "is_over"), [(60, False), (600, True)])
def test_an_analysis_that_never_comes_is_not_waited_for_for_ever(since: int, is_over: bool) -> None:
    ended = spoken("Bye.", status="ENDED", end_timestamp=(NOW - since) * 1000)
    _, record = Flow(agent=ended).watch(call_id="c")
    assert record.is_over is is_over


def test_a_call_in_the_queue_is_watched_until_it_rings() -> None:
    flow = Flow()
    queued = {"call_uuid": "c", "call_status": "queued"}
    transport = httpx2.MockTransport(
        lambda request: (
            httpx2.Response(200, json=queued) if "queued" in str(request.url.query) else httpx2.Response(404, json={})
        )
    )
    with Vobiz(settings_for("https://api.test"), transport=transport, clock=lambda: NOW) as client:
        answer = client.answer(WatchCall(call_uuid="c", wait_seconds=0))
    assert "call queued" in answer.text
    assert flow.asked == []


@pytest.mark.anyio
async def test_a_host_is_told_how_long_the_wait_has_lasted() -> None:
    time = Time(NOON + 60)
    sandbox = Sandbox(time)
    heard_of: list[tuple[float, float | None]] = []

    async def heard(progress: float, total: float | None, message: str | None) -> None:
        heard_of.append((progress, total))

    def connect() -> AsyncVobiz:
        transport = SandboxTransport(sandbox)
        return AsyncVobiz(sandbox_settings(), transport=transport, clock=time, sleep=time.sleep_async, pace=time.pace)

    asked: dict[str, Any] = {"call_uuid": "one-way-leg", "wait_seconds": 6}
    async with Client(server.build(connect)) as host:
        first = await host.call_tool("watch_call", asked)
        asked["cursor"] = _cursor_in(first.content[0])
        await host.call_tool("watch_call", asked, progress_callback=heard)
    assert heard_of == [(0, 6), (2, 6), (4, 6)]


def _cursor_in(block: object) -> str:
    assert isinstance(block, TextContent)
    found = re.search(r"cursor=(\S+)", block.text)
    assert found
    return found[1]


def test_what_was_asked_between_two_moments_delays_nobody_at_the_next() -> None:
    time, flow = Time(NOON + 0.5), Flow(agent=spoken("Hello."))
    with Vobiz(
        settings_for("https://api.test"),
        transport=httpx2.MockTransport(flow),
        clock=time,
        sleep=time.sleep,
        pace=time.pace,
    ) as client:
        first = client.answer(WatchCall(call_id="c"))
        flow.bodies["agent"] = spoken("Hello.", "Yes?")
        assert isinstance(first.record, CallChanges)
        second = client.answer(WatchCall(call_id="c", cursor=first.record.cursor))
    assert "t2 agent: Yes?" in second.text
    assert time.now == NOON + 2


def test_who_looks_between_two_moments_is_given_what_was_asked_at_the_last() -> None:
    time, flow, asked = Time(NOON), Flow(agent=spoken("Hello.")), list[int]()
    with Vobiz(
        settings_for("https://api.test"), transport=httpx2.MockTransport(flow), clock=time, pace=time.pace
    ) as client:
        for moment in (0, 0.9, 1.9, 2, 3.9):
            time.now = NOON + moment
            client.answer(WatchCall(call_id="c", wait_seconds=0))
            asked.append(len(flow.asked))
    assert asked == [1, 1, 1, 2, 2]


@pytest.mark.anyio
async def test_cancelling_a_watch_stops_its_request_upstream() -> None:
    begun, stopped = asyncio.Event(), asyncio.Event()

    class Hanging(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, _: httpx2.Request) -> httpx2.Response:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                stopped.set()
            raise AssertionError

    async with AsyncVobiz(settings_for("https://api.test"), transport=Hanging()) as client:
        watch = asyncio.create_task(client.answer(WatchCall(call_uuid="c")))
        await begun.wait()
        watch.cancel()
        with pytest.raises(asyncio.CancelledError):
            await watch
        assert stopped.is_set()
