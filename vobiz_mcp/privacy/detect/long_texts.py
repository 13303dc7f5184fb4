"""Secrets in texts that nobody said: long answers of tools, read by patterns alone, in time linear in their length.

A secret has its label right before it here, as in JSON, or its own check digit; digits in words are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vobiz_mcp.privacy.detect.checksums import is_aadhaar, is_card
from vobiz_mcp.privacy.language.vocabulary import LABELS, Kind
from vobiz_mcp.privacy.reading.text import Secret

LONG: Final = 4_000
"""Characters of the longest text that is taken for something said: five minutes without a pause."""
_NUMBER: Final = re.compile(r"(?<![\w.+-])\d(?:[ -]?\d){11,18}(?![\w]|[-.]\d)")
_PAN: Final = re.compile(r"(?<![A-Za-z\d])[A-Z]{3}[PCHFATBLJG][A-Z]\d{4}[A-Z](?![A-Za-z\d])")
_LABELLED: Final = re.compile(
    r"""(?<![a-z\d])(?:
      (?P<code>otp|one[ _-]?time[ _-]?(?:password|code|pin)|pass[ _-]?code|ओटीपी
         |(?:otp|sms|login|access|verification|auth|authentication|security)[ _-]?code)
    | (?P<pin>(?:[mt]|upi[ _-]?|atm[ _-]?)?pin(?![ _-]?code)|पिन(?!\s?कोड))
    | (?P<cvv>cv[vc]2?|सीवीवी)
    | (?P<aadhaar>aadhaa?r|आधार)
    )(?:[ _-]?(?:number|no|value|card|नंबर))?
    (?:[\s"'\\:=]|is\b|hai\b|है){1,12}
    (?P<value>\d{12}|\d{4}[ -]\d{4}[ -]\d{4}|\d{3,8})(?![\w]|[-.]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_FIELD: Final = re.compile(r"[,;{}.]")
_WORDS: Final = re.compile(r"[^\W\d_]+")
_BEFORE: Final = 40
"""Characters before a long number that may say that it is an order's or a parcel's."""


def bulk_secrets(text: str) -> Iterator[Secret]:
    """The secrets of a long text."""
    for found in _NUMBER.finditer(text):
        digits = found[0].replace(" ", "").replace("-", "")
        kind: Kind | None = "card" if is_card(digits) else "aadhaar" if is_aadhaar(digits) else None
        if kind and not _is_elsewhere(text, found.start()):
            yield Secret(*found.span(), kind, digits)
    for found in _PAN.finditer(text):
        yield Secret(*found.span(), "pan", found[0])
    for found in _LABELLED.finditer(text):
        kind, digits = _kind(found), re.sub(r"[ -]", "", found["value"])
        if len(digits) == 12 or kind != "aadhaar":
            yield Secret(*found.span("value"), kind, digits)


def _kind(found: re.Match[str]) -> Kind:
    return "code" if found["code"] else "pin" if found["pin"] else "cvv" if found["cvv"] else "aadhaar"


def _is_elsewhere(text: str, start: int) -> bool:
    before = _FIELD.split(text[max(0, start - _BEFORE) : start].lower())[-1]
    return any(LABELS.get(word) == "other" for word in _WORDS.findall(before)[-3:])
