from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
import weakref
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from asking import LEG, sample
from pydantic import ValidationError
from upstream import settings_for

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.telephony import call_record, live_call
from vobiz_mcp.api.wire import Request, Step, ask_together
from vobiz_mcp.client import AsyncVobiz, Pace, Vobiz
from vobiz_mcp.client.address import http_request
from vobiz_mcp.client.sharing import FINAL_S, MOST_BYTES, MOST_KEPT, TICK_S, Kept, SharedRequest, SharedRequests
from vobiz_mcp.errors import NotFound, UpstreamUnreachable
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.record import Record

pytestmark = pytest.mark.anyio

SETTINGS = settings_for("https://api.test")


class Held(httpx2.AsyncBaseTransport):
    """Answers when the test lets it; counts what it was asked and what was given up."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.arrived = asyncio.Event()
        self.asked: list[str] = []
        self.given_up = 0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        self.arrived.set()
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        return httpx2.Response(200, json=sample("live_flat"))


async def settled() -> None:
    """Let everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_who_asks_the_same_at_once_shares_one_request_and_one_record_that_nobody_changes() -> None:
    held = Held()
    async with AsyncVobiz(SETTINGS, transport=held) as client:
        asking = [asyncio.create_task(client.fetch(live_call(LEG))) for _ in range(50)]
        other = asyncio.create_task(client.fetch(live_call("another")))
        await settled()
        held.open.set()
        first, *others = await asyncio.gather(*asking)
        await other
    assert len(held.asked) == 2
    assert {id(call) for call in others} == {id(first)}
    with pytest.raises(ValidationError, match="frozen"):
        setattr(first, "state", "mine")  # noqa: B010 - what mypy would refuse


async def test_a_cancelled_caller_takes_nothing_from_the_others() -> None:
    held = Held()
    async with AsyncVobiz(SETTINGS, transport=held) as client:
        first, second = (asyncio.create_task(client.fetch(live_call(LEG))) for _ in range(2))
        await held.arrived.wait()
        first.cancel()
        await settled()
        assert held.given_up == 0
        held.open.set()
        assert isinstance(await second, LiveCall)
    assert first.cancelled()
    assert len(held.asked) == 1


async def test_the_last_to_be_cancelled_ends_the_request_and_the_next_makes_a_new_one() -> None:
    held = Held()
    async with AsyncVobiz(SETTINGS, transport=held) as client:
        asking = [asyncio.create_task(client.fetch(live_call(LEG))) for _ in range(3)]
        await held.arrived.wait()
        for task in asking:
            task.cancel()
        await asyncio.wait(asking)
        held.open.set()
        assert isinstance(await client.fetch(live_call(LEG)), LiveCall)
    assert (len(held.asked), held.given_up) == (2, 1)


async def test_one_callers_deadline_is_not_the_others() -> None:
    held = Held()
    async with AsyncVobiz(SETTINGS, transport=held) as client:
        hasty = asyncio.create_task(client.fetch(live_call(LEG), 0.01))
        patient = asyncio.create_task(client.fetch(live_call(LEG)))
        with pytest.raises(UpstreamUnreachable):
            await hasty
        assert held.given_up == 0
        held.open.set()
        assert isinstance(await patient, LiveCall)
    assert len(held.asked) == 1


async def test_a_request_lasts_as_long_as_the_most_patient_caller() -> None:
    async def start(_: SharedRequest[str]) -> str:
        return "answer"

    requests = SharedRequests[str]()
    deadlines = [requests.join("same", until, start).until for until in (5, 100, 7)]
    assert deadlines == [5, 100, 100]
    await requests.cancel()


async def test_closing_tells_those_who_still_wait() -> None:
    held = Held()
    client = AsyncVobiz(SETTINGS, transport=held)
    waiting = asyncio.create_task(client.fetch(live_call(LEG)))
    await held.arrived.wait()
    await client.aclose()
    with pytest.raises(UpstreamUnreachable, match="closed"):
        await waiting


