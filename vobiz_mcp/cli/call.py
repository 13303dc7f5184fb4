"""`vobiz-mcp call`: one tool from the shell."""

from __future__ import annotations

import argparse
import sys

from vobiz_mcp.cli import UsageError
from vobiz_mcp.serving.connection import connect
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.steps.question import Question

_BY_NAME = {tool.tool_name(): tool for tool in TOOLS}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.usage = "vobiz-mcp call TOOL [NAME=VALUE ...] [--json] [--sandbox]"
    parser.epilog = "example: vobiz-mcp call get_live_call call_uuid=one-way-leg --sandbox"
    parser.add_argument("tool", metavar="TOOL", help=f"one of {', '.join(_BY_NAME)}")
    parser.add_argument("arguments", metavar="NAME=VALUE", nargs="*", default=[], help="the tool's arguments")
    parser.add_argument("--json", action="store_true", help="print the record instead of the digest")
    parser.add_argument("--sandbox", action="store_true", help="ask the embedded sandbox")


def run(options: argparse.Namespace) -> int:
    """Print the answer to standard output."""
    question = _question(options.tool, options.arguments)
    with connect(sandbox=options.sandbox) as client:
        answer = client.answer(question)
    text = answer.record.model_dump_json(indent=2) if options.json else answer.text
    sys.stdout.write(text + "\n")
    return 0


def _question(name: str, pairs: list[str]) -> Question:
    tool = _BY_NAME.get(name)
    if tool is None:
        raise UsageError(f'there is no tool "{name}"; the tools are {", ".join(_BY_NAME)}')
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise UsageError(f'"{wrong[0]}" is no NAME=VALUE; {name} takes {", ".join(tool.model_fields)}')
    return tool.of(dict(pair.split("=", 1) for pair in pairs))
