"""Clients that keep connections open and ask nothing, ask slowly, or do not take what they asked for."""

from __future__ import annotations

import asyncio
import math
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager, suppress

import httpx2
import pytest
import uvicorn
from http_requests import HEADERS, listed
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect_async
from vobiz_mcp.serving.http import app, connections
from vobiz_mcp.serving.http.connections import listen
from vobiz_mcp.serving.server import build
from vobiz_mcp.settings import ServerSettings

HALF = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
WHOLE = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


def opened(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def read_to_end(connection: socket.socket) -> bytes:
    """What comes until the server closes; it closes with a reset where it has not read all that was sent."""
    found = b""
    with suppress(ConnectionResetError):
        while some := connection.recv(65_536):
            found += some
    return found


@pytest.mark.long
def test_half_open_connections_without_number_neither_shut_others_out_nor_fill_the_log() -> None:
    start = f"ulimit -n 128; exec {sys.executable} -m vobiz_mcp serve --http --port 0 --sandbox"
    with (
        subprocess.Popen(["/bin/sh", "-c", start], stderr=subprocess.PIPE, text=True, env={"PATH": ""}) as server,
        ExitStack() as stack,
    ):
        assert server.stderr is not None
        url = server.stderr.readline().split()[-1]
        port = httpx2.URL(url).port or 0
        for _ in range(400):
            stack.enter_context(opened(port)).sendall(HALF)
        assert listed(url).status_code == 200
        server.terminate()
        assert server.stderr.read() == ""


@contextmanager
def serving(monkeypatch: pytest.MonkeyPatch, **bounds: float) -> Iterator[tuple[int, threading.Event]]:
    """The port of a server in this process with other bounds, and what is set when it gives up an endless answer."""
    for name, bound in bounds.items():
        monkeypatch.setattr(connections, name, bound)
    routes = [Route("/health", health), Route("/mcp", body, methods=["POST"]), Route("/endless", endless)]
    routes += [Route("/unfinished", unfinished)]
    small = Starlette(routes=routes)
    small.state.given_up = threading.Event()
    with listening_to(small, monkeypatch) as port:
        yield port, small.state.given_up


@contextmanager
def listening_to(served: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server of this application in this process."""
    started: list[uvicorn.Server] = []

    class Server(uvicorn.Server):
        def run(self, sockets: list[socket.socket] | None = None) -> None:
            started.append(self)
            super().run(sockets)

    with socket.create_server(("127.0.0.1", 0)) as listening, monkeypatch.context() as patch:
        patch.setattr(uvicorn, "Server", Server)
        patch.setattr(resource, "setrlimit", lambda *_: None)
        thread = threading.Thread(target=listen, args=(served, listening))
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            started[0].should_exit = True
            thread.join()


async def health(_: Request) -> Response:
    return Response("ok")


async def body(request: Request) -> Response:
    return Response(await request.body())


async def endless(request: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x" * 65_536
                await asyncio.sleep(0)
        finally:
            request.app.state.given_up.set()

    return StreamingResponse(parts())


async def unfinished(request: Request) -> Response:
    """Begin an answer that the client has taken so far, and never go on with it."""

    async def parts() -> AsyncIterator[bytes]:
        try:
            yield b"x"
            await asyncio.Event().wait()
        finally:
            request.app.state.given_up.set()

    return StreamingResponse(parts())


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET", id="a word"),
        pytest.param(HALF, id="half of its headers"),
        pytest.param(HALF + b"Content-Length: 9\r\n\r\nhalf", id="half of its body"),
        pytest.param(WHOLE + b"GET", id="one request and the beginning of another"),
    ],
)
def test_a_client_that_keeps_the_server_waiting_is_given_up(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch, PATIENCE_S=0.2) as (port, _), opened(port) as connection:
        connection.sendall(said)
        assert read_to_end(connection).endswith(b"ok" if said.startswith(WHOLE) else b"")


def test_a_client_that_does_not_take_what_it_asked_for_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch, PATIENCE_S=0.2) as (port, given_up), opened(port) as connection:
        connection.sendall(b"GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert given_up.wait(20)


def test_a_client_that_drips_is_given_up_as_a_silent_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch, PATIENCE_S=0.3) as (port, _), opened(port) as connection:
        connection.sendall(HALF)
        connection.settimeout(0.02)
        with pytest.raises((ConnectionError, EOFError)):
            drip(connection)


def drip(connection: socket.socket) -> None:
    """A header now and then, until the server closes."""
    for _ in range(1000):
        connection.sendall(b"X-Slow: 1\r\n")
        with suppress(TimeoutError):
            if connection.recv(1) == b"":
                raise EOFError


def test_of_too_many_the_one_that_waits_longest_gives_way_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch, MOST_CONNECTIONS=2) as (port, _), ExitStack() as stack:
        first, second, third = (stack.enter_context(opened(port)) for _ in range(3))
        assert read_to_end(first) == b""
        for connection in (second, third):
            connection.sendall(WHOLE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            assert read_to_end(connection).endswith(b"ok")


def test_a_connection_that_is_being_answered_never_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch, MOST_CONNECTIONS=1) as (port, given_up), opened(port) as busy:
        busy.sendall(b"GET /unfinished HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert busy.recv(10) == b"HTTP/1.1 2"
        with opened(port) as other:
            assert read_to_end(other) == b""
        assert not given_up.is_set()


def test_no_client_gets_a_session_that_it_could_leave_open_or_that_another_replica_would_not_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    initialize = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": client}
    headers = {"Accept": HEADERS["Accept"], "MCP-Protocol-Version": "2025-11-25"}
    with listening_to(door(), monkeypatch) as first, listening_to(door(), monkeypatch) as second:
        begun = httpx2.post(f"http://127.0.0.1:{first}/mcp", json=initialize, headers=headers)
        assert "Mcp-Session-Id" not in begun.headers
        ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
        assert httpx2.post(f"http://127.0.0.1:{second}/mcp", json=ready, headers=headers).status_code == 202
        ping = {"jsonrpc": "2.0", "id": 2, "method": "ping"}
        answer = httpx2.post(f"http://127.0.0.1:{second}/mcp", json=ping, headers=headers)
        assert (answer.status_code, '"result":{}' in answer.text) == (200, True)


def door() -> ASGIApp:
    return app.behind_door(build(lambda: connect_async(Sandbox())), ServerSettings(), [], math.inf)
