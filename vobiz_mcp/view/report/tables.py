"""What the page of many calls shows: tables of numbers, each with its interval and its calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: a share with its interval, or words alone; `calls` are places in `Report.calls`, `more` are not."""

    text: str
    share: float | None = None
    low: float = 0.0
    high: float = 0.0
    calls: Sequence[int] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, and what it means."""

    name: str
    cells: Sequence[Cell]
    means: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `note` says how to read it."""

    title: str
    note: str
    columns: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, order=True)
class Opened:
    """A call as a number opens it; `source` is its file, where it came from one."""

    call_id: str
    started: str
    length: str
    worst: str
    severity: str
    agent: str
    source: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page."""

    facts: Sequence[str]
    tables: Sequence[Table]
    calls: Sequence[Opened] = field(default_factory=list)
