"""`vobiz-mcp explain`: what a code or a word of an answer means."""

from __future__ import annotations

import click

from vobiz_mcp.cli.output import say
from vobiz_mcp.errors import NotFound
from vobiz_mcp.glossary import GLOSSARY, entry_of


def _beginning(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    words = (entry.word for entries in GLOSSARY.values() for entry in entries)
    return [word for word in words if word.lower().startswith(incomplete.lower())]


@click.command()
@click.argument("words", metavar="[WORD]", nargs=-1, shell_complete=_beginning, help="Such as dead_air, e2e or MOS.")
def command(words: tuple[str, ...]) -> int:
    """Say what a code or a word of an answer means and what to do about it; without one, list them all."""
    if not words:
        for title, entries in GLOSSARY.items():
            say(f"{title}: {', '.join(entry.word for entry in entries)}\n")
        return 0
    try:
        entry = entry_of(" ".join(words))
    except NotFound as error:
        raise click.UsageError(f"{error.message[:1].upper()}{error.message[1:]}. {error.advice}") from None
    say("\n".join([f"{entry.word}: {entry.meaning}", *([f"What to do: {entry.advice}"] if entry.advice else [])]))
    return 0
