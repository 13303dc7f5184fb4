"""One-time codes and passwords with letters in them: `G-482913`, `B7K92Q`, `b seven k nine two q`, `Ravi@1234`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, islice, takewhile
from typing import Final

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.numerals import SPOKEN
from vobiz_mcp.privacy.language.vocabulary import Label
from vobiz_mcp.privacy.reading.label_words import Named
from vobiz_mcp.privacy.reading.spelling import spelled
from vobiz_mcp.privacy.reading.text import Reading, Secret

_CODE: Final = re.compile(r"[A-Z]-\d{4,8}|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{4,8}")
"""A code with letters, as they are sent in messages."""
_MAY_BE: Final = re.compile(r"[A-Za-z]-?\d|\d-?[A-Za-z]|\b[B-HJ-Zb-hj-z]\b")
_PASSWORD: Final = re.compile("(?i)pass|pwd")
_HYPHENED: Final = re.compile(r"[A-Z\d]{2,5}(?:-[A-Z\d]{2,5}){1,2}")
_SENT: Final = re.compile(r"\bG-\d{6}\b")
"""A code that needs no name: the form in which the largest sender of codes writes them."""
_TOKEN: Final = re.compile(r"[^\s\"'<>{}]{4,32}")
_PASSWORD_IS: Final = re.compile(r"(?:[^.?!]{0,40}?\b(?:is|was|hai)\b|\s*[:=,]|)\s*(?:it's\s)?")
"""What may stand between the word for a password and the password."""
_STOPS: Final = ".,!?;:)।"
_COUNT: Final = re.compile(r"\d+([a-z]+)", re.IGNORECASE)
_FEW: Final = 8
"""Words after its name among which a code with letters stands."""
_CHATTY: Final = 5
_LEADS: Final = said.JOINS | said.POSTPOSITIONS | said.SENT | said.PARTS | said.LABELS.keys()
"""Words that may stand between a name and the code: `the password for my account is …`."""
_FEW_DIGITS: Final = 3
_SPELLED: Final = 24
"""Words that a code takes at most which is spelled, with `as in boy` after its letters."""


def lettered(reading: Reading, asked: Label | None) -> list[Secret]:
    """The codes with letters in a text, in no order; `asked` is what the talk before it asked for."""
    if reading.text.isascii() and not _MAY_BE.search(reading.text) and not _PASSWORD.search(reading.text):
        return []
    found = [secret for index in range(len(reading.named)) for secret in _after(reading, index)]
    found += [_code(match.start(), match.end(), match[0]) for match in _SENT.finditer(reading.text)]
    if not found and asked in said.CODES and reading.chatter <= _CHATTY and not reading.named:
        found += _first(reading, 0, len(reading.words), is_close=True) or _chosen(reading)
    return found


def _chosen(reading: Reading) -> list[Secret]:
    """The first word of an answer with letters and digits, as people choose for a password."""
    tokens = [(match.start(), match[0].rstrip(_STOPS)) for match in _TOKEN.finditer(reading.text)]
    return [_code(start, start + len(written), written) for start, written in tokens if _is_mixed(written)][:1]


def _password(reading: Reading, place: int) -> Secret | None:
    """The password that the word for it stands before, whatever its characters."""
    lead = _PASSWORD_IS.match(reading.text, reading.words[place].end)
    after = dropwhile(lambda word: word.text in _LEADS, reading.words[place + 1 : place + _FEW])
    starts = [lead.end() if lead else 0, *(word.start for word in islice(after, 1))]
    tokens = [(start, token[0].rstrip(_STOPS)) for start in starts if (token := _TOKEN.match(reading.text, start))]
    return next((_code(start, start + len(written), written) for start, written in tokens if _is_mixed(written)), None)


def _after(reading: Reading, index: int) -> Iterator[Secret]:
    """The code that a label stands before, up to the next label."""
    name: Named = reading.named[index]
    if name.label not in said.CODES:
        return
    later = [near.place for near in reading.named[index + 1 : index + _FEW] if not near.is_aside]
    begin, end = name.place + 1, min([*later, name.place + 1 + _FEW])
    if reading.words[name.place].text in said.PASSWORDS and (secret := _password(reading, name.place)):
        yield secret
        return
    leading = list(takewhile(lambda word: word.text in _LEADS, reading.words[begin:end]))
    if any(word.text in said.PARTS for word in leading) and leading[-1].text not in said.COPULAS:
        return
    at = begin + len(leading)
    yield from _first(reading, at, min(at + 1, end), is_close=True) or _first(reading, begin, end, is_close=False)


def _first(reading: Reading, place: int, end: int, *, is_close: bool) -> list[Secret]:
    """The first of these words that is a code, or that begins one which is spelled; in small letters only if close."""
    for at, word in enumerate(reading.words[place:end], place):
        if word.text in said.BREAKS:
            break
        written = reading.text[word.start : word.end]
        plain = written.upper() if is_close else written
        is_code = _CODE.fullmatch(plain) or (is_close and _HYPHENED.fullmatch(plain))
        if is_code and not word.is_number and _is_mixed(written):
            return [_code(word.start, word.end, written)]
        if is_close and (secret := _spelled(reading, at)):
            return [secret]
    return []


def _spelled(reading: Reading, place: int) -> Secret | None:
    """The code that is spelled from this word on: single letters, and digits among them."""
    word = reading.words[place]
    may_begin = len(word.text) <= _FEW_DIGITS if word.is_number else len(word.text) == 1 or word.text in SPOKEN
    if not may_begin or word.text in ("a", "i"):
        return None
    stretch = next(spelled(reading, place, place + _SPELLED))
    pieces = list(takewhile(lambda piece: piece.chars.isdigit() or len(piece.chars) == 1, stretch))
    chars = "".join(piece.chars for piece in pieces)
    return _code(pieces[0].start, pieces[-1].end, chars) if _CODE.fullmatch(chars) else None


def _is_mixed(written: str) -> bool:
    """Whether it has letters and digits, and is no count such as `15minutes` or `3rd`."""
    count = _COUNT.fullmatch(written)
    has_both = any(map(str.isdigit, written)) and any(map(str.isalpha, written))
    return has_both and not (count and count[1].lower() in said.UNITS)


def _code(start: int, end: int, written: str) -> Secret:
    return Secret(start, end, "code", written.upper())
