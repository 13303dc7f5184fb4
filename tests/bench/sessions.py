"""Many calls at once over one stdio process, beside a bare server that passes the JSON through.

Run it: `python tests/bench/sessions.py`. No two calls ask for the same stream: each is a request of its own.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1])]
from one_stream import upstream

AT_ONCE, CALLS, ROUNDS = 100, 2500, 7
LATENCIES_S = (0.0, 0.02)
BARE = [sys.executable, str(Path(__file__).with_name("bare_server.py"))]
OURS = [sys.executable, "-m", "vobiz_mcp"]
LONGEST_LINE = 1 << 24


class Round(NamedTuple):
    """Calls per second, the slowest of a hundred calls in milliseconds, and how many calls failed."""

    rate: float
    p99_ms: float
    errors: int


class Host:
    """A server process, and who waits for which answer."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._numbers = itertools.count()
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            message = json.loads(line)
            if "id" in message:
                self._waiting.pop(message["id"]).set_result(message)

    def send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")

    async def ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        self.send({"id": number, "method": method, "params": params})
        return await answer

    async def call(self) -> tuple[float, bool]:
        """Milliseconds of a call, and whether it failed."""
        begun = time.perf_counter()
        arguments = {"call_uuid": "bench-call", "stream_id": f"s{next(self._numbers)}"}
        answer = await self.ask("tools/call", {"name": "get_stream", "arguments": arguments})
        return (time.perf_counter() - begun) * 1000, bool(answer.get("result", {"isError": True}).get("isError"))


@asynccontextmanager
async def host(command: list[str], environment: dict[str, str]) -> AsyncIterator[Host]:
    """A server that has been greeted."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, env={**os.environ, **environment}, limit=LONGEST_LINE
    )
    greeted = Host(process)
    client = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
    await greeted.ask("initialize", client)
    greeted.send({"method": "notifications/initialized"})
    try:
        yield greeted
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def round_of(server: Host) -> Round:
    """All calls, with so many at once all the time."""
    left, done = iter(range(CALLS)), list[tuple[float, bool]]()

    async def keep_asking() -> None:
        for _ in left:
            done.append(await server.call())

    begun = time.perf_counter()
    await asyncio.gather(*(keep_asking() for _ in range(AT_ONCE)))
    rate = CALLS / (time.perf_counter() - begun)
    return Round(rate, statistics.quantiles((ms for ms, _ in done), n=100)[-1], sum(failed for _, failed in done))


async def compare(latency_s: float) -> None:
    """Interleaved rounds."""
    with upstream(latency_s) as environment:
        async with host(OURS, environment) as ours, host(BARE, environment) as bare:
            await round_of(ours), await round_of(bare)
            pairs = [(await round_of(ours), await round_of(bare)) for _ in range(ROUNDS)]
    print(f"upstream {latency_s * 1000:.0f} ms, {ROUNDS} interleaved rounds of {CALLS} calls, {AT_ONCE} at once")
    for name, rounds in zip(("vobiz-mcp", "bare"), zip(*pairs, strict=True), strict=True):
        rate, p99, errors = (
            statistics.median(r[0] for r in rounds),
            statistics.median(r[1] for r in rounds),
            sum(r[2] for r in rounds),
        )
        print(f"  {name:9} {rate:6.0f} calls/s   slowest of a hundred {p99:5.0f} ms   {errors} errors")
    ratio = statistics.median(a.rate / b.rate for a, b in pairs)
    print(f"  rate, ours / bare {ratio:.2f}   goal 500 calls/s, no error")


if __name__ == "__main__":
    for latency in LATENCIES_S:
        asyncio.run(compare(latency))
