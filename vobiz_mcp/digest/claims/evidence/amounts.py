"""Amounts of money: those said, those in what a tool returned, and whether the one follows from the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from vobiz_mcp.digest.timeline.tool_values import Leaf

_FIGURE: Final = r"\d{1,3}(?:,\d{2,3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
_SAID: Final = re.compile(
    rf"(?=[$€£₹riueg\d])(?:(?P<sign>[$€£₹]|\b(?:rs\.?|inr|usd|eur|gbp)\s?)\s?(?P<a>{_FIGURE})"
    r"(?P<many>\s?(?:k|thousand|lakh|million)\b)?"
    rf"|\b(?P<b>{_FIGURE})\s?(?P<unit>dollars?|bucks|usd|euros?|eur|pounds?|gbp|rupees?|inr|रुपये|रुपए)\b)"
)
"""An amount in small letters; where it can begin at all is looked at first."""
_FIGURES: Final = re.compile(_FIGURE)
_DIGIT: Final = re.compile(r"\d")
_HINTS: Final = ("$", "€", "£", "₹", "dollar", "buck", "usd", "eur", "pound", "gbp", "rupee", "inr", "rs", "रुप")
"""One of these, in small letters, is part of every amount that is said."""
_CURRENCY: Final = {
    "$": "$", "usd": "$", "dollar": "$", "bucks": "$", "€": "€", "eur": "€", "euro": "€", "£": "£", "gbp": "£",
    "pound": "£", "₹": "₹", "rs": "₹", "inr": "₹", "rupee": "₹", "रुपये": "₹", "रुपए": "₹",
}  # fmt: skip
_MONEY_KEY: Final = re.compile(
    r"amount|price|total|cost|fee|fare|charge|refund|paid|pay(?:ment|able)?$|due|balance|credit$|deposit|premium|billed"
    r"|difference|tax|discount|rate$|value$",
    re.IGNORECASE,
)
_MOVED_KEY: Final = re.compile(
    r"^(?:\w*_)?(?:amount|charged?|refund(?:ed)?|paid|payment|credited|debited|billed|difference)(?:_\w*amount)?$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?$")
_MOST: Final = 24
"""Figures of one result that are added and subtracted in pairs."""
_CENTS: Final = 100
_CLOSE: Final = 0.011


class Amount(NamedTuple):
    """An amount that was said: its number and its currency's sign."""

    number: float
    currency: str


@lru_cache(maxsize=4096)
def said(text: str) -> tuple[Amount, ...]:
    """The amounts of money in what was said."""
    if not _DIGIT.search(text):
        return ()
    lowered = text.lower()
    for hint in _HINTS:  # a loop, because this is asked of every turn
        if hint in lowered:
            return tuple(map(_amount, _SAID.finditer(lowered)))
    return ()


def _amount(match: re.Match[str]) -> Amount:
    number = float((match["a"] or match["b"]).replace(",", ""))
    factor = {"k": 1e3, "thousand": 1e3, "lakh": 1e5, "million": 1e6}.get((match["many"] or "").strip(), 1)
    name = (match["sign"] or match["unit"]).strip().rstrip(".")
    return Amount(number * factor, _CURRENCY.get(name) or _CURRENCY.get(name.rstrip("s"), ""))


def money(leaves: Iterable[Leaf]) -> list[tuple[str, float]]:
    """The amounts among the values of a tool, by their names."""
    return [(key, float(value)) for key, value in leaves if _is_of_money(key) and _NUMBER.match(value)]


def moved(leaves: Iterable[Leaf]) -> list[tuple[str, float]]:
    """The amounts that were paid, charged or paid back, by their names."""
    return [(key, float(value)) for key, value in leaves if _is_of_payment(key) and _NUMBER.match(value)]


@lru_cache(maxsize=4096)
def _is_of_money(key: str) -> bool:
    return _MONEY_KEY.search(key) is not None


@lru_cache(maxsize=4096)
def _is_of_payment(key: str) -> bool:
    return _MOVED_KEY.match(key) is not None


def same(one: float, other: float) -> bool:
    """Whether two amounts are one: to the cent, in cents, or rounded to a whole number."""
    one, other = abs(one), abs(other)
    if abs(one - other) < _CLOSE or abs(one - other / _CENTS) < _CLOSE:
        return True
    return one == int(one) and one > _CENTS / 10 and abs(one - other) < 1


def follows(number: float, figures: Sequence[float]) -> bool:
    """Whether an amount is one of these, or the sum, the difference or a small multiple of some."""
    sizes = list(dict.fromkeys(abs(figure) for figure in figures))[:_MOST]
    if any(same(number, size) for size in sizes) or same(number, sum(map(abs, figures))):
        return True
    cents, own = {round(size * _CENTS) for size in sizes}, round(abs(number) * _CENTS)
    if any(own % times == 0 and own // times in cents for times in range(2, 7)):
        return True
    return any((own - one in cents and own != 2 * one) or own + one in cents for one in cents)


def numbers(text: str) -> list[float]:
    """Every number in a text, in order."""
    return [float(figure.replace(",", "")) for figure in _FIGURES.findall(text)]


def shown(number: float) -> str:
    """`1194`, `33.50`."""
    return f"{number:.0f}" if number == int(number) else f"{number:.2f}"
