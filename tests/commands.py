"""The command line: each command in a process of its own, or in this one, which takes less time."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from contextlib import closing
from tempfile import TemporaryFile

import pytest
from forked import Forked

from vobiz_mcp.cli import run


def command(
    *arguments: str, environment: Mapping[str, str] | None = None, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own, with this on its standard input."""
    with TemporaryFile("w+") as stdin, TemporaryFile("w+") as stdout, TemporaryFile("w+") as stderr:
        stdin.write(given)
        stdin.seek(0)
        files = [file.fileno() for file in (stdin, stdout, stderr)]
        with closing(Forked(arguments, {"COLUMNS": "100", **(environment or {})}, files)) as process:
            status = process.wait(60)
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess(arguments, status, stdout.read(), stderr.read())


def command_here(
    capsys: pytest.CaptureFixture[str], *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in this process, for tests of what it says and not of how it starts and ends."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"COLUMNS": "100", **(environment or {})}.items():
            patch.setenv(name, value)
        capsys.readouterr()
        status = run([*arguments])
    return subprocess.CompletedProcess(arguments, status, *capsys.readouterr())
