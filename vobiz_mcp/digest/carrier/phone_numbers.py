"""Phone numbers as people and APIs write them: with and without `+`, the country's code, brackets, dots and spaces."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LEAST_DIGITS: Final = 7
"""Fewer are an extension or a short code, which many calls share the end of."""
_SAME_ENDING: Final = 9
"""Digits at the end in which two spellings of one number agree, with and without its country code."""
_BEFORE_CODE: Final = re.compile(r"00|011(?=\d{8})|0")
"""What is dialled before a country's code or, in a country, before an area's; 011 in North America."""
_WRITTEN: Final = re.compile(r"(?:tel:)?\+?[\d\s().\-‐-―/]*\d[\d\s().\-‐-―/]*")
_ADDRESS: Final = re.compile(r"(?:sips?:)?[^\s@]+@[^\s@]+|sips?:[^\s@]+", re.IGNORECASE)


def digits(number: str | None) -> str:
    """A phone number's digits, in 0 to 9 whatever script they are written in."""
    return "".join(str(unicodedata.decimal(char)) for char in number or "" if char.isdecimal())


def asked_number(written: str) -> str | None:
    """A number as the API takes it in a filter: digits with the country's code, but no `+`, `00`, `0` or brackets.

    `+1 (212) 555-0177`, `0044 20 7946 0018`, `020 7946 0018` and a part such as `5550177` are read alike; a SIP address
    stays as it is. None for what is no number.
    """
    text = written.strip().rstrip("….").strip()
    if _ADDRESS.fullmatch(text):
        return text
    if not _WRITTEN.fullmatch(text):
        return None
    is_international = text.startswith(("+", "tel:+", "00"))
    number = digits(text.replace("(0)", "") if is_international else text)
    before = _BEFORE_CODE.match(number) if len(number) >= _LEAST_DIGITS and "+" not in text else None
    return number[before.end() :] if before else number


def comparable(one: str | None, other: str | None) -> bool:
    """Whether both are phone numbers in full; a SIP address or an extension is none."""
    return min(len(digits(one)), len(digits(other))) >= _LEAST_DIGITS


def same_number(one: str | None, other: str | None) -> bool:
    """Whether two comparable numbers may be the same, one of them perhaps without the country's code."""
    shorter, longer = sorted((digits(one).lstrip("0"), digits(other).lstrip("0")), key=len)
    return longer.endswith(shorter)


def may_match(sent: str | None, asked: str) -> bool:
    """Whether a number that the API sent has in it the one, or the part of one, that was asked for.

    Args:
        asked: as `asked_number` gives it. What the API did not send cannot be judged and may match.
    """
    have, part = digits(sent), digits(asked)
    if not sent:
        return True
    if not have or not asked.isdecimal():
        return asked.lower() in sent.lower()
    return part in have or (len(have) >= _SAME_ENDING and part.endswith(have[-_SAME_ENDING:]))
