"""Fifty clients over HTTP, one question in ten about a call of an hour; what others wait meanwhile; eighty who ask the same.

    python tests/bench/mix.py [--seconds 20] [--small] [--tree OTHER/CHECKOUT]

With `--tree` the server of another checkout is measured in turns with ours, and the ratio told.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).parent)]
import json

from load import Client, Server, figure, hour, percentile, server, source
from round_trip import STREAM

CLIENTS, CALLS, AT_ONCE, EACH = 50, 4, 80, 3


class Mix(NamedTuple):
    """One run: answers a second, milliseconds of those not about an hour, and the server's cost."""

    rate: float
    p50_ms: float
    p99_ms: float
    cores: float
    memory_mb: float
    errors: int


async def mix(asked: Server, seconds: float) -> Mix:
    """Clients that ask one thing after the other, each about any of the calls."""
    short: list[float] = []
    answers = errors = 0
    chance, until = random.Random(7), time.perf_counter() + seconds
    before, _ = asked.figures()
    peak = 0.0

    async def ask() -> None:
        nonlocal answers, errors
        client = Client(asked.port)
        while time.perf_counter() < until:
            begun, is_hour = time.perf_counter(), chance.random() < 0.1
            call = f"hour{chance.randrange(CALLS)}"
            turns = f"{chance.randrange(1, 60)}-{chance.randrange(60, 90)}" if chance.random() < 0.5 else ""
            stream = {"call_uuid": "c", "stream_id": f"s{chance.randrange(10**9)}"}
            arguments = {"call_id": call, "turns": turns} if is_hour else stream
            _, is_error = await client.call("get_agent_call" if is_hour else "get_stream", **arguments)
            answers, errors = answers + 1, errors + is_error
            if not is_hour:
                short.append((time.perf_counter() - begun) * 1000)
        client.close()

    async def look() -> None:
        nonlocal peak
        while True:
            peak = max(peak, asked.figures()[1])
            await asyncio.sleep(0.5)

    looking, begun = asyncio.create_task(look()), time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(CLIENTS)))
    looking.cancel()
    took = time.perf_counter() - begun
    cores = (asked.figures()[0] - before) / took
    return Mix(answers / took, percentile(short, 0.5), percentile(short, 0.99), cores, peak, errors)


async def others(asked: Server, seconds: float) -> tuple[float, float]:
    """What one client waits for a stream, p50 and p99 in milliseconds, while another asks about an hour all the time."""
    waits: list[float] = []
    until, number = time.perf_counter() + seconds, 0

    async def condense() -> None:
        nonlocal number
        client = Client(asked.port)
        while time.perf_counter() < until:
            number += 1
            await client.call("get_agent_call", call_id=f"hour{number % CALLS}", max_tokens=1000 + number)
        client.close()

    condensing, client = asyncio.create_task(condense()), Client(asked.port)
    while time.perf_counter() < until:
        begun = time.perf_counter()
        await client.call("get_stream", call_uuid="c", stream_id=f"o{len(waits)}")
        waits.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(0.002)
    await condensing
    client.close()
    return percentile(waits, 0.5), percentile(waits, 0.99)


async def crowd(asked: Server) -> tuple[int, int, int]:
    """Of many clients that ask about one call all at once: answers, failures, and those that blame the API for them."""
    said: list[tuple[str, bool]] = []

    async def ask() -> None:
        client = Client(asked.port)
        said.extend([await client.call("get_agent_call", call_id="hour0") for _ in range(EACH)])
        client.close()

    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    failed = [text for text, is_error in said if is_error]
    return len(said), len(failed), sum("did not answer" in text for text in failed)


async def second(asked: Server) -> tuple[float, float, float]:
    """Milliseconds of the first answer about a call of an hour, of turns of it, and of a search in it; medians."""
    client, first, turns, find = Client(asked.port), [], [], []

    async def took(**arguments: object) -> float:
        begun = time.perf_counter()
        await client.call("get_agent_call", **arguments)
        return (time.perf_counter() - begun) * 1000

    for number in range(CALLS):
        call = f"hour{number}"
        first.append(await took(call_id=call))
        turns.append(await took(call_id=call, turns="40-45"))
        find.append(await took(call_id=call, find="which restaurant was booked"))
    client.close()
    return statistics.median(first), statistics.median(turns), statistics.median(find)


async def main(arguments: argparse.Namespace) -> None:
    content, told = hour(small=arguments.small)
    bodies = {f"api/calls/hour{number}": content for number in range(CALLS)}
    bodies = dict(sorted(bodies.items(), key=lambda item: -len(item[0])))  # hour1 is a beginning of hour10
    bodies["Stream/"] = json.dumps(STREAM).encode()
    trees = ["", *([arguments.tree] if arguments.tree else [])]
    print(f"calls: {told}, {len(content) / 1e6:.1f} MB; {arguments.seconds:g} s each")
    found: dict[str, Mix] = {}
    async with source(bodies) as upstream:
        for tree in trees:
            name = "before" if tree else "now"
            with server(upstream.environment, tree) as asked:
                await wait_for(lambda: Client(asked.port).call("get_stream", call_uuid="c", stream_id="first"))
                first, turns, find = await second(asked)
                figure(f"second {name}", f"first answer {first:.0f} ms, turns {turns:.1f} ms, find {find:.0f} ms")
                p50, p99 = await others(asked, arguments.seconds)
                figure(f"others {name}", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms")
                one = found[name] = await mix(asked, arguments.seconds)
                figure(
                    f"mix {name}",
                    f"{one.rate:.0f} calls/s on {one.cores:.2f} cores, others p50 {one.p50_ms:.0f} ms, p99 "
                    f"{one.p99_ms:.0f} ms, {one.memory_mb:.0f} MB, {one.errors} errors",
                )
                answers, failed, wrong = await crowd(asked)
                figure(f"crowd {name}", f"{failed} of {answers} fail, {wrong} of them blame the API")
    if arguments.tree:
        figure("mix ratio", f"{found['now'].rate / found['before'].rate:.2f} x")


async def wait_for(ask: Callable[[], Awaitable[object]]) -> None:
    """Ask until there is an answer: a server that has said where it listens need not do so yet."""
    for _ in range(200):
        try:
            await ask()
        except OSError:
            await asyncio.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--tree", default="")
    asyncio.run(main(parser.parse_args()))
