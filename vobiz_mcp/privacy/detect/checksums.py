"""What tells a number that somebody can be robbed with from any other: issuers, lengths and check digits."""

from __future__ import annotations

import re
from typing import Final

from stdnum import luhn
from stdnum.in_ import aadhaar, pan

_ISSUERS: Final = re.compile(
    r"""
    4(?:\d{15}|\d{18})                                                # Visa
  | (?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}  # Mastercard
  | 3[47]\d{13}                                                       # American Express
  | (?:30[0-5]|36\d|38\d|39\d)\d{11}                                  # Diners
  | (?:60|65|64[4-9]|62|81|82|508|353|356|352[89]|35[4-8])\d+         # Discover, RuPay, UnionPay, JCB: 16 to 19
  | (?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}                # Maestro
    """,
    re.VERBOSE,
)
_SHORT_VISA: Final = re.compile(r"4\d{12}")
"""Thirteen digits were a card once and are a barcode today: taken for a card only where one is spoken of."""


def is_card(digits: str, *, spoken_of: bool = False) -> bool:
    """Whether a payment card has this number; `spoken_of` when the talk is of cards anyway."""
    issued = _is_issued(digits) or (spoken_of and _SHORT_VISA.fullmatch(digits) is not None)
    return issued and luhn.checksum(digits) == 0


def looks_like_card(digits: str) -> bool:
    """Whether it would be one but for its check digit, as a number is that was misheard or mistyped."""
    return len(digits) in (15, 16) and digits[0] in "3456"


def _is_issued(digits: str) -> bool:
    if len(digits) > 19 or not _ISSUERS.fullmatch(digits):
        return False
    return digits[0] in "25" or digits[:2] in ("30", "34", "36", "37", "38", "39", "67") or len(digits) >= 16


def is_aadhaar(digits: str) -> bool:
    """Whether it is an Aadhaar number: twelve digits, a first that is issued, Verhoeff's check."""
    return len(digits) == 12 and aadhaar.is_valid(digits)


def is_pan(text: str) -> bool:
    """Whether it is an Indian tax number, whose fourth letter says what kind of person pays."""
    return len(text) == 10 and text.isupper() and pan.is_valid(text)
