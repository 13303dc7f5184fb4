"""The lines of a page: each knows its parts, which of them are taken, what taking more costs, and how it prints.

A line's cost is that of what it prints: its beginning, its parts, its marks where something is left out, its break.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.deeds.detail import Detail
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.tokens.cost import cost

CUT: Final = "…"
"""Stands where something was left out."""
_CUT_COST: Final = cost(f" {CUT}")
Column: TypeAlias = tuple[str, str]
"""A table's column: `asked` or `back`, and the name of the values in it."""


class Line:
    """Something said: its sentences in order, with a mark wherever one is left out."""

    joint = " "

    def __init__(self, turn: int, begin: str, parts: Sequence[str]) -> None:
        self.turn = turn
        self.begin = begin
        self.parts = parts
        self.taken: set[int] = set()
        self.base = cost(begin) + cost("\n")
        self.costs = [cost(self.joint + part) for part in parts]

    def price(self, parts: Iterable[int]) -> int:
        """What taking `parts` adds to the page, in units of `tokens.cost`; 0 where all are taken."""
        new = self.taken.union(parts)
        if len(new) == len(self.taken):
            return 0
        price = (self._marks(new) - self._marks(self.taken)) * _CUT_COST + (0 if self.taken else self.base)
        for part in parts:
            if part not in self.taken:
                price += self.costs[part]
        return price

    def _marks(self, taken: set[int]) -> int:
        """How many marks stand among so many parts."""
        if not taken or len(taken) == len(self.parts):
            return 0
        if len(taken) == 1:
            (part,) = taken
            return (part > 0) + (part < len(self.parts) - 1)
        return sum(after - before > 1 for before, after in pairwise([-1, *sorted(taken), len(self.parts)]))

    def text(self) -> str:
        """The line as it stands on the page."""
        words = [self.begin]
        for part, said in enumerate(self.parts):
            if part in self.taken:
                words.append(said)
            elif words[-1] != CUT:
                words.append(CUT)
        return " ".join(words)


class ToolLine(Line):
    """A tool call: what it was asked and what came back, `  t7 cancel(id: 4) → status: cancelled, …`."""

    joint = ", "

    def __init__(self, turn: int, begin: str, asked: Sequence[Detail], back: Sequence[Detail], end: str = "") -> None:
        """`begin` is what stands before the arguments, `t7 FAILED cancel`, and `end` what stands behind the result."""
        super().__init__(turn, f"  {begin}", [detail.text for detail in (*asked, *back)])
        self.asked = len(asked)
        self.worths = [detail.worth for detail in (*asked, *back)]
        self._end = end
        self.base = cost(f"{self.begin}({CUT}) → {CUT}{end}") + cost("\n")

    def _marks(self, taken: set[int]) -> int:
        del taken  # a mark each for arguments and result is in the base
        return 0

    def text(self) -> str:
        """The line as it stands on the page."""
        asked, back = self._shown(0, self.asked), self._shown(self.asked, len(self.parts))
        return f"{self.begin}({asked}){f' → {back}' if back else ''}{self._end}"

    def texts(self, part: int) -> list[str]:
        """What stands in a part."""
        return [self.parts[part]]

    def _shown(self, first: int, last: int) -> str:
        kept = [self.parts[part] for part in range(first, last) if part in self.taken]
        return ", ".join([*kept, CUT] if len(kept) < last - first else kept)


class Table(Line):
    """Calls of one tool with the same arguments: names once in a head, a row a call. Its parts are the columns."""

    joint = " | "

    def __init__(self, deeds: Sequence[Deed]) -> None:
        self.deeds = deeds
        self._rows = [_cells(deed) for deed in deeds]
        self._columns = sorted(dict.fromkeys(column for row in self._rows for column in row), key=lambda c: c[0])
        names = [name for _, name in self._columns]
        super().__init__(deeds[0].tool.after_turn, whole(deeds[0].tool.name), names)
        self.asked = sum(kind == "asked" for kind, _ in self._columns)
        self.worths = [self._worth(column) for column in self._columns]
        self.base = cost(f"  {self.begin}({CUT}) → {CUT}:\n")
        self.base += sum(cost(f"  t{deed.tool.after_turn} →") + cost("\n") for deed in deeds)
        for part, column in enumerate(self._columns):
            self.costs[part] += sum(cost(self.joint + _value(row, column)) for row in self._rows)

    def _marks(self, taken: set[int]) -> int:
        del taken  # those of the head are in the base
        return 0

    def text(self) -> str:
        """The head, and a row for each call in which the columns stand that are taken."""
        lines = [f"  {self.begin}({self._joined(self.parts, 'asked', CUT)}) → {self._joined(self.parts, 'back', CUT)}:"]
        for deed, row in zip(self.deeds, self._rows, strict=True):
            values = [_value(row, column) for column in self._columns]
            back = self._joined(values, "back")
            line = f"  t{deed.tool.after_turn} {self._joined(values, 'asked')}"
            lines.append(f"{line} → {back}" if back else line)
        return "\n".join(lines)

    def _worth(self, column: Column) -> float:
        """What the values of a column are worth together; one that is the same in most rows tells little."""
        cells = [row[column] for row in self._rows if column in row]
        distinct = len({cell.value for cell in cells}) / len(cells)
        return sum(cell.worth for cell in cells) * math.sqrt(distinct)

    def texts(self, part: int) -> list[str]:
        """What stands in a column."""
        return [row[self._columns[part]].value for row in self._rows if self._columns[part] in row]

    def _joined(self, texts: Sequence[str], kind: str, rest: str = "") -> str:
        mine = [part for part, column in enumerate(self._columns) if column[0] == kind]
        kept = [texts[part] for part in mine if part in self.taken]
        return self.joint.join([*kept, rest] if rest and len(kept) < len(mine) else kept)


def _cells(deed: Deed) -> dict[Column, Detail]:
    """The values of a deed by their columns; of several with one name the one that is worth most."""
    cells: dict[Column, Detail] = {}
    named = [*((("asked", detail.name), detail) for detail in deed.asked)]
    named += [(("back", detail.name), detail) for detail in deed.came_back]
    for column, detail in named:
        if column not in cells or detail.worth > cells[column].worth:
            cells[column] = detail
    return cells


def _value(row: dict[Column, Detail], column: Column) -> str:
    return row[column].value if column in row else "-"
