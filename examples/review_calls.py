"""Review many agent calls at once: what went wrong in each, and a page to read.

    python examples/review_calls.py saved/*.json.gz call_dispute --out reviews

A call is a saved body (`*.json`, `*.json.gz`) or the id of one to fetch. The folder gets `findings.csv` and
`findings.md`, worst first, and a condensed page per call in `pages/`. What is done stays done: run it again after an
interruption, or with more calls.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias

from langchain_core.tools import BaseTool
from langchain_vobiz import VobizToolkit, result_of
from rich.console import Console
from rich.progress import track

from vobiz_mcp import AgentCall, condense, examine
from vobiz_mcp.errors import NoAgentCall
from vobiz_mcp.saved_files import calls_in

Row: TypeAlias = dict[str, Any]
COLUMNS = ("source", "call_id", "severity", "code", "turn", "at_s", "detail", "page")
WORST_FIRST = ("unreadable", "critical", "warn", "info", "clean")


def review(source: str, out: Path, *, sandbox: bool) -> list[Row]:
    """Write the pages of one source and return its findings; a broken source is a row and stops nobody."""
    try:
        calls = read(Path(source)) if Path(source).is_file() else [fetch(source, sandbox=sandbox)]
        return [row for call in calls for row in rows_of(call, source, out)]
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one source, the others are still to be read
        return [{"source": source, "severity": "unreadable", "detail": f"{type(error).__name__}: {error}"}]


def read(path: Path) -> list[AgentCall]:
    """The calls of a saved body. Raises `NoAgentCall` where something in it is none."""
    calls = calls_in(str(path))
    for call in calls:
        if isinstance(call, NoAgentCall):
            raise call
    return [call for call in calls if isinstance(call, AgentCall)]


def fetch(call_id: str, *, sandbox: bool) -> AgentCall:
    """The call that the API has under an id."""
    tool = get_agent_call(sandbox=sandbox)
    message = tool.invoke({"type": "tool_call", "id": call_id, "name": tool.name, "args": {"call_id": call_id}})
    return result_of(message, AgentCall)


@cache
def get_agent_call(*, sandbox: bool) -> BaseTool:
    """The tool, once per process; it raises what a model would be told."""
    options: dict[str, Any] = {"tools": ["get_agent_call"], "raise_errors": True}
    toolkit = VobizToolkit(sandbox=True, **options) if sandbox else VobizToolkit.from_env(**options)
    return toolkit.get_tools()[0]


def rows_of(call: AgentCall, source: str, out: Path) -> Iterator[Row]:
    """One row per finding, or one that says that there is none; the page is written beside."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{source}-{call.call_id}").strip("-")
    page = Path("pages", f"{name[-120:]}.txt")
    (out / page).write_text(condense(call), encoding="utf-8")
    for finding in [asdict(finding) for finding in examine(call)] or [{"severity": "clean"}]:
        yield {"source": source, "call_id": call.call_id, **finding, "page": str(page)}


def run(sources: Iterable[str], out: Path, *, sandbox: bool = False) -> list[Row]:
    """Review what is not yet reviewed, keep its rows as they come, and return the rows of all sources, worst first."""
    (out / "pages").mkdir(parents=True, exist_ok=True)
    journal, wanted = out / "journal.jsonl", set(sources)
    rows = [row for row in kept(journal) if row["source"] in wanted]
    left = sorted(wanted - {row["source"] for row in rows})
    with ProcessPoolExecutor() as pool, journal.open("a", encoding="utf-8") as file:
        reviewed = pool.map(partial(review, out=out, sandbox=sandbox), left)
        for new in track(reviewed, "Reviewing", len(left), console=Console(stderr=True)):
            rows += new
            if new[0]["severity"] != "unreadable":
                file.write(json.dumps(new) + "\n")
    return sorted(rows, key=lambda row: (WORST_FIRST.index(row["severity"]), row["source"]))


def kept(journal: Path) -> Iterator[Row]:
    """The rows of earlier runs; the last line may have been cut off."""
    for line in journal.read_text(encoding="utf-8").splitlines() if journal.exists() else ():
        try:
            yield from json.loads(line)
        except ValueError:
            return


def write_tables(rows: list[Row], out: Path) -> None:
    """The same table twice, for a spreadsheet and for a reader."""
    with (out / "findings.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    cells = [["" if row.get(name) is None else str(row[name]).replace("|", "\\|") for name in COLUMNS] for row in rows]
    lines = (f"| {' | '.join(line)} |" for line in (COLUMNS, ("---",) * len(COLUMNS), *cells))
    (out / "findings.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line, review, and say how the sources fared."""
    parser = argparse.ArgumentParser(description="Review many agent calls at once.")
    parser.add_argument("sources", nargs="+", metavar="FILE_OR_ID")
    parser.add_argument("--out", type=Path, default=Path("reviews"), help="folder to write to (default: %(default)s)")
    parser.add_argument("--sandbox", action="store_true", help="ids are calls of the embedded sandbox")
    options = parser.parse_args()
    rows = run(options.sources, options.out, sandbox=options.sandbox)
    write_tables(rows, options.out)
    worst = Counter({row["source"]: row["severity"] for row in reversed(rows)}.values())
    print(", ".join(f"{worst[severity]} {severity}" for severity in WORST_FIRST if worst[severity]))
    print(f"→ {options.out / 'findings.md'}")


if __name__ == "__main__":
    main()
