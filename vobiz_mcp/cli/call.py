"""`vobiz-mcp call`: one tool from the shell."""

from __future__ import annotations

import re
from typing import Any

import click

from vobiz_mcp.cli import NO_ACCOUNT, Group, refuse_what_is_given_twice, sandbox_option
from vobiz_mcp.cli.output import say, say_json
from vobiz_mcp.errors import NotConfigured
from vobiz_mcp.logs import quiet
from vobiz_mcp.serving.audit import auditing
from vobiz_mcp.serving.connection import connect
from vobiz_mcp.serving.ignored_settings import say_what_is_ignored
from vobiz_mcp.settings import ServerSettings, WrongSettings, read
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.steps.question import Question

_PAIR = re.compile(r"[^\W\d]\w*=", re.ASCII)
_FLAGS = ("--json", "--sandbox", "--no-sandbox")
_json_option = click.option("--json", is_flag=True, help="Print the record instead of the digest.")


class Tool(click.Command):
    """A tool whose arguments are options, which people write as NAME=VALUE."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A word NAME=VALUE is the option of that name, but where it is the value of the option before it."""
        words: list[str] = []
        for word in args:
            before = words[-1] if words else ""
            is_value = before.startswith("--") and "=" not in before and before not in _FLAGS
            if is_value and word.startswith("--"):
                raise click.UsageError(f"{before} has no value before {word}.", ctx)
            if not (is_value or word.startswith("-") or _PAIR.match(word)):
                name = next((option.name for option in self.params), "NAME")
                raise click.UsageError(
                    f'"{word}" has no name: write NAME=VALUE, such as {name}={word.partition("=")[2] or word}.', ctx
                )
            words.append(f"--{word}" if _PAIR.match(word) and not is_value else word)
        refuse_what_is_given_twice(self, words, ctx)
        return super().parse_args(ctx, words)


class _Choice(click.Choice[str]):
    """The words that an argument takes, for help and completion; the tool judges what is written."""

    def convert(self, value: str, *_: object) -> str:
        """What was written."""
        return value


class _Number(click.FloatRange):
    """The bounds of an argument, for help; the tool judges what is written."""

    name = "number"

    def convert(self, value: float, *_: object) -> float:
        """What was written."""
        return value


def _tool(question: type[Question]) -> Tool:
    name = question.tool_name()

    @_json_option
    @sandbox_option
    def ask(*, json: bool, sandbox: bool | None, **arguments: object) -> int:
        asked = question.of({each: value for each, value in arguments.items() if value is not None})
        quiet(read(ServerSettings).log)
        say_what_is_ignored()
        try:
            with (
                connect(sandbox=bool(sandbox)) as client,
                auditing(question.tool_name(), asked.model_dump()) as audited,
            ):
                answer = client.answer(asked)
                audited.text = answer.text
        except NotConfigured as error:
            raise (error if isinstance(error, WrongSettings) else NotConfigured(error.message, NO_ACCOUNT)) from None
        if json:
            say_json(answer.record.model_dump_json(indent=2))
        else:
            say(answer.text)
        return 0

    schema = question.input_schema()
    tool = click.command(
        name,
        Tool,
        help=question.description,
        short_help=question.title,
        options_metavar="[NAME=VALUE ...] [--json] [--sandbox]",
    )(ask)
    required = schema.get("required", [])
    tool.params[:0] = [_option(each, field, each in required) for each, field in schema["properties"].items()]
    return tool


def _option(name: str, field: dict[str, Any], required: bool) -> click.Option:  # noqa: FBT001
    default = {} if field.get("default", "") == "" else {"default": field["default"], "show_default": True}
    needed = "  [required]" if required else ""
    return click.Option([f"--{name}"], type=_type(field), help=f"{field['description']}{needed}", **default)


def _type(field: dict[str, Any]) -> click.ParamType[Any, Any]:
    """The bounds and words of an argument, which its help and the completion of a shell tell."""
    if "enum" in field:
        return _Choice([word for word in field["enum"] if word])
    return _Number(field["minimum"], field["maximum"]) if "minimum" in field else click.STRING


@click.group(
    cls=Group,
    commands=[_tool(question) for question in TOOLS],
    subcommand_metavar="TOOL [NAME=VALUE ...]",
    no_args_is_help=False,
)
@_json_option
@sandbox_option
def command(**_: bool | None) -> int:
    """Ask one tool, and print what a model reads.

    Example: vobiz-mcp call get_live_call call_uuid=one-way-leg --sandbox
    """
    return 0
