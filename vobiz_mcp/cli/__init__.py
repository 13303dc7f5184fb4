"""The command line: which commands there are, and how each begins, complains and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module

import click

from vobiz_mcp import __version__
from vobiz_mcp.cli.output import PROGRAM, complain, write_what_the_terminal_can_show
from vobiz_mcp.errors import InternalError, VobizError, kind_and_place

_COMMANDS = {
    "install": "put this server into Claude, Cursor, VS Code or another host",
    "serve": "serve MCP on stdio, or over HTTP with --http",
    "call": "ask one tool from the shell",
    "condense": "turn saved agent calls into pages for a model's context",
    "view": "draw a call: who spoke when, silences, tools, what went wrong",
    "examine": "say what went wrong on saved agent calls",
    "review": "say what went wrong on many saved calls: shares, new kinds, tools, waits; as tables with --out",
    "explain": "say what a code or a word of an answer means, and what to do about it",
    "tools": "print the tools as a model sees them, with their cost in tokens",
    "doctor": "check settings and whether each API answers and accepts them",
    "demo": "see every tool at work against the embedded sandbox",
    "sandbox": "serve a stand-in of both APIs on loopback, for any client",
}
"""What each command does; the command itself is `command` in the file of its name."""
_OF_SAVED_CALLS = frozenset(("condense", "examine", "review"))
"""Those in the room `saved`."""

_REPORT = "This is a defect of vobiz-mcp, not of your command line; report it with this place."
_EPILOG = """\
\b
New here? `vobiz-mcp demo` needs no credentials and no network; `vobiz-mcp install` puts it into your assistant.
An MCP host starts it without a command and speaks to it on stdio; without credentials the sandbox answers.
Settings come from VOBIZ_* variables and .env; `vobiz-mcp doctor` checks them.
Completion: eval "$(_VOBIZ_MCP_COMPLETE=bash_source vobiz-mcp)", or zsh_source, fish_source.
"""

NO_ACCOUNT = "Set it in the environment or in .env, then run `vobiz-mcp doctor`; --sandbox needs no account."
"""What to do where a command asks an account and none is set."""
_SANDBOX_FLAGS = "--sandbox/--no-sandbox"
sandbox_option: Callable[[Callable[..., int]], Callable[..., int]] = click.option(
    _SANDBOX_FLAGS, default=None, help="Ask the embedded sandbox: no credentials, no network. Or never ask it."
)


class WholeNumber(click.IntRange):
    """A whole number within bounds, which a complaint names in words."""

    name = "whole number"

    def convert(self, value: int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that was written."""
        try:
            number: int = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"it takes a whole number from {self.min} to {self.max}.", param, ctx)
        return number


PORT = WholeNumber(0, 65535)


def refuse_what_is_given_twice(command: click.Command, words: list[str], ctx: click.Context) -> None:
    """Raise a `UsageError` where an option that takes one value is given several: nobody knows which is meant."""
    for option in command.params:
        if isinstance(option, click.Option) and not option.multiple and not option.is_flag:
            given = [word for word in words if word.partition("=")[0] in option.opts]
            if len(given) > 1:
                raise click.UsageError(f"{option.name} is given {len(given)} times; give it once.", ctx)


class Group(click.Group):
    """Commands under one name. A flag before a command is handed down to it, or refused where it has none."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the line names, its parameters beginning with the flags that stand before it."""
        name, known, rest = super().resolve_command(ctx, args)
        if known is None:
            return name, known, rest
        command = self.load(known)
        takes = {parameter.name for parameter in command.params}
        given = [word for word in rest if word in _SANDBOX_FLAGS.split("/")]
        if "sandbox" not in takes and (given or ctx.params.get("sandbox") is not None):
            flag = given[0] if given else "--sandbox" if ctx.params["sandbox"] else "--no-sandbox"
            raise click.UsageError(f"`{name}` takes no {flag}; `call`, `install`, `serve` and `view` do.", ctx)
        refuse_what_is_given_twice(command, rest, ctx)
        told = {flag: value for flag, value in ctx.params.items() if flag in takes and value is not None}
        ctx.default_map = {str(name): told}
        return name, command, rest

    def load(self, command: click.Command) -> click.Command:
        """The whole of a command of which so far only the name and the summary may be known."""
        return command


class _Rooms(Group):
    """Commands of which only the one that is asked for is imported."""

    def load(self, command: click.Command) -> click.Command:
        """The command in the file of its name."""
        room = f"{__name__}.saved" if command.name in _OF_SAVED_CALLS else __name__
        loaded: click.Command = import_module(f"{room}.{command.name}").command
        return loaded


_VOBIZ_MCP = _Rooms(
    PROGRAM,
    {name: click.Command(name, short_help=summary) for name, summary in _COMMANDS.items()},
    params=[
        click.Option(
            [_SANDBOX_FLAGS], default=None, help="Before a command or after it: ask the embedded sandbox, or never."
        )
    ],
    help="Call observability for AI agents: an MCP server for Vobiz calls, streams and agent calls.",
    epilog=_EPILOG,
    subcommand_metavar="COMMAND [...]",
    no_args_is_help=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
click.version_option(__version__, message="%(prog)s %(version)s")(_VOBIZ_MCP)


def run(arguments: list[str]) -> int:
    """Run one command line; returns its exit code: 0 done, 1 the command found a failure, 2 a wrong command line."""
    write_what_the_terminal_can_show()
    try:
        status: int = _VOBIZ_MCP.main(arguments or ["--help"], PROGRAM, "_VOBIZ_MCP_COMPLETE", standalone_mode=False)
    except click.ClickException as error:
        return _refused(error)
    except VobizError as error:
        return _failed(error)
    except click.Abort:
        return 130
    except BrokenPipeError:
        # What is still buffered goes nowhere, and the interpreter does not complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - a defect ends in one line, with the place that a report of it needs
        return _failed(InternalError(f"{PROGRAM} failed unexpectedly ({kind_and_place(error)})", _REPORT))
    return status


def _refused(error: click.ClickException) -> int:
    from vobiz_mcp.digest.wording.safe_text import plain

    context: click.Context | None = getattr(error, "ctx", None)
    path = context.command_path if context else PROGRAM
    message = plain(error.format_message(), 600)
    complain(f"{message}{'' if message.endswith(('.', '!', '?')) else '.'} `{path} --help` shows what it takes.")
    return 2


def _failed(error: VobizError) -> int:
    click.echo(str(error), file=sys.stderr)
    return error.exit_code
