"""Serve MCP on standard input and output: answer early, import the SDK meanwhile, then hand over to it."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from vobiz_mcp.credentials import asks_sandbox
from vobiz_mcp.serving.stdio.early_answers import EarlyAnswers
from vobiz_mcp.serving.stdio.inbox import Inbox
from vobiz_mcp.serving.stdio.wire import Wire

if TYPE_CHECKING:
    import anyio

    from vobiz_mcp.client import AsyncVobiz


def serve(*, sandbox: bool | None) -> int:
    """Serve until the client closes standard input or a signal comes; returns the exit code.

    Args:
        sandbox: None where it answers unless a credential is set.
    """
    sandbox = asks_sandbox(sandbox)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))
    inbox = Inbox()
    wire = Wire(inbox.end)
    threading.Thread(target=_read, args=(wire, inbox, EarlyAnswers(sandbox=sandbox)), name="stdin", daemon=True).start()
    # Only now, with the wire already answering, the expensive imports. What they make stays: no use in collecting it.
    gc.disable()
    from vobiz_mcp.errors import VobizError
    from vobiz_mcp.logs import quiet
    from vobiz_mcp.serving.connection import connector
    from vobiz_mcp.serving.ignored_settings import say_what_is_ignored
    from vobiz_mcp.settings import ServerSettings, read

    try:
        quiet(read(ServerSettings).log)
        say_what_is_ignored()
        connect = connector(sandbox=sandbox)
    except VobizError as error:
        sys.stderr.write(f"vobiz-mcp: {error}\n")
        return error.exit_code
    _run(wire, inbox, connect, sandbox=sandbox)
    return 0


def _read(wire: Wire, inbox: Inbox, early: EarlyAnswers) -> None:
    for line in wire.lines():
        reply = early.reply(line)
        if reply is not None:
            wire.send(reply)
        elif line is not None:
            inbox.put(line.decode("utf-8", "replace"))
    inbox.end()


def _run(wire: Wire, inbox: Inbox, connect: Callable[[], AsyncVobiz], *, sandbox: bool) -> None:
    import asyncio

    from mcp.server.stdio import stdio_server

    from vobiz_mcp.serving.server import build

    server = build(connect, sandbox=sandbox)

    async def session() -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, inbox.end)
        inbox.attach(loop)
        ends = cast("anyio.AsyncFile[str]", inbox), cast("anyio.AsyncFile[str]", wire)
        async with stdio_server(*ends) as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    asyncio.run(session())
    wire.close()
