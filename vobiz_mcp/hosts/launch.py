"""What a host starts this program with: a path that is the same from any shell, and still there tomorrow."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final, NamedTuple

from vobiz_mcp.server_info import NAME

_CACHE: Final = re.compile(r"(?:archive|builds|environments)-v\d+")
"""Folders of uv's cache, where `uvx` keeps what it runs for as long as it likes."""


class Launch(NamedTuple):
    """A command by its whole path, and its arguments."""

    command: str
    args: list[str]


def launch() -> Launch:
    """How this very program is started again, by whatever brought it here."""
    environment = Path(sys.prefix)
    if any(map(_CACHE.fullmatch, environment.parts)):
        return Launch(_program("uvx", os.environ.get("UV", "")), [*_source("--from"), NAME])
    if (environment / "pipx_metadata.json").exists() and environment.parent.name != "venvs":  # a cache, in any place
        return Launch(_program("pipx"), ["run", *_source("--spec"), NAME])
    script = _beside(sys.executable, NAME)
    return Launch(str(script), []) if script.exists() else Launch(sys.executable, ["-m", "vobiz_mcp"])


def _program(name: str, neighbour: str = "") -> str:
    """The whole path of a program, which stands beside another or on the path."""
    beside = _beside(neighbour, name) if neighbour else None
    return str(beside) if beside and beside.exists() else shutil.which(name) or name


def _beside(program: str, name: str) -> Path:
    """Where a program would be that stands beside another; `python3.11` has no ending, `python.exe` has."""
    windows = program.lower().endswith(".exe")
    return Path(program).with_name(f"{name}.exe" if windows else name)


def _source(option: str) -> list[str]:
    """The option of an installer that names where it got this program; nothing for a package index."""
    try:
        told = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return []
    if told is None:
        return []
    origin = json.loads(told)
    if "vcs_info" not in origin:
        return [option, str(origin["url"])]
    revision = origin["vcs_info"].get("requested_revision")
    return [option, f"{origin['vcs_info']['vcs']}+{origin['url']}" + (f"@{revision}" if revision else "")]
