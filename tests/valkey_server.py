"""A real server of Valkey's protocol on a port of its own, where one is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

SERVER = shutil.which("valkey-server") or shutil.which("redis-server")
needs_valkey = pytest.mark.skipif(SERVER is None, reason="needs valkey-server or redis-server, which .ci/run installs")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def valkey_server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Its URL, and the process."""
    port = free_port()
    command = [SERVER or "", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            await_port(port)
            yield f"redis://127.0.0.1:{port}/0", process
        finally:
            process.kill()


def await_port(port: int) -> None:
    """Come back when something listens there, within ten seconds."""
    until = time.monotonic() + 10
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
