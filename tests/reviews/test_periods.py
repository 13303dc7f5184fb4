from __future__ import annotations

import pytest
from reviewed_rows import NOW

from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.reviews.period import period


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("", "", "2026-11-14 12:00 to 2026-11-21 12:00 UTC"),
        ("24h", "", "2026-11-20 12:00 to 2026-11-21 12:00 UTC"),
        ("90m", "30 minutes", "2026-11-21 10:30 to 2026-11-21 11:30 UTC"),
        ("2 weeks", "", "2026-11-07 12:00 to 2026-11-21 12:00 UTC"),
        ("today", "", "2026-11-21 00:00 to 2026-11-21 12:00 UTC"),
        ("Yesterday", "yesterday", "2026-11-20 00:00 to 2026-11-21 00:00 UTC"),
        ("yesterday", "", "2026-11-20 00:00 to 2026-11-21 12:00 UTC"),
        ("", "2026-11-01", "2026-10-26 00:00 to 2026-11-02 00:00 UTC"),
        ("last 7 days", "", "2026-11-14 12:00 to 2026-11-21 12:00 UTC"),
        ("3 days ago", "", "2026-11-18 12:00 to 2026-11-21 12:00 UTC"),
        ("this week", "", "2026-11-16 00:00 to 2026-11-21 12:00 UTC"),
        ("Last week", "last week", "2026-11-09 00:00 to 2026-11-16 00:00 UTC"),
        ("2026/11/18", "2026/11/19", "2026-11-18 00:00 to 2026-11-20 00:00 UTC"),
        ("monday", "wednesday", "2026-11-16 00:00 to 2026-11-19 00:00 UTC"),
        ("2026-11-18", "2026-11-19", "2026-11-18 00:00 to 2026-11-20 00:00 UTC"),
        ("2026-11-18", "today", "2026-11-18 00:00 to 2026-11-21 12:00 UTC"),
        ("2026-11-14 12:00 UTC", "2026-11-15 utc", "2026-11-14 12:00 to 2026-11-16 00:00 UTC"),
        ("0001-01-01", "9999-12-31", "before 2026-11-21 12:00 UTC"),
        ("2026-11-18", "9999-12-31T23:59-12:00", "2026-11-18 00:00 to 2026-11-21 12:00 UTC"),
        ("", "0001-01-01T00:00+14:00", "before 1970-01-02 00:00 UTC"),
        ("2026-11-18T09:00", "2026-11-18T10:30:00+05:30", None),
        ("2026-11-18t09:00+05:30", "2026-11-18T09:00", "2026-11-18 03:30 to 2026-11-18 09:00 UTC"),
    ],
)
def test_periods_are_read_as_people_say_them(since: str, until: str, told: str | None) -> None:
    if told is None:
        with pytest.raises(InvalidArguments, match=r"since 2026-11-18T09:00 is not before until 2026-11-18T10:30"):
            period(since, until, NOW)
    else:
        assert str(period(since, until, NOW)) == told


def test_the_period_before_is_as_long_and_ends_where_it_begins() -> None:
    found = period("3d", "", NOW)
    assert str(found.before) == "2026-11-15 12:00 to 2026-11-18 12:00 UTC"
    assert found.since in found
    assert found.since not in found.before
    assert found.until not in found


@pytest.mark.parametrize(
    ("since", "until", "complaint"),
    [
        ("2026-11-20", "2026-11-18", "is not before until"),
        ("2026-12-01", "", "begins in the future: it is 2026-11-21 12:00 UTC"),
        ("last tuesday", "", "since takes a day, a moment or how long ago, such as 7d, 24h"),
        ("7d", "soon", "until takes a day"),
        ("2026-13-40", "", "since takes"),
        ("0h", "", "begins in the future"),
        ("9999d", "", None),
    ],
)
def test_what_is_no_period_is_refused_with_what_would_be_one(since: str, until: str, complaint: str | None) -> None:
    if complaint is None:
        assert str(period(since, until, NOW)).startswith("1999-07-07")
        return
    with pytest.raises(InvalidArguments, match=complaint):
        period(since, until, NOW)
