"""The command line. Each command lives in a room of its own and is imported only when it is asked for."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import NoReturn

from vobiz_mcp import __version__
from vobiz_mcp.errors import VobizError

_COMMANDS = {
    "serve": "serve MCP on stdio, or over HTTP with --http",
    "call": "ask one tool from the shell",
    "condense": "turn saved agent calls into pages for a model's context",
    "examine": "say what went wrong on saved agent calls",
    "tools": "print the tools as a model sees them, with their cost in tokens",
    "doctor": "check settings and whether each API answers and accepts them",
    "demo": "see every tool at work against the embedded sandbox",
    "sandbox": "serve a stand-in of both APIs on loopback, for any client",
}
_EPILOG = """\
Without a command it serves MCP on stdio, which is what an MCP host starts.
Settings come from VOBIZ_* variables and .env; `vobiz-mcp doctor` checks them.
New here? `vobiz-mcp demo` needs no credentials and no network.
"""


class UsageError(Exception):
    """A wrong command line: one sentence that says what is wrong, and what would be right."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; `{self.prog} --help` shows what it takes")


def run(arguments: list[str]) -> int:
    """Run one command line; returns its exit code: 0 done, 1 the command found a failure, 2 a wrong command line."""
    try:
        _check_command(arguments)
        options = _options(arguments)
        status: int = options.run(options)
    except UsageError as error:
        sys.stderr.write(f"vobiz-mcp: {error}\n")
        return 2
    except VobizError as error:
        sys.stderr.write(f"{error}\n")
        return 2 if error.code in ("invalid_arguments", "not_configured") else 1
    except (KeyboardInterrupt, BrokenPipeError):
        sys.stderr.close()
        return 0
    return status


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = _parser(arguments)
    options, extra = parser.parse_known_args(arguments)
    # argparse takes NAME=VALUE words only in one run; people write them on both sides of an option.
    late = [word for word in extra if "arguments" in options and not word.startswith("-")]
    if len(late) < len(extra):
        parser.error(f"unrecognized arguments: {' '.join(word for word in extra if word not in late)}")
    if late:
        options.arguments += late
    return options


def _check_command(arguments: list[str]) -> None:
    first = arguments[0] if arguments else ""
    if first and not first.startswith("-") and first not in _COMMANDS:
        raise UsageError(f'there is no command "{first}"; the commands are {", ".join(_COMMANDS)}')


def _parser(arguments: list[str]) -> _Parser:
    parser = _Parser(
        prog="vobiz-mcp",
        description="Call observability for AI agents: an MCP server for Vobiz calls, streams and agent calls.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"vobiz-mcp {__version__}")
    parser.add_argument("--sandbox", action="store_true", help="serve the embedded sandbox on stdio")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    parser.set_defaults(run=_no_command)
    wanted = next((word for word in arguments if word in _COMMANDS), None)
    for name, summary in _COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if name == wanted:
            room = import_module(f"vobiz_mcp.cli.{name}")
            room.add_arguments(command)
            command.set_defaults(run=room.run)
    return parser


def _no_command(_: argparse.Namespace) -> NoReturn:
    raise UsageError(f"a command is missing: {', '.join(_COMMANDS)}")
