"""Finished calls as a table: a line each, and above it, once, what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vobiz_mcp.digest.carrier import hangup
from vobiz_mcp.digest.carrier.call_record import currency
from vobiz_mcp.digest.wording.money import is_some, money
from vobiz_mcp.digest.wording.phrases import joined
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.glossary.hangup_causes import BY_CODE, NORMAL
from vobiz_mcp.records.call_record import CallRecord

Column = Callable[[CallRecord], str]

_DATE_PARTS = (len("2026-05-11"), len("2026-05"), len("2026"))


def table(records: Sequence[CallRecord]) -> list[str]:
    """What the calls have in common and what the columns are, then a line each with what differs.

    `07:27 +14155550100 +14155550163 rang 42 nobody answered <call_uuid>`
    """
    days = [_day(record) for record in records]
    day = next((days[0][:length] for length in _DATE_PARTS if len({each[:length] for each in days}) == 1), "")
    usual = {name: _shared(records, column) for name, column in _COLUMNS.items()}
    usual["direction"] = _most_common(records, _COLUMNS["direction"])
    legend = (
        joined([day if day in days else f"{day}-…" if day else "", usual["zone"]], " "),
        f"from {usual['caller'] or '…'} to {usual['destination'] or '…'}",
        "seconds talked" if any(record.billsec for record in records) else "",
        joined(["cost", usual["currency"]], " ") if any(map(_cost, records)) else "",
        _unless_said(records, usual["direction"]),
    )
    return [joined(legend, ", "), *(_row(record, day, usual) for record in records)]


def _shared(records: Sequence[CallRecord], column: Column) -> str:
    values = {column(record) for record in records}
    return values.pop() if len(values) == 1 else ""


def _most_common(records: Sequence[CallRecord], column: Column) -> str:
    values = [column(record) for record in records]
    return max(values, key=values.count) if all(values) else ""


def _unless_said(records: Sequence[CallRecord], direction: str) -> str:
    """How most calls went and ended: a row says so only where it was otherwise."""
    endings = [_unusual_ending(record) for record in records]
    usual = joined([direction, "" if all(endings) else "normal ending"], ", ")
    same_way = not direction or direction == _shared(records, _COLUMNS["direction"])
    differ = not same_way or (any(endings) and not all(endings))
    return f"{usual} unless said" if usual and differ else usual


def _row(record: CallRecord, day: str, usual: dict[str, str]) -> str:
    values = {name: column(record) for name, column in _COLUMNS.items()}
    own = {name: "" if value == usual[name] else value for name, value in values.items()}
    return joined(
        [
            _day(record).removeprefix(day).lstrip("-"),
            _clock(record),
            own["zone"],
            own["direction"],
            own["caller"],
            own["destination"],
            _talk(record),
            _unusual_ending(record),
            _cost(record),
            own["currency"] if _cost(record) else "",
            plain(record.uuid or "no call_uuid", 128),
        ],
        " ",
    )


def _day(record: CallRecord) -> str:
    time = record.start_time
    return f"{time.at:%Y-%m-%d}" if time and time.at else ""


def _clock(record: CallRecord) -> str:
    time = record.start_time
    return "" if time is None else f"{time.at:%H:%M}" if time.at else plain(time.sent, 40)


def _zone(record: CallRecord) -> str:
    time = record.start_time
    return "" if time is None or time.at is None else time.zone or "(zone not stated)"


def _talk(record: CallRecord) -> str:
    if record.billsec:
        return f"{record.billsec:g}"
    if record.billsec is None:
        return "" if record.duration is None else f"{record.duration:g} with ringing"
    return f"rang {record.ring_time or record.duration:g}" if record.ring_time or record.duration else "0"


def _cost(record: CallRecord) -> str:
    """What it cost in all; "" for nothing."""
    sent = record.total_cost or record.cost
    return money(sent) if is_some(sent) else ""


def _unusual_ending(record: CallRecord) -> str:
    return "" if hangup.cause_of(record) == BY_CODE[NORMAL] else hangup.meaning(record)


_COLUMNS: dict[str, Column] = {
    "zone": _zone,
    "direction": lambda record: plain(record.direction or "", 20),
    "caller": lambda record: plain(record.caller or "", 40),
    "destination": lambda record: plain(record.destination or "", 40),
    "currency": currency,
}
"""What a row leaves out where it is as usual."""
