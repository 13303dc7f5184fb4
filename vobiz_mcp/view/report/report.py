"""The report of many calls: what went wrong by week, tools, waits, agents and versions side by side."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from vobiz_mcp.reviews.period import told
from vobiz_mcp.reviews.row import Row
from vobiz_mcp.view.html import report_page as page_of
from vobiz_mcp.view.report.groups import Group, Tally, ToolGroup, seconds, share
from vobiz_mcp.view.report.tables import Cell, Line, Opened, Report, Table
from vobiz_mcp.view.titles import title

_MOST_WEEKS, _MOST_SIDES, _MOST_TOOLS, _MOST_FINDINGS = 8, 6, 30, 12
_SHARES: Final = "calls with it, of all calls there; the thin line is the 95 % interval of the share"


def report_page(rows: Iterable[Row]) -> str:
    """The page of many calls as one file, which grows with the kinds of things on it and not with the calls."""
    fleet = Fleet()
    for row in rows:
        fleet.add(row)
    return fleet.page()


class Fleet:
    """Many calls counted; in memory are their counts, and of each number the newest calls."""

    def __init__(self) -> None:
        self._all = Group()
        self._weeks: defaultdict[str, Group] = defaultdict(Group)
        self._sides: defaultdict[str, Group] = defaultdict(Group)
        self._tools: defaultdict[str, ToolGroup] = defaultdict(ToolGroup)
        self._unread: Counter[str] = Counter()
        self._span: tuple[float, float] | None = None
        self._opened: dict[Opened, int] = {}
        self.notes: tuple[str, ...] = ()
        """What else is to be known of the calls, a line each."""

    def add(self, row: Row) -> None:
        """Count one call more."""
        if row.error:
            self._unread[row.error] += 1
            return
        self._all.add(row)
        agent = row.agent_name or row.agent_id or "agent not stated"
        self._sides[f"{agent} {row.version}".strip()].add(row)
        if row.started is not None:
            self._weeks[_week(row.started)].add(row)
            first, last = self._span or (row.started, row.started)
            self._span = min(first, row.started), max(last, row.started)
        for name, uses in groupby(sorted(row.tools, key=lambda used: used.name), lambda used: used.name):
            self._tools[name].add(row, list(uses))

    def page(self) -> str:
        """The page of them as one file."""
        return page_of(json.dumps(asdict(self.report()), ensure_ascii=False))

    def report(self) -> Report:
        """What a page shows of them."""
        tables = [self._findings(), self._tool_table(), self._waits(), self._versions()]
        return Report(list(self._facts()), [table for table in tables if table.lines], list(self._opened))

    def _facts(self) -> Iterator[str]:
        yield f"{self._all.all.hits:,} calls"
        if self._span:
            yield f"{told(self._span[0])} to {told(self._span[1])} UTC"
        if self._all.all.hits:
            yield f"{self._all.well.hits:,} ended well"
        yield from (f"{count:,} not read: {why}" for why, count in self._unread.most_common())
        yield from self.notes

    def _places(self, tally: Tally) -> list[int]:
        """Where the calls of a number stand in the list of all that are opened."""
        return [self._opened.setdefault(call, len(self._opened)) for call in tally.calls()]

    def _share(self, tally: Tally, of: int) -> Cell:
        return share(tally, of, self._places)

    def _recent(self) -> dict[str, Group]:
        return dict(sorted(self._weeks.items())[-_MOST_WEEKS:])

    def _worst(self) -> list[str]:
        found = self._all.found
        return sorted(found, key=lambda code: (-found[code].hits, code))[:_MOST_FINDINGS]

    def _findings(self) -> Table:
        weeks = self._recent()
        lines = [self._found(code, weeks) for code in self._worst()]
        note = _SHARES + _part(len(weeks), len(self._weeks), "weeks") + _part(len(lines), len(self._all.found), "kinds")
        return Table("What went wrong, by week", note, [f"from {_day(week)}" for week in weeks], lines)

    def _found(self, code: str, groups: dict[str, Group]) -> Line:
        cells = [self._share(group.found.get(code, Tally()), group.all.hits) for group in groups.values()]
        return Line(title(code), cells, code)

    def _tool_table(self) -> Table:
        worst = sorted(self._tools.items(), key=lambda each: (-each[1].failed.hits, -each[1].all.hits, each[0]))
        columns = ["uses", "failed", "of these marked ok", "no result", "p50", "p95"]
        lines = [Line(name, self._tool_cells(tool)) for name, tool in worst[:_MOST_TOOLS]]
        note = f"uses of a tool, most failures first{_part(len(lines), len(worst), 'tools')}"
        return Table("Tools", note, columns, lines)

    def _tool_cells(self, tool: ToolGroup) -> list[Cell]:
        of = tool.all.hits
        places = self._places(tool.all)
        return [
            Cell(f"{of:,}", calls=places, more=tool.all.on - len(places)),
            self._share(tool.failed, of),
            self._share(tool.softly, tool.failed.hits),
            self._share(tool.unanswered, of),
            *(seconds(tool.seconds.percentile(percent)) for percent in (50, 95)),
        ]

    def _waits(self) -> Table:
        weeks = self._recent()
        groups = weeks.values()
        lines = [
            *(Line(f"reply p{p}", [seconds(g.replies.percentile(p)) for g in groups]) for p in (50, 95, 99)),
            Line("calls with a reply over 2 s", [self._share(g.slow, g.all.hits) for g in groups]),
            Line("first word p50", [seconds(g.first_words.percentile(50)) for g in groups]),
        ]
        note = "measured from the last word of the caller to the first of the agent"
        note += _part(len(weeks), len(self._weeks), "weeks")
        return Table("Waits, by week", note, [f"from {_day(week)}" for week in weeks], lines if weeks else [])

    def _versions(self) -> Table:
        largest = sorted(self._sides.items(), key=lambda each: (-each[1].all.hits, each[0]))[:_MOST_SIDES]
        sides = dict(sorted(largest))
        groups = sides.values()
        lines = [
            Line("calls", [self._share(g.all, self._all.all.hits) for g in groups]),
            Line("ended well", [self._share(g.well, g.all.hits) for g in groups]),
            Line("with a tool that failed", [self._share(g.tool_failed, g.all.hits) for g in groups]),
            Line("reply p50", [seconds(g.replies.percentile(50)) for g in groups]),
            Line("reply p95", [seconds(g.replies.percentile(95)) for g in groups]),
            *(self._found(code, sides) for code in self._worst()),
        ]
        note = _SHARES + _part(len(sides), len(self._sides), "agents and versions")
        return Table("Agents and versions side by side", note, list(sides), lines if sides else [])


def _part(shown: int, there: int, what: str) -> str:
    """`; 8 of 20 weeks are shown`, or nothing where all are."""
    return f"; {shown} of {there:,} {what} are shown" if shown < there else ""


def _week(moment: float) -> str:
    """The Monday of the week that a moment is in, by UTC: `2026-11-16`."""
    day = datetime.fromtimestamp(moment, UTC)
    return f"{day - timedelta(days=day.weekday()):%Y-%m-%d}"


def _day(week: str) -> str:
    day = datetime.fromisoformat(week)
    return f"{day.day} {day:%b}"
