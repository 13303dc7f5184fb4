"""`vobiz-mcp examine`: what went wrong on saved agent calls."""

from __future__ import annotations

import dataclasses
import json

import click

from vobiz_mcp.cli.files import Saved, files_argument, privacy_option
from vobiz_mcp.cli.output import say, say_json
from vobiz_mcp.digest.examine import examine
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.policy import Privacy


@click.command()
@files_argument
@privacy_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line, one for each call.")
def command(files: tuple[str, ...], privacy: Privacy, *, as_json: bool) -> int:
    """Say what went wrong on saved agent calls, worst first."""
    saved = Saved(files, privacy)
    for name, call in saved:
        found = examine(call)
        if as_json:
            row = {"file": name, "call_id": call.call_id, "findings": [dataclasses.asdict(each) for each in found]}
            say_json(json.dumps(row, ensure_ascii=False))
        else:
            told = [f"  {finding.line()}" for finding in found] or ["  nothing found"]
            say("\n".join([f"{name} {plain(call.call_id or 'without id', 128)}", *told]))
    return saved.tell()
