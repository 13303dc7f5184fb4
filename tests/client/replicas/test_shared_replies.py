"""What replicas share by way of a Valkey or Redis server, and how they go on without it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from asking import LEG, sample
from pydantic import SecretStr, ValidationError
from redis import Redis
from upstream import settings_environment, settings_for
from valkey_server import needs_valkey, valkey_server

from vobiz_mcp.api import agent_calls
from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.telephony import live_call
from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.client.address import http_request
from vobiz_mcp.client.replicas import shared_replies, valkey
from vobiz_mcp.client.replicas.allowance import Allowance
from vobiz_mcp.client.replicas.client import replica
from vobiz_mcp.client.replicas.sealing import Seal, Stored
from vobiz_mcp.client.sharing import FINAL_S, TICK_S
from vobiz_mcp.errors import NotFound, RateLimited
from vobiz_mcp.serving.connection import connector
from vobiz_mcp.settings import ServerSettings, WrongSettings

pytestmark = pytest.mark.anyio

SETTINGS = settings_for("https://api.test")
SAID = "my favourite colour is a very particular green"
CALL = {
    "call_id": "c",
    "call_status": "ENDED",
    "end_timestamp": 1_772_443_659_500,
    "transcript_object": [{"role": "user", "content": SAID}],
}
OVER = {**CALL, "call_analysis": {"call_successful": True}}
OPTED_OUT = {**OVER, "opt_out_sensitive_data_storage": True}


class Upstream(httpx2.AsyncBaseTransport):
    """Answers after a while, or when it is let."""

    def __init__(self, body: object, status: int = 200) -> None:
        self.body, self.status, self.asked = body, status, 0
        self.arrived, self.open = asyncio.Event(), asyncio.Event()
        self.open.set()

    async def handle_async_request(self, _: httpx2.Request) -> httpx2.Response:
        self.asked += 1
        self.arrived.set()
        await asyncio.sleep(0.02)
        await self.open.wait()
        return httpx2.Response(self.status, json=self.body)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of the protocol, with which a machine that is busy with other tests has patience."""
    monkeypatch.setattr(valkey, "PATIENCE_S", 20.0)
    with valkey_server() as found:
        yield found


@asynccontextmanager
async def replicas(url: str, upstream: Upstream, count: int = 4, rate: float = 0) -> AsyncIterator[list[AsyncVobiz]]:
    shared = ServerSettings(valkey_url=SecretStr(url), upstream_rate=rate)
    clients = [replica(SETTINGS, shared) for _ in range(count)]
    for client in clients:
        client._exchange._http = httpx2.AsyncClient(transport=upstream)
    try:
        yield clients
    finally:
        await asyncio.gather(*(client.aclose() for client in clients))


@pytest.fixture
def stored(server: tuple[str, subprocess.Popen[bytes]]) -> Iterator[Redis]:
    """What lies on the server."""
    with Redis.from_url(server[0]) as redis:
        yield redis


@needs_valkey
async def test_forty_questions_of_four_replicas_about_one_finished_call_are_one_request(server: Any) -> None:
    upstream = Upstream(OVER)
    async with replicas(server[0], upstream) as clients:
        await asyncio.gather(*(clients[n % 4].fetch(agent_call("c")) for n in range(40)))
        for client in clients:
            assert (await client.fetch(agent_call("c"))).transcript_object[0].content == SAID
    async with replicas(server[0], upstream, 1) as [late]:
        await late.fetch(agent_call("c"))
    assert upstream.asked == 1


@needs_valkey
async def test_what_may_change_is_shared_for_a_tick_and_what_is_over_for_a_minute(server: Any, stored: Redis) -> None:
    for body, lasts_s in ((CALL, TICK_S), (OVER, FINAL_S)):
        stored.flushall()
        async with replicas(server[0], Upstream(body), 1) as [client]:
            await client.fetch(agent_call("c"))
        [name] = stored.keys("vobiz:reply:*")
        assert lasts_s * 500 < stored.pttl(name) <= lasts_s * 1000


