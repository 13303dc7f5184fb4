"""What retries win and cost while an API fails: `python tests/faults/outages.py [calls]`.

Simulated in virtual time with the real client, beside a plain one that tries once (`httpx2`'s defaults). Randomness is
seeded; load is requests that the API got, per call made.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
import httpx2
from faulty import stream
from upstream import settings_for
from virtual_time import run

from vobiz_mcp.api.telephony import stream as stream_request
from vobiz_mcp.client import AsyncVobiz, Pace
from vobiz_mcp.errors import VobizError

LATENCY_S = 0.05
GATEWAY = 503

Ask = Callable[[str], Awaitable[bool]]


class Api(httpx2.AsyncBaseTransport):
    """An API that fails as a rule says; what it was asked is counted."""

    def __init__(self, fails: Callable[[float], bool]) -> None:
        self.fails = fails
        self.asked = 0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked += 1
        failed = self.fails(asyncio.get_running_loop().time())
        await asyncio.sleep(LATENCY_S)
        stream_id = request.url.path.split("/")[-2]
        return httpx2.Response(GATEWAY) if failed else httpx2.Response(200, json=stream(stream_id))


@dataclass
class Capacity:
    """An API that gives so many answers a second, and to all else an error that costs a share of an answer."""

    per_second: Callable[[float], float]
    cost_of_error: float = 0.25
    saved: float = 0.0
    seen: float = 0.0

    def __call__(self, now: float) -> bool:
        self.saved = min(10.0, self.saved + (now - self.seen) * self.per_second(now))
        self.seen = now
        failed = self.saved < 1
        self.saved -= min(self.saved, self.cost_of_error) if failed else 1
        return failed


@dataclass
class Told:
    """How calls ended: when each was made, whether it was answered, and how long it took."""

    calls: list[tuple[float, bool, float]] = field(default_factory=list)

    def good(self, since: float = 0, until: float = 1e9) -> int:
        return sum(answered for at, answered, _ in self.calls if since <= at < until)

    def made(self, since: float = 0, until: float = 1e9) -> int:
        return sum(since <= at < until for at, _, _ in self.calls)

    def seconds(self) -> list[float]:
        return sorted(took for _, _, took in self.calls)


async def ours(api: Api, count: int, per_second: float, deadline_s: float) -> Told:
    """Calls made by the client, at random moments."""
    pace = Pace(deadline_s, asyncio.get_running_loop().time, random.Random(7).random)
    async with AsyncVobiz(settings_for("https://api.test"), transport=api, pace=pace) as client:

        async def ask(stream_id: str) -> bool:
            try:
                await client.fetch(stream_request("c", stream_id))
            except VobizError:
                return False
            return True

        return await calls(ask, count, per_second)


async def plain(api: Api, count: int, per_second: float, _: float) -> Told:
    """The same by a client that tries once."""
    async with httpx2.AsyncClient(transport=api) as client:

        async def ask(stream_id: str) -> bool:
            answer = await client.get(f"https://api.test/Call/c/Stream/{stream_id}/")
            return answer.status_code == 200

        return await calls(ask, count, per_second)


async def calls(ask: Ask, count: int, per_second: float) -> Told:
    """So many calls, each of another stream, at random moments."""
    told, chance, now = Told(), random.Random(3), asyncio.get_running_loop().time

    async def one(number: int) -> None:
        begun = now()
        told.calls.append((begun, await ask(f"s{number}"), now() - begun))

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(one(number))
            await asyncio.sleep(chance.expovariate(per_second))
    return told


def independent(count: int) -> tuple[float, float]:
    """Share of calls answered and load, where 30 % of all requests fail."""
    chance = random.Random(1)
    api = Api(lambda _: chance.random() < 0.3)
    told = run(ours(api, count, 20, 10))
    chance = random.Random(1)
    without = run(plain(Api(lambda _: chance.random() < 0.3), count, 20, 10))
    share, load = told.good() / count, api.asked / count
    print(f"30 % independent 503, {count} calls, 10 s: {share:.3%} answered at {load:.3f} x load", end="   ")
    print(f"goal ≥ 99.9 % at ≤ 1.45   plain client {without.good() / count:.1%}")
    return share, load


def outage(count: int = 1_500) -> tuple[float, float]:
    """Load, and the time in which the 99th of 100 calls fails, while nothing works."""
    api = Api(lambda _: True)
    told = run(ours(api, count, 20, 20))
    load, times = api.asked / count, told.seconds()
    slow = times[int(0.99 * count)]
    print(f"full outage, {count} calls: {load:.3f} x load", end="   ")
    print(
        f"goal ≤ 1.05   fails in {statistics.median(times):.2f} s, p99 {slow:.2f} s; the API says so in {LATENCY_S} s"
    )
    return load, slow


def brown_out(cost_of_error: float, seconds: int = 60) -> tuple[float, float]:
    """Answers beside the plain client's while the API manages half of what is asked, and the share answered after."""
    results = []
    for client in (ours, plain):
        capacity = Capacity(lambda now: 20 if seconds <= now < 2 * seconds else 200, cost_of_error)
        told = run(client(Api(capacity), 3 * seconds * 40, 40, 20))
        during = told.good(seconds, 2 * seconds)
        after = told.good(2 * seconds + 1) / told.made(2 * seconds + 1)
        results.append((during, after))
    (during, after), (during_plain, _) = results
    print(f"brown-out to half, an error costs {cost_of_error:.0%} of an answer: {during} answered", end=", ")
    print(
        f"{during / during_plain:.0%} of the plain client's {during_plain}   goal ≥ 85 %   after it {after:.2%}   goal ≥ 98 %"
    )
    return during / during_plain, after


if __name__ == "__main__":
    independent(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    outage()
    for cost in (0.0, 0.25, 0.5):
        brown_out(cost)
