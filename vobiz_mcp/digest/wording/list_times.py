"""Times of a list: the date and zone that most of them share are said once, above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vobiz_mcp.digest.wording.phrases import joined
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.moment import SentTime


@dataclass(frozen=True)
class Day:
    """A date in a zone; both "" where no time of the list has a date."""

    date: str
    zone: str

    @property
    def name(self) -> str:
        """`2026-03-25 UTC`, or `2026-03-25, zone not stated`."""
        return self.date and (f"{self.date} {self.zone}" if self.zone else f"{self.date}, zone not stated")

    def clock(self, time: SentTime | None, detail: str = "%H:%M:%S") -> str:
        """A time with only that of its date and zone which differs from the day's."""
        if time is None or time.at is None:
            return plain(time.sent, 30) if time else ""
        own = _day(time)
        date = "" if own.date == self.date else own.date
        zone = "" if own.zone == self.zone else own.zone or "(zone not stated)"
        return joined([date, f"{time.at:{detail}}", zone], " ")


def common_day(times: Iterable[SentTime | None]) -> Day:
    """The day of most of these times; of two that are as frequent, the first."""
    days = Counter(_day(time) for time in times if time and time.at)
    return days.most_common(1)[0][0] if days else Day("", "")


def _day(time: SentTime) -> Day:
    return Day(f"{time.at:%Y-%m-%d}", time.zone)
