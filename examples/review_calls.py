"""Review many agent calls at once: what went wrong in each, and a page to read.

    python examples/review_calls.py saved/*.json.gz call_dispute --out reviews

A call is a saved body (`*.json`, `*.json.gz`) or the id of one to fetch. The folder gets `findings.csv` and
`findings.md`, worst first, and a condensed page per call in `pages/`. What is done stays done: run it again after an
interruption, or with more calls. The exit code is 1 where something could not be read.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from langchain_core.tools import BaseTool
from langchain_vobiz import VobizToolkit, result_of
from rich.console import Console
from rich.progress import track

from vobiz_mcp import AgentCall, condense, examine
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import NoAgentCall
from vobiz_mcp.ids import is_id
from vobiz_mcp.saved_files import calls_in, files_of

Row: TypeAlias = dict[str, Any]
COLUMNS = ("source", "call_id", "severity", "code", "turn", "at_s", "detail", "page")
FORMULA = ("=", "+", "-", "@")
WORST_FIRST = ("unreadable", "critical", "warn", "info", "clean")


def review(source: str, out: Path, *, sandbox: bool) -> list[Row]:
    """Write the pages of one source and return its findings; what is broken is a row and stops nobody."""
    try:
        calls = calls_in(source) if is_file(source) else [fetch(source, sandbox=sandbox)]
        return [row for place, call in enumerate(calls) for row in rows_of(call, source, place, out)]
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one source, the others are still to be read
        return [unreadable(source, error)]


def is_file(source: str) -> bool:
    """Whether a source names a file; a name that no id can be does so even where there is no such file."""
    return Path(source).exists() or not is_id(source)


def unreadable(source: str, error: Exception) -> Row:
    """The row of what could not be read."""
    return {"source": source, "severity": "unreadable", "detail": str(error)}


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


def rows_of(call: AgentCall | NoAgentCall, source: str, place: int, out: Path) -> Iterator[Row]:
    """One row per finding, or one that says that there is none; the page is written beside."""
    if isinstance(call, NoAgentCall):
        yield unreadable(source, call)
        return
    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{Path(source).name}-{call.call_id}").strip("-")
    # Two sources, or two calls of one, may read alike: what tells them apart is in the name too.
    page = Path("pages", f"{readable[:80]}-{sha256(f'{place} {source}'.encode()).hexdigest()[:10]}.txt")
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
            if all(row["severity"] != "unreadable" for row in new):
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
    cells = [["" if row.get(name) is None else row[name] for name in COLUMNS] for row in rows]
    with (out / "findings.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *([no_formula(cell) for cell in line] for line in cells)])
    lines = [COLUMNS, ("---",) * len(COLUMNS), *([no_markup(cell) for cell in line] for line in cells)]
    (out / "findings.md").write_text("".join(f"| {' | '.join(line)} |\n" for line in lines), encoding="utf-8")


def no_formula(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: what others said may begin with `=`."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in FORMULA else cell


def no_markup(cell: object) -> str:
    """A cell that stays one cell, and text, whatever others put into it."""
    return re.sub(r"([\\`*\[\]<>|&])", r"\\\1", plain(str(cell), 1000))


def main() -> int:
    """Read the command line, review, and say how the sources fared; 1 where something could not be read."""
    parser = argparse.ArgumentParser(description="Review many agent calls at once.")
    parser.add_argument("sources", nargs="+", metavar="FILE_OR_ID")
    parser.add_argument("--out", type=Path, default=Path("reviews"), help="folder to write to (default: %(default)s)")
    parser.add_argument("--sandbox", action="store_true", help="ids are calls of the embedded sandbox")
    options = parser.parse_args()
    rows = run(files_of(options.sources), options.out, sandbox=options.sandbox)
    write_tables(rows, options.out)
    worst = Counter({row["source"]: row["severity"] for row in reversed(rows)}.values())
    print(", ".join(f"{worst[severity]} {severity}" for severity in WORST_FIRST if worst[severity]))
    print(f"→ {options.out / 'findings.md'}")
    return 1 if worst["unreadable"] else 0


if __name__ == "__main__":
    sys.exit(main())
