"""Sums of calls by agent, version and time, of which any two sides of a review are made."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, Literal, NamedTuple, TypeAlias

from vobiz_mcp.reviews.period import Period
from vobiz_mcp.reviews.row import Row
from vobiz_mcp.reviews.summary import Summary

Slot: TypeAlias = Literal["now", "before", "earlier", "later"]


class Whose(NamedTuple):
    """An agent in a version."""

    agent_id: str
    version: str


class Groups:
    """Summaries of calls by whose they are and when they began.

    Args:
        period: what counts as now; None where everything does.
    """

    def __init__(self, period: Period | None) -> None:
        self._period = period
        self._sums: defaultdict[tuple[Whose, Slot], Summary] = defaultdict(Summary)

    def add(self, row: Row) -> None:
        """Count one more call."""
        self._sums[Whose(row.agent_id, row.version), self._slot(row)].add(row)

    def _slot(self, row: Row) -> Slot:
        if self._period is None or row.started is None or row.started in self._period:
            return "now"
        if row.started >= self._period.until:
            return "later"
        return "before" if row.started in self._period.before else "earlier"

    @property
    def known(self) -> frozenset[Whose]:
        """Whose calls there are."""
        return frozenset(whose for whose, _ in self._sums)

    def summary(self, wanted: frozenset[Whose], *slots: Slot) -> Summary:
        """The sum of some at some times; what could not be read is nobody's and counts for all."""
        found = Summary()
        for (whose, slot), summary in self._sums.items():
            if slot in slots and whose in wanted:
                found.update(summary)
            elif slot in slots and whose == NOBODY:
                found.unread.update(summary.unread)
        return found


NOBODY: Final = Whose("", "")
