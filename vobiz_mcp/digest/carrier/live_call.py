"""A call in words that is in progress, in the queue, or not_live: state, parties, since when, cost so far."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from vobiz_mcp.digest.carrier import call_record, hangup
from vobiz_mcp.digest.carrier.call_record import PULSE_S
from vobiz_mcp.digest.wording.money import money
from vobiz_mcp.digest.wording.phrases import duration, joined, lines, parties, reading_notes, times
from vobiz_mcp.digest.wording.safe_text import plain, quoted
from vobiz_mcp.errors import NotFound, VobizError
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.record import Record

LIKELY_ZONES = (("UTC", UTC), ("IST", timezone(timedelta(hours=5, minutes=30))))
"""What a time without a zone may be in: the platform's own zone and that of most of its users."""

LONGEST_GUESS_S = 4 * 3600
"""A call that seems longer than this is no evidence for a guessed zone."""


def live(call: LiveCall, rate_per_minute: float, moment: float) -> str:
    """What a model reads about a call that is in progress or queued."""
    state = plain(call.state or "live, state not stated", 40)
    return lines(
        joined([state, parties(call.direction, call.from_number, call.to_number) or "the API sends no details of it"]),
        since(call, moment),
        _cost_so_far(call, rate_per_minute, moment),
        joined([_name(call), _stir(call), _belonging(call)]),
        reading_notes(call),
    )


def not_live(record: Record | VobizError | None) -> str:
    """What a model reads about a call that is not in progress, from its record or from the absence of one."""
    if not isinstance(record, CallRecord):
        return f"not_live · this call is not in progress{_unknown_ending(record)}"
    return lines(
        f"not_live · ended: {hangup.ending(record)}",
        call_record.in_short(record),
        reading_notes(record),
    )


def _unknown_ending(failure: Record | VobizError | None) -> str:
    if isinstance(failure, VobizError) and not isinstance(failure, NotFound):
        return f"; how it ended is not known, its record (CDR) could not be read\n{failure}"
    return (
        ", and it has no record (CDR) yet\n"
        "It ended seconds ago or the call_uuid is wrong (an agent call's call_id is no call_uuid): check it, or ask "
        "get_call_record in 10 s."
    )


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


def _cost_so_far(call: LiveCall, rate: float, moment: float) -> str:
    if not rate:
        return ""
    elapsed, zone = call.call_duration, ""
    if elapsed is None:
        elapsed, zone = elapsed_since_start(call, moment)
    if elapsed is None:
        return "cost so far: cannot be computed, the API states no duration"
    price, seconds = Decimal(str(rate)), Decimal(str(round(elapsed, 3)))
    exact, pulses = price * seconds / 60, price * math.ceil(elapsed / PULSE_S)
    counted = "since answer" if call.call_duration is not None else f"since session start{guessed(zone)}"
    return (
        f"cost so far, computed here at {price.normalize():f}/min {counted}: {money(exact)} by the second, "
        f"{money(pulses)} by {PULSE_S}-second pulse"
    )


def _name(call: LiveCall) -> str:
    return f"caller name {quoted(call.caller_name, 60)}" if call.caller_name else ""


def _stir(call: LiveCall) -> str:
    level = plain(call.stir_attestation or "", 20)
    attestation = f", attestation {level}" if len(level) == 1 else ""
    return f"STIR {plain(call.stir_verification, 30)}{attestation}" if call.stir_verification else ""


def _belonging(call: LiveCall) -> str:
    conference = f"conference {plain(call.conference_uuid, 64)}" if call.conference_uuid else ""
    parent = f"parent call {plain(call.parent_call_uuid, 64)}" if call.parent_call_uuid else ""
    return joined([conference, parent])
