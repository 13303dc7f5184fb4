"""Sums of money: as numbers to reckon with, and in words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from vobiz_mcp.digest.wording.safe_text import plain

_MOST_DIGITS: Final = 15
"""Before the point: a sum beyond this is none, and would take a page to write out."""
_LONGEST: Final = 20


def amount(sent: str | None) -> Decimal | None:
    """A sum as a number; None where none was sent, it is no number, or no sum that anybody pays."""
    try:
        found = Decimal(sent) if sent else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and abs(found.adjusted()) < _MOST_DIGITS else None


def money(value: Decimal | str | None) -> str:
    """A sum in words: as it was sent, or, where it was reckoned here, to a millionth and without idle zeros."""
    if not isinstance(value, Decimal):
        return plain(value or "", _LONGEST)
    return f"{value:.6f}".rstrip("0").rstrip(".") if value.adjusted() < _MOST_DIGITS else f"{value:.3g}"


def is_some(sent: str | None) -> bool:
    """Whether a sum was sent that is not zero."""
    return bool((sent or "").strip("0."))
