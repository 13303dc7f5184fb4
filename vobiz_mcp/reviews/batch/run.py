"""Saved calls read by a pool of processes; a process that dies costs time and nothing else."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from vobiz_mcp.errors import InternalError, NoAgentCall
from vobiz_mcp.reviews.batch.callers import unnamed
from vobiz_mcp.reviews.batch.shards import Shard, keep, kept
from vobiz_mcp.reviews.review import review_many
from vobiz_mcp.reviews.row import Row
from vobiz_mcp.saved_files import bodies_in

Done: TypeAlias = tuple[Shard, list[Row]]

AHEAD = 4
"""Shards that wait for each process, whose rows may be in memory together."""
MOST_DEATHS = 3
"""Times that processes may die without a shard done in between."""


def rows_of_file(name: str) -> Iterator[Row]:
    """The rows of a file; one that cannot be read gives one that says so."""
    source = os.fsencode(name).decode(errors="replace")
    try:
        bodies = bodies_in(name)
    except NoAgentCall as error:
        return iter((Row(source=source, error=error.message),))
    if not name.removesuffix(".gz").endswith(".jsonl"):
        return review_many(bodies, source)
    numbered = [(line, body) for line, body in enumerate(bodies, 1) if body.strip() or len(bodies) == 1]
    return (_in_line(row, line) for line, body in numbered for row in review_many([body], source))


def _in_line(row: Row, line: int) -> Row:
    """The row of a line of a file, which an error names."""
    if not row.error:
        return row
    error = row.error.replace("line 1 breaks at", "it breaks at")
    return replace(row, source=f"{row.source} line {line:,}", error=error)


def review_shard(shard: Shard, folder: Path | None = None) -> list[Row]:
    """The rows of a shard's files, kept in a folder where one is given."""
    rows = [unnamed(row, shard.secret) for file in shard.files for row in rows_of_file(file)]
    if folder is not None:
        keep(rows, shard.kept_in(folder))
    return rows


def reviewed(shards: Sequence[Shard], jobs: int, folder: Path | None = None) -> Iterator[Done]:
    """Each shard with its rows, as they are done; what is kept in the folder is not made again.

    Raises:
        InternalError: processes die again and again.
    """
    left = []
    for shard in shards:
        rows = None if folder is None else kept(shard.kept_in(folder))
        if rows is None:
            left.append(shard)
        else:
            yield shard, rows
    if jobs == 1 or len(left) == 1:
        yield from ((shard, review_shard(shard, folder)) for shard in left)
        return
    deaths = 0
    while left:
        before = len(left)
        try:
            yield from _in_processes(left, jobs, folder)
        except BrokenProcessPool:
            deaths = deaths + 1 if len(left) == before else 0
            if deaths == MOST_DEATHS:
                raise InternalError(
                    f"processes were killed {MOST_DEATHS} times, perhaps for want of memory",
                    "Run it again with fewer --jobs: what is done stays done where --out keeps it.",
                ) from None


def _in_processes(left: list[Shard], jobs: int, folder: Path | None) -> Iterator[Done]:
    """Shards with their rows, each taken off the list when it is done. Raises `BrokenProcessPool` where one dies."""
    waiting = iter([*left])
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        running: dict[Future[list[Row]], Shard] = {}
        for each in islice(waiting, jobs * AHEAD):
            running[pool.submit(review_shard, each, folder)] = each
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                rows, shard = future.result(), running.pop(future)
                left.remove(shard)
                for each in islice(waiting, 1):
                    running[pool.submit(review_shard, each, folder)] = each
                yield shard, rows
