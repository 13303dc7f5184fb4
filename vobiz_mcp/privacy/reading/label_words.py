"""What the words around a number say that it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.numerals import NUMERALS
from vobiz_mcp.privacy.language.vocabulary import Label
from vobiz_mcp.privacy.language.words import Word

_NEAR: Final = 6
"""Words around a label that may tell which of two things it means."""
_APART: Final = re.compile(r"[.,:;!?।]")
_BY_ITSELF: Final = said.CODE_BY_ITSELF | said.POSTPOSITIONS | said.JOINS | NUMERALS.keys()


_OWN_CODES: Final = frozenset(["pin", "पिन", "cvv", "cvc", "cvv2"])
"""Before `code`: they say what it is themselves."""


class Named(NamedTuple):
    """A label in a text. `is_aside` when the sentence is about something else: `for your order`."""

    place: int
    label: Label
    is_aside: bool


def labels(text: str, found: Sequence[Word]) -> list[Named]:
    """Everything that the words name, in order."""
    known = [(place, word.text) for place, word in enumerate(found) if word.text in said.LABELS]
    meant = ((place, _meant(said.LABELS[word], text, found, place)) for place, word in known)
    return [Named(place, label, _is_aside(found, place)) for place, label in meant if label]


def _meant(label: Label, text: str, found: Sequence[Word], place: int) -> Label | None:
    """What a label means where it stands; None where it means nothing."""
    word, before, after = found[place].text, _text(found, place - 1), _text(found, place + 1)
    if after in said.ABOUT_IT and label in said.SECRET - {"aadhaar", "pan"}:
        return "id"
    if word in ("code", "codes", "कोड"):
        is_apart = place > 0 and _APART.search(text, found[place - 1].end, found[place].start) is not None
        return _code(found, place, "" if is_apart or any(map(str.isdigit, before)) else before)
    if label == "pin":
        return _pin(found, place, after)
    if label == "number":
        return _number(found, place, before)
    return _by_neighbours(label, word, found, place)


def _by_neighbours(label: Label, word: str, found: Sequence[Word], place: int) -> Label | None:
    """Labels that the words on either side make something else."""
    if word in said.BACK:
        is_three = _text(found, place - 3) in ("three", "3") and _text(found, place - 2) == "on"
        is_of_card = _is_back(found, place) and _near(found, place, said.DIGITS) and not _is_of_another(found, place)
        return "cvv" if is_three or is_of_card else None
    if word == "verification":
        return "security" if _text(found, place + 1) in ("value", "number") else None
    if label != "card":
        return label
    before = _text(found, place - 1)
    owner = said.LABELS.get(before)
    return owner if owner in ("pan", "aadhaar") else "account" if before in said.CARD_IS_NO_MONEY else label


def _is_of_another(found: Sequence[Word], place: int) -> bool:
    """Whether it is the back of something else than a card: `the number on the back of the router`."""
    after = [word.text for word in found[place + 1 : place + 5]]
    return after[:1] == ["of"] and not any(said.LABELS.get(word) == "card" or word in ("it", "that") for word in after)


def _code(found: Sequence[Word], place: int, before: str) -> Label | None:
    around = range(max(0, place - _NEAR), min(len(found), place + _NEAR + 1))
    if not said.BACK.isdisjoint([found[near].text for near in around]) and any(_is_back(found, n) for n in around):
        return "cvv"
    if before in ("security", "verification", "safety", "सिक्योरिटी"):
        return "security"
    if before in said.LETS_IN or before.endswith("-digit"):
        return "code"
    if before in _OWN_CODES:
        return None
    return "some code" if not before or before in _BY_ITSELF else "other"


def _number(found: Sequence[Word], place: int, before: str) -> Label | None:
    """`the number we just texted you` is a code; any other number is called something else."""
    is_counted = before in ("digit", "digits") or before.endswith("-digit")
    back = 5 if is_counted or before == "a" else 0
    sent = any(word.text in said.SENT for word in found[max(0, place - back) : place + 6])
    is_it = before in (*said.THAT, "a") or before.endswith(("digit", "digits")) or found[place].text == "digits"
    return "code" if sent and is_it else None


def _pin(found: Sequence[Word], place: int, after: str) -> Label:
    """A PIN, or the Indian name for a postal code."""
    if after in ("code", "codes", "कोड"):
        return "pin" if _text(found, place - 1) in said.PIN_IS_SECRET else "postal"
    if _near(found, place, said.PIN_IS_SECRET):
        return "pin"
    return "postal" if _near(found, place, said.PIN_IS_POSTAL) else "pin"


def _near(found: Sequence[Word], place: int, words: frozenset[str]) -> bool:
    return any(word.text in words for word in found[max(0, place - _NEAR) : place + _NEAR + 1])


def _is_back(found: Sequence[Word], place: int) -> bool:
    """Whether it is the back of something, not `back` as in `read it back` and `call me back`."""
    word = found[place].text
    before, after = _text(found, place - 1), _text(found, place + 1)
    return word in said.BACK and (word != "back" or before in said.BEFORE_THE_BACK or after == "side")


def _text(found: Sequence[Word], place: int) -> str:
    return found[place].text if 0 <= place < len(found) else ""


def _is_aside(found: Sequence[Word], place: int) -> bool:
    if _text(found, place + 1) in said.POSTPOSITIONS:
        return True
    for back in range(place - 1, place - 5, -1):
        text = _text(found, back)
        if text in said.PARTS:
            return True
        if text in said.LABELS or text in said.COPULAS:
            return False
    return False
