"""Other people's text made safe to stand in ours: one line, nothing invisible, nothing that could end it early.

Every string of an upstream body passes here on its way into a digest.
"""

from __future__ import annotations

import re
import unicodedata

_ANSI = re.compile(r"\x9b[0-?]*[ -/]*[@-~]|\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
_JOINERS = "\u200c\u200d"
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0e\uffa0\U000e0100-\U000e01ef]"
)
"""Letters, marks and symbols by Unicode's count that show nothing: fillers and variation selectors."""


def plain(text: str, limit: int = 200) -> str:
    """One line without control, bidirectional, invisible and unassigned characters, at most `limit` characters.

    Zero-width joiners are kept where they shape a word: between Indic letters and inside an emoji.
    """
    if text.isascii() and text.isprintable() and "  " not in text:  # most texts: a space is all that can be odd
        text = text.strip()
        return text if len(text) <= limit else _cut(text, limit - 1) + "…"
    if not text.isprintable() and not text.replace("\n", " ").isprintable():
        text = "".join(map(_kept, text_with_neighbours(_ANSI.sub("", text))))
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    text = " ".join(text.split())
    return text if len(text) <= limit else _cut(text, limit - 1) + "…"


def _cut(text: str, limit: int) -> str:
    """The beginning of a longer text, up to the end of a word where one ends in its second half."""
    end = text.rfind(" ", limit // 2, limit + 1)
    return text[: end if end > 0 else limit]


def quoted(text: str, limit: int = 200) -> str:
    """One line of other people's text in double quotes, with none inside."""
    return f'"{plain(text, limit).replace(chr(34), chr(39))}"'


def text_with_neighbours(text: str) -> zip[tuple[str, str, str]]:
    """Each character with the one before it and the one after it."""
    return zip(f" {text}", text, f"{text[1:]} ", strict=False)


def _kept(around: tuple[str, str, str]) -> str:
    before, char, after = around
    if char.isprintable():
        return char
    if char.isspace():
        return " "
    if char in _JOINERS:
        return char if _shapes(before) and (_shapes(after) or after == " ") else ""
    return ""


def _shapes(char: str) -> bool:
    """Whether a joiner beside this character can change how it looks: Indic letters, emoji and their selector."""
    return "\u0900" <= char <= "\u0dff" or char == "\ufe0f" or unicodedata.category(char) in ("So", "Sk")
