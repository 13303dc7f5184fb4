"""Secrets of a record where nothing but another place in it tells that they are some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from vobiz_mcp.privacy.language.vocabulary import HARMLESS
from vobiz_mcp.privacy.language.words import FEWEST
from vobiz_mcp.privacy.reading.number_labels import Bond
from vobiz_mcp.privacy.reading.number_shapes import is_counted, is_year
from vobiz_mcp.privacy.reading.numbers import Run
from vobiz_mcp.privacy.reading.spelling import spelled
from vobiz_mcp.privacy.reading.text import STOPS, Reading, Secret

_SURE: Final = 5
"""Digits from which on a number is the same secret wherever it stands; fewer are a year, a price or a room as well."""
_LONGEST: Final = 19
_FIGURES: Final = re.compile(r"(?<![\d.])\d{5,19}(?![\d]|\.\d)")
_WRITTEN: Final = re.compile(r"[^\s\"'<>{}()\[\],:=]{4,32}")


def known_secrets(text: str, reading: Reading, marks: Mapping[str, str], *, has_letters: bool) -> Iterator[Secret]:
    """The secrets in a text that have a mark already; `has_letters` when any of these is more than digits.

    A number of three or four digits counts only where it stands alone: not in a longer number, a date or an amount, and
    where nothing beside it calls it something else.
    """
    for found in _FIGURES.finditer(text):
        if found[0] in marks:
            yield Secret(*found.span(), "code", found[0])
    for index, run in enumerate(reading.runs):
        if len(run.digits) >= _SURE:
            yield from _within(run, marks)
        elif (
            len(run.digits) >= FEWEST
            and run.digits in marks
            and _stands_alone(text, reading, run, reading.bonds[index])
        ):
            yield Secret(run.start, run.end, "code", run.digits)
    if has_letters:
        yield from _with_letters(text, reading, marks)


def _stands_alone(text: str, reading: Reading, run: Run, bond: Bond | None) -> bool:
    is_named = bond is not None and bond.is_close and bond.label in HARMLESS
    return not (is_named or is_counted(text, reading.words, run) or is_year(reading.words, run))


def _within(run: Run, marks: Mapping[str, str]) -> Iterator[Secret]:
    """The known numbers among the groups of a run."""
    for first in range(len(run.groups)):
        digits = ""
        for group in run.groups[first:]:
            digits += group.digits
            if len(digits) > _LONGEST:
                break
            if len(digits) >= _SURE and digits in marks:
                yield Secret(run.groups[first].start, group.end, "code", digits)


def _with_letters(text: str, reading: Reading, marks: Mapping[str, str]) -> Iterator[Secret]:
    for found in _WRITTEN.finditer(text):
        written = found[0].rstrip(STOPS)
        if written.upper() in marks and not written.isdigit():
            yield Secret(found.start(), found.start() + len(written), "code", written.upper())
    for pieces in spelled(reading):
        chars = "".join(piece.chars for piece in pieces)
        if chars in marks and not chars.isdigit():
            yield Secret(pieces[0].start, pieces[-1].end, "code", chars)
