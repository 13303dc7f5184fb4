"""Answers about long calls, made in processes of their own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from reading import body
from upstream import settings_for

from vobiz_mcp.api.wire import Progress, Wait
from vobiz_mcp.client import AsyncVobiz, Pace, exchange
from vobiz_mcp.errors import InternalError, NotFound, Overloaded
from vobiz_mcp.resources import document
from vobiz_mcp.serving.pool import worker
from vobiz_mcp.serving.pool.messages import Begin, Turn
from vobiz_mcp.serving.pool.pool import LARGE, Pool
from vobiz_mcp.serving.server import call
from vobiz_mcp.tools.get_agent_call import GetAgentCall

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc which processes there are"),
]

LONG = body(3 * LARGE)
OVER = LONG.replace(b'"call_status": "ENDED"', b'"call_status": "ENDED", "call_analysis": {"call_successful": true}')
OPTED_OUT = LONG.replace(b'"call_status"', b'"opt_out_sensitive_data_storage": true, "call_status"')
LIVE = LONG.replace(b'"ENDED"', b'"ONGOING"')
SHORT = body(1000)
BODIES = {"/api/calls/long": LONG, "/api/calls/over": OVER, "/api/calls/optout": OPTED_OUT, "/api/calls/short": SHORT}
BODIES |= {"/api/calls/live": LIVE, "/api/calls/gone": LONG}


class Upstream(httpx2.AsyncBaseTransport):
    """Both APIs, and what they were asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.asked_at = 0.0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        self.asked_at = asyncio.get_running_loop().time()
        await asyncio.sleep(0)
        content = BODIES.get(request.url.path)
        status = 404 if request.url.path.endswith("gone") else 200
        return httpx2.Response(status, content=content) if content else httpx2.Response(404, json={})


@asynccontextmanager
async def pooled(pace: Pace | None = None, servers: int = 1) -> AsyncIterator[tuple[Pool, Upstream]]:
    upstream = Upstream()
    async with AsyncVobiz(settings_for("https://api.test"), transport=upstream, pace=pace or Pace()) as client:
        pool = Pool(client, servers)
        try:
            yield pool, upstream
        finally:
            await pool.aclose()


def processes() -> set[int]:
    """Those that this one has begun and that have not ended."""
    known = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    children = {int(child) for listed in known for child in listed.read_text().split()}
    return {child for child in children if b"pool.process" in Path(f"/proc/{child}/cmdline").read_bytes()}


def is_alive(process: int) -> bool:
    line = Path(f"/proc/{process}/cmdline")
    return line.exists() and bool(line.read_bytes())  # of one that nobody has waited for it is empty


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - another process brings it about
        await asyncio.sleep(0)


async def test_what_a_pool_answers_is_what_one_process_answers() -> None:
    questions: list[tuple[str, dict[str, object]]] = [
        ("get_agent_call", {"call_id": "long"}),
        ("get_agent_call", {"call_id": "long", "turns": "3-9"}),
        ("get_agent_call", {"call_id": "long", "find": "Friday morning"}),
        ("get_agent_call", {"call_id": "optout"}),
        ("watch_call", {"call_id": "long", "wait_seconds": 0}),
        ("diagnose_call", {"call_uuid": "leg", "call_id": "long"}),
        ("get_agent_call", {"call_id": "short"}),
    ]
    async with pooled() as (pool, upstream):
        alone = AsyncVobiz(settings_for("https://api.test"), transport=upstream, clock=lambda: 1_790_000_000.0)
        pool._client.clock = alone.clock
        for name, arguments in questions:
            assert await call(pool, name, arguments) == await call(alone, name, arguments), (name, arguments)
        for uri in ("vobiz://agent-calls/over", "vobiz://agent-calls/over/transcript"):
            assert await pool.answer(document(uri)) == await alone.answer(document(uri))


