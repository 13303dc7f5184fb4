"""What a number is by the way it is written: an amount, a count, a date, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.words import Word
from vobiz_mcp.privacy.reading.numbers import Run

_MONEY: Final = re.compile(r"(?:[$₹€£]|\b(?:rs|inr|usd|rupees?|रु|रुपये))\.?\s{0,3}\Z", re.IGNORECASE)
_WRITTEN: Final = re.compile(
    r"""
    \d{4}[-/.]\d{1,2}[-/.]\d{1,2} | \d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d) | [01]?\d/\d\d  # dates
  | \d{1,3}(?:,\d{2,3})+(?:\.\d+)? | \d+\.\d{1,2}                         # amounts
    """,
    re.VERBOSE,
)
_LONGEST_TAIL: Final = 6
_PHONES: Final = frozenset([(3, 3, 4), (1, 3, 3, 4), (4, 3, 4), (4, 3, 3), (4, 2, 4), (1, 4, 3, 4), (3, 4, 4), (4, 7)])
"""Groups that telephone numbers are written in, here and in North America."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_INDIAN: Final = re.compile(r"(?:0|91)?[6-9]\d{9}")
_AFTER: Final = re.compile(r"[%°]|\s?:\s?\d")
_OF_TIME: Final = re.compile(r"(?<=\d:)\d\d")
_BEFORE: Final = 12
"""Characters before a number that may say that it is money."""


def is_counted(text: str, found: Sequence[Word], run: Run) -> bool:
    """Whether it is an amount of money, a count of something, a date, a time or a decimal."""
    is_money = _MONEY.search(text, max(0, run.start - _BEFORE), run.start) is not None
    is_written_so = (
        _WRITTEN.fullmatch(text, run.start, run.end)
        or _OF_TIME.fullmatch(text, run.start, run.end)
        or _AFTER.match(text, run.end)
    )
    return is_money or is_written_so is not None or has_plus(text, run) or has_unit(text, found, run)


def has_unit(text: str, found: Sequence[Word], run: Run) -> bool:
    """Whether the word right after it makes it a count: `minutes`, `rupees`, `बार`."""
    after = found[run.last + 1] if run.last + 1 < len(found) else None
    if after is None or text[run.end : after.start].strip(" -"):
        return False
    return after.text in said.UNITS


def is_tail(found: Sequence[Word], run: Run) -> bool:
    """Whether it is said to be the end of a longer number: `ending in 4242`, but not `the last OTP, 448812`."""
    near = range(max(0, run.first - 7), run.last)
    tails = (place for place in near if found[place].text in said.TAILS)
    is_of_number = (said.LABELS.get(found[place + 1].text) not in said.CODES for place in tails)
    return len(run.digits) <= _LONGEST_TAIL and any(is_of_number)


def is_year(found: Sequence[Word], run: Run) -> bool:
    """Whether it is a year that something happened in."""
    return _YEAR.fullmatch(run.digits) is not None and run.first > 0 and found[run.first - 1].text in said.BREAKS


def is_phone(text: str, run: Run) -> bool:
    """Whether it looks like a telephone number: by a plus, its groups or ten Indian digits, alone or after 0 or 91."""
    is_grouped = len(run.digits) in (10, 11) and tuple(len(group.digits) for group in run.groups) in _PHONES
    return has_plus(text, run) or is_grouped or _INDIAN.fullmatch(run.digits) is not None


def has_plus(text: str, run: Run) -> bool:
    """Whether a plus stands before it, as before the code of a country."""
    return text[max(0, run.start - 2) : run.start].rstrip(" (").endswith("+")
