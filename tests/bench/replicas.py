"""Four replicas, with a Valkey server and without: what they ask for two hundred watchers, and for forty questions.

python tests/bench/replicas.py [--seconds 20] [--watchers 200]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
from live import BODIES, LEG
from load import Client, Source, figure, five_minutes, hour, server, source
from valkey_server import SERVER, valkey_server

from vobiz_mcp.tools.watch_call import POLL_S

REPLICAS, QUESTIONS, WAIT_S = 4, 40, 10


async def measure(upstream: Source, environment: dict[str, str], arguments: argparse.Namespace, name: str) -> None:
    """One run with replicas of this environment."""
    with ExitStack() as stack:
        ports = [stack.enter_context(server(environment)).port for _ in range(REPLICAS)]
        await asyncio.sleep(3)
        upstream.asked.clear()
        questions = ((ports[number % REPLICAS], f"{number + 1}-{number + 3}") for number in range(QUESTIONS))
        await asyncio.gather(*(ask(port, turns) for port, turns in questions))
        asked = upstream.asked["api/calls/over"]
        upstream.asked.clear()
        begun = time.monotonic()
        until = begun + arguments.seconds
        await asyncio.gather(*(watch(ports[number % REPLICAS], until) for number in range(arguments.watchers)))
        intervals = (time.monotonic() - begun) / POLL_S
    polls = ", ".join(f"{source} {count / intervals:.2f}" for source, count in sorted(upstream.asked.items()))
    figure(f"replicas {name}", f"{asked} requests for {QUESTIONS} questions; an interval: {polls}")


async def ask(port: int, turns: str) -> None:
    client = Client(port)
    await client.call("get_agent_call", call_id="over", turns=turns)
    client.close()


async def watch(port: int, until: float) -> None:
    client, cursor = Client(port), ""
    while time.monotonic() < until:
        arguments = {"call_uuid": LEG, "call_id": "live", "cursor": cursor, "wait_seconds": WAIT_S}
        text, _ = await client.call("watch_call", **arguments)
        cursor = text.rpartition("cursor=")[2].strip() if "cursor=" in text else cursor
    client.close()


async def main(arguments: argparse.Namespace) -> None:
    bodies = {"api/calls/over": hour(small=True)[0], "api/calls/live": five_minutes(70)}
    bodies |= {"/Stream": json.dumps(BODIES["streams"]).encode(), "Call/": json.dumps(BODIES["live"]).encode()}
    async with source(bodies) as upstream:
        await measure(upstream, upstream.environment, arguments, "alone")
        if SERVER is None:
            print("no valkey-server and no redis-server here: replicas cannot share")
            return
        with valkey_server() as (url, _):
            await measure(upstream, {**upstream.environment, "VOBIZ_VALKEY_URL": url}, arguments, "sharing")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--watchers", type=int, default=200)
    asyncio.run(main(parser.parse_args()))