async def test_there_is_no_process_before_a_long_call_and_none_after_closing() -> None:
    async with pooled() as (pool, _):
        await call(pool, "get_agent_call", {"call_id": "short"})
        with pytest.raises(NotFound):
            await call(pool, "get_agent_call", {"call_id": "unknown"})
        assert processes() == set()
        await call(pool, "get_agent_call", {"call_id": "long"})
        assert len(processes()) == 1
    assert processes() == set()


@pytest.mark.parametrize(("servers", "count"), [(1, 2), (2, 1), (64, 1)])
async def test_servers_of_one_machine_begin_no_more_than_their_part_of_its_processors(
    servers: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    async with pooled(servers=servers) as (pool, _):
        await asyncio.gather(*(call(pool, "get_agent_call", {"call_id": long}) for long in ("long", "over")))
        assert len(processes()) == count


async def test_forty_questions_about_one_finished_call_are_one_request_and_one_process() -> None:
    async with pooled() as (pool, upstream):
        asking = [call(pool, "get_agent_call", {"call_id": "over", "turns": f"{n}-{n + 3}"}) for n in range(1, 21)]
        await asyncio.gather(*asking)
        for n in range(1, 21):
            await call(pool, "get_agent_call", {"call_id": "over", "find": f"word{n}"})
        assert upstream.asked == ["/api/calls/over"]
        assert len(processes()) == 1


async def test_a_long_body_is_gone_through_for_an_opt_out_once_however_many_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(exchange, "may_be_kept", lambda content: not seen.append(len(content)))  # type: ignore[func-returns-value]
    async with pooled() as (pool, _):
        await asyncio.gather(*(call(pool, "get_agent_call", {"call_id": "over", "turns": f"{n}"}) for n in range(1, 9)))
    assert seen == [len(OVER)]


async def test_a_process_that_is_killed_costs_one_more_try_and_nothing_else() -> None:
    async with pooled() as (pool, _):
        before = await call(pool, "get_agent_call", {"call_id": "long"})
        [first] = processes()
        os.kill(first, signal.SIGSTOP)
        asking = asyncio.create_task(call(pool, "get_agent_call", {"call_id": "long"}))
        await until(lambda: pool._workers[0].wanted > 0)
        os.kill(first, signal.SIGKILL)
        assert await asking == before
        assert first not in processes()


async def test_a_call_that_ends_every_process_is_told_as_our_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_CODE", "raise SystemExit")
    async with pooled() as (pool, _):
        with pytest.raises(InternalError, match="2 times"):
            await call(pool, "get_agent_call", {"call_id": "long"})


async def test_where_no_process_can_be_begun_the_server_answers_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    async with pooled() as (pool, _):
        assert "agent call bench" in await call(pool, "get_agent_call", {"call_id": "long"})


async def test_time_spent_waiting_for_a_process_is_not_called_the_apis() -> None:
    async with pooled() as (pool, _):
        await call(pool, "get_agent_call", {"call_id": "over"})
        [process] = processes()
        os.kill(process, signal.SIGSTOP)
        pool._client.deadline_s = 0.05
        asking = [call(pool, "get_agent_call", {"call_id": "over", "max_tokens": 500 + n}) for n in range(3)]
        failures = await asyncio.gather(*asking, return_exceptions=True)
        os.kill(process, signal.SIGCONT)
    assert [type(failure) for failure in failures] == [Overloaded] * 3
    assert [str(failure).split(".")[0] for failure in failures] == [
        "overloaded: this long call could not be read in the time for an answer",
        "overloaded: 1 answers about long calls were before this one, and the time for it ran out",
        "overloaded: 2 answers about long calls were before this one, and the time for it ran out",
    ]


async def test_a_process_that_says_nothing_any_more_is_ended() -> None:
    async with pooled() as (pool, _):
        before = await call(pool, "get_agent_call", {"call_id": "over"})
        [process] = processes()
        pool._workers[0].longest_turn_s = 0.05
        os.kill(process, signal.SIGSTOP)
        assert await call(pool, "get_agent_call", {"call_id": "over"}) == before
        await until(lambda: process not in processes())


async def test_a_question_has_one_deadline_wherever_it_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    until, take = list[float](), worker.Worker.take

    async def taken(self: worker.Worker, message: Begin | worker.Outcome, latest: float) -> Turn:
        until.append(latest)
        return await take(self, message, latest)

    monkeypatch.setattr(worker.Worker, "take", taken)
    async with pooled() as (pool, upstream):
        await call(pool, "get_agent_call", {"call_id": "long"})
        assert {latest - pool._client.deadline_s <= upstream.asked_at for latest in until} == {True}


async def test_a_watch_that_is_begun_anew_waits_no_longer_than_it_was_asked_to() -> None:
    now, told = [1_790_000_000.0], list[float]()
    async with pooled() as (pool, _):

        async def sleep(seconds: float) -> None:
            now[0] += seconds
            if len(told) == 3:
                os.kill(processes().pop(), signal.SIGKILL)

        async def tell(step: Wait | Progress) -> None:
            told.append(step.waited if isinstance(step, Wait) else step.done)

        pool._client.clock, pool._client._sleep = lambda: now[0], sleep
        cursor = (await call(pool, "watch_call", {"call_id": "live"})).rpartition("cursor=")[2]
        asked: dict[str, object] = {"call_id": "live", "cursor": cursor, "wait_seconds": 10}
        assert await call(pool, "watch_call", asked, tell) == "no change in 10 s; same cursor"
    assert told == [0, 2, 4, 6, 8]


async def test_a_cancelled_question_takes_nothing_from_the_next() -> None:
    async with pooled() as (pool, _):
        before = await call(pool, "get_agent_call", {"call_id": "long"})
        for steps in range(12):
            asking = asyncio.create_task(call(pool, "get_agent_call", {"call_id": "long", "max_tokens": 400 + steps}))
            for _ in range(steps):
                await asyncio.sleep(0)
            asking.cancel()
        assert await call(pool, "get_agent_call", {"call_id": "long"}) == before


async def test_a_process_forgets_what_the_server_forgets() -> None:
    async with pooled() as (pool, upstream):
        await call(pool, "get_agent_call", {"call_id": "optout"})
        assert not pool._workers[0]._has
        await call(pool, "get_agent_call", {"call_id": "over"})
        assert len(pool._workers[0]._has) == 1
        assert upstream.asked == ["/api/calls/optout", "/api/calls/over"]


async def test_an_error_is_never_given_again_however_large_its_body_is() -> None:
    async with pooled() as (pool, upstream):
        for _ in range(2):
            with pytest.raises(NotFound):
                await call(pool, "get_agent_call", {"call_id": "gone"})
        assert len(upstream.asked) == 2


async def test_a_process_ends_with_a_server_that_is_killed() -> None:
    code = (
        "import asyncio, json, os, signal, sys; sys.path[:] = json.loads(sys.argv[1])\n"
        "from test_pool import *\n"
        "async def main():\n"
        "    async with pooled() as (pool, _):\n"
        "        await call(pool, 'get_agent_call', {'call_id': 'long'})\n"
        "        print(*processes(), flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    places = json.dumps([str(Path(__file__).parent), *sys.path])
    command = (sys.executable, "-OO", "-c", code, places)
    server = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await server.communicate()
    [process] = map(int, said.split())
    await until(lambda: not is_alive(process))


async def test_a_question_that_cannot_be_asked_says_so_as_everywhere() -> None:
    async with pooled() as (pool, _):
        await call(pool, "get_agent_call", {"call_id": "long"})
        with pytest.raises(NotFound, match="no call"):
            await call(pool, "diagnose_call", {"call_uuid": "long"})
        assert await pool.answer(GetAgentCall(call_id="long", turns="1"))
