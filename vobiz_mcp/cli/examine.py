"""`vobiz-mcp examine`: what went wrong on saved agent calls."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys

from vobiz_mcp.cli.files import add_files, add_privacy, saved_calls
from vobiz_mcp.digest.findings.examine import examine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_files(parser)
    add_privacy(parser)
    parser.add_argument("--json", action="store_true", help="print a JSON object a line, one for each call")


def run(options: argparse.Namespace) -> int:
    """Print the findings of each call, worst first."""
    status = 0
    for name, call in saved_calls(options.files, options.privacy):
        if call is None:
            status = 1
            continue
        found = examine(call)
        if options.json:
            findings = [dataclasses.asdict(finding) for finding in found]
            row = {"file": name, "call_id": call.call_id, "findings": findings}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            told = "".join(f"  {finding.line()}\n" for finding in found) or "  nothing found\n"
            sys.stdout.write(f"{name} {call.call_id or ''}\n{told}")
    return status
