"""Twenty thousand calls at five per cent faults: `python tests/faults/soak.py [calls] [sync|async]`.

Both clients, twenty callers at once, against the faulty upstream; what must stay flat is printed as it stands after
each tenth: resident memory, file descriptors, tasks and threads.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
from faulty import FAULTS, faulty_upstream
from scripted import question
from upstream import settings_for

from vobiz_mcp.client import AsyncVobiz, Pace, Vobiz
from vobiz_mcp.errors import VobizError

CALLERS, SHARE, TENTHS = 20, 0.05, 10
DEADLINE_S = 0.5
SLOW_OR_LASTING = ("3-GB", "gzip-bomb", "answers-twice")
QUICK = [name for name, fault in FAULTS.items() if fault.scheme == "http" and not name.startswith(SLOW_OR_LASTING)]
"""Faults of which a soak can meet a thousand, and that the next call does not meet again."""


@dataclass(frozen=True)
class Held:
    """What a process holds."""

    megabytes: float
    descriptors: int
    threads: int
    tasks: int = 0

    @classmethod
    def now(cls, tasks: int = 0) -> Held:
        gc.collect()
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        return cls(resident, len(list(Path("/proc/self/fd").iterdir())), threading.active_count(), tasks)


def asked(count: int) -> Iterator[str]:
    """Ids of streams, of which some meet a fault."""
    chance = random.Random(5)
    for number in range(count):
        yield chance.choice(QUICK) if chance.random() < SHARE else f"s{number}"


def settle(stream_id: str, code: str) -> str:
    """How a call ended: `right`, or what it ended in."""
    must = FAULTS[stream_id].ends_in if stream_id in FAULTS else "record"
    return "right" if code == must else f"{stream_id} ended in {code}"


async def soak_async(port: int, count: int) -> tuple[Counter[str], list[Held]]:
    """All calls by the asynchronous client."""
    ended, held, ids = Counter[str](), [Held.now(1)], asked(count)
    async with AsyncVobiz(settings_for(f"http://127.0.0.1:{port}"), pace=Pace(DEADLINE_S)) as client:

        async def call(stream_id: str) -> None:
            try:
                await client.answer(question(stream_id))
                code = "record"
            except VobizError as error:
                code = error.code
            ended[settle(stream_id, code)] += 1

        async def caller(share: Iterator[str]) -> None:
            for stream_id in share:
                await call(stream_id)

        for _ in range(TENTHS):
            share = itertools.islice(ids, count // TENTHS)
            await asyncio.gather(*(caller(share) for _ in range(CALLERS)))
            held.append(Held.now(len(asyncio.all_tasks())))
    return ended, held


def soak_sync(port: int, count: int) -> tuple[Counter[str], list[Held]]:
    """All calls by the synchronous client, from as many threads."""
    ended, held, ids = Counter[str](), [Held.now()], asked(count)
    settings = settings_for(f"http://127.0.0.1:{port}")
    with Vobiz(settings, pace=Pace(DEADLINE_S)) as client, ThreadPoolExecutor(CALLERS) as pool:

        def call(stream_id: str) -> str:
            try:
                client.answer(question(stream_id))
                code = "record"
            except VobizError as error:
                code = error.code
            return settle(stream_id, code)

        for _ in range(TENTHS):
            ended.update(pool.map(call, itertools.islice(ids, count // TENTHS)))
            held.append(Held.now())
    return ended, held


def main(count: int, which: str = "") -> None:
    """Both, and their tables."""
    with faulty_upstream() as port:
        for name in (which,) if which else ("async", "sync"):
            begun = time.perf_counter()
            ended, held = soak_sync(port, count) if name == "sync" else asyncio.run(soak_async(port, count))
            took = time.perf_counter() - begun
            print(f"{name}: {count} calls in {took:.0f} s, {SHARE:.0%} meet a fault: {dict(ended.most_common(5))}")
            for moment in held:
                print(f"  {moment}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, *sys.argv[2:3])
