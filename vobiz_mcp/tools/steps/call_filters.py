"""Whether a finished call fits what was asked for: an API that ignores a filter sends calls that do not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from vobiz_mcp.records.call_record import CallRecord

Filters = Mapping[str, str | int]
"""The API's own names of filters, with what is asked for."""

_SAME_ENDING = 9
"""Digits at the end in which two spellings of one number agree, with and without its country code."""
_ANY_ZONE = timedelta(days=1)
"""The API does not state in which zone a day begins."""


def misfits(record: CallRecord, filters: Filters) -> list[str]:
    """The filters that this call does not pass. What a record leaves out cannot be judged and passes."""
    return [name for name, wanted in filters.items() if not _PASSES[name](record, str(wanted))]


def _is_number(sent: str | None, wanted: str) -> bool:
    have, part = re.sub(r"\D", "", sent or ""), re.sub(r"\D", "", wanted)
    if not have or not part:
        return not sent or wanted.lower() in sent.lower()
    return part in have or (len(have) >= _SAME_ENDING and part.endswith(have[-_SAME_ENDING:]))


def _starts(record: CallRecord) -> date | None:
    return record.start_time.at.date() if record.start_time and record.start_time.at else None


def _is_from(record: CallRecord, wanted: str) -> bool:
    day = _starts(record)
    return day is None or day >= date.fromisoformat(wanted) - _ANY_ZONE


def _is_until(record: CallRecord, wanted: str) -> bool:
    day = _starts(record)
    return day is None or day <= date.fromisoformat(wanted) + _ANY_ZONE


_PASSES: Mapping[str, Callable[[CallRecord, str], bool]] = {
    "from_number": lambda record, wanted: _is_number(record.caller, wanted),
    "to_number": lambda record, wanted: _is_number(record.destination, wanted),
    "start_date": _is_from,
    "end_date": _is_until,
    "call_direction": lambda record, wanted: (record.direction or wanted).lower() == wanted,
    "min_duration": lambda record, wanted: record.duration is None or record.duration >= int(wanted),
    "hangup_cause": lambda record, wanted: wanted in (record.hangup_cause or wanted).upper(),
}
