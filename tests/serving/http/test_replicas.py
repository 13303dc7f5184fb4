"""Two replicas behind a real balancer, sharing a real server of Valkey's protocol."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from http_requests import HEADERS
from places import ROOT
from servers import MODERN
from upstream import Upstream, loopback
from valkey_server import await_port, free_port, needs_valkey, valkey_server

pytestmark = [pytest.mark.anyio, pytest.mark.long, needs_valkey]

LEG = "5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90"
STREAM = {"stream_id": "s1", "call_uuid": LEG, "status": "streaming", "audio_track": "inbound"}
WATCHERS = 50


@contextmanager
def replica(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "vobiz_mcp", "serve", "--http", "--port", "0", "--no-sandbox"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={"PATH": "", **environment}) as process:
        try:
            assert process.stderr is not None
            port = httpx2.URL(process.stderr.readline().split()[-1]).port
            assert port is not None
            await_port(port)
            yield process, port
        finally:
            process.kill()


@contextmanager
def balancer(ports: list[int], folder: Path) -> Iterator[int]:
    """haproxy with the documentation's own file, but for where it listens and where the replicas are."""
    port = free_port()
    text = (ROOT / "docs/replicas/haproxy.cfg").read_text().replace("bind :8080", f"bind 127.0.0.1:{port}")
    text = re.sub(r"resolvers docker\n(    .*\n)+", "", text)
    servers = "\n".join(f"    server replica{at} 127.0.0.1:{at}" for at in ports)
    text = re.sub(r"    server-template .*", servers, text)
    (folder / "haproxy.cfg").write_text(text)
    command = [shutil.which("haproxy") or "", "-db", "-q", "-f", str(folder / "haproxy.cfg")]
    with subprocess.Popen(command) as process:
        try:
            await_port(port)
            yield port
        finally:
            process.terminate()


@asynccontextmanager
async def client(port: int) -> AsyncIterator[Callable[..., Any]]:
    """Asks for a tool's answer through a port, whichever replica is behind it."""
    limits = httpx2.Limits(max_connections=WATCHERS)
    async with httpx2.AsyncClient(timeout=60, trust_env=False, limits=limits) as http:

        async def call(tool: str, **arguments: object) -> str:
            params = {"name": tool, "arguments": arguments, "_meta": MODERN}
            asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
            headers = {**HEADERS, "Mcp-Method": "tools/call", "Mcp-Name": tool}
            answer = await http.post(f"http://127.0.0.1:{port}/mcp", json=asked, headers=headers)
            assert answer.status_code == 200, answer.text
            text: str = answer.json()["result"]["content"][0]["text"]
            return text

        yield call


def stock(upstream: Upstream) -> None:
    upstream.serve(f"Call/{LEG}/", {"call_uuid": LEG, "call_status": "in-progress", "from": "+14155550142"})
    upstream.serve(f"Call/{LEG}/Stream/", {"objects": []})


@pytest.mark.skipif(shutil.which("haproxy") is None, reason="needs haproxy, which .ci/run installs")
async def test_a_replica_that_is_killed_during_fifty_watches_loses_none(tmp_path: Path) -> None:
    with ExitStack() as stack:
        upstream = stack.enter_context(loopback())
        stock(upstream)
        url, _ = stack.enter_context(valkey_server())
        environment = {**upstream.environment, "VOBIZ_VALKEY_URL": url}
        replicas = [stack.enter_context(replica(environment)) for _ in range(2)]
        port = stack.enter_context(balancer([at for _, at in replicas], tmp_path))
        async with client(port) as call:
            cursor = (await call("watch_call", call_uuid=LEG)).rpartition("cursor=")[2]
            asked = {"call_uuid": LEG, "cursor": cursor, "wait_seconds": 14}
            watching = [asyncio.create_task(call("watch_call", **asked)) for _ in range(WATCHERS)]
            await polls(upstream, 2)
            os.kill(replicas[0][0].pid, 9)
            await polls(upstream, 2)
            upstream.serve(f"Call/{LEG}/Stream/", {"objects": [STREAM]})
            heard = await asyncio.gather(*watching)
    assert ["s1" in text for text in heard] == [True] * WATCHERS


async def polls(upstream: Upstream, count: int) -> None:
    """Let the call be looked at so many times more."""
    looks = len(upstream.requests)
    while len(upstream.requests) < looks + 2 * count:  # noqa: ASYNC110 - other processes bring it about
        await asyncio.sleep(0.05)


async def test_replicas_ask_for_a_watched_call_once_an_interval_also_when_their_server_dies() -> None:
    with ExitStack() as stack:
        upstream = stack.enter_context(loopback())
        stock(upstream)
        url, valkey = stack.enter_context(valkey_server())
        environment = {**upstream.environment, "VOBIZ_VALKEY_URL": url}
        ports = [stack.enter_context(replica(environment))[1] for _ in range(3)]

        async def watch(port: int) -> str:
            async with client(port) as call:
                cursor = (await call("watch_call", call_uuid=LEG)).rpartition("cursor=")[2]
                return str(await call("watch_call", call_uuid=LEG, cursor=cursor, wait_seconds=8))

        heard = await asyncio.gather(*(watch(port) for port in ports * 5))
        assert {text.partition(";")[0] for text in heard} == {"no change in 8 s"}
        looks = sum("/Stream/" in path for path, _ in upstream.requests)
        assert looks <= 8  # five intervals and the first look of each replica
        valkey.kill()
        valkey.wait()
        assert {text.partition(";")[0] for text in await asyncio.gather(*map(watch, ports))} == {"no change in 8 s"}
