"""What a strict policy hides as well: telephone numbers, mail addresses and the names that a call's metadata gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from vobiz_mcp.privacy.language.numerals import listed
from vobiz_mcp.privacy.language.vocabulary import HARMLESS
from vobiz_mcp.privacy.language.words import words
from vobiz_mcp.privacy.reading.number_labels import Bond
from vobiz_mcp.privacy.reading.number_shapes import is_counted, is_phone
from vobiz_mcp.privacy.reading.numbers import Run
from vobiz_mcp.privacy.reading.text import Reading, Secret

_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}")
_SPOKEN_MAIL: Final = re.compile(
    r"(?<![\w.])[\w.]{1,40}(?:\s(?:dot|underscore|dash|hyphen)\s\w{1,40}){0,4}\s(?:at|at the rate)\s\w{1,40}"
    r"(?:\sdot\s|\.)(?:com|org|net|in|co(?:\sdot\s|\.)(?:in|uk)|io|edu)\b",
    re.IGNORECASE,
)
_PERSONS: Final = listed("""
    customer caller contact first last full user client patient guest lead borrower member person given family
    middle sur display callee recipient
    """)
"""What stands before `name` in the names of fields that hold a person's."""
_SHORTEST: Final = 3
"""Letters of a part of a name that is hidden alone."""
_NATIONAL: Final = (10, 13)
"""Digits of a number that is dialled, where nothing says what it is."""
_LABELLED: Final = 7


def is_persons_name(field: str) -> bool:
    """Whether a field of this name holds the name of a person."""
    parts = [word.text for word in words(field)]
    return parts[-1:] == ["name"] and (len(parts) == 1 or parts[-2] in _PERSONS)


class Names:
    """The names of the people on one call, and how to find them."""

    def __init__(self, full: list[str]) -> None:
        self._whole = {part: name.lower() for name in full for part in (name.lower(), *_parts(name))}
        longer_first = sorted(map(re.escape, self._whole), reverse=True)
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(longer_first)})(?!\w)", re.IGNORECASE) if full else None

    def found(self, text: str) -> Iterator[Secret]:
        """Where one of them or a part of it stands."""
        for match in self._any.finditer(text) if self._any else ():
            yield Secret(match.start(), match.end(), "name", self._whole.get(match[0].lower(), match[0].lower()))


def _parts(name: str) -> list[str]:
    return [part for part in name.lower().split() if len(part) >= _SHORTEST]


def names_in(tree: object) -> Iterator[str]:
    """The names of people that a call's metadata gives."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            if isinstance(value, str) and len(value.strip()) >= _SHORTEST and is_persons_name(str(key)):
                yield value.strip()
            yield from names_in(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from names_in(item)


def contacts(text: str, reading: Reading) -> Iterator[Secret]:
    """The telephone numbers and mail addresses in a text."""
    if "@" in text:
        yield from (Secret(*match.span(), "email", match[0].lower()) for match in _MAIL.finditer(text))
    if " at " in text:
        yield from (Secret(*match.span(), "email", match[0].lower()) for match in _SPOKEN_MAIL.finditer(text))
    if not ("+" in text or reading.may_have_number(_LABELLED)):
        return
    for run, bond in zip(reading.runs, reading.bonds, strict=True):
        if _is_dialled(reading, run, bond):
            start = run.start - (text[run.start - 1 : run.start] == "+")
            yield Secret(start, run.end, "phone", run.digits)


def _is_dialled(reading: Reading, run: Run, bond: Bond | None) -> bool:
    digits = len(run.digits)
    if bond and bond.label == "phone" and digits >= _LABELLED:
        return True
    if bond and bond.is_close and bond.label in HARMLESS:
        return False
    if is_phone(reading.text, run):
        return True
    return _NATIONAL[0] <= digits <= _NATIONAL[1] and not is_counted(reading.text, reading.words, run)
