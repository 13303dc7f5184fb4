"""What the benches of many clients share: calls to ask about, an upstream and a server in processes of their own, clients.

PYTHONPATH=OTHER/CHECKOUT is put before a server that is measured beside ours: `--tree OTHER/CHECKOUT`.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
from reading import body
from servers import MODERN
from upstream import settings_environment

CASES = Path(__file__).parents[3] / "shared/bench/cases"
LONG, SHORT = "sgd__65min", "sgd__10min-a"
_REQUESTS = count(1)


def hour(*, small: bool = False) -> tuple[bytes, str]:
    """A finished call of an hour and what it is: a real dialogue where the shared folder is, else a made one."""
    path = CASES / f"{LONG}.json.gz"
    if small or not path.exists():
        return _over(body(400_000 if small else 2_000_000)), "a made call"
    return _over(_enveloped(json.loads(gzip.decompress(path.read_bytes()))["call"])), "68 min with 284 tool calls (SGD)"


def five_minutes(turns: int, *, over: bool = False) -> bytes:
    """So many turns of a call that goes on: the first five minutes of a real dialogue, or made ones."""
    path = CASES / f"{SHORT}.json.gz"
    call = (
        json.loads(gzip.decompress(path.read_bytes()))["call"] if path.exists() else json.loads(body(150_000))["data"]
    )
    said = call["transcript_object"][:turns]
    call |= {"call_status": "ENDED" if over else "ONGOING", "transcript_object": said, "call_analysis": None}
    call |= {"transcript_with_tool_calls": said, "start_timestamp": time.time() * 1000 - 300_000}
    call.pop("transcript", None)
    if not over:
        call |= {"end_timestamp": None, "call_duration": None, "duration_ms": None}
    return _enveloped(call)


def _enveloped(call: dict[str, Any]) -> bytes:
    return json.dumps({"message": "ok", "status": "success", "error": None, "data": call}).encode()


def _over(content: bytes) -> bytes:
    call = json.loads(content)["data"]
    return _enveloped({**call, "call_status": "ENDED", "call_analysis": {"call_successful": True}})


class Server(NamedTuple):
    """A server and where it listens."""

    process: subprocess.Popen[str]
    port: int

    def figures(self) -> tuple[float, float]:
        """Seconds of the processor and megabytes of memory of it and all that it has begun."""
        seconds, kilobytes = 0.0, 0
        for process in [self.process.pid, *_children(self.process.pid)]:
            stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            seconds += (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
            status = Path(f"/proc/{process}/status").read_text()
            kilobytes += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
        return seconds, kilobytes / 1024


def _children(process: int) -> list[int]:
    listed = [path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children")]
    return [int(child) for children in listed for child in children]


@contextmanager
def server(environment: dict[str, str], tree: str = "", *arguments: str) -> Iterator[Server]:
    """A server over HTTP, of this checkout or of another one."""
    path = f"{tree}{os.pathsep}{Path(tree) / 'toolkit'}" if tree else os.environ.get("PYTHONPATH", "")
    command = [sys.executable, "-m", "vobiz_mcp", "serve", "--http", "--port", "0", *arguments]
    whole = {**os.environ, **environment, "PYTHONPATH": path}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=whole, cwd=tree or None) as process:
        assert process.stderr is not None
        try:
            yield Server(process, int(process.stderr.readline().rpartition(":")[2].partition("/")[0]))
        finally:
            process.terminate()


class Client:
    """One connection that asks one thing after the other, as an MCP client of 2026-07-28 does, and no faster."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, tool: str, **arguments: object) -> tuple[str, bool]:
        """The text of an answer, and whether it is an error."""
        if self._ends is None:
            self._ends = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._ends
        params = {"name": tool, "arguments": arguments, "_meta": MODERN}
        asked = json.dumps({"jsonrpc": "2.0", "id": next(_REQUESTS), "method": "tools/call", "params": params}).encode()
        head = (
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/event-stream\r\n"
            "Content-Type: application/json\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\n"
            f"Mcp-Name: {tool}\r\nContent-Length: {len(asked)}\r\n\r\n"
        )
        writer.write(head.encode() + asked)
        answered = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        _, told, length = answered.partition("content-length: ")
        content = await (reader.readexactly(int(length.split()[0])) if told else _events(reader))
        result = json.loads(content)["result"]
        return result["content"][0]["text"], bool(result.get("isError"))

    def close(self) -> None:
        if self._ends is not None:
            self._ends[1].close()


async def _events(reader: asyncio.StreamReader) -> bytes:
    """The last event of an answer that took so long that it came as a stream of them."""
    content = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        content += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return content.rpartition(b"data: ")[2].strip()


class Source:
    """An upstream in this process: what it answers by the end of a path, and how often it was asked."""

    def __init__(self, bodies: dict[str, bytes], latency_s: float) -> None:
        self.bodies, self.latency_s = bodies, latency_s
        self.asked: dict[str, int] = {}
        self.environment: dict[str, str] = {}

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split()[1].decode().partition("?")[0].strip("/")
                name = next((name for name in self.bodies if name in path), "")
                self.asked[name or path] = self.asked.get(name or path, 0) + 1
                await asyncio.sleep(self.latency_s)
                content = self.bodies.get(name)
                status, content = ("200 OK", content) if content is not None else ("404 Not Found", b"{}")
                writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()


@asynccontextmanager
async def source(bodies: dict[str, bytes], latency_s: float = 0.02) -> AsyncIterator[Source]:
    """A running upstream."""
    found = Source(bodies, latency_s)
    listening = await asyncio.start_server(found.answer, "127.0.0.1", 0, backlog=512)
    async with listening:
        found.environment = settings_environment(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
        yield found


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else math.nan


def figure(key: str, told: str) -> None:
    """One line of figures that `measured.py` finds again."""
    print(f"FIGURE {key}: {told}", flush=True)
