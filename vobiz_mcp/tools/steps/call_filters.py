"""Whether a finished call fits what was asked for: an API that ignores a filter sends calls that do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from vobiz_mcp.digest.carrier.phone_numbers import may_match
from vobiz_mcp.records.call_record import CallRecord

Filters = Mapping[str, str | int]
"""The API's own names of filters, with what is asked for."""

_ANY_ZONE = 1
"""Days: the API does not state in which zone a day begins."""


def misfits(record: CallRecord, filters: Filters) -> list[str]:
    """The filters that this call does not pass. What a record leaves out cannot be judged and passes."""
    return [name for name, wanted in filters.items() if not _PASSES[name](record, str(wanted))]


def _days_after(record: CallRecord, wanted: str) -> int:
    """How many days after a day the call began; 0 where that is not known."""
    start = record.start_time.at if record.start_time else None
    return 0 if start is None else start.toordinal() - date.fromisoformat(wanted).toordinal()


_PASSES: Mapping[str, Callable[[CallRecord, str], bool]] = {
    "from_number": lambda record, wanted: may_match(record.caller, wanted),
    "to_number": lambda record, wanted: may_match(record.destination, wanted),
    "start_date": lambda record, wanted: _days_after(record, wanted) >= -_ANY_ZONE,
    "end_date": lambda record, wanted: _days_after(record, wanted) <= _ANY_ZONE,
    "call_direction": lambda record, wanted: (record.direction or wanted).lower() == wanted,
    "min_duration": lambda record, wanted: record.duration is None or record.duration >= int(wanted),
    "hangup_cause": lambda record, wanted: wanted in (record.hangup_cause or wanted).upper(),
}
