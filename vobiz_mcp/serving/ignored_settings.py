"""What of the environment and `.env` is written like a setting and read by nobody: a typo turns one off in silence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dotenv.parser import parse_stream

from vobiz_mcp.credentials import VARIABLES, quiet_dotenv
from vobiz_mcp.settings import ServerSettings, Settings, variable

_OF_EXAMPLES: Final = frozenset({"VOBIZ_CHAT_MODEL"})
_NEAR: Final = 0.8
"""How like a setting a name must be to be taken for it: all of them begin alike."""
_DOTENV: Final = Path(".env")

quiet_dotenv()


def ignored() -> Iterator[str]:
    """A sentence without its full stop for each name that is no setting and each line of `.env` that is none."""
    known = {variable(field) for kind in (Settings, ServerSettings) for field in kind.model_fields}
    credentials = [told.name for told in VARIABLES if told.credential]
    names, broken = _names_and_broken_lines()
    for name in names:
        if name.upper().startswith("VOBIZ_") and name.upper() not in known | _OF_EXAMPLES:
            # `VOBIZ_TOKEN` is like several settings: whoever writes it fills in an account
            near = [match for of in (credentials, known) for match in get_close_matches(name.upper(), of, 1, _NEAR)]
            hint = f"{near[0]} is one" if near else "docs/settings.md has them all"
            yield f"{name[:60]} is no setting and is ignored; {hint}"
    yield from (f"line {line} of .env is ignored; write NAME=VALUE" for line in broken)


def say_what_is_ignored() -> None:
    """Write each sentence to standard error, for whoever started the process."""
    for sentence in ignored():
        sys.stderr.write(f"vobiz-mcp: {sentence}\n")


def _names_and_broken_lines() -> tuple[list[str], list[int]]:
    """The names that are set, each once, and the numbers of the lines of `.env` that set nothing."""
    names, broken = dict.fromkeys(os.environ), []
    if _DOTENV.is_file():
        with _DOTENV.open(encoding="utf8", errors="replace") as lines:
            for binding in parse_stream(lines):
                if binding.error or (binding.key and binding.value is None):
                    broken.append(binding.original.line)
                elif binding.key:
                    names[binding.key] = None
    return list(names), broken
