"""What a host starts this program with: a path that is the same from any shell, and still there tomorrow."""

from __future__ import annotations

import json
import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final, NamedTuple

from vobiz_mcp.server_info import NAME

_CACHES: Final = frozenset({"archive-v0", "builds-v0", "environments-v2"})
"""Folders of uv's cache, where `uvx` keeps what it runs for as long as it likes."""


class Launch(NamedTuple):
    """A command by its whole path, and its arguments."""

    command: str
    args: list[str]


def launch() -> Launch:
    """How this very program is started again, by whatever brought it here."""
    parts = Path(sys.prefix).parts
    if _CACHES & set(parts):
        return Launch(_program("uvx", os.environ.get("UV", "")), [*_from(_source()), NAME])
    if {"pipx", ".cache"} <= set(parts):
        source = _source()
        return Launch(_program("pipx"), ["run", *(["--spec", source] if source else []), NAME])
    script = _beside(sys.executable, NAME)
    return Launch(str(script), []) if script.exists() else Launch(sys.executable, ["-m", "vobiz_mcp"])


def _from(source: str) -> list[str]:
    return ["--from", source] if source else []


def _program(name: str, neighbour: str = "") -> str:
    """The whole path of a program, which stands beside another or on the path."""
    beside = _beside(neighbour, name) if neighbour else None
    return str(beside) if beside and beside.exists() else shutil.which(name) or name


def _beside(program: str, name: str) -> Path:
    """Where a program would be that stands beside another; `python3.11` has no ending, `python.exe` has."""
    windows = program.lower().endswith(".exe")
    return Path(program).with_name(f"{name}.exe" if windows else name)


def _source() -> str:
    """Where an installer got this program, as it takes it; "" for a package index."""
    try:
        told = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    if told is None:
        return ""
    origin = json.loads(told)
    if "vcs_info" not in origin:
        return str(origin["url"])
    revision = origin["vcs_info"].get("requested_revision")
    return f"{origin['vcs_info']['vcs']}+{origin['url']}" + (f"@{revision}" if revision else "")
