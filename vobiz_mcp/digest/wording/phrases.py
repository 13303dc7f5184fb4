"""The words that all digests share: durations, parties, places in a call."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.moment import SentTime
from vobiz_mcp.records.record import Record


def duration(seconds: float) -> str:
    """`41 s`, `3 min 0 s`, `1 h 4 min 5 s`; fractions only below ten seconds."""
    if seconds < 0:
        return f"-{duration(-seconds)}"
    if 0 < seconds < 10 and seconds != int(seconds):
        return f"{seconds:.1f} s"
    whole = int(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} days"
    if hours and not (minutes or rest):
        return f"{hours} h"
    if hours:
        return f"{hours} h {minutes} min {rest} s"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def exact_seconds(value: float) -> str:
    """`11.2 s`: something measured, to a tenth of a second."""
    return f"{value:.1f} s"


def milliseconds(value: float) -> str:
    """`836 ms`; a decimal only below ten."""
    return f"{value:.0f} ms" if abs(value) >= 10 else f"{value:.3g} ms"


def place(seconds: float) -> str:
    """A moment in a call as a player shows it: `1:32`, `1:02:05`."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def exact_place(seconds: float) -> str:
    """A moment in a call to the tenth of a second: `1:32.4`."""
    tenths = int(max(0.0, seconds) * 10 + 1e-6)
    return f"{place(tenths // 10)}.{tenths % 10}"


def times(*named: tuple[str, SentTime | None]) -> str:
    """Times to the second, date and zone said once while they stay the same.

    `started 2026-03-25 10:00:00, ended 10:00:42 UTC`; `(zone not stated)` where the source states none.
    """
    known = [(word, time) for word, time in named if time]
    shown: list[str] = []
    day = ""
    for index, (word, time) in enumerate(known):
        zone = _zone(time)
        later = [_zone(after) for _, after in known[index + 1 : index + 2]]
        date, clock = (f"{time.at:%Y-%m-%d}", f"{time.at:%H:%M:%S}") if time.at else ("", plain(time.sent, 40))
        shown.append(joined([word, "" if date == day else date, clock, "" if later == [zone] else zone], " "))
        day = date
    return ", ".join(shown)


def _zone(time: SentTime) -> str:
    return time.zone or ("(zone not stated)" if time.at else "")


def parties(direction: str | None, caller: str | None, called: str | None) -> str:
    """`outbound from +1… to +1…`, as far as it is known."""
    words = [
        plain(direction or "", 20),
        *(f"{word} {plain(who, 40)}" for word, who in (("from", caller), ("to", called)) if who),
    ]
    return " ".join(word for word in words if word)


def arrow(caller: str | None, called: str | None) -> str:
    """`+1…→+1…`, with a question mark for the one that is not known."""
    return "→".join(plain(who or "?", 40) for who in (caller, called)) if caller or called else ""


def joined(parts: Iterable[str | None], separator: str = " · ") -> str:
    """The parts that say something."""
    return separator.join(part for part in parts if part)


def lines(*parts: str | None) -> str:
    """One line for each part that says something."""
    return joined(parts, "\n")


def reading_notes(record: Record, read: int | None = None) -> str:
    """What is odd about the API's answer itself: another thing than was asked for, items and fields left out."""
    return lines(record.mismatch and f"check: {plain(record.mismatch, 320)}", left_out(record, read))


def left_out(record: Record, read: int | None = None) -> str:
    """What of an answer could not be read: how many items of a list, and which fields; "" when all were readable.

    Args:
        read: how many items were readable, where the record does not hold them all any more.
    """
    return lines(_items_left_out(record, read), _fields_left_out(record))


_ITEM = re.compile(r"(\w+)\[\d+\]")
"""The place of a whole item of a list."""


def _items_left_out(record: Record, read: int | None) -> str:
    """`2 of 20 calls could not be read and are left out`."""
    lost = Counter(item[1] for path in record.warnings if (item := _ITEM.fullmatch(path)))
    return lines(
        *(
            f"{count} of {count + (len(getattr(record, name, ())) if read is None else read)} {name} could not be read "
            f"and {'is' if count == 1 else 'are'} left out"
            for name, count in lost.items()
        )
    )


def _fields_left_out(record: Record) -> str:
    """The fields that had a type nobody can use, by name."""
    fields = [path for path in record.warnings if not _ITEM.fullmatch(path)]
    if not fields:
        return ""
    shown = ", ".join(plain(path, 60) for path in fields[:5])
    more = f" and {len(fields) - 5} more" if len(fields) > 5 else ""
    return f"fields that could not be read and are left out: {shown}{more}"
