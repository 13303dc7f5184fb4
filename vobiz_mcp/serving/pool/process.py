"""A process that answers questions about long calls for as long as its standard input is open."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from vobiz_mcp import resources, tools
from vobiz_mcp.logs import quiet
from vobiz_mcp.serving.pool.jobs import Jobs
from vobiz_mcp.serving.pool.messages import HEAD, packed, unpacked
from vobiz_mcp.serving.pool.warming import warm

NICE = 5
"""How much these processes give way to the server, which others wait for."""

__all__ = ["main", "resources", "tools"]


def main() -> None:
    """Take messages from standard input and answer on standard output; what would be printed goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is meant for the server, which closes the pipe
    with suppress(OSError):
        os.nice(NICE)
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        start = _message(sys.stdin.buffer)
        if start is None:
            return
        quiet(start.log)
        jobs = Jobs(start.settings)
        warm()
        gc.freeze()
        while (message := _message(sys.stdin.buffer)) is not None:
            answer = jobs.take(message)
            if answer is not None:
                out.write(packed(answer))
                out.flush()


def _message(source: BinaryIO) -> Any:  # noqa: ANN401 - whichever message it is
    """The next message; None once the server is gone."""
    head = source.read(HEAD.size)
    return unpacked(source.read(HEAD.unpack(head)[0])) if len(head) == HEAD.size else None
