"""What watching and diagnosing cost an upstream, and how long a diagnosis takes: `python tests/bench/live.py`.

200 watchers follow one call that does not change, arriving at random; what they ask is counted against one poll per
interval. Then diagnose_call, with an upstream on loopback whose requests take unlike times, beside its slowest request.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from upstream import settings_for

from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.tools.diagnose_call import DiagnoseCall
from vobiz_mcp.tools.watch_call import POLL_S, WatchCall

WATCHERS, ARRIVE_S, WATCH_S, WAIT_S = 200, 6, 30, 10
ROUNDS = 7
LEG, START = "bench-leg", 1_790_000_000
LATENCY_S = {"live": 0.15, "streams": 0.25, "cdr": 0.2, "agent": 0.4, "list": 0.3}
NUMBERS = {"from_number": "+14155550142", "to_number": "+14155550100"}
STARTED = datetime.fromtimestamp(START, UTC).isoformat()
AGENT = {"call_id": "bench", "call_status": "ENDED", "start_timestamp": START * 1000, **NUMBERS}
BODIES: Mapping[str, object] = {
    "live": {"call_uuid": LEG, "call_status": "in-progress", "session_start": STARTED, **NUMBERS},
    "streams": {"objects": []},
    "cdr": {"data": {"uuid": LEG, "start_time": STARTED, **NUMBERS}},
    "agent": {"data": AGENT},
    "list": {"data": {"calls": [AGENT]}},
}


def source(path: str) -> str:
    """Which of the bodies a path asks for."""
    known = {"/Stream/": "streams", "/cdr/": "cdr", "/Call/": "live", "/api/calls/": "agent"}
    return next((name for part, name in known.items() if part in path), "list")


@asynccontextmanager
async def upstream(latency_s: Mapping[str, float]) -> AsyncIterator[tuple[str, Counter[str]]]:
    """A running upstream, where it listens, and what it was asked."""
    asked: Counter[str] = Counter()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                name = source(head.split()[1].decode())
                asked[name] += 1
                await asyncio.sleep(latency_s.get(name, 0))
                body = json.dumps(BODIES[name]).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=WATCHERS)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


async def watch(client: AsyncVobiz, until: float) -> int:
    """Follow the call until then; gives how many answers it took."""
    await asyncio.sleep(random.uniform(0, ARRIVE_S))
    cursor, answers = "", 0
    while time.monotonic() < until:
        question = WatchCall.of({"call_uuid": LEG, "call_id": "bench", "cursor": cursor, "wait_seconds": WAIT_S})
        cursor = json.loads((await client.answer(question)).record.model_dump_json())["cursor"]
        answers += 1
    return answers


async def watchers() -> None:
    """Count what 200 watchers ask."""
    async with upstream({}) as (base_url, asked), AsyncVobiz(settings_for(base_url)) as client:
        begun = time.monotonic()
        answers = sum(await asyncio.gather(*(watch(client, begun + WATCH_S) for _ in range(WATCHERS))))
        intervals = (time.monotonic() - begun) / POLL_S
    print(f"{WATCHERS} watchers of one call, {answers} answers in {intervals:.0f} intervals of {POLL_S:g} s")
    for name, count in sorted(asked.items()):
        print(f"  {name:8} {count / intervals:5.2f} requests an interval (goal 1.2)")


async def diagnose(**asked: Any) -> float:
    """Seconds of one diagnosis by a client that has asked nothing yet."""
    async with upstream(LATENCY_S) as (base_url, _), AsyncVobiz(settings_for(base_url)) as client:
        begun = time.perf_counter()
        await client.answer(DiagnoseCall(call_uuid=LEG, **asked))
        return time.perf_counter() - begun


async def diagnoses() -> None:
    """Time diagnose_call with the agent call's id, and without."""
    slowest = max(LATENCY_S.values())
    found, given = [], []
    for _ in range(ROUNDS):
        given.append(await diagnose(call_id="bench"))
        found.append(await diagnose())
    print("diagnose_call, against the slowest of its requests")
    print(f"  call_id given    {statistics.median(given) / slowest:5.2f} x (goal 1.3 and one more request: 2.3)")
    rounds = max(seconds for name, seconds in LATENCY_S.items() if name != "agent") + LATENCY_S["agent"]
    print(
        f"  call_id guessed  {statistics.median(found) / slowest:5.2f} x (goal 2.3; its two rounds alone: {rounds / slowest:.2f})"
    )


if __name__ == "__main__":
    asyncio.run(diagnoses())
    asyncio.run(watchers())
