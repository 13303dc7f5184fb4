"""The server on standard input and output, ready before its libraries are.

Hosts ask `server/discover` first and give up on it after half a second, about as long as the SDK takes to import; some
then fall back to `initialize`, which the SDK refuses once a discover has decided the era. So this room, which imports
the standard library only, owns the wire: it answers `server/discover` itself, at once, and `tools/list`, which hosts
ask next, for as long as nothing else was asked, and hands every other line to the SDK. The first other request then
decides the era.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, cast

from vobiz_mcp import identity

if TYPE_CHECKING:
    import asyncio

    import anyio

    from vobiz_mcp.client import AsyncVobiz

_CHUNK = 65_536
_LAST_WORDS_S = 2.0
"""How long the end of the process waits for answers that are not written yet."""

DISCOVERY = {
    "cacheScope": "private",
    "capabilities": {
        "prompts": {"listChanged": False},
        "resources": {"listChanged": False, "subscribe": False},
        "tools": {"listChanged": False},
    },
    "instructions": identity.INSTRUCTIONS,
    "resultType": "complete",
    "supportedVersions": [identity.MODERN_VERSION],
    "ttlMs": 0,
    "_meta": {
        "io.modelcontextprotocol/serverInfo": {
            "name": identity.NAME,
            "title": identity.TITLE,
            "version": identity.VERSION,
        }
    },
}
"""What the SDK answers to `server/discover`; a test holds the two together."""


def serve(*, sandbox: bool) -> int:
    """Serve until the client closes standard input or a signal comes; returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))
    wire = Wire()
    # Only now, with the wire already answering, the expensive imports. What they make stays: no use in collecting it.
    gc.disable()
    from vobiz_mcp.errors import VobizError
    from vobiz_mcp.logs import quiet
    from vobiz_mcp.serving.connection import connector
    from vobiz_mcp.settings import ServerSettings, read

    try:
        quiet(read(ServerSettings).log)
        connect = connector(sandbox=sandbox)
    except VobizError as error:
        sys.stderr.write(f"vobiz-mcp: {error}\n")
        return 2
    _run(wire, connect)
    return 0


def _run(wire: Wire, connect: Callable[[], AsyncVobiz]) -> None:
    import asyncio

    from mcp.server.stdio import stdio_server

    from vobiz_mcp.serving.server import build

    server = build(connect)

    async def session() -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, wire.hang_up)
        lines = cast("anyio.AsyncFile[str]", wire.attach(loop))
        async with stdio_server(lines, cast("anyio.AsyncFile[str]", wire)) as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    asyncio.run(session())
    wire.close()


class Wire:
    """Standard input and output, taken away from everything else in the process that might print or read.

    Two threads read and write, so that neither a slow client nor a busy import holds the other up.
    """

    def __init__(self) -> None:
        self._in, self._out = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(2, 1)
        os.close(nothing)
        self._lines = Lines()
        self._unwritten: SimpleQueue[bytes | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write_all, name="stdout", daemon=True)
        self._writer.start()
        threading.Thread(target=self._read_all, name="stdin", daemon=True).start()

    def attach(self, loop: asyncio.AbstractEventLoop) -> Lines:
        """Hand the lines that came, and all that will come, to the event loop."""
        self._lines.attach(loop)
        return self._lines

    async def write(self, text: str) -> None:
        """Queue one message; it is written in its turn."""
        self._unwritten.put(text.encode("utf-8", "replace"))

    async def flush(self) -> None:
        """Nothing to do: the writing thread never holds anything back."""

    def hang_up(self) -> None:
        """End the session as the client would end it: with the end of the input."""
        self._lines.put(None)

    def close(self) -> None:
        """Write what is queued, for a while, and stop."""
        self._unwritten.put(None)
        self._writer.join(_LAST_WORDS_S)

    def _read_all(self) -> None:
        era_is_open = True
        for line in _lines_of(self._in):
            request = _request(line) if era_is_open else {}
            result = _early_answer(request)
            if result is not None:
                reply = {"jsonrpc": "2.0", "id": request["id"], "result": result}
                self._unwritten.put(json.dumps(reply, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
                continue
            era_is_open = era_is_open and "id" not in request
            self._lines.put(line.decode("utf-8", "replace"))
        self.hang_up()

    def _write_all(self) -> None:
        while (message := self._unwritten.get()) is not None:
            try:
                while message:
                    message = message[os.write(self._out, message) :]
            except OSError:
                self.hang_up()
                return


class Lines:
    """Lines from the reading thread as an asynchronous iterator; they wait until an event loop is attached."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._early: list[str | None] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queue: asyncio.Queue[str | None] | None = None

    def put(self, line: str | None) -> None:
        """From any thread: the next line, or None for the end."""
        with self._lock:
            if self._loop is None or self._queue is None:
                self._early.append(line)
                return
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._queue.put_nowait, line)

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Deliver to this loop from now on, what came early first."""
        import asyncio

        queue: asyncio.Queue[str | None] = asyncio.Queue()
        with self._lock:
            for line in self._early:
                queue.put_nowait(line)
            self._queue, self._loop = queue, loop

    def __aiter__(self) -> Lines:
        return self

    async def __anext__(self) -> str:
        line = None if self._queue is None else await self._queue.get()
        if line is None:
            raise StopAsyncIteration
        return line


def _lines_of(descriptor: int) -> Iterator[bytes]:
    rest = b""
    while chunk := os.read(descriptor, _CHUNK):
        *lines, rest = (rest + chunk).split(b"\n") if b"\n" in chunk else (rest + chunk,)
        yield from (line for line in lines if line.strip())
    if rest.strip():
        yield rest


def _request(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def _early_answer(request: dict[str, Any]) -> dict[str, Any] | None:
    """What is known without the SDK; None for every other request."""
    params = request.get("params")
    meta = params.get("_meta") if isinstance(params, dict) else None
    version = meta.get("io.modelcontextprotocol/protocolVersion") if isinstance(meta, dict) else None
    if version != identity.MODERN_VERSION or not isinstance(request.get("id"), str | int):
        return None
    if request.get("method") == "server/discover":
        return DISCOVERY
    return listed_tools() if request.get("method") == "tools/list" and params == {"_meta": meta} else None


def listed_tools() -> dict[str, Any]:
    """What the SDK answers to `tools/list`; `tests/serving/test_definitions.py` writes it and compares the two."""
    listed: dict[str, Any] = json.loads(Path(__file__).with_name("tools_list.json").read_bytes())
    return listed
