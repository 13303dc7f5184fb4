"""What a number is by the way it is written: an amount, a count, a date, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.numerals import listed
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
_OF_NUMBERS: Final = listed("number no mobile phone card account नंबर मोबाइल फोन कार्ड खाते")
_LONGEST_TAIL: Final = 6
_PHONES: Final = frozenset([(3, 3, 4), (1, 3, 3, 4), (4, 3, 4), (4, 3, 3), (4, 2, 4), (1, 4, 3, 4), (3, 4, 4), (4, 7)])
"""Groups that telephone numbers are written in, here and in North America."""
_TAIL_AFTER: Final = listed("wale wala wali वाले वाला वाली")
_ENDS_AFTER: Final = listed("khatam khatm khtm khatma ant samapt end ending खत्म अंत समाप्त")
"""`4410 wale number`, `4410 पर खत्म`: the end of a longer number, told after it."""
_OF: Final = listed("ka का of")
_NUMBER: Final = listed("number नंबर nambar")
_FOLLOWS: Final = _TAIL_AFTER | said.POSTPOSITIONS
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_INDIAN: Final = re.compile(r"(?:0|91)?[6-9]\d{9}")
_AFTER: Final = re.compile(r"[%°]|\s?:\s?\d")
_BEFORE: Final = 12
"""Characters before a number that may say that it is money."""


def is_counted(text: str, found: Sequence[Word], run: Run) -> bool:
    """Whether it is an amount of money, a count of something, a date, a time or a decimal."""
    is_money = _MONEY.search(text, max(0, run.start - _BEFORE), run.start) is not None
    is_written_so = _WRITTEN.fullmatch(text, run.start, run.end) or _AFTER.match(text, run.end)
    return is_money or is_written_so is not None or has_plus(text, run) or has_unit(text, found, run)


def has_unit(text: str, found: Sequence[Word], run: Run) -> bool:
    """Whether the word right after it makes it a count: `minutes`, `rupees`, `बार`."""
    after = found[run.last + 1] if run.last + 1 < len(found) else None
    if after is None or text[run.end : after.start].strip(" -"):
        return False
    return after.text in said.UNITS or (after.text in _NUMBER and _is_ordinal(found, run))


def _is_ordinal(found: Sequence[Word], run: Run) -> bool:
    """Whether it counts along a street or a row: `14 number gali`."""
    beyond = [word.text for word in found[run.last + 2 : run.last + 4]]
    return bool(beyond) and said.COPULAS.isdisjoint(beyond)


def is_postal(found: Sequence[Word], run: Run) -> bool:
    """Whether six digits are a town's PIN and nobody's own: `Kochi ka pin 682001`."""
    near = [word.text for word in found[max(0, run.first - 6) : run.first]]
    place = next((place for place, text in enumerate(near) if said.LABELS.get(text) == "pin"), 0)
    is_of = place >= 2 and near[place - 1] in _OF
    return is_of and len(run.digits) == 6 and near[place - 2] not in said.PIN_IS_SECRET | said.LABELS.keys()


def is_tail(found: Sequence[Word], run: Run) -> bool:
    """Whether it is said to be the end of a longer number: `ending in 4242`, `4242 par khatam`."""
    if len(run.digits) > _LONGEST_TAIL:
        return False
    after = [word.text for word in found[run.last + 1 : run.last + 4]]
    if after and after[0] in _FOLLOWS:
        is_number = after[0] in _TAIL_AFTER and not _OF_NUMBERS.isdisjoint(after[1:])
        if is_number or not _ENDS_AFTER.isdisjoint(after[1:]):
            return True
    return any(word.text in said.TAILS for word in found[max(0, run.first - 7) : run.last])


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
