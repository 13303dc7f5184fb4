"""Periods as people say them: `7d`, `today`, `monday`, `2026-11-20`. Days begin at midnight UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from vobiz_mcp.errors import InvalidArguments

USUAL: Final = "7d"
LONG_AGO: Final = "1970-01-02"
"""The beginning of a period that only has an end."""
SAID: Final = "a day, a moment or how long ago, such as 7d, 24h, today, monday, 2026-11-20, 2026-11-20T09:00 (UTC)"
_LONG_AGO_S: Final = 86_400
_FIRST: Final = datetime.fromtimestamp(_LONG_AGO_S, UTC)
_AGO: Final = re.compile(r"(?:(?:last|past) )?(\d{1,4})\s*(m|h|d|w|minutes?|hours?|days?|weeks?)(?: ago)?")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From one moment until before another, in epoch seconds."""

    since: float
    until: float

    def __contains__(self, moment: float) -> bool:
        return self.since <= moment < self.until

    def __str__(self) -> str:
        end = f"{told(self.until)} UTC"
        return f"before {end}" if self.since <= _LONG_AGO_S else f"{told(self.since)} to {end}"

    @property
    def before(self) -> Period:
        """The period of the same length before it."""
        return Period(2 * self.since - self.until, self.since)


def period(since: str, until: str, moment: float) -> Period:
    """The period that two words mean at a moment in epoch seconds; "" is seven days before the end, and now.

    A day as the end is the whole of it, unless it goes on.

    Raises:
        InvalidArguments: a word means no moment, or they are the wrong way round.
    """
    now = datetime.fromtimestamp(moment, UTC)
    last, lasts = _moment("until", until or "0h", now)
    end = min(now, min(now, last) + lasts)
    begin = _moment("since", since or USUAL, now if since else end)[0]
    found = Period(begin.timestamp(), end.timestamp())
    if found.since >= moment:
        raise InvalidArguments(f"since {since} begins in the future: it is {told(moment)} UTC")
    if found.since >= found.until:
        raise InvalidArguments(f"since {since or USUAL} is not before until {until or 'now'}")
    return found


def _moment(name: str, said: str, now: datetime) -> tuple[datetime, timedelta]:
    """The beginning of what is said, and how long that is: a day or no time at all."""
    said = said.strip().lower().removesuffix("utc").strip().replace("/", "-")
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if ago := _AGO.fullmatch(said):
        return now - timedelta(**{_UNITS[ago[2][0]]: int(ago[1])}), timedelta()
    if said in ("now", "today", "yesterday"):
        return {"now": (now, timedelta()), "today": (midnight, _DAY), "yesterday": (midnight - _DAY, _DAY)}[said]
    if said in ("this week", "last week"):
        return midnight - _DAY * (now.weekday() + 7 * (said == "last week")), 7 * _DAY
    if said in _WEEKDAYS:
        return midnight - _DAY * ((now.weekday() - _WEEKDAYS.index(said)) % 7), _DAY
    try:
        at = datetime.fromisoformat(said.upper())
    except ValueError:
        raise InvalidArguments(f"{name} takes {SAID}") from None
    is_day = re.fullmatch(r"[\d-]+", said) is not None
    return max(_FIRST, at if at.tzinfo else at.replace(tzinfo=UTC)), _DAY if is_day else timedelta()


def told(moment: float) -> str:
    """`2026-11-20 09:00`, in UTC."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}"
