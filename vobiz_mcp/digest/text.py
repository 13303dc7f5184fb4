"""Other people's text made safe to stand in ours: one line, nothing invisible, nothing that could end it early.

Every string of an upstream body passes here on its way into a digest.
"""

from __future__ import annotations

import re
import unicodedata

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
_SPACES = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"


def plain(text: str, limit: int = 200) -> str:
    """One line without control, bidirectional, invisible and unassigned characters, at most `limit` characters.

    Zero-width joiners are kept where they shape a word: between Indic letters and inside an emoji.
    """
    if not text.isprintable():
        text = _SPACES.sub(" ", "".join(map(_kept, text_with_neighbours(_ANSI.sub("", text)))))
    text = _SPACES.sub(" ", text).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def quoted(text: str, limit: int = 200) -> str:
    """The same in double quotes, with none inside."""
    return f'"{plain(text, limit).replace(chr(34), chr(39))}"'


def text_with_neighbours(text: str) -> zip[tuple[str, str, str]]:
    """Each character with the one before it and the one after it."""
    return zip(" " + text[:-1], text, text[1:] + " ", strict=True)


def _kept(around: tuple[str, str, str]) -> str:
    before, char, after = around
    if char.isprintable():
        return "" if "\U000e0100" <= char <= "\U000e01ef" else char
    if char.isspace():
        return " "
    if char in _JOINERS:
        return char if _shapes(before) and (_shapes(after) or after == " ") else ""
    return ""


def _shapes(char: str) -> bool:
    """Whether a joiner beside this character can change how it looks: Indic letters, emoji and their selector."""
    return "\u0900" <= char <= "\u0dff" or char == "\ufe0f" or unicodedata.category(char) in ("So", "Sk")
