"""The values in what was said: names, dates, times, amounts, numbers, ids, each under a key that its spellings share.

`March 10th`, `10th of March` and `2019-03-10` are one date, `2 pm` and `14:00` one time, `$2,650,000` and `2650000` one
number: so a value that a tool call states is known to be told already when the caller says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeVar

from vobiz_mcp.digest.speech.topic_words import COMMON

T = TypeVar("T")

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_HALF: Final = r"(?:[ap]\.?m\b\.?|in the (?:morning|afternoon|evening)|at night|o'?clock)"
_WHICH: Final = (
    "the|last|this|next|each|every|past|first|second|third|fourth|full|half|one|two|three|four|five|six|year[ -]over"
)
_COUNTED: Final = r"(?:second|minute|hour|day|night|week|month|quarter|year|half)"
_DAYS: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WORD: Final = r"[A-Z][\w'’&/-]*\.?(?<![.,'])"

_MONTH_DAY: Final = rf"(?=[JFMASOND])(?P<month>\b{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)"
_DATE: Final = rf"""
    (?P<iso>\b\d{{4}}-\d\d-\d\d)(?:T(?P<iso_time>\d\d:\d\d)(?::\d\d)?)?
  | \b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})\b
  | \b(?P<ordinal>\d{{1,2}})(?:st|nd|rd|th)\b
    """
_ADDRESS: Final = r"(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w) | (?P<url>https?://\S+)"
_PHONE_OR_TIME: Final = rf"""
    (?P<phone>\+?\(?\d(?:[\s().-]{{0,2}}\d){{6,}})
  | \b(?P<hour>\d{{1,2}})(?::(?P<minute>\d\d))(?::\d\d)?(?:\s?(?P<half>{_HALF}))?
  | \b(?P<hour2>\d{{1,2}})\s?(?P<half2>{_HALF})
    """
_NUMBER: Final = r"""
    (?P<id>\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z_])\w[\w-]*\w)
  | (?P<number>[$€£₹]?\d[\d,]*(?:\.\d+)?)(?P<unit>\s?(?:%|percent|million|billion|thousand|lakh|crore)\b)?
    """
_SPAN: Final = rf"""
    (?=(?i:[tlnepfshoy])) (?P<span>\b(?i:(?:{_WHICH})[ -])+{_COUNTED}s?\b)
  | (?=(?i:[tymwfsjaondq]))
    (?P<when>\b(?i:today|tomorrow|yesterday|tonight|{_DAYS}|{_MONTH}|quarterly|annual|year[ -]to[ -]date)\b)
    """
_NAME: Final = rf"(?P<name>{_WORD}(?:\s(?:(?:of|the|de|la|and|&|for)\s){{0,2}}{_WORD})*)"
_WORDS: Final = f"{_SPAN} | {_NAME}"
_FIGURES: Final = rf"(?=[\d+(]) (?: {_DATE} | {_PHONE_OR_TIME} )"
_BEGINS: Final = r"(?=[A-Z\d+($€£₹]|\b\w)"
"""Where any value but a mail address begins: looked at first, as most places in a text begin none."""

_ANY: Final = f"{_MONTH_DAY} | {_DATE} | {_ADDRESS} | {_PHONE_OR_TIME} | {_NUMBER} | {_WORDS}"
_WITHOUT_ADDRESS: Final = f"{_BEGINS} (?: {_MONTH_DAY} | {_FIGURES} | {_NUMBER} | {_WORDS} )"
_WITHOUT_FIGURE: Final = f"{_BEGINS} (?: {_WORDS} )"
_FIGURE: Final = re.compile(r"\d")
_BARE: Final = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d)|(?P<hour>\d{1,2}):(?P<minute>\d\d)|(?P<number>\d{1,4}(?:\.\d\d?)?)", re.ASCII
)
_OF_TIME: Final = re.compile(
    f"day|night|week|month|year|hour|minute|second|half|quarter|annual|tomorrow|{'|'.join(_MONTHS)}"
)
"""One of these is part of every span and `when`; a sentence without a figure or one of them has at most names."""

_SHORTEST_NAME, _GAP = 2, 4
_KEPT, _LONGEST_KEPT = 1 << 12, 240
"""Sentences that are remembered with what is found in them: of one call people ask again, and agents say the same to
many; and the characters of the longest."""
_NO_NAME: Final = COMMON | {"of", "the", "de", "la", "and", "&", "for"}


class Key(NamedTuple):
    """What all spellings of a value share: its kind, such as `date`, and one spelling, such as `03-10`."""

    kind: str
    value: str


class Value(NamedTuple):
    """One value in a text: where it stands, and its key."""

    start: int
    end: int
    key: Key


def remembered(read: Callable[[str], T]) -> Callable[[str], T]:
    """`read`, which remembers what it made of the sentences it was given last, but for the longest."""
    kept = lru_cache(maxsize=_KEPT)(read)
    return lambda text: kept(text) if len(text) <= _LONGEST_KEPT else read(text)


@remembered
def values(text: str) -> tuple[Value, ...]:
    """The values in `text`, in order."""
    found: list[Value] = []
    for match in _pattern_for(text).finditer(text):
        if match.lastgroup != "name":
            found += (Value(match.start(), match.end(), key) for key in _keys(match))
            continue
        name, may_open = _name(match[0])
        if name:
            kind = "maybe" if may_open and _begins_sentence(text, match.start()) else "name"
            found.append(Value(match.start(), match.end(), Key(kind, name)))
    return tuple(found)


def bare(text: str) -> Key | None:
    """The key of a text that is one plain date, time or number and nothing else, which is seen at once; else None."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    if match["iso"]:
        return Key("date", match["iso"][5:])
    return Key("number", _number(text)) if match["number"] else _time(match["hour"], match["minute"], None)


