"""What tells a number that somebody can be robbed with from any other: issuers, lengths and check digits."""

from __future__ import annotations

import re
from typing import Final

_ISSUERS: Final = re.compile(
    r"""
    4(?:\d{15}|\d{18})                                              # Visa
  | (?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}   # Mastercard
  | 3[47]\d{13}                                                     # American Express
  | (?:30[0-5]|36\d|38\d|39\d)\d{11}                                # Diners
  | (?:60|65|64[4-9]|62|81|82|508|353|356|352[89]|35[4-8])\d+         # Discover, RuPay, UnionPay, JCB: 16 to 19
  | (?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}              # Maestro
    """,
    re.VERBOSE,
)
_SHORT_VISA: Final = re.compile(r"4\d{12}")
"""Thirteen digits were a card once and are a barcode today: taken for a card only where one is spoken of."""

_DOUBLED: Final = str.maketrans("0123456789", "0246813579")
"""The sum of the digits of twice a digit."""
_VERHOEFF: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
"""Multiplication in the dihedral group of ten elements."""
_SWAPS: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
    (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0),
    (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5),
    (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)
"""What each place does to its digit before it is multiplied in."""
_PAN: Final = re.compile(r"[A-Z]{3}[PCHFATBLJG][A-Z]\d{4}[A-Z]")


def is_card(digits: str, *, spoken_of: bool = False) -> bool:
    """Whether a payment card has this number; `spoken_of` when the talk is of cards anyway."""
    issued = _is_issued(digits) or (spoken_of and _SHORT_VISA.fullmatch(digits) is not None)
    return issued and luhn(digits)


def looks_like_card(digits: str) -> bool:
    """Whether it would be one but for its check digit, as a number is that was misheard or mistyped."""
    return len(digits) in (15, 16) and digits[0] in "3456"


def _is_issued(digits: str) -> bool:
    if len(digits) > 19 or not _ISSUERS.fullmatch(digits):
        return False
    return digits[0] in "25" or digits[:2] in ("30", "34", "36", "37", "38", "39", "67") or len(digits) >= 16


def luhn(digits: str) -> bool:
    """Whether the last digit is Luhn's check digit of the others."""
    return sum(map(int, digits[-2::-2].translate(_DOUBLED) + digits[-1::-2])) % 10 == 0


def is_aadhaar(digits: str) -> bool:
    """Whether it is an Aadhaar number: twelve digits, none of them leading that is never issued, Verhoeff's check."""
    return len(digits) == 12 and digits[0] not in "01" and verhoeff(digits)


def verhoeff(digits: str) -> bool:
    """Whether the last digit is Verhoeff's check digit of the others."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _VERHOEFF[check][_SWAPS[place % 8][int(digit)]]
    return check == 0


def is_pan(text: str) -> bool:
    """Whether it is an Indian tax number, whose fourth letter says what kind of person pays."""
    return _PAN.fullmatch(text) is not None
