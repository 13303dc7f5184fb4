"""Times with what is known about their zone.

The two APIs and their older versions send `2014-10-15 09:03:43` (zone not stated), `2026-04-24T09:25:00Z`,
`2025-11-14 08:14:50+05:30`, Go's `2023-07-17 14:26:02.8 +0000 UTC`, and epoch numbers in seconds or milliseconds, also
as decimal strings. A naive time stays naive: nothing is computed from it without saying so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

from vobiz_mcp.records.speech import EPOCH_MS

_GO_ZONE = re.compile(r"\s*([+-]\d{2}):?(\d{2})(?: [A-Z0-9+-]{2,5})?$")
_NO_TIME = frozenset({"", "0", "0.0", "nan", "inf", "-inf"})
_EPOCH = re.compile(r"\d{9,}(\.\d*)?")


@dataclass(frozen=True)
class SentTime:
    """One time, as sent and as understood.

    Attributes:
        sent: the text or number of the body, as text.
        at: the same as a datetime; naive where the source states no zone; None where it is in no known form.
    """

    sent: str
    at: datetime | None

    @property
    def epoch(self) -> float | None:
        """Seconds since 1970, or None when the zone is not known."""
        return self.at.timestamp() if self.at and self.at.tzinfo else None

    @property
    def zone(self) -> str:
        """`UTC`, `+05:30`, or "" where none was stated."""
        offset = self.at.strftime("%z") if self.at else ""
        return "" if not offset else "UTC" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}"


def read_time(value: object) -> SentTime:
    """Any published form of a time; text in no known form is kept as it is. Raises `ValueError` for no time at all."""
    if isinstance(value, SentTime):
        return value
    sent = value.strip() if isinstance(value, str) else repr(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float) or sent in _NO_TIME:
        raise ValueError("no time")
    try:
        return SentTime(sent, from_epoch(float(sent)) if _EPOCH.fullmatch(sent) else _from_text(sent))
    except (ValueError, OverflowError, OSError):
        return SentTime(sent, None)


def from_epoch(number: float) -> datetime:
    """An epoch number as UTC; seconds or milliseconds, told apart by magnitude."""
    return datetime.fromtimestamp(number / 1000 if number > EPOCH_MS else number, UTC)


def _from_text(sent: str) -> datetime:
    return datetime.fromisoformat(_GO_ZONE.sub(r"\1:\2", sent))


Moment = Annotated[
    SentTime,
    PlainValidator(read_time),
    PlainSerializer(lambda time: time.sent, return_type=str),
]
"""A record's field that holds a time; JSON has it as it was sent."""
