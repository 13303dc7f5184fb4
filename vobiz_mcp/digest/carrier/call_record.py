"""A finished call in words, from its record (CDR): durations, cost, quality, and where it went."""

from __future__ import annotations

import math

from vobiz_mcp.digest.wording.money import amount, is_some, money
from vobiz_mcp.digest.wording.phrases import duration, joined, lines, parties, times
from vobiz_mcp.digest.wording.safe_text import plain, quoted
from vobiz_mcp.records.call_record import CallRecord

PULSE_S = 60
"""Vobiz bills in pulses of a minute."""

_MOS_BANDS = ((4.0, "good"), (3.6, "fair"), (3.1, "poor"), (0.0, "bad"))
"""From which score on listeners are satisfied, some are not, many are not: after ITU-T G.107, annex B."""

_NO_MEDIA = "no media flowed (mos 0)"


def in_short(record: CallRecord) -> str:
    """Parties, times, durations with their meaning, cost and quality: a line each."""
    return lines(
        parties(record.direction, record.caller, record.destination),
        when(record),
        joined([_durations_in_short(record), _cost_in_short(record), _quality_in_short(record)]),
    )


def when(record: CallRecord) -> str:
    """The times that mark the call, zone and date once."""
    return times(("started", record.start_time), ("answered", record.answer_time), ("ended", record.end_time))


def _durations_in_short(record: CallRecord) -> str:
    whole = None if record.duration is None else f"duration {duration(record.duration)} with ringing"
    talk = None if record.billsec is None else f"billed {duration(record.billsec)} from answer"
    return joined([whole, talk], ", ")


def _cost_in_short(record: CallRecord) -> str:
    total = record.total_cost or record.cost
    if total is None:
        return "cost not stated"
    streaming = f" (streaming {money(record.streaming_cost)})" if is_some(record.streaming_cost) else ""
    return f"cost {money(total)} {currency(record)}{streaming}"


def _quality_in_short(record: CallRecord) -> str:
    if record.mos is None:
        return ""
    return f"MOS {record.mos:g} of 5" if record.mos > 0 else _NO_MEDIA


def durations(record: CallRecord) -> str:
    """Whole, ringing and talk, each with what it counts from, and the pulses that are billed for it."""
    rang = None if record.ring_time is None else f"rang {duration(record.ring_time)}"
    whole = None if record.duration is None else f"duration {duration(record.duration)}, ringing included"
    return joined([joined([whole, rang], ": "), _talk(record)], ", ")


def _talk(record: CallRecord) -> str:
    if not record.billsec:
        return "" if record.billsec is None else "never talked (billsec 0)"
    return f"talked {duration(record.billsec)} from answer (billsec) = {_pulses(record)} of {PULSE_S} s"


def _pulses(record: CallRecord) -> str:
    count = math.ceil((record.billsec or 0) / PULSE_S)
    return f"{count} pulse{'' if count == 1 else 's'}"


def cost(record: CallRecord) -> str:
    """The total and its parts as reported, and what a pulse of talk cost where that comes out even."""
    whole = record.total_cost or record.cost
    if whole is None:
        return "cost not stated"
    reported, rate = f"cost {money(whole)} {currency(record)}", _a_pulse(record)
    if not is_some(record.streaming_cost):
        return joined([reported, rate], ": ")
    call = joined([f"call {money(record.cost or 'not stated')}", f"({rate})" if rate else ""], " ")
    return f"{reported}: {call}, streaming {money(record.streaming_cost)}"


def _a_pulse(record: CallRecord) -> str:
    price, pulses = amount(record.cost), math.ceil((record.billsec or 0) / PULSE_S)
    if not price or pulses < 2:
        return ""
    rate = price / pulses
    return f"{money(rate)} a pulse" if rate == round(rate, 4) else ""


def quality(record: CallRecord) -> str:
    """How well it could be heard; nothing of it means anything where no media flowed."""
    if record.mos is not None and record.mos <= 0:
        return _NO_MEDIA
    mos = None
    if record.mos is not None:
        mos = f"MOS {record.mos:g} of 5, {next(word for least, word in _MOS_BANDS if record.mos >= least)}"
    jitter = None if record.jitter is None else f"jitter {record.jitter:g} ms"
    loss = None if record.packet_loss is None else f"packet loss {record.packet_loss:g} %"
    return joined([mos, jitter, loss])


def carrier(record: CallRecord) -> str:
    """Codec, region, trunk and the ids that a carrier or the vendor's support asks for."""
    named = (
        ("codec", record.codec),
        ("region", record.region),
        ("origin", record.origination_region),
        ("trunk", record.trunk_id),
        ("campaign", record.campaign_id),
        ("SIP Call-ID", record.sip_call_id),
        ("bridge", None if record.bridge_uuid in {record.uuid, record.sip_call_id} else record.bridge_uuid),
    )
    return joined(f"{word} {plain(value, 128)}" for word, value in named if value)


def failure(record: CallRecord) -> str:
    """What the carrier itself said of a failure, in its words."""
    said = joined([record.failure_code, record.failure_reason], " ")
    return f"failure as the carrier tells it: {quoted(said, 200)}" if said else ""


def currency(record: CallRecord) -> str:
    """As sent, or that it is not stated."""
    return plain(record.currency or "(currency not stated)", 24)
