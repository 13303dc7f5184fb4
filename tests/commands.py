"""The real command line, each command in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping


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