async def test_a_defect_of_the_request_is_told_to_all_and_forgotten() -> None:
    calls = iter(range(2))

    def handler(_: httpx2.Request) -> httpx2.Response:
        if next(calls) == 0:
            raise ZeroDivisionError
        return httpx2.Response(200, json=sample("live_flat"))

    async with AsyncVobiz(SETTINGS, transport=httpx2.MockTransport(handler)) as client:
        with pytest.raises(ZeroDivisionError):
            await client.fetch(live_call(LEG))
        assert isinstance(await client.fetch(live_call(LEG)), LiveCall)


class Ageing:
    """A synchronous client on a clock of the test's, and how often it asked."""

    def __init__(self, body: object, status: int = 200) -> None:
        self.now, self.asked = 100.0, 0

        def handler(_: httpx2.Request) -> httpx2.Response:
            self.asked += 1
            self.now += 0.25
            return httpx2.Response(status, json=body)

        self.client = Vobiz(SETTINGS, transport=httpx2.MockTransport(handler), pace=Pace(ticks=lambda: self.now))

    def ask(self, request: Request[Any], *ages: float) -> list[int]:
        """How often it has asked, with a request so many seconds after each answer."""
        counts = []
        with self.client as client:
            for age in (0, *ages):
                self.now += age
                with contextlib.suppress(NotFound):
                    client.fetch(request)
                counts.append(self.asked)
        return counts


def agent(**more: object) -> dict[str, object]:
    over = {"call_status": "ENDED", "end_timestamp": 1_772_443_659_500}
    return {"call_id": "c", **over, "call_analysis": {"call_successful": True}, **more}


@pytest.mark.parametrize(
    ("body", "request_", "ages", "counts"),
    [
        pytest.param(
            sample("live_flat"), live_call(LEG), (0.7, 0.04, 0.02), [1, 1, 1, 2], id="one second from sending"
        ),
        pytest.param(sample("record_current"), call_record(LEG), (50, 9, 1), [1, 1, 1, 2], id="a finished call"),
        pytest.param(agent(), agent_call("c"), (50, 9, 1), [1, 1, 1, 2], id="an analysed agent call"),
        pytest.param(agent(call_analysis=None), agent_call("c"), (2,), [1, 2], id="an analysis to come"),
        pytest.param(agent(call_status="ONGOING", end_timestamp=None), agent_call("c"), (2,), [1, 2], id="ongoing"),
        pytest.param(agent(opt_out_sensitive_data_storage=True), agent_call("c"), (0,), [1, 2], id="opted out"),
        pytest.param(
            {"calls": [agent(opt_out_sensitive_data_storage=" yes")]},
            Request("agent", "/api/calls", "calls", Record.read),
            (0,),
            [1, 2],
            id="one of a list opted out",
        ),
        pytest.param(agent(optOut_data="enabled"), agent_call("c"), (0,), [1, 2], id="opted out in other words"),
        pytest.param(agent(data_storage_setting="everything"), agent_call("c"), (9,), [1, 1], id="keeps everything"),
        pytest.param(agent(opt_out_sensitive_data_storage=False), agent_call("c"), (9,), [1, 1], id="did not opt out"),
        pytest.param(
            sample("live_flat"),
            Request("telephony", "x", "x", Record.read, max_age_s=2),
            (1.7, 0.1),
            [1, 1, 2],
            id="as old as it may be",
        ),
        pytest.param(
            sample("live_flat"),
            Request("telephony", "x", "x", Record.read, max_age_s=0),
            (0,),
            [1, 2],
            id="none too new",
        ),
    ],
)
def test_an_answer_is_given_again_while_it_is_fresh(
    body: object, request_: Request[Any], ages: tuple[float, ...], counts: list[int]
) -> None:
    assert Ageing(body).ask(request_, *ages) == counts


def test_an_error_is_never_given_again() -> None:
    assert Ageing({}, 404).ask(live_call(LEG), 0, 0) == [1, 2, 3]


