"""`vobiz-mcp review`: what went wrong on many saved calls."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import click

from vobiz_mcp.cli import WholeNumber
from vobiz_mcp.cli.output import complain, say
from vobiz_mcp.cli.saved.files import privacy_option
from vobiz_mcp.digest.tokens.budget import MOST_TOKENS
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import InvalidArguments, NoAgentCall, NotConfigured
from vobiz_mcp.policy import Privacy
from vobiz_mcp.reviews.batch.callers import key_in
from vobiz_mcp.reviews.batch.run import review_shard, reviewed
from vobiz_mcp.reviews.batch.shards import Shard, shards
from vobiz_mcp.reviews.groups import Groups
from vobiz_mcp.reviews.page.as_record import as_record
from vobiz_mcp.reviews.page.page import Review, page
from vobiz_mcp.reviews.page.review_of_groups import review_of
from vobiz_mcp.reviews.page.wording import count
from vobiz_mcp.reviews.period import Period, period
from vobiz_mcp.reviews.row import Row
from vobiz_mcp.reviews.sides import is_previous, refuse_unknown
from vobiz_mcp.saved_files import STANDARD_INPUT, files_below
from vobiz_mcp.view.report.report import Fleet

_INSTALL = "pip install 'vobiz-mcp[review]'."
_TOLD = 10
"""Files that are complained of one by one."""


@click.command()
@click.argument("files", metavar="FOLDER|FILE...", nargs=-1, required=True, type=click.Path())
@click.option("--since", default="", help="Only calls from then on: 7d, monday, 2026-11-20 (UTC).")
@click.option("--until", default="", help="Only calls before the end of then.")
@click.option("--agent", "agent_id", default="", help="Only calls of this agent_id.")
@click.option("--compare", default="", help="Hold against: previous (with --since), an agent_id or a version.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for Parquet; what is done stays done there.")
@privacy_option
@click.option("--jobs", type=WholeNumber(1, 256), default=os.cpu_count, show_default="cores", help="Processes.")
def command(  # noqa: PLR0913 - options of a command line
    *,
    files: tuple[str, ...],
    since: str,
    until: str,
    agent_id: str,
    compare: str,
    out: Path | None,
    privacy: Privacy,
    jobs: int,
) -> int:
    """Say what went wrong on many saved calls: folders, files (.json, .jsonl, each also .gz), patterns, - for input.

    With --out it writes calls.parquet (a row a call), findings.parquet, tools.parquet, summary.json and report.html,
    and goes on where it was when run again. With --privacy strict stand-ins are in the place of callers' numbers.
    """
    asked = period(since, until, time.time()) if since or until else None
    if is_previous(compare) and not since:
        raise InvalidArguments("--compare previous needs --since, which says how long a period is")
    if out is not None:
        _need_duckdb()
    names = _names(files)
    folder = _rows_folder(out)
    secret = key_in(folder) if privacy == "strict" else b""
    given = shards([name for name in names if name == STANDARD_INPUT], secret)
    work = shards([name for name in names if name != STANDARD_INPUT], secret)
    found = _Found(asked, agent_id)
    for row in _rows(given, work, jobs, folder):
        found.add(row)
    review = found.review(compare)
    found.complain(out)
    say(page(review, MOST_TOKENS))
    if out is not None:
        texts = {"summary.json": as_record(review).model_dump_json(indent=1), "report.html": found.fleet.page()}
        _write([*given, *work], out, texts)
    return 1 if found.unread else 0


class _Found:
    """What the rows of all files come to, and what is to be told of the files themselves."""

    def __init__(self, asked: Period | None, agent_id: str) -> None:
        self._asked, self._agent_id = asked, agent_id
        self._groups, self.fleet = Groups(asked), Fleet()
        self._seen, self._twice = set[int](), 0
        self.unread: list[str] = []

    def add(self, row: Row) -> None:
        """Count one call more."""
        self._groups.add(row)
        if row.error:
            self.unread.append(f"{plain(row.source, 400)}: {row.error}")
            return
        if row.call_id:
            call = hash((row.call_id, row.started))
            self._twice += call in self._seen
            self._seen.add(call)
        if self._agent_id in ("", row.agent_id) and self._is_asked_for(row):
            self.fleet.add(row)

    def _is_asked_for(self, row: Row) -> bool:
        return self._asked is None or row.started is None or row.started in self._asked

    def review(self, compare: str) -> Review:
        """The review of them. Raises `InvalidArguments` where an agent, or what to compare with, has no calls."""
        refuse_unknown(self._groups.known, self._agent_id)
        found = review_of(self._groups, self._asked or self._whole(), self._agent_id, compare)
        self.fleet.notes = tuple(self._doubles())
        return replace(found, missing=self.fleet.notes)

    def _whole(self) -> Period:
        """From the first to the last call that was read; a clock that is ahead does not make it longer."""
        now = time.time()
        first, last = self._groups.summary(self._groups.known, "now").started or (0.0, now)
        return Period(min(first, now), min(last, now) + 60)

    def complain(self, out: Path | None) -> None:
        """Name what could not be read, each with its reason, of many the first; and what is there twice."""
        for told in self.unread[:_TOLD]:
            complain(told)
        more = len(self.unread) - _TOLD
        if more > 0:
            complain(f"… and {more:,} more{': their rows in calls.parquet say why' if out else ''}")
        for told in self._doubles():
            complain(told)

    def _doubles(self) -> Iterator[str]:
        """How many calls are there twice, where some are."""
        if self._twice:
            yield f"saved twice and counted twice, by call_id and start: {count(self._twice)}"


def _names(files: Sequence[str]) -> list[str]:
    """The files to read, each once. Raises `NoAgentCall` where there is none at all."""
    names = list(dict.fromkeys(files_below(files)))
    if not names:
        raise NoAgentCall(f"{plain(', '.join(files), 200)} holds no files of calls", "Calls are .json or .jsonl files.")
    return names


def _rows_folder(out: Path | None) -> Path | None:
    """The folder in which rows are kept, made where it is not there.

    Raises:
        InvalidArguments: nothing can be written there, or it has a file that no review wrote under a name of ours.
    """
    if out is None:
        return None
    folder, name = out / "rows", plain(str(out), 200)
    try:
        others = [] if folder.is_dir() else [each for each in ("report.html", "summary.json") if (out / each).exists()]
        if others:
            raise InvalidArguments(f"--out {name} has a {others[0]} that no review wrote: name another folder")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        what = "is a file" if out.is_file() else "cannot be written"
        raise InvalidArguments(f"--out {name} {what}: name a folder that this user may write") from None
    if not os.access(folder, os.W_OK):
        raise InvalidArguments(f"--out {name} cannot be written: name a folder that this user may write")
    return folder


def _rows(given: Sequence[Shard], work: Sequence[Shard], jobs: int, folder: Path | None) -> Iterator[Row]:
    """The rows of what is given now and of all files, with a bar on standard error that tells how many are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reviewing"), BarColumn(), MofNCompleteColumn(), TextColumn("files"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        files = bar.add_task("", total=sum(len(shard.files) for shard in work))
        for shard in given:
            yield from review_shard(shard, folder)
        for shard, rows in reviewed(work, jobs, folder):
            bar.advance(files, len(shard.files))
            yield from rows


def _need_duckdb() -> None:
    if find_spec("duckdb") is None:
        raise NotConfigured("--out writes Parquet with duckdb, which is not installed", _INSTALL)


def _write(work: Sequence[Shard], out: Path, texts: dict[str, str]) -> None:
    from vobiz_mcp.reviews.batch.parquet import TABLES, write_tables

    write_tables([shard.kept_in(out / "rows") for shard in work], out)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")
    complain(f"wrote {', '.join((*TABLES, *texts))} to {plain(str(out), 200)}")
