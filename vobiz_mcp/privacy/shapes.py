"""What a number is by the way it is written: an amount, a count, a date, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vobiz_mcp.privacy import vocabulary as said
from vobiz_mcp.privacy.runs import Run
from vobiz_mcp.privacy.words import Word

_DATE: Final = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d))")
_AMOUNT: Final = re.compile(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+\.\d{1,2}")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CLOCK: Final = re.compile(r"\s?:\s?\d")


def is_counted(text: str, found: Sequence[Word], run: Run) -> bool:
    """Whether it is an amount of money, a count of something, a date, a time or a decimal."""
    written = text[run.start : run.end]
    before = text[max(0, run.start - 8) : run.start].rstrip().lower()
    if before.endswith(("$", "₹", "€", "£", "rs", "rs.", "inr", "usd", "रु", "रु.", "₹.")) or text[
        run.end : run.end + 1
    ] in ("%", "°"):
        return True
    if _DATE.fullmatch(written) or _GROUPED.fullmatch(written) or _AMOUNT.fullmatch(written):
        return True
    if _CLOCK.match(text, run.end) or before.endswith("+"):
        return True
    return has_unit(text, found, run)


def has_unit(text: str, found: Sequence[Word], run: Run) -> bool:
    """Whether the word right after it makes it a count: `minutes`, `rupees`, `बार`."""
    after = found[run.last + 1] if run.last + 1 < len(found) else None
    return after is not None and after.text in said.UNITS and not text[run.end : after.start].strip(" -")


def is_tail(found: Sequence[Word], run: Run) -> bool:
    """Whether it is said to be the end of a longer number: `ending in 4242`, `last four digits are 4242`."""
    return any(word.text in said.TAILS for word in found[max(0, run.first - 7) : run.first])


def is_year(found: Sequence[Word], run: Run) -> bool:
    """Whether it is a year that something happened in."""
    return _YEAR.fullmatch(run.digits) is not None and run.first > 0 and found[run.first - 1].text in said.BREAKS


def is_phone(text: str, run: Run) -> bool:
    """Whether it has the shape of a telephone number: with a plus, or ten Indian digits, alone or after 0 or 91."""
    if text[max(0, run.start - 2) : run.start].rstrip(" (").endswith("+"):
        return True
    digits = run.digits
    return len(digits) in (10, 11, 12) and re.fullmatch(r"(?:0|91)?[6-9]\d{9}", digits) is not None