def test_what_is_kept_is_bounded_by_number_and_bytes_and_the_oldest_goes_first() -> None:
    now = [0.0]
    kept = Kept[str](lambda: now[0])
    for number in range(MOST_KEPT + 2):
        kept.keep(number, "answer", 0, 1, final=False)
    assert [kept.get(number, 1) for number in (0, 1, 2, MOST_KEPT + 1)] == [None, None, "answer", "answer"]
    kept.keep("large", "answer", 0, MOST_BYTES - 1, final=False)
    assert [kept.get(key, 1) for key in (MOST_KEPT, MOST_KEPT + 1, "large")] == [None, "answer", "answer"]
    kept.keep("large", "newer", 0, MOST_BYTES, final=False)
    assert [kept.get(key, 1) for key in (MOST_KEPT + 1, "large")] == [None, "newer"]
    kept.keep("too large", "answer", 0, MOST_BYTES + 1, final=False)
    assert [kept.get(key, 1) for key in ("large", "too large")] == ["newer", None]
    now[0] = -1
    assert kept.get("large", 1) is None, "a clock that went back"
    now[0] = 0
    kept.keep("over", "answer", 0, 0, final=True)
    now[0] = TICK_S
    assert [kept.get(key, 1e9) for key in ("large", "over")] == [None, "answer"]
    kept.forget_old()
    assert len(kept) == 1
    now[0] = FINAL_S
    assert kept.get("over", 1e9) is None
    kept.forget_old()
    assert not kept


async def test_what_was_said_is_forgotten_also_when_nobody_asks_again() -> None:
    now = [0.0]
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=agent()))
    async with AsyncVobiz(SETTINGS, transport=transport, pace=Pace(ticks=lambda: now[0])) as client:
        gone = weakref.ref(await client.fetch(agent_call("c")))
        client._sweep()
        gc.collect()
        assert gone() is not None
        now[0] = FINAL_S
        client._sweep()
        gc.collect()
        assert gone() is None


def test_keys_and_account_are_part_of_what_makes_a_request_the_same() -> None:
    other = settings_for("https://api.test").model_copy(update={"auth_token": SETTINGS.agent_api_key})
    same, different = (http_request(live_call(LEG), settings) for settings in (settings_for("https://api.test"), other))
    assert http_request(live_call(LEG), SETTINGS) == same != different


async def test_an_api_is_asked_over_twenty_connections_at_most() -> None:
    connections, full, open_ = 0, asyncio.Event(), asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        if connections == 20:
            full.set()
        with contextlib.suppress(asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                await open_.wait()
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0, backlog=64) as server:
        here = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with AsyncVobiz(settings_for(here)) as client:
            asking = [asyncio.create_task(client.fetch(live_call(f"c{number}"))) for number in range(40)]
            await full.wait()
            await settled()
            open_.set()
            outcomes = await asyncio.gather(*asking, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {NotFound}
    assert connections == 20


def test_threads_share_one_request_too() -> None:
    asked: list[str] = []
    waiting = threading.Barrier(8)

    async def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.path)
        await asyncio.to_thread(waiting.wait, 5)
        return httpx2.Response(200, json=sample("live_flat"))

    with Vobiz(SETTINGS, transport=httpx2.MockTransport(handler)) as client, ThreadPoolExecutor(8) as pool:

        def ask(number: int) -> LiveCall:
            if number:
                waiting.wait(5)
            return client.fetch(live_call(LEG))

        calls = list(pool.map(ask, range(8)))
    assert len(asked) == 1
    assert len({id(call) for call in calls}) == 1


def test_the_synchronous_client_asks_together_what_is_asked_together() -> None:
    arrived: list[Callable[[], object]] = []
    both = asyncio.Event()

    async def handler(request: httpx2.Request) -> httpx2.Response:
        arrived.append(both.set)
        if len(arrived) == 2:
            both.set()
        await asyncio.wait_for(both.wait(), 5)
        return httpx2.Response(200, json=sample("live_flat"))

    class Both:
        def steps(self) -> Generator[Step, Any, object]:
            return (yield from ask_together(live_call(LEG), live_call("another")))

    with Vobiz(SETTINGS, transport=httpx2.MockTransport(handler)) as client:
        outcomes = client.answer(Both())
    assert isinstance(outcomes, tuple)
    assert [type(outcome) for outcome in outcomes] == [LiveCall, LiveCall]
