"""`vobiz-mcp condense`: saved agent calls as pages for a model's context."""

from __future__ import annotations

import argparse
import sys

from vobiz_mcp.cli import UsageError
from vobiz_mcp.cli.files import add_files, add_privacy, saved_calls
from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.tools.get_agent_call import FEWEST_TOKENS, MOST_TOKENS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_files(parser)
    add_privacy(parser)
    parser.add_argument("--max-tokens", type=int, default=1500, metavar="N", help="budget of a page (%(default)s)")
    parser.add_argument("--turns", default="", metavar="RANGE", help="turns whole: 12-40, 14, or -10 (the last ten)")
    parser.add_argument("--find", default="", metavar="TEXT", help="a question: show the turns that bear on it")


def run(options: argparse.Namespace) -> int:
    """Print a page for each call, under the name of its file where there are several."""
    if not FEWEST_TOKENS <= options.max_tokens <= MOST_TOKENS:
        raise UsageError(f"--max-tokens takes {FEWEST_TOKENS} to {MOST_TOKENS}")
    status = 0
    several = False
    for name, call in saved_calls(options.files, options.privacy):
        if call is None:
            status = 1
            continue
        head = f"== {name}\n" if several or len(options.files) > 1 else ""
        sys.stdout.write(f"{head}{condense(call, options.max_tokens, find=options.find, turns=options.turns)}\n")
        several = True
    return status
