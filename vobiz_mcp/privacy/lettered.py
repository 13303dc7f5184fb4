"""One-time codes and passwords with letters in them: `G-482913`, `B7K92Q`, `b seven k nine two q`, `Ravi@1234`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from vobiz_mcp.privacy import vocabulary as said
from vobiz_mcp.privacy.labels import Named
from vobiz_mcp.privacy.numerals import SPOKEN
from vobiz_mcp.privacy.reading import Reading, Secret
from vobiz_mcp.privacy.spelling import spelled
from vobiz_mcp.privacy.vocabulary import Label
from vobiz_mcp.privacy.words import Word

_CODE: Final = re.compile(r"[A-Z]-\d{4,8}|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{4,8}")
"""A code with letters, as they are sent in messages."""
_HYPHENED: Final = re.compile(r"[A-Z\d]{2,5}-[A-Z\d]{2,5}")
_SENT: Final = re.compile(r"\bG-\d{6}\b")
"""A code that needs no name: the form in which the largest sender of codes writes them."""
_TOKEN: Final = re.compile(r"[^\s\"'<>{}]{4,32}")
_COUNT: Final = re.compile(r"\d+([a-z]+)", re.IGNORECASE)
_FEW: Final = 8
"""Words after its name among which a code with letters stands."""
_CHATTY: Final = 5
_BEFORE: Final = 5
_LEADS: Final = said.JOINS | said.POSTPOSITIONS | said.SENT | said.PARTS | said.LABELS.keys()
"""Words that may stand between a name and the code: `the password for my account is …`."""
_AFTER: Final = 5


def lettered(reading: Reading, asked: Label | None) -> list[Secret]:
    """The codes with letters in a text, in no order; `asked` is what the talk before it asked for."""
    found = [secret for index in range(len(reading.named)) for secret in _after(reading, index)]
    found += [secret for name in reading.named for secret in _before(reading, name)]
    if "G-" in reading.text:
        found += [_code(m.start(), m.end(), m[0]) for m in _SENT.finditer(reading.text) if _is_free(reading, m.start())]
    if not found and asked in said.CODES and reading.chatter <= _CHATTY and not reading.named:
        found += _first(reading, reading.words, is_close=True)
    return found


def _after(reading: Reading, index: int) -> Iterator[Secret]:
    """The code that a label stands before, up to the next label."""
    name: Named = reading.named[index]
    if name.label not in said.CODES:
        return
    later = [near for near in reading.named[index + 1 :] if not near.is_aside]
    end = later[0].place if later else len(reading.words)
    after = reading.words[name.place + 1 : min(end, name.place + 1 + _FEW)]
    leading = list(takewhile(lambda word: word.text in _LEADS, after))
    if any(word.text in said.PARTS for word in leading) and leading[-1].text not in said.COPULAS:
        return
    close = after[len(leading) : len(leading) + 1]
    if reading.words[name.place].text in said.PASSWORDS and close:
        token = _TOKEN.match(reading.text, close[0].start)
        if token and _is_mixed(written := token[0].rstrip(".,!?;:)।")):
            yield _code(token.start(), token.start() + len(written), written)
            return
    yield from _first(reading, close, is_close=True) or _first(reading, after, is_close=False)


def _before(reading: Reading, name: Named) -> Iterator[Secret]:
    """The code that a label stands after: `B7K92Q is your code`, `B7K92Q code aaya hai`."""
    if name.label not in said.CODES:
        return
    before = reading.words[max(0, name.place - _AFTER) : name.place]
    between = list(takewhile(lambda word: word.text in said.JOINS | said.OWNERS, reversed(before)))
    after = [word.text for word in reading.words[name.place + 1 : name.place + 4]]
    is_said = any(word.text in said.COPULAS for word in between)
    is_said = is_said or (not between and not said.COPULAS.isdisjoint(after) and not any(map(str.isdigit, after)))
    code = before[-1 - len(between)] if len(between) < len(before) else None
    if code and is_said and _CODE.fullmatch(written := reading.text[code.start : code.end]) and _is_mixed(written):
        yield _code(code.start, code.end, written)


def _first(reading: Reading, among: Sequence[Word], *, is_close: bool) -> list[Secret]:
    """The first of these words that is a code, or that begins one which is spelled; in small letters only if close."""
    for word in among:
        written = reading.text[word.start : word.end]
        if word.text in said.BREAKS:
            break
        plain = written.upper() if is_close else written
        is_code = _CODE.fullmatch(plain) or (is_close and _HYPHENED.fullmatch(plain))
        if is_code and not word.is_number and _is_mixed(written):
            return [_code(word.start, word.end, written)]
        if is_close and (secret := _spelled(reading, word)):
            return [secret]
    return []


def _spelled(reading: Reading, word: Word) -> Secret | None:
    """The code that is spelled from this word on: single letters, and digits among them."""
    if word.text in ("a", "i") or not (word.is_number or len(word.text) == 1 or word.text in SPOKEN):
        return None
    for stretch in spelled(reading):
        rest = [piece for piece in stretch if piece.start >= word.start]
        pieces = list(takewhile(lambda piece: piece.chars.isdigit() or len(piece.chars) == 1, rest))
        chars = "".join(piece.chars for piece in pieces)
        if pieces and pieces[0].start == word.start and _CODE.fullmatch(chars):
            return _code(pieces[0].start, pieces[-1].end, chars)
    return None


def _is_mixed(written: str) -> bool:
    """Whether it has letters and digits, and is no count such as `15minutes` or `3rd`."""
    count = _COUNT.fullmatch(written)
    has_both = any(map(str.isdigit, written)) and any(map(str.isalpha, written))
    return has_both and not (count and count[1].lower() in said.UNITS)


def _is_free(reading: Reading, start: int) -> bool:
    """Whether nothing just before it calls it something else."""
    before = [word.text for word in reading.words if word.end <= start][-_BEFORE:]
    return not any(said.LABELS.get(text) == "other" for text in before)


def _code(start: int, end: int, written: str) -> Secret:
    return Secret(start, end, "code", written.upper())
