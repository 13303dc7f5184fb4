"""`vobiz-mcp examine`: what went wrong on saved agent calls."""

from __future__ import annotations

import dataclasses
import json

import click

from vobiz_mcp.cli.output import say, say_json
from vobiz_mcp.cli.saved.files import Saved, files_argument, privacy_option
from vobiz_mcp.digest.examine import examine
from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.header.facts import missing
from vobiz_mcp.digest.header.facts import privacy as privacy_note
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.policy import Privacy
from vobiz_mcp.records.agent_call import AgentCall


@click.command()
@files_argument
@privacy_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line, one for each call.")
def command(files: tuple[str, ...], privacy: Privacy, *, as_json: bool) -> int:
    """Say what went wrong on saved agent calls, worst first."""
    saved = Saved(files, privacy)
    for name, call in saved:
        found, unjudged = examine(call), not_judged(call)
        if as_json:
            findings = [dataclasses.asdict(each) for each in found]
            row = {"file": name, "call_id": call.call_id, "findings": findings, "not_judged": unjudged}
            say_json(json.dumps(row, ensure_ascii=False))
        else:
            told = [f"  {finding.line()}" for finding in found] or ["  nothing found"]
            notes = [f"  could not be judged: {note}" for note in unjudged]
            say("\n".join([f"{name} {plain(call.call_id or 'without id', 128)}", *told, *notes]))
    return saved.tell()


def not_judged(call: AgentCall) -> list[str]:
    """What no finding can be about, and why: so that nobody takes `nothing found` for an all-clear."""
    told = examined(call).told
    absent = missing(call, turns=len(told.utterances), word_times=told.has_word_times)
    return [*privacy_note(call), *([absent] if absent else [])]
