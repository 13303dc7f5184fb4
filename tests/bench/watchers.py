"""Two hundred watchers over HTTP of a live call of five minutes with its transcript: how late they hear what is said.

    python tests/bench/watchers.py [--seconds 30] [--watchers 200] [--tree OTHER/CHECKOUT]

Late is counted from the first look after something was said; the server looks every two seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent)]
from load import Client, Server, Source, figure, five_minutes, percentile, server, source

from vobiz_mcp.tools.watch_call import POLL_S

FIRST_TURNS, SPEAKS_S, WAIT_S = 70, 5.0, 10


class Call:
    """A call on which something is said now and then."""

    def __init__(self, upstream: Source) -> None:
        self._upstream = upstream
        self.turns = FIRST_TURNS
        self.said_at = {FIRST_TURNS: 0.0}

    async def go_on(self) -> None:
        while True:
            await asyncio.sleep(SPEAKS_S)
            self.turns += 1
            self._upstream.bodies["api/calls/live"] = five_minutes(self.turns)
            self.said_at[self.turns] = time.time()


async def watch(asked: Server, call: Call, until: float, late: list[float]) -> None:
    """Follow the call; note how late each turn was heard."""
    client, cursor = Client(asked.port), ""
    while time.time() < until:
        text, is_error = await client.call("watch_call", call_id="live", cursor=cursor, wait_seconds=WAIT_S)
        assert not is_error, text
        heard, turns = time.time(), call.turns
        if "no change" not in text:
            first = not cursor
            cursor = text.rpartition("cursor=")[2].strip()
            look = math.ceil(call.said_at[turns] / POLL_S) * POLL_S
            if not first and heard >= look:
                late.append(heard - look)
    client.close()


async def main(arguments: argparse.Namespace) -> None:
    async with source({"api/calls/live": five_minutes(FIRST_TURNS)}) as upstream:
        for tree in ["", *([arguments.tree] if arguments.tree else [])]:
            upstream.asked.clear()
            with server(upstream.environment, tree) as asked:
                await asyncio.sleep(2)
                call, late = Call(upstream), list[float]()
                speaking, begun = asyncio.create_task(call.go_on()), time.time()
                seconds, _ = asked.figures()
                watching = (watch(asked, call, begun + arguments.seconds, late) for _ in range(arguments.watchers))
                await asyncio.gather(*watching)
                speaking.cancel()
                intervals = (time.time() - begun) / POLL_S
                spent, memory = asked.figures()
            figure(
                f"watchers {'before' if tree else 'now'}",
                f"late p50 {percentile(late, 0.5):.2f} s, p99 {percentile(late, 0.99):.2f} s; "
                f"{(spent - seconds) / intervals * 1000:.0f} ms of processor and "
                f"{upstream.asked['api/calls/live'] / intervals:.2f} requests an interval; {memory:.0f} MB",
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--watchers", type=int, default=200)
    parser.add_argument("--tree", default="")
    asyncio.run(main(parser.parse_args()))
