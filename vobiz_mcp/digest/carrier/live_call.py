"""A call in progress in words: since when, and how long that is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from vobiz_mcp.digest.wording.phrases import duration, joined, times
from vobiz_mcp.records.live_call import LiveCall

LIKELY_ZONES = (("UTC", UTC), ("IST", timezone(timedelta(hours=5, minutes=30))))
"""What a time without a zone may be in: the platform's own zone and that of most of its users."""

LONGEST_GUESS_S = 4 * 3600
"""A call that seems longer than this is no evidence for a guessed zone."""


def since(call: LiveCall, moment: float) -> str:
    """When it was placed and answered, and how long ago: `answered 11:56:05 (zone not stated) · 3 min since answer`."""
    shown = times(
        ("placed", call.initiation_time), ("answered", call.answer_time), ("session started", call.session_start)
    )
    return joined([shown, _so_far(call, moment)])


def _so_far(call: LiveCall, moment: float) -> str:
    if call.call_duration or (call.call_duration is not None and call.answer_time):
        return f"{duration(call.call_duration)} since answer"
    elapsed, zone = elapsed_since_start(call, moment)
    if elapsed is not None:
        return f"{duration(elapsed)} since session start{guessed(zone)}"
    return "how long: not stated" if call.session_start else ""


def guessed(zone: str) -> str:
    """What is said of a figure that rests on a guessed zone."""
    return f" (a guess: it fits if the zone is {zone})" if zone else ""


def elapsed_since_start(call: LiveCall, moment: float) -> tuple[float | None, str]:
    """Seconds since `session_start`, and the zone that had to be guessed for it; None where no guess has any ground."""
    time = call.session_start
    if time is None or time.at is None:
        return None, ""
    if time.epoch is not None:
        return max(0.0, moment - time.epoch), ""
    for name, zone in LIKELY_ZONES:
        elapsed = (datetime.fromtimestamp(moment, UTC) - time.at.replace(tzinfo=zone)).total_seconds()
        if 0 <= elapsed <= LONGEST_GUESS_S:
            return elapsed, name
    return None, ""
