from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.moment import read_time
from vobiz_mcp.records.stream import Stream


@pytest.mark.parametrize(
    ("sent", "at", "zone"),
    [
        ("2014-10-15 09:03:43", "2014-10-15T09:03:43", ""),
        ("2026-06-11 16:03:28.586839", "2026-06-11T16:03:28.586839", ""),
        ("2026-04-24T09:25:00Z", "2026-04-24T09:25:00+00:00", "UTC"),
        ("2025-11-14 08:14:50+05:30", "2025-11-14T08:14:50+05:30", "+05:30"),
        ("2025-11-14 02:44:50.617032+00:00", "2025-11-14T02:44:50.617032+00:00", "UTC"),
        ("2026-09-29 10:01:10.12345+05:30", "2026-09-29T10:01:10.123450+05:30", "+05:30"),
        ("2025-10-12T10:30:00.000Z", "2025-10-12T10:30:00+00:00", "UTC"),
        ("2023-07-17 14:26:02.806041 +0000 UTC", "2023-07-17T14:26:02.806041+00:00", "UTC"),
        ("2023-07-17 14:26:02.806041123 +0530 IST", "2023-07-17T14:26:02.806041+05:30", "+05:30"),
        ("2023-07-17 14:26:02 +0300 +03", "2023-07-17T14:26:02+03:00", "+03:00"),
        (" 2014-10-15 09:03:43 ", "2014-10-15T09:03:43", ""),
        (1703097600, "2023-12-20T18:40:00+00:00", "UTC"),
        (1703097600000, "2023-12-20T18:40:00+00:00", "UTC"),
        (1703097600.5, "2023-12-20T18:40:00.500000+00:00", "UTC"),
        ("1762436939422.00000", "2025-11-06T13:48:59.422000+00:00", "UTC"),
    ],
)
def test_every_published_form_of_a_time_is_read_with_what_is_known_of_its_zone(sent: Any, at: str, zone: str) -> None:
    time = read_time(sent)
    assert time.at == datetime.fromisoformat(at)
    assert (time.zone, (time.epoch is None) == (zone == "")) == (zone, True)


@pytest.mark.parametrize("sent", ["soon", "28s", "2026-13-45", "1703097600000000000", 12, -5, 10**400, "+05:30"])
def test_a_time_in_no_known_form_is_kept_as_it_was_sent(sent: Any) -> None:
    time = read_time(sent)
    assert (time.sent, time.at, time.zone, time.epoch) == (str(sent), None, "", None)


@pytest.mark.parametrize("sent", ["", "  ", 0, "0", 0.0, True, [], {}, float("nan"), float("inf")])
def test_what_stands_for_no_time_is_none_and_ends_nothing(sent: Any) -> None:
    stream = Stream.read({"stream_id": "s", "end_time": sent})
    assert (stream.end_time, stream.is_over, stream.warnings) == (None, False, ["end_time"])


def test_a_time_is_written_as_it_was_sent() -> None:
    call = LiveCall.read({"session_start": "2026-06-11 16:03:28.586839", "answer_time": 1703097600000})
    dumped = call.model_dump(mode="json")
    assert (dumped["session_start"], dumped["answer_time"]) == ("2026-06-11 16:03:28.586839", "1703097600000")
    assert LiveCall.read(dumped) == call


def test_seconds_and_milliseconds_are_told_apart_by_size() -> None:
    assert read_time(99_999_999_999).at == datetime(5138, 11, 16, 9, 46, 39, tzinfo=UTC)
    assert read_time(100_000_000_001).at == datetime(1973, 3, 3, 9, 46, 40, 1000, tzinfo=UTC)
