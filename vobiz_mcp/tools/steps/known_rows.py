"""Rows of calls that will not change any more, kept so that nobody reads them twice."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import islice

from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.reviews.row import Row

SETTLED_S = 3600.0
"""So long after its end a call without an analysis will get none."""
ENOUGH = 0.7
"""Where the rows of fewer are kept, reading the list again costs less than asking for each of the others."""
MOST_ROWS = 10_000
"""Rows that one client keeps; a row takes about three kilobytes."""


class KnownRows:
    """Rows by call_id, of which those of the oldest calls go first; none of a call whose speech is not to be stored."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._order: dict[str, tuple[str, ...]] = {}

    def get(self, call_id: str | None) -> Row | None:
        """The row of a call that was read before."""
        return self._rows.get(call_id or "")

    def keep_order(self, agent_id: str, order: Iterable[str]) -> None:
        """Keep in which order the list of an agent's calls, or of all, has the calls that were looked through.

        Those that are known to come behind them stay known.
        """
        new = dict.fromkeys(order)
        behind = self.following(agent_id, new.keys())
        self._order[agent_id] = tuple(islice((*new, *behind), _left_of(MOST_ROWS)))

    def following(self, agent_id: str, seen: AbstractSet[str]) -> tuple[str, ...]:
        """The calls that came after those seen when the list was read before; none where hardly any row is kept."""
        order = self._order.get(agent_id, ())
        place = next((place for place, call_id in enumerate(order) if call_id in seen), len(order))
        rest = tuple(call_id for call_id in order[place:] if call_id not in seen)
        return rest if sum(call_id in self._rows for call_id in rest) >= ENOUGH * len(rest) else ()

    def keep(self, call: AgentCall, row: Row, moment: float) -> None:
        """Keep the row, if the call is over for good at this moment, in epoch seconds."""
        if row.call_id and not call.opt_out_sensitive_data_storage and _is_settled(call, moment):
            self._rows[row.call_id] = row
            if len(self._rows) > MOST_ROWS:
                newest = sorted(self._rows.values(), key=lambda known: known.started or 0.0, reverse=True)
                self._rows = {known.call_id: known for known in newest[: _left_of(MOST_ROWS)]}


def _left_of(most: int) -> int:
    """How many are left where there are more: some room, so that not every row sorts all."""
    return most * 9 // 10


def _is_settled(call: AgentCall, moment: float) -> bool:
    end = call.end_timestamp.epoch if call.end_timestamp else None
    return call.is_final or (call.is_over and end is not None and moment - end > SETTLED_S)
