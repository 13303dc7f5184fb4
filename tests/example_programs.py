"""The examples as a person starts them."""

from __future__ import annotations

import os
import subprocess
import sys

from places import EXAMPLES


def program(name: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """An example as a person starts it, with warnings as errors."""
    return subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLES / name), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "120"},
        check=False,
    )
