"""Processes of the command that are forked from one that has its libraries imported.

A process that starts pays two thirds of a second for imports, and the suite needs some seventy. A test of the start itself,
or of what is not imported yet, starts a fresh one.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, NoReturn

IMPORTED = (
    "anyio._backends._asyncio",
    "mcp.server.stdio",
    "vobiz_mcp.cli.serve",
    "vobiz_mcp.sandbox.transport",
    "vobiz_mcp.serving.connection",
    "vobiz_mcp.serving.http.app",
    "vobiz_mcp.serving.http.connections",
    "vobiz_mcp.serving.http.workers",
    "vobiz_mcp.serving.pool.pool",
    "vobiz_mcp.serving.server",
    "vobiz_mcp.serving.stdio.serve",
)


class _Asked(NamedTuple):
    arguments: tuple[str, ...]
    environment: dict[str, str]
    folder: str


class Forked:
    """A process of the command, with these files as its standard input, output and error."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], standard: Sequence[int]) -> None:
        told, tells = os.pipe()
        asked = _Asked(tuple(arguments), {"PATH": "", **environment}, str(Path.cwd()))
        socket.send_fds(_origin(), [json.dumps(asked).encode()], [*standard, tells])
        os.close(tells)
        self._told = os.fdopen(told)
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def wait(self, timeout: float) -> int:
        """Its exit code, the negative number of a signal that ended it."""
        if self.returncode is None:
            if not self._has_ended(timeout):
                raise subprocess.TimeoutExpired("a forked process", timeout)
            self.returncode = int(self._told.readline())
        return self.returncode

    def send_signal(self, number: int) -> None:
        if not self._has_ended(0):
            os.kill(self.pid, number)

    def close(self) -> None:
        """End it, if it has not ended."""
        self.send_signal(signal.SIGKILL)
        self.wait(20)
        self._told.close()

    def _has_ended(self, timeout: float) -> bool:
        return self.returncode is not None or bool(select.select([self._told], [], [], timeout)[0])


class Piped(Forked):
    """A process of the command with pipes to it; what it complains of is shown among the errors of the tests, or read."""

    def __init__(self, *arguments: str, environment: Mapping[str, str] | None = None, errors: bool = False) -> None:
        given, stdin = os.pipe()
        stdout, said = os.pipe()
        stderr, complained = os.pipe() if errors else (os.open(os.devnull, os.O_RDONLY), os.dup(2))
        super().__init__(arguments, environment or {}, [given, said, complained])
        for theirs in (given, said, complained):
            os.close(theirs)
        self.stdin, self.stdout, self.stderr = os.fdopen(stdin, "w"), os.fdopen(stdout), os.fdopen(stderr)

    def close(self) -> None:
        super().close()
        with suppress(BrokenPipeError):
            self.stdin.close()
        self.stdout.close()
        self.stderr.close()


@cache
def _origin() -> socket.socket:
    """The way to the process that others are forked from; it ends with this one."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-P", __file__, str(theirs.fileno())]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={"PATH": ""}, pass_fds=[theirs.fileno()], stdin=quiet, stdout=quiet)
    theirs.close()
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def _fork_what_is_asked_for(asks: socket.socket) -> None:
    for name in IMPORTED:
        import_module(name)
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        asked, files, _, _ = socket.recv_fds(asks, 2**16, 4)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not asked:
            return
        if os.fork() == 0:
            asks.close()
            _begin(_Asked(*json.loads(asked)), files)
        for file in files:
            os.close(file)


def _begin(asked: _Asked, files: list[int]) -> NoReturn:
    """Fork the command, tell its id, and when it has ended how."""
    *standard, tells = files
    process = os.fork()
    if process == 0:
        os.close(tells)
        _become(asked, standard)
    for file in standard:
        os.close(file)
    os.write(tells, b"%d\n" % process)
    _, status = os.waitpid(process, 0)
    os.write(tells, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(asked: _Asked, standard: list[int]) -> NoReturn:
    from vobiz_mcp.__main__ import main  # noqa: PLC0415 - the tests themselves run no command line

    for number, file in enumerate(standard):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w", 1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(asked.folder)
    os.environ.clear()
    os.environ.update(asked.environment)
    sys.argv[1:] = asked.arguments
    sys.exit(main())


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as asks:
        _fork_what_is_asked_for(asks)
