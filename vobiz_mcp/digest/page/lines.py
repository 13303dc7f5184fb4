"""The lines of a page: each knows its parts, which of them are taken, what taking more costs, and how it prints.

A line's cost is that of what it prints: its beginning, its parts, its marks where something is left out, its break.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.deeds.detail import Detail
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.tokens.cost import UNIT, cost

CUT: Final = "…"
"""Stands where something was left out."""
_CUT_COST, _BREAK_COST = cost(f" {CUT}"), cost("\n")
_NOT_OFFERED: Final = " (not as offered)"
"""Stands in a row of which there is no room to tell what had been offered instead."""
_AS_ASKED: Final = "as asked"
"""Stands in a table for a value that came back as it was asked for, in a column where another did not."""
_LEAST_BEGIN: Final = 2
"""Tokens that no line begins with less than: a turn and a speaker."""
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
        self._costs: dict[int, int] = {}

    @cached_property
    def base(self) -> int:
        """What the line costs before any part is taken."""
        return cost(self.begin) + _BREAK_COST

    def cost(self, part: int) -> int:
        """What a part costs by itself, in units of `tokens.cost`; weighed when first asked for."""
        found = self._costs.get(part)
        if found is None:
            found = self._costs[part] = cost(self.joint + self.parts[part])
        return found

    def price(self, parts: Iterable[int]) -> int:
        """What taking `parts` adds to the page; 0 where all are taken."""
        taken, price = self.taken, 0
        for part in parts:
            if part not in taken:
                price += self.cost(part) + self._marks(part, taken) * _CUT_COST + (0 if taken else self.base)
                taken = taken | {part}
        return price

    def least_price(self, parts: Sequence[int]) -> int:
        """No more than `price(parts)`, and known at once where nothing is weighed yet: a word is a token or more."""
        if self.taken or self._costs:
            return self.price(parts)
        return (_LEAST_BEGIN + len(parts) + sum(self.parts[part].count(self.joint) for part in parts)) * UNIT

    def _marks(self, part: int, taken: frozenset[int] | set[int]) -> int:
        """How many marks more there are for what is left out, once `part` stands with those that are `taken`."""
        before, after = part - 1, part + 1
        return (before >= 0 and before not in taken) + (after < len(self.parts) and after not in taken) - bool(taken)

    def text(self) -> str:
        """The line as it stands on the page."""
        words = [self.begin]
        for part, said in enumerate(self.parts):
            if part in self.taken:
                words.append(said)
            elif words[-1] != CUT:
                words.append(CUT)
        return " ".join(words)


class ToolCallLine(Line):
    """What a tool was asked and what it answered: its marks stand in its base, whatever is taken."""

    asked: int
    """How many of the parts are arguments; the others are of the result."""
    worths: Sequence[float]
    """What each part is worth."""

    def least_price(self, parts: Sequence[int]) -> int:
        """Its price."""
        return self.price(parts)

    def _marks(self, part: int, taken: frozenset[int] | set[int]) -> int:
        del part, taken
        return 0

    def texts(self, part: int) -> list[str]:
        """What stands in a part."""
        raise NotImplementedError


class ToolLine(ToolCallLine):
    """A tool call: what it was asked and what came back, `  t7 cancel(id: 4) → status: cancelled, …`."""

    joint = ", "

    def __init__(self, turn: int, begin: str, asked: Sequence[Detail], back: Sequence[Detail], end: str = "") -> None:
        """`begin` is what stands before the arguments, `t7 FAILED cancel`, and `end` what stands behind the result."""
        super().__init__(turn, f"  {begin}", [detail.text for detail in (*asked, *back)])
        self.asked = len(asked)
        self.worths = [detail.worth for detail in (*asked, *back)]
        self._values = [detail.value for detail in (*asked, *back)]
        self._end = end

    @cached_property
    def base(self) -> int:
        """What the line costs before any part is taken, with its marks."""
        return cost(f"{self.begin}({CUT}) → {CUT}{self._end}") + _BREAK_COST

    def text(self) -> str:
        """The line as it stands on the page."""
        asked, back = self._shown(0, self.asked), self._shown(self.asked, len(self.parts))
        return f"{self.begin}({asked}){f' → {back}' if back else ''}{self._end}"

    def texts(self, part: int) -> list[str]:
        """What stands in a part."""
        return [self._values[part]]

    def _shown(self, first: int, last: int) -> str:
        kept = [self.parts[part] for part in range(first, last) if part in self.taken]
        return ", ".join([*kept, CUT] if len(kept) < last - first else kept)


class Table(ToolCallLine):
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

    @cached_property
    def base(self) -> int:
        """What the head and the beginnings of the rows cost."""
        rows = sum(cost(f"  t{deed.tool.after_turn} →") + _BREAK_COST for deed in self.deeds)
        rows += sum(cost(_NOT_OFFERED) for deed in self.deeds if deed.offered)
        return cost(f"  {self.begin}({CUT}) → {CUT}:\n") + rows

    def cost(self, part: int) -> int:
        """What a column costs: its name, and a value a row."""
        if part not in self._costs:
            cells = [_value(row, self._columns[part]) for row in self._rows]
            self._costs[part] = sum(cost(self.joint + text) for text in (self.parts[part], *cells))
        return self._costs[part]

    def text(self) -> str:
        """The head, and a row for each call in which the columns stand that are taken."""
        asked, back = range(self.asked), range(self.asked, len(self.parts))
        lines = [f"  {self.begin}({self._joined(self.parts, asked, CUT)}) → {self._joined(self.parts, back, CUT)}:"]
        shown = {self._columns[part] for part in self.taken}
        for deed, row in zip(self.deeds, self._rows, strict=True):
            values = [_value(row, column) if part in self.taken else "" for part, column in enumerate(self._columns)]
            told = self._joined(values, back)
            line = f"  t{deed.tool.after_turn} {self._joined(values, asked)}{f' → {told}' if told else ''}"
            is_marked = deed.offered and ("back", deed.offered[0]) not in shown
            lines.append(f"{line}{_NOT_OFFERED}" if is_marked else line)
        return "\n".join(lines)

    def _worth(self, column: Column) -> float:
        """What the values of a column are worth together; one that is the same in most rows tells little."""
        cells = [row[column] for row in self._rows if column in row]
        distinct = len({cell.value for cell in cells}) / len(cells)
        return sum(cell.worth for cell in cells) * math.sqrt(distinct)

    def texts(self, part: int) -> list[str]:
        """What stands in a column."""
        return [row[self._columns[part]].value for row in self._rows if self._columns[part] in row]

    def _joined(self, texts: Sequence[str], mine: range, rest: str = "") -> str:
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
    if column not in row:
        return "-"
    asked = row.get(("asked", column[1]))
    return _AS_ASKED if column[0] == "back" and asked and asked.value == row[column].value else row[column].value
