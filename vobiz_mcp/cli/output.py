"""What a command prints: in whatever encoding the terminal has, and without a character that would steer it."""

from __future__ import annotations

import io
import json
import re
import sys

import click

PROGRAM = "vobiz-mcp"
_STEERS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NO_ASCII = re.compile(r"[^\x00-\x7e]")


def write_what_the_terminal_can_show() -> None:
    """From now on a character that an encoding such as cp1252 lacks is written as its escape, and ends nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print to standard output."""
    click.echo(text, file=sys.stdout)  # named, it is written in its own encoding: click takes ASCII for a mistake


def complain(text: str) -> None:
    """Print to standard error, in the program's name."""
    click.echo(f"{PROGRAM}: {text}", file=sys.stderr)


def say_json(text: str) -> None:
    """Print JSON, with escapes inside its strings for what would steer a terminal or is not in its encoding."""
    unsafe = _STEERS if sys.stdout.encoding.lower() == "utf-8" else _NO_ASCII
    say(unsafe.sub(lambda found: json.dumps(found[0])[1:-1], text))
