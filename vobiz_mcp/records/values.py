"""Small field types that the records share."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import Annotated

from pydantic import BeforeValidator


def _as_sent(value: object) -> object:
    """Numbers become their shortest text without an exponent: `0.45` and `"0.00300"` both keep their digits."""
    if isinstance(value, bool) or (isinstance(value, float) and not isfinite(value)):
        raise ValueError("not an amount")
    return f"{Decimal(repr(value)):f}" if isinstance(value, int | float) else value


Amount = Annotated[str, BeforeValidator(_as_sent)]
"""Money or a rate as sent, in the unit that the source names; where it names none, none is known."""
