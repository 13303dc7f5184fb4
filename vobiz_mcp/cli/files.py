"""Saved bodies of agent calls on the command line: files, compressed files, patterns and standard input."""

from __future__ import annotations

import argparse
import glob
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from vobiz_mcp.errors import VobizError
from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.saved_calls import calls_of

STANDARD_INPUT = "-"


def add_files(parser: argparse.ArgumentParser) -> None:
    """The argument that names them."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="a saved body (.json or .json.gz), a pattern, or - for standard input"
    )


def add_privacy(parser: argparse.ArgumentParser) -> None:
    """The option that says what is hidden."""
    words = get_args(Privacy)
    parser.add_argument("--privacy", choices=words, default="standard", help="what is hidden (%(default)s)")


def saved_calls(patterns: list[str], privacy: Privacy) -> Iterator[tuple[str, AgentCall | None]]:
    """Each call, without what `privacy` hides, with the name of its file.

    None, after a line on standard error, for a file that holds none.
    """
    for name in _names(patterns):
        try:
            for call in calls_of(_content(name)):
                yield name, masked(call, privacy)
        except (OSError, EOFError, VobizError) as error:
            sys.stderr.write(f"vobiz-mcp: {name}: {_reason(error)}\n")
            yield name, None


def _names(patterns: list[str]) -> Iterator[str]:
    for pattern in patterns:
        found = [] if pattern == STANDARD_INPUT or Path(pattern).exists() else sorted(glob.glob(pattern))  # noqa: PTH207
        yield from found or [pattern]


def _content(name: str) -> bytes:
    content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def _reason(error: Exception) -> str:
    if isinstance(error, VobizError):
        return "there is no agent call in it"
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return "it cannot be read, or its compression is damaged"
