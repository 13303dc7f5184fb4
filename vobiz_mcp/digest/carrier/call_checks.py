"""What contradicts itself in a call's record."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from vobiz_mcp.digest.wording.money import amount, money
from vobiz_mcp.digest.wording.phrases import duration
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.glossary.hangup_causes import BY_CODE, BY_TEXT, NORMAL
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.moment import SentTime

_ROUNDED_S = 2.0
"""Durations and times are rounded to whole seconds, each by itself."""
_ROUNDED_COST = Decimal("0.015")
"""Three sums may each be rounded to a hundredth."""


def contradictions(record: CallRecord) -> tuple[str, ...]:
    """Each a sentence with its evidence."""
    return (*_of_causes(record), *_of_source(record), *_of_durations(record), *_of_times(record), *_of_cost(record))


def _of_causes(record: CallRecord) -> Iterator[str]:
    text = (record.hangup_cause or "").upper()
    if record.hangup_cause_code == NORMAL and BY_TEXT.get(text, BY_CODE[NORMAL]) != BY_CODE[NORMAL]:
        yield f"code {NORMAL} says a normal hang-up, {plain(text, 40)} says otherwise"
    if record.billsec and text in {"NO_ANSWER", "USER_BUSY", "ORIGINATOR_CANCEL"}:
        yield f"{plain(text, 40)} means that nobody answered, yet {duration(record.billsec)} of talk are billed"


def _of_source(record: CallRecord) -> Iterator[str]:
    """The far end of an inbound leg is the caller, of an outbound leg the called side; only it can have sent a BYE."""
    direction = (record.direction or "").lower()
    far = {"inbound": ("caller",), "outbound": ("callee", "call recipient")}.get(direction)
    source, disposition = (record.hangup_source or "").lower(), (record.hangup_disposition or "").lower()
    if far and source in far and disposition == "send_bye":
        yield f"hung up by {plain(record.hangup_source or '', 40)}, yet the platform sent the SIP BYE (send_bye)"
    if far and source in {"caller", "callee", "call recipient"} - {*far} and disposition == "recv_bye":
        yield f"hung up by {plain(record.hangup_source or '', 40)}, yet the SIP BYE came from the other side (recv_bye)"


def _of_durations(record: CallRecord) -> Iterator[str]:
    whole, ring, talk = record.duration, record.ring_time, record.billsec
    if whole is not None and ring is not None and talk is not None and ring + talk > whole + _ROUNDED_S:
        yield f"ringing and talk are {duration(ring + talk)} together, the duration says {duration(whole)}"
    elapsed = _between(record.start_time, record.end_time)
    if whole is not None and elapsed is not None and elapsed >= 0 and abs(whole - elapsed) > _ROUNDED_S:
        yield f"from start to end it is {duration(elapsed)}, the duration says {duration(whole)}"
    answered = _between(record.answer_time, record.end_time)
    if talk is not None and answered is not None and answered >= 0 and abs(talk - answered) > _ROUNDED_S:
        yield f"from answer to end it is {duration(answered)}, billsec says {duration(talk)}"
    if talk and record.mos == 0:
        yield f"{duration(talk)} are billed as talk, yet mos 0 says that no media flowed: list_streams shows the audio"


def _of_times(record: CallRecord) -> Iterator[str]:
    if (_between(record.start_time, record.end_time) or 0) < 0:
        yield "it ends before it starts"
    elif (_between(record.start_time, record.answer_time) or 0) < 0:
        yield "it is answered before it starts"
    if record.billsec and record.start_time and record.end_time and not record.answer_time:
        yield f"{duration(record.billsec)} are billed from answer, yet no time of answer is sent"


def _of_cost(record: CallRecord) -> Iterator[str]:
    call, streaming, total = amount(record.cost), amount(record.streaming_cost), amount(record.total_cost)
    if call is not None and streaming is not None and total is not None:
        parts = call + streaming
        if abs(parts - total) > _ROUNDED_COST:
            yield f"the parts of the cost add up to {money(parts)}, the total says {money(total)}"


def _between(earlier: SentTime | None, later: SentTime | None) -> float | None:
    """Seconds; None where a time is not known, or only one has a zone."""
    start, end = earlier and earlier.at, later and later.at
    if not start or not end or bool(start.tzinfo) != bool(end.tzinfo):
        return None
    return (end - start).total_seconds()
