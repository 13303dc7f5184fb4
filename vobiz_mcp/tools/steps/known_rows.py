"""Rows of calls that will not change any more, kept so that nobody reads them twice."""

from __future__ import annotations

from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.reviews.row import Row

SETTLED_S = 3600.0
"""So long after its end a call without an analysis will get none."""
MOST_ROWS = 10_000
"""Rows that one client keeps; a row takes about three kilobytes."""


class KnownRows:
    """Rows by call_id, of which the first kept goes first; none of a call whose speech is not to be stored."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def get(self, call: AgentCall) -> Row | None:
        """The row of a call that was read before."""
        return self._rows.get(call.call_id or "")

    def keep(self, call: AgentCall, row: Row, moment: float) -> None:
        """Keep the row, if the call is over for good at this moment, in epoch seconds."""
        if row.call_id and not call.opt_out_sensitive_data_storage and _is_settled(call, moment):
            self._rows[row.call_id] = row
            if len(self._rows) > MOST_ROWS:
                del self._rows[next(iter(self._rows))]


def _is_settled(call: AgentCall, moment: float) -> bool:
    end = call.end_timestamp.epoch if call.end_timestamp else None
    return call.is_final or (call.is_over and end is not None and moment - end > SETTLED_S)
