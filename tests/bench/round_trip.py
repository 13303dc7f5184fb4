"""A `get_stream` call, each of another stream, through MCP beside a bare server that passes the JSON through.

Run it: `python tests/bench/round_trip.py`. Both ask the same upstream on loopback, over stdio and over streamable HTTP.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from mcp import Client, StdioServerParameters

sys.path.insert(0, str(Path(__file__).parents[1]))
from upstream import Upstream, loopback

ROUNDS, CALLS = 15, 40
BARE = str(Path(__file__).with_name("bare_server.py"))
STREAM = {
    "stream_id": "bench-stream",
    "call_uuid": "bench-call",
    "service_url": "wss://media.example.invalid/in",
    "bidirectional": True,
    "audio_track": "inbound",
    "content_type": "audio/x-l16;rate=16000",
    "status": "completed",
    "start_time": "2026-01-02T03:04:05Z",
    "end_time": "2026-01-02T03:09:05Z",
}
_numbers = itertools.count()


def fresh() -> dict[str, str]:
    """Arguments that nobody used before: an answer that is still fresh would be given again without asking."""
    return {"call_uuid": "bench-call", "stream_id": f"bench-stream-{next(_numbers)}"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def over_stdio(arguments: list[str], upstream: Upstream) -> Client:
    """A client of a server that it spawns."""
    environment = {**os.environ, **upstream.environment}
    return Client(StdioServerParameters(command=sys.executable, args=arguments, env=environment))


@asynccontextmanager
async def over_http(arguments: list[str], port: int, upstream: Upstream) -> AsyncIterator[Client]:
    """A client of a server on a port of its own."""
    environment = {**os.environ, **upstream.environment}
    with subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            await listening(port)
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                yield client
        finally:
            process.terminate()


async def listening(port: int) -> None:
    """Wait, ten seconds at most, until the server accepts connections."""
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError(f"nothing listens on {port}")


async def round_ms(client: Client) -> float:
    """Milliseconds of one call, as the mean of a round."""
    begun = time.perf_counter()
    for _ in range(CALLS):
        result = await client.call_tool("get_stream", fresh())
        assert not result.is_error
    return (time.perf_counter() - begun) * 1000 / CALLS


async def compare(name: str, ours: Client, bare: Client) -> None:
    """Interleaved rounds, the median of each and of the ratios."""
    await round_ms(ours), await round_ms(bare)
    pairs = [(await round_ms(ours), await round_ms(bare)) for _ in range(ROUNDS)]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(x / y for x, y in pairs)
    print(f"get_stream over {name:6} vobiz-mcp {a:.2f} ms   bare {b:.2f} ms   ratio {ratio:.3f}   goal 1.15")


async def main() -> None:
    """Both transports against one upstream."""
    with loopback() as upstream:
        for number in range(4 * (ROUNDS + 1) * CALLS):
            upstream.serve(f"Call/bench-call/Stream/bench-stream-{number}/", STREAM)
        async with over_stdio(["-m", "vobiz_mcp"], upstream) as ours, over_stdio([BARE], upstream) as bare:
            await compare("stdio", ours, bare)
        first, second = free_port(), free_port()
        serve = ["-m", "vobiz_mcp", "serve", "--http", "--port", str(first)]
        async with (
            over_http(serve, first, upstream) as ours,
            over_http([BARE, str(second)], second, upstream) as bare,
        ):
            await compare("HTTP", ours, bare)


if __name__ == "__main__":
    asyncio.run(main())
