"""Servers as tests meet them: on stdio line by line, over HTTP, and in memory, with the sandbox behind them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Any

from forked import Piped
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, TextContent

from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect_async
from vobiz_mcp.serving import server

MODERN = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
SANDBOXED = StdioServerParameters(command=sys.executable, args=["-m", "vobiz_mcp", "--sandbox"])


def text(result: CallToolResult) -> str:
    [block] = result.content
    assert isinstance(block, TextContent)
    return block.text


class Session:
    """A server process spoken to line by line, as a host does that is not the SDK."""

    def __init__(self, process: subprocess.Popen[str] | Piped) -> None:
        self.process = process

    def send(self, method: str, number: int | None = None, **params: object) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params} | ({} if number is None else {"id": number})
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        message: dict[str, Any] = json.loads(self.process.stdout.readline())
        return message

    def ask(self, method: str, number: int, **params: object) -> dict[str, Any]:
        self.send(method, number, **params)
        return self.receive()

    def initialize(self, version: str = "2025-11-25") -> dict[str, Any]:
        client = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        answer = self.ask("initialize", 1, **client)
        self.send("notifications/initialized")
        return answer

    def call(self, number: int, tool: str, **arguments: object) -> str:
        answer = self.ask("tools/call", number, name=tool, arguments=arguments)
        assert answer["id"] == number
        said: str = answer["result"]["content"][0]["text"]
        return said


@contextmanager
def session(*arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Session]:
    """A server on stdio that must end by itself, with exit code 0, once its input is closed."""
    with closing(Piped(*arguments, environment=environment)) as process:
        yield Session(process)
        process.stdin.close()
        assert process.wait(20) == 0


@contextmanager
def http_server(
    *arguments: str, environment: Mapping[str, str] | None = None, sandbox: tuple[str, ...] = ("--sandbox",)
) -> Iterator[str]:
    """The URL of a server on streamable HTTP, with the sandbox behind it."""
    command = ("serve", "--http", "--port", "0", *sandbox, *arguments)
    with closing(Piped(*command, environment=environment, errors=True)) as process:
        yield process.stderr.readline().split()[-1]
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


@asynccontextmanager
async def in_memory() -> AsyncIterator[Client]:
    sandbox = Sandbox()
    async with Client(server.build(lambda: connect_async(sandbox)), raise_exceptions=True) as client:
        yield client