def _pattern_for(text: str) -> re.Pattern[str]:
    """The quickest pattern that finds every value in `text`."""
    if "@" in text or "://" in text:
        return _compiled(_ANY)
    if _FIGURE.search(text):
        return _compiled(_WITHOUT_ADDRESS)
    return _compiled(_WITHOUT_FIGURE if _OF_TIME.search(text.lower()) else _NAME)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: these are large, and a server that starts needs none of them yet."""
    return re.compile(pattern, re.VERBOSE)


def _keys(match: re.Match[str]) -> Iterator[Key]:
    kind = match.lastgroup or ""
    if kind in ("iso", "iso_time"):
        yield Key("date", match["iso"][5:])
        if match["iso_time"]:
            yield Key("time", match["iso_time"])
    elif kind in ("day", "month2"):
        yield _date(match["month"] or match["month2"], match["day"] or match["day2"])
    elif kind == "ordinal":
        yield Key("day", f"{int(match['ordinal']):02d}")
    elif kind in ("minute", "half", "half2"):
        yield _time(match["hour"] or match["hour2"], match["minute"], match["half"] or match["half2"])
    elif kind == "phone":
        yield Key("number", re.sub(r"\D", "", match["phone"]))
    elif kind in ("number", "unit"):
        yield Key("number", _number(match["number"]))
    else:
        yield Key(kind, match[0].lower())


def _date(month: str, day: str) -> Key:
    return Key("date", f"{_MONTHS.index(month[:3].lower()) + 1:02d}-{int(day):02d}")


def _time(hour: str, minute: str | None, half: str | None) -> Key:
    late = half is not None and (half[0] == "p" or half.endswith(("afternoon", "evening", "night")))
    shifted = int(hour) % 12 + 12 if late else int(hour) % 12 if half and half[0] == "a" else int(hour)
    return Key("time", f"{shifted:02d}:{minute or '00'}")


def _number(figure: str) -> str:
    plain = figure.lstrip("$€£₹").replace(",", "").rstrip(".")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@lru_cache(maxsize=1 << 13)
def _name(text: str) -> tuple[str, bool]:
    """A name without leading words that are no part of it, if any is left; whether a sentence may begin with it."""
    words = text.split()
    first = next((place for place, word in enumerate(words) if word.lower().rstrip(".") not in _NO_NAME), len(words))
    name = " ".join(words[first:]).rstrip(".").lower()
    is_odd = any(letter.isupper() or letter.isdigit() for letter in words[0][1:])
    return (name if len(name) >= _SHORTEST_NAME else ""), len(words) == 1 and not is_odd


def _begins_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - _GAP) : place].rstrip()
    return not before or before[-1] in ".?!:…"
