"""Payment cards and Aadhaar numbers among the numbers of a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from vobiz_mcp.privacy.detect.checksums import is_aadhaar, is_card, looks_like_card
from vobiz_mcp.privacy.language.vocabulary import HARMLESS, Kind, Label
from vobiz_mcp.privacy.reading.numbers import Run
from vobiz_mcp.privacy.reading.text import Secret

SHORTEST: Final = 12
_PRINTED: Final = frozenset([(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 1), (4, 4, 4)])
"""The groups that such numbers are printed and read in."""
_LONGEST: Final = 48
"""Digits of a number said twice with what belongs to it; beyond that it is a list of numbers."""
_LENGTHS: Final = {16: 0, 15: 1, 12: 2, 14: 3, 19: 4, 13: 5}
"""How many digits to look for, likely ones first."""
_SHORT_CARD: Final = 14
"""Digits of cards so rare that a number which has another name is none."""


def long_numbers(run: Run, label: Label | None) -> Iterator[Secret]:
    """The cards and Aadhaar numbers in a run that its sentence, or the talk before it, calls `label`."""
    total = len(run.digits)
    if label == "id" or total < SHORTEST - 1:
        return
    first = 0
    while first < len(run.groups):
        is_start = total <= _LONGEST and (first in run.breaks or label in ("card", "aadhaar"))
        ends = _ends(run, first) if is_start else [first + 1] if len(run.groups[first].digits) >= SHORTEST else []
        last, kind = next(((last, kind) for last in ends if (kind := _kind(run, first, last, label))), (0, None))
        if not kind and not first and (kind := _misheard(run, label)):
            last = len(run.groups)
        if kind:
            part = run.part(first, last)
            yield Secret(part.start, part.end, kind, part.digits)
        first = last or first + 1


def _misheard(run: Run, label: Label | None) -> Kind | None:
    """What a whole run is called that is no such number, only because a digit of it is wrong."""
    if label == "card" and looks_like_card(run.digits):
        return "card"
    return "aadhaar" if label == "aadhaar" and len(run.digits) in (11, 12, 13, 16) else None


def _ends(run: Run, first: int) -> list[int]:
    """Where a number that begins with this group may end: with the run, or after a likely count of digits."""
    lengths = accumulate(len(group.digits) for group in run.groups[first:])
    ends = [(length, last) for last, length in enumerate(lengths, first + 1) if length <= max(_LENGTHS)]
    return [last for _, last in sorted(ends, key=lambda end: (end[1] != len(run.groups), _LENGTHS.get(end[0], 9)))]


def _kind(run: Run, first: int, last: int, label: Label | None) -> Kind | None:
    """Which secret these groups are together, if any."""
    part, is_whole = run.part(first, last), (first, last) == (0, len(run.groups))
    digits, is_plain = part.digits, _is_plain(part)
    if label == "aadhaar" and is_aadhaar(digits):
        return "aadhaar"
    is_told = (is_plain or is_whole or label == "card") and (label not in HARMLESS or len(digits) > _SHORT_CARD)
    if is_told and is_card(digits, spoken_of=label == "card"):
        return "card"
    is_identity = tuple(len(group.digits) for group in part.groups) == (4, 4, 4) and label not in HARMLESS
    return "aadhaar" if is_identity and is_aadhaar(digits) else None


def _is_plain(part: Run) -> bool:
    """Whether the groups are those of a long number: as printed, all in one, or digit by digit."""
    sizes = tuple(len(group.digits) for group in part.groups)
    return len(sizes) == 1 or sizes in _PRINTED or all(g.is_spoken or len(g.digits) == 1 for g in part.groups)
