"""How a call ended, from its record (CDR)."""

from __future__ import annotations

from vobiz_mcp.digest.text import plain
from vobiz_mcp.digest.wording import duration, joined, lines, parties, times
from vobiz_mcp.records.call_record import CallRecord

CAUSES = {
    "NORMAL_CLEARING": "a normal hang-up",
    "USER_BUSY": "the line was busy",
    "NO_ANSWER": "nobody answered",
    "ORIGINATOR_CANCEL": "the caller gave up while it rang",
    "CALL_REJECTED": "the called side declined it",
    "REJECTED": "the called side declined it",
    "INVALID_NUMBER": "the number is not valid",
    "UNALLOCATED_NUMBER": "nobody has that number",
    "SERVICE_UNAVAILABLE": "the carrier could not serve it",
    "SERVER_ERROR": "the platform failed",
    "MEDIA_TIMEOUT": "no audio arrived for too long",
    "PROTOCOL_ERROR": "the signalling failed",
    "NETWORK_OUT_OF_ORDER": "the carrier's network failed",
    "DESTINATION_OUT_OF_ORDER": "the called side's line is out of order",
    "NORMAL_TEMPORARY_FAILURE": "the network failed for a moment",
    "SWITCH_CONGESTION": "the carrier was congested",
}
"""Published hangup causes in plain words (`hangup_cause` of the CDR)."""


def ending(record: CallRecord) -> str:
    """Why it ended and who hung up: `a normal hang-up (NORMAL_CLEARING 4000), hung up by Caller`."""
    cause = plain(record.hangup_cause or record.status or "", 40)
    name = plain(record.hangup_cause_name or "", 60)
    meaning = CAUSES.get(cause.upper(), name or "cause not stated")
    code = joined([cause, str(record.hangup_cause_code or "")], " ")
    source = plain(record.hangup_source or "", 40)
    return f"{meaning}{f' ({code})' if code else ''}{f', hung up by {source}' if source else ''}"


def details(record: CallRecord) -> str:
    """Parties, times, durations with their meaning, cost and quality: a line each."""
    return lines(
        parties(record.direction, record.caller, record.destination),
        times(("started", record.start_time), ("answered", record.answer_time), ("ended", record.end_time)),
        joined([_durations(record), _cost(record), _quality(record)]),
    )


def _durations(record: CallRecord) -> str:
    whole = None if record.duration is None else f"duration {duration(record.duration)} with ringing"
    talk = None if record.billsec is None else f"billed {duration(record.billsec)} from answer"
    return joined([whole, talk], ", ")


def _cost(record: CallRecord) -> str:
    total = record.total_cost or record.cost
    if total is None:
        return "cost not stated"
    streaming = plain(record.streaming_cost or "", 20)
    streaming = f" (streaming {streaming})" if streaming.strip("0.") else ""
    return f"cost {plain(total, 20)} {plain(record.currency or '(currency not stated)', 24)}{streaming}"


def _quality(record: CallRecord) -> str:
    if record.mos is None:
        return ""
    return f"MOS {record.mos:g} of 5" if record.mos > 0 else "no media flowed (mos 0)"
