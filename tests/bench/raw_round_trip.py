"""A `get_stream` call over HTTP by a raw client, in both eras, beside a bare server: `python tests/bench/raw_round_trip.py`.

`round_trip.py` asks with the SDK's client, whose own cost is in both figures and hides half of the difference.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent)]
from load import figure, server, source
from round_trip import BARE, STREAM, free_port, listening
from servers import MODERN

ROUNDS, CALLS = 15, 100
ERAS = ("2025-11-25", "2026-07-28")
_NUMBERS = itertools.count()


class Raw:
    """One connection to a server, and the session that it may insist on."""

    def __init__(self, port: int, era: str) -> None:
        self._port, self._era, self._session = port, era, ""

    async def begin(self) -> None:
        """Connect, and shake hands where the era has that."""
        self._ends = await asyncio.open_connection("127.0.0.1", self._port)
        if self._era == ERAS[0]:
            client = {"protocolVersion": self._era, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
            head = await self._post({"id": 0, "method": "initialize", "params": client})
            found = [line for line in head.split("\r\n") if line.lower().startswith("mcp-session-id")]
            self._session = f"{found[0]}\r\n" if found else ""
            await self._post({"method": "notifications/initialized"})

    async def call(self) -> None:
        """One `get_stream`, of another stream each time."""
        params: dict[str, object] = {
            "name": "get_stream",
            "arguments": {"call_uuid": "bench-call", "stream_id": f"s{next(_NUMBERS)}"},
        }
        if self._era == ERAS[1]:
            params["_meta"] = MODERN
        await self._post({"id": next(_NUMBERS), "method": "tools/call", "params": params})

    async def _post(self, message: dict[str, object]) -> str:
        reader, writer = self._ends
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        modern = "Mcp-Method: tools/call\r\nMcp-Name: get_stream\r\n" if self._era == ERAS[1] else self._session
        writer.write(
            (
                f"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAccept: application/json, text/event-stream\r\n"
                f"Content-Type: application/json\r\nMCP-Protocol-Version: {self._era}\r\n{modern}"
                f"Content-Length: {len(content)}\r\n\r\n"
            ).encode()
            + content
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        assert head.split()[1] in ("200", "202"), head
        told = head.lower()
        if "content-length: " in told:
            await reader.readexactly(int(told.partition("content-length: ")[2].split()[0]))
        else:
            while size := int(await reader.readuntil(b"\r\n"), 16):
                await reader.readexactly(size + 2)
            await reader.readexactly(2)
        return head


async def round_ms(client: Raw) -> float:
    """Milliseconds of one call, as the mean of a round."""
    begun = time.perf_counter()
    for _ in range(CALLS):
        await client.call()
    return (time.perf_counter() - begun) * 1000 / CALLS


@contextmanager
def bare(environment: dict[str, str]) -> Iterator[int]:
    """The port of a bare server."""
    port, quiet = free_port(), subprocess.DEVNULL
    whole = {**os.environ, **environment}
    with subprocess.Popen([sys.executable, BARE, str(port)], env=whole, stdout=quiet, stderr=quiet) as process:
        yield port
        process.terminate()


async def main(rounds: int) -> None:
    async with source({"Stream/": b"", "/Stream": json.dumps(STREAM).encode()}, latency_s=0) as upstream:
        with server(upstream.environment) as ours, bare(upstream.environment) as port:
            await listening(ours.port)
            await listening(port)
            for era in ERAS:
                clients = Raw(ours.port, era), Raw(port, era)
                for client in clients:
                    await client.begin()
                    await round_ms(client)
                pairs = [(await round_ms(clients[0]), await round_ms(clients[1])) for _ in range(rounds)]
                a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
                ratio = statistics.median(x / y for x, y in pairs)
                figure(f"raw {era}", f"{a:.2f} ms, bare {b:.2f} ms: {ratio:.2f} x")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS))
