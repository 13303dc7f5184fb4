"""Rows of calls counted in groups, each number with the newest calls that it counts."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from vobiz_mcp.digest.wording.phrases import place
from vobiz_mcp.reviews.distribution import Distribution
from vobiz_mcp.reviews.period import told
from vobiz_mcp.reviews.row import SLOW_REPLY_S, Row, Used
from vobiz_mcp.reviews.shares import wilson
from vobiz_mcp.view.report.tables import Cell, Opened
from vobiz_mcp.view.titles import title

MOST_OPENED: Final = 12
"""Calls that one number opens: enough to see what they have in common."""


@dataclass
class Tally:
    """How often something was so, on how many calls, and the newest of these."""

    hits: int = 0
    on: int = 0
    newest: list[tuple[float, str, Opened]] = field(default_factory=list)

    def add(self, row: Row, times: int = 1) -> None:
        """Count one call, on which it was so many times."""
        self.hits += times
        self.on += 1
        entry = (row.started or 0.0, row.call_id, opened(row))
        if len(self.newest) < MOST_OPENED:
            heapq.heappush(self.newest, entry)
        elif entry[:2] > self.newest[0][:2]:
            heapq.heapreplace(self.newest, entry)

    def calls(self) -> Iterator[Opened]:
        """The newest first."""
        return (call for *_, call in sorted(self.newest, key=lambda each: each[:2], reverse=True))


@dataclass
class Group:
    """Calls of one week, or of one version of an agent."""

    all: Tally = field(default_factory=Tally)
    well: Tally = field(default_factory=Tally)
    slow: Tally = field(default_factory=Tally)
    tool_failed: Tally = field(default_factory=Tally)
    found: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    replies: Distribution = field(default_factory=Distribution)
    first_words: Distribution = field(default_factory=Distribution)

    def add(self, row: Row) -> None:
        """Count one call: for each kind of finding once, if it hurt the caller or may have."""
        self.all.add(row)
        for code in {found.code for found in row.found if found.severity != "info"}:
            self.found[code].add(row)
        if row.ended_well:
            self.well.add(row)
        if any(seconds > SLOW_REPLY_S for seconds in row.replies):
            self.slow.add(row)
        if any(failed(used) for used in row.tools):
            self.tool_failed.add(row)
        self.replies.add(row.replies)
        self.first_words.add(() if row.first_word is None else (row.first_word,))


@dataclass
class ToolGroup:
    """Uses of one tool. `all` counts uses, the others too, but each call is opened once."""

    all: Tally = field(default_factory=Tally)
    failed: Tally = field(default_factory=Tally)
    softly: Tally = field(default_factory=Tally)
    unanswered: Tally = field(default_factory=Tally)
    seconds: Distribution = field(default_factory=Distribution)

    def add(self, row: Row, uses: list[Used]) -> None:
        """Count the uses on one call."""
        for tally, hits in (
            (self.all, len(uses)),
            (self.failed, sum(failed(used) for used in uses)),
            (self.softly, sum(used.outcome == "failed softly" for used in uses)),
            (self.unanswered, sum(used.outcome == "no result" for used in uses)),
        ):
            if hits:
                tally.add(row, hits)
        self.seconds.add(used.seconds for used in uses if used.seconds is not None)


def failed(used: Used) -> bool:
    """Whether a tool failed, marked as such or not."""
    return used.outcome in ("failed", "failed softly")


def opened(row: Row) -> Opened:
    """A call as a number opens it."""
    worst = row.worst
    return Opened(
        call_id=row.call_id,
        started="" if row.started is None else told(row.started),
        length="" if row.duration is None else place(row.duration),
        worst=title(worst.code) if worst else "",
        severity=worst.severity if worst else "",
        agent=" ".join(filter(None, (row.agent_name or row.agent_id, row.version))),
        source=row.source,
    )


def share(tally: Tally, of: int, places: Callable[[Tally], list[int]]) -> Cell:
    """`31 of 207` with its interval; an empty cell of no calls."""
    if not of:
        return Cell("–")
    low, high = wilson(tally.hits, of)
    known = places(tally)
    return Cell(f"{tally.hits:,} of {of:,}", tally.hits / of, low, high, known, tally.on - len(known))


def seconds(value: float | None) -> Cell:
    """`0.84 s`."""
    return Cell("–" if value is None else f"{value:.2f} s")
