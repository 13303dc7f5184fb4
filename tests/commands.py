"""The command line: each command in a process of its own, or in this one, which takes less time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from vobiz_mcp.cli import run


def command(
    *arguments: str, environment: Mapping[str, str] | None = None, given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own, with this on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "vobiz_mcp", *arguments],
        capture_output=True,
        text=True,
        input=given,
        env={"PATH": "", "COLUMNS": "100", **(environment or {})},
        timeout=60,
        check=False,
    )


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