@needs_valkey
async def test_nobody_who_reads_the_server_reads_what_was_said_or_whose_call_it_was(server: Any, stored: Redis) -> None:
    async with replicas(server[0], Upstream(OVER), 1) as [client]:
        await client.fetch(agent_call("c"))
    allowance = Allowance(2, SecretStr(server[0]))
    await allowance.wait_s("somebody@example.com")
    await allowance.aclose()
    whole = repr([(name, stored.get(name)) for name in stored.keys("*")])
    assert "vobiz:reply" in whole
    assert "gcra" in whole
    assert not any(
        secret in whole for secret in ("colour", "/api/calls", "call_id", "s3cr3t_test", "sk_test", "somebody")
    )


@needs_valkey
async def test_what_opted_out_is_stored_nowhere_and_each_replica_asks_for_itself_at_once(
    server: Any, stored: Redis
) -> None:
    upstream = Upstream(OPTED_OUT)
    async with replicas(server[0], upstream) as clients:
        await asyncio.gather(*(client.fetch(agent_call("c")) for client in clients))
        assert upstream.asked == 4
    assert stored.keys("vobiz:reply:*") == []


@needs_valkey
async def test_a_failure_is_not_shared(server: Any, stored: Redis) -> None:
    upstream = Upstream({}, 404)
    async with replicas(server[0], upstream, 2) as clients:
        outcomes = await asyncio.gather(*(c.fetch(live_call(LEG)) for c in clients), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [NotFound, NotFound]
    assert stored.keys("*") == []


@needs_valkey
async def test_of_a_replica_that_is_killed_while_it_asks_the_next_takes_over(
    server: Any, stored: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_replies, "LEASE_S", 0.2)
    seal = Seal(http_request(agent_call("c"), SETTINGS))
    stored.set(f"vobiz:asking:{seal.name}", b"asking", px=200)  # and nobody renews it
    upstream = Upstream(OVER)
    async with replicas(server[0], upstream, 2) as clients:
        await asyncio.gather(*(client.fetch(agent_call("c")) for client in clients))
    assert upstream.asked == 1


@needs_valkey
async def test_one_that_asks_for_long_is_waited_for(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_replies, "LEASE_S", 0.4)
    upstream = Upstream(OVER)
    upstream.open.clear()
    async with replicas(server[0], upstream, 2) as clients:
        asking = [asyncio.create_task(client.fetch(agent_call("c"))) for client in clients]
        await upstream.arrived.wait()
        await asyncio.sleep(0.9)
        upstream.open.set()
        await asyncio.gather(*asking)
    assert upstream.asked == 1


@needs_valkey
async def test_what_takes_longer_than_it_may_be_old_is_still_asked_for_once(server: Any) -> None:
    upstream = Upstream(CALL)
    upstream.open.clear()
    request = replace(agent_call("c"), max_age_s=0.01)
    async with replicas(server[0], upstream) as clients:
        asking = [asyncio.create_task(client.fetch(request)) for client in clients]
        await upstream.arrived.wait()
        await asyncio.sleep(0.1)
        upstream.open.set()
        await asyncio.gather(*asking)
        assert upstream.asked == 1
        await clients[0].fetch(request)
        assert upstream.asked == 2


@needs_valkey
async def test_who_waits_for_another_does_not_fetch_what_is_too_old_again_and_again(server: Any, stored: Redis) -> None:
    seal, large = Seal(http_request(agent_call("c"), SETTINGS)), 2**20
    old = Stored(200, {}, b"x" * large, 0.0, TICK_S, is_final=False)
    stored.set(f"vobiz:reply:{seal.name}", seal.closed(old), px=int(TICK_S * 400))
    stored.set(f"vobiz:asking:{seal.name}", b"asking", px=300)
    async with replicas(server[0], Upstream(OVER), 1) as [client]:
        await client.fetch(agent_call("c"))
    assert stored.info("stats")["total_net_output_bytes"] < 3 * large


@needs_valkey
async def test_when_the_server_dies_in_the_middle_everything_is_still_answered(server: Any) -> None:
    upstream = Upstream(sample("live_flat"))
    upstream.open.clear()
    async with replicas(server[0], upstream, 3) as clients:
        asking = [asyncio.create_task(client.fetch(live_call(LEG))) for client in clients]
        await upstream.arrived.wait()
        server[1].kill()
        server[1].wait()
        upstream.open.set()
        assert {(await each).state for each in asking} == {"in-progress"}
        assert (await clients[0].fetch(live_call("another"))).state == "in-progress"


async def test_without_the_server_each_replica_asks_for_itself() -> None:
    upstream = Upstream(OVER)
    async with replicas("redis://127.0.0.1:1/0", upstream, 2, rate=100) as clients:
        await asyncio.gather(*(client.fetch(agent_call("c")) for client in clients))
    assert upstream.asked == 2


@needs_valkey
async def test_what_somebody_else_put_there_is_not_taken_for_a_reply(server: Any, stored: Redis) -> None:
    seal = Seal(http_request(agent_call("c"), SETTINGS))
    other = Seal(http_request(agent_call("d"), SETTINGS))
    forged = other.closed(Stored(200, {}, json.dumps(OVER).encode(), 0.0, 60.0, is_final=True))
    stored.set(f"vobiz:reply:{seal.name}", forged, px=60_000)
    upstream = Upstream(OVER)
    async with replicas(server[0], upstream, 1) as [client]:
        await client.fetch(agent_call("c"))
    assert upstream.asked == 1
    assert seal.opened(b"") is None


@needs_valkey
async def test_replicas_count_together_and_each_for_itself_when_they_cannot(server: Any) -> None:
    allowances = [Allowance(2, SecretStr(server[0])) for _ in range(3)]
    granted = [await allowances[n % 3].wait_s("somebody") for n in range(12)]
    assert granted.count(0) == 4  # the burst of two seconds
    assert max(granted) > 0
    assert await allowances[0].wait_s("somebody else") == 0
    server[1].kill()
    server[1].wait()
    assert [await allowances[0].wait_s("somebody") for _ in range(5)].count(0) == 4
    for allowance in allowances:
        await allowance.aclose()


@needs_valkey
async def test_however_many_come_at_once_they_are_counted_together(server: Any) -> None:
    allowances = [Allowance(2, SecretStr(server[0])) for _ in range(2)]
    granted = await asyncio.gather(*(allowances[n % 2].wait_s("somebody") for n in range(300)))
    assert granted.count(0) == 4
    for allowance in allowances:
        await allowance.aclose()


async def test_an_account_is_asked_no_faster_than_its_allowance() -> None:
    upstream = Upstream(sample("live_flat"))
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    client = AsyncVobiz(SETTINGS, transport=upstream, sleep=sleep, allowance=Allowance(1, SecretStr("")))
    async with client:
        await asyncio.gather(*(client.fetch(live_call(f"c{n}")) for n in range(2)))
        assert slept == []
        await client.fetch(live_call("c2"))
        assert slept
        with pytest.raises(RateLimited, match="VOBIZ_UPSTREAM_RATE"):
            await client.fetch(live_call("c3"), 0.01)


async def test_each_of_several_workers_asks_an_account_its_part_of_what_all_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {**settings_environment("https://api.test"), "VOBIZ_UPSTREAM_RATE": "4"}.items():
        monkeypatch.setenv(name, value)
    upstream = Upstream(sample("live_flat"))
    async with connector(sandbox=False, workers=4)() as client:
        client._exchange._http = httpx2.AsyncClient(transport=upstream)
        await asyncio.gather(*(client.fetch(live_call(f"c{n}")) for n in range(2)))
        with pytest.raises(RateLimited):
            await client.fetch(live_call("c2"), 0.01)


async def test_what_is_posted_is_part_of_the_same_allowance() -> None:
    upstream = Upstream({"data": {"calls": []}})
    async with AsyncVobiz(SETTINGS, transport=upstream, allowance=Allowance(1, SecretStr(""))) as client:
        await asyncio.gather(*(client.fetch(agent_calls.calls(page)) for page in range(2)))
        with pytest.raises(RateLimited):
            await client.fetch(agent_calls.calls(style="POST"), 0.01)


@pytest.mark.parametrize("url", ["valkey", "http://x", "redis://", "redis://h:port", "redis:h"])
def test_what_is_no_address_of_such_a_server_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="a URL such as redis://"):
        ServerSettings(valkey_url=SecretStr(url))


@pytest.mark.parametrize("rate", ["fast", -1, "nan", "inf"])
def test_what_is_no_rate_is_refused(rate: Any) -> None:
    with pytest.raises(ValidationError, match="requests per second"):
        ServerSettings(upstream_rate=rate)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis.asyncio", None)
    with pytest.raises(WrongSettings, match=r"pip install 'vobiz-mcp\[valkey\]'"):
        replica(SETTINGS, ServerSettings(valkey_url=SecretStr("valkey://h/0")))
