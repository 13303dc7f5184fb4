"""One-time codes and passwords with letters in them: `G-482913`, `B7K92Q`, `Ravi@1234`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, islice, takewhile
from typing import Final

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.vocabulary import Label
from vobiz_mcp.privacy.reading.label_words import Named
from vobiz_mcp.privacy.reading.text import STOPS, Reading, Secret

_CODE: Final = re.compile(r"[A-Z]-\d{4,8}|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{4,8}")
"""A code with letters, as they are sent in messages."""
_SENT: Final = re.compile(r"\bG-\d{6}\b")
"""A code that needs no name: the form in which the largest sender of codes writes them."""
_TOKEN: Final = re.compile(r"[^\s\"'<>{}]{4,32}")
_PASSWORD_IS: Final = re.compile(r"(?:[^.?!]{0,40}?\b(?:is|was|hai)\b|\s*[:=,]|)\s*(?:it's\s)?")
"""What may stand between the word for a password and the password."""
_COUNT: Final = re.compile(r"\d+([a-z]+)", re.IGNORECASE)
_FEW: Final = 8
"""Words after its name among which a code with letters stands."""
_CHATTY: Final = 5
_LEADS: Final = said.JOINS | said.POSTPOSITIONS | said.SENT | said.PARTS | said.LABELS.keys()
"""Words that may stand between a name and the code: `the password for my account is …`."""


def lettered(reading: Reading, asked: Label | None) -> list[Secret]:
    """The codes with letters in a text, in no order; `asked` is what the talk before it asked for."""
    if not reading.is_lettered:
        return []
    found = [secret for index in range(len(reading.named)) for secret in _after(reading, index)]
    found += [_code(match.start(), match.end(), match[0]) for match in _SENT.finditer(reading.text)]
    if not found and asked in said.CODES and reading.chatter <= _CHATTY and not reading.named:
        found += _first(reading, 0, len(reading.words), is_close=True)
    return found


def _password(reading: Reading, place: int) -> Secret | None:
    """The password that the word for it stands before, whatever its characters."""
    lead = _PASSWORD_IS.match(reading.text, reading.words[place].end)
    after = dropwhile(lambda word: word.text in _LEADS, reading.words[place + 1 : place + _FEW])
    starts = [lead.end() if lead else 0, *(word.start for word in islice(after, 1))]
    tokens = [(start, token[0].rstrip(STOPS)) for start in starts if (token := _TOKEN.match(reading.text, start))]
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
    """The first of these words that is a code; in small letters only if close."""
    for word in reading.words[place:end]:
        if word.text in said.BREAKS:
            break
        written = reading.text[word.start : word.end]
        plain = written.upper() if is_close else written
        if _CODE.fullmatch(plain) and not word.is_number and _is_mixed(written):
            return [_code(word.start, word.end, written)]
    return []


def _is_mixed(written: str) -> bool:
    """Whether it has letters and digits, and is no count such as `15minutes` or `3rd`."""
    count = _COUNT.fullmatch(written)
    has_both = any(map(str.isdigit, written)) and any(map(str.isalpha, written))
    return has_both and not (count and count[1].lower() in said.UNITS)


def _code(start: int, end: int, written: str) -> Secret:
    return Secret(start, end, "code", written.upper())
