"""`vobiz-mcp condense`: saved agent calls as pages for a model's context."""

from __future__ import annotations

import click

from vobiz_mcp.cli import WholeNumber
from vobiz_mcp.cli.output import say
from vobiz_mcp.cli.saved.files import Saved, files_argument, privacy_option
from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.digest.tokens.budget import FEWEST_TOKENS, MOST_TOKENS, USUAL_TOKENS
from vobiz_mcp.policy import Privacy


@click.command()
@files_argument
@privacy_option
@click.option(
    "--max-tokens",
    type=WholeNumber(FEWEST_TOKENS, MOST_TOKENS),
    default=USUAL_TOKENS,
    show_default=True,
    help="Budget of a page.",
)
@click.option("--turns", default="", metavar="RANGE", help="Turns whole: 12-40, 14, or -10 for the last ten.")
@click.option("--find", default="", metavar="TEXT", help="A question or a finding's name: show what bears on it.")
def command(files: tuple[str, ...], privacy: Privacy, max_tokens: int, turns: str, find: str) -> int:
    """Turn saved agent calls into pages for a model's context, each under the name of its file where there are more."""
    saved = Saved(files, privacy)
    for count, (name, call) in enumerate(saved):
        head = f"== {name}\n" if count or files != (name,) else ""
        say(head + condense(call, max_tokens, find=find, turns=turns))
    return saved.tell()
