"""The words that all digests share: durations, parties, places in a call."""

from __future__ import annotations

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


def milliseconds(value: float) -> str:
    """`836 ms`; a decimal only below ten."""
    return f"{value:.0f} ms" if abs(value) >= 10 else f"{value:.3g} ms"


def place(seconds: float) -> str:
    """A moment in a call as a player shows it: `1:32`, `1:02:05`."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


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


def left_out(record: Record) -> str:
    """The fields that had a type nobody can use, by name; "" when all were readable."""
    if not record.warnings:
        return ""
    shown = ", ".join(plain(path, 60) for path in record.warnings[:5])
    more = f" and {len(record.warnings) - 5} more" if len(record.warnings) > 5 else ""
    return f"unreadable and left out: {shown}{more}"


def other_id(asked: str, *answered: object) -> str:
    """A warning when the API's answer names another thing than was asked for; "" when it does not.

    Args:
        answered: ids as sent, which a field that no record knows may hold in any type.
    """
    named = [plain(str(name), 128) for name in answered if name and isinstance(name, str | int)]
    return "" if not named or asked in named else f"check: the API answered about {named[0]}, not {asked}"
