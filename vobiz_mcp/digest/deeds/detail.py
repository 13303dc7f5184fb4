"""What a tool was asked and what it answered as named values, each with what it is worth to whoever must act on it.

What came back is worth most: what differs from the request, money, a state or reference, then what is new. What only
repeats the request, or an earlier record of the same thing, is worth next to nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from vobiz_mcp.digest.speech.cutting import clipped, whole
from vobiz_mcp.digest.timeline.items import ToolCall
from vobiz_mcp.digest.timeline.tool_values import Leaf, flat

LONGEST: Final = 300
"""Characters of one answered value or message that may be shown; what is longer is a document or a trace."""
_LONGEST_ASKED: Final = 700
"""Characters of an argument: the summary that a call is handed over with is worth its room."""
_LONGEST_RECORD: Final = 600
_TEXT: Final = 50
"""An argument of so many characters is worth one value more."""
_MOST_OWNERS: Final = 12
"""Records of one list whose values are told apart."""
_MOST: Final = 200
"""Values of one result that are looked at: a longer one is a list to choose from."""
_DIFFERS, _WHY, _MONEY, _STATE, _NAMED, _NEW, _FLAG = 3.0, 3.0, 2.5, 1.3, 1.0, 0.6, 0.2
ECHO: Final = 0.03
"""Worth of what only repeats the request or an earlier record, or tells who somebody is."""
_ASKED: Final = 1.5
TRIED: Final = 0.15
"""Worth of what a failed call was asked as well as the one that went through."""

_IS_MONEY: Final = re.compile(
    r"amount|price|total|cost|fee|charge|refund|balance|paid|due|fare|credit|deposit|compensation|discount",
    re.IGNORECASE,
)
_IS_STATE: Final = re.compile(
    r"status|state|success|confirm|reference|outcome|message|reason|error|code|ticket", re.IGNORECASE
)
_IS_NAMED: Final = re.compile(r"(?:^|_)id$|number$|name|title|address", re.IGNORECASE)
_IS_PERSONAL: Final = re.compile(r"^(?:dob|(?:date_of_)?birth\w*|(?:first|last|middle)_name)$", re.IGNORECASE)
_IS_PURSE: Final = re.compile(r"pay(?:ment|out)|card|account|method|wallet", re.IGNORECASE)
"""What money went to or came from: told with the money also where an earlier record held it."""
_FLAGS: Final = frozenset(["true", "false", "yes", "no", "null", "none", "0", ""])
_SAME: Final = re.compile(r"[\s:.,]|00$")
"""What two spellings of one value may differ in: `16:15` and `16:15:00`, `40` and `40.00`."""


class Detail(NamedTuple):
    """One named value and its worth; 1 is that of a name that matters.

    Attributes:
        of: which of several records of one list it stands in, by what names that one.
    """

    name: str
    value: str
    worth: float
    of: str = ""

    @property
    def text(self) -> str:
        """`total_price: 414`, `price of HAT072: 130`, `amount: -186 (a refund)`; the value alone without a name."""
        of = f" of {self.of}" if self.of else ""
        back = " (a refund)" if self.value[:1] == "-" and _IS_MONEY.search(self.name) else ""
        return f"{self.name}{of}: {self.value}{back}" if self.name else self.value


def _detail(name: str, value: str, worth: float) -> Detail:
    return Detail(whole(name), whole(value), worth)


def against(detail: Detail, name: str, offered: str) -> Detail:
    """The detail with what had been offered instead, where it is the one of that name."""
    if detail.name != whole(name):
        return detail
    return detail._replace(value=f"{detail.value} ({whole(offered)} was offered)", worth=_DIFFERS)


def asked(*tools: ToolCall) -> list[Detail]:
    """What tools were asked: each argument once, its values together."""
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, value in islice((leaf for tool in tools for leaf in tool.asked), _MOST):
        if len(value) <= _LONGEST_ASKED:
            groups[name][value] = None
    return [_argument(name, values) for name, values in groups.items() if any(values)]


def _argument(name: str, values: Iterable[str]) -> Detail:
    is_flag = all(value.lower() in _FLAGS for value in values)
    text = ", ".join(values)
    return _detail(name, text, _FLAG if is_flag else _ASKED * max(1.0, len(text) / _TEXT))


def came_back(tool: ToolCall, earlier: Sequence[ToolCall]) -> list[Detail]:
    """What the tool answered, in its order; `earlier` are the tool calls before it."""
    if tool.failed and (why := message(tool)):
        return [Detail("", why, _WHY)]
    if not isinstance(tool.answered_tree, dict | list):
        text = whole(tool.result)
        return [Detail("", text, _STATE)] if 0 < len(text) <= LONGEST else []
    leaves = tool.answered[:_MOST]
    owners = list(islice(_owners(tool.answered_tree, ""), _MOST))
    return list(_rated(leaves, owners, _values(tool.asked), _known_before(leaves, earlier)))


def _owners(tree: object, owner: str) -> Iterator[str]:
    """For each value of a tree, in order, what names the record of a list that it stands in."""
    if isinstance(tree, dict):
        for inner in tree.values():
            yield from _owners(inner, owner)
    elif isinstance(tree, list):
        for item, name in zip(tree, _names(tree), strict=True):
            yield from _owners(item, name or owner)
    else:
        yield owner


def _names(records: list[object]) -> list[str]:
    """What tells the records of a list apart: the first name, number or id under which all differ."""
    rows = [record for record in records if isinstance(record, dict)]
    if 1 < len(rows) == len(records) <= _MOST_OWNERS:
        for key in filter(_IS_NAMED.search, rows[0]):
            names = [row.get(key) for row in rows]
            if all(isinstance(name, str) for name in names) and len(set(names)) == len(names):
                return [str(name) for name in names]
    return [""] * len(records)


def found(tool: ToolCall) -> list[Detail]:
    """What a lookup answered beyond what it was asked: of a list each record whole, as parts of one tell nothing."""
    tree = tool.answered_tree
    if not tool.failed and isinstance(tree, list) and all(isinstance(record, dict) for record in tree):
        known = dict(tool.asked)
        new = ({name: value for name, value in record.items() if known.get(name) != value} for record in tree[:_MOST])
        records = (whole(f"{{{flat(record, '')}}}") for record in new)
        return [_detail("", record, _NAMED) for record in records if len(record) <= _LONGEST_RECORD]
    return came_back(tool, ())


def unexplained(answered: Sequence[Detail]) -> list[Detail]:
    """What came back of a failure that gives no reason: first that, with what it offers instead of what was asked."""
    other = next((detail for detail in answered if detail.worth >= _DIFFERS), None)
    offer = f"; the result offers {other.text}" if other else ""
    return [Detail("", f"no reason given{offer}", _WHY), *(detail for detail in answered if detail is not other)]


def message(tool: ToolCall) -> str:
    """Why a tool failed, in its own words; "" where it only returned data."""
    is_text = not isinstance(tool.answered_tree, dict | list)
    return clipped(flat(tool.answered_tree, tool.result or ""), LONGEST) if tool.failure or is_text else ""


def _rated(
    leaves: Sequence[Leaf], owners: Sequence[str], request: Mapping[str, set[str]], known: set[Leaf]
) -> Iterator[Detail]:
    answer, told = _values(leaves), set[tuple[str, str]]()
    requested = set().union(*request.values())
    purses = {value for name, value in leaves if _IS_PURSE.search(name)} - requested
    for (name, value), owner in zip(leaves, owners, strict=True):
        if len(value) > LONGEST:
            continue
        wish = _other_wish(request.get(name, set()), answer[name])
        worth, is_told = _worth(name, value), (name, value) in told
        told.add((name, value))
        if wish:
            still = "still " if (name, value) in known else ""
            yield _detail(name, f"{still}{value} ({wish} was asked for)", _DIFFERS)
        elif purses == {value} and not is_told and _IS_PURSE.search(name):
            yield _detail(name, value, _NEW)
        elif value in requested or (name, value) in known or (is_told and worth < _MONEY) or _IS_PERSONAL.search(name):
            yield _detail(name, value, ECHO)
        else:
            yield _detail(name, value, worth)._replace(of="" if owner == value else whole(owner))


def _worth(name: str, value: str) -> float:
    if _IS_MONEY.search(name) and any(map(str.isdigit, value)):
        return _MONEY
    if _IS_STATE.search(name):
        return _STATE
    return _NAMED if _IS_NAMED.search(name) else _FLAG if value.lower() in _FLAGS else _NEW


def _other_wish(wishes: set[str], answers: set[str]) -> str:
    """What was asked for where something else came back; "" where it did not, or more than one value was named."""
    if len(wishes) != 1 or len(answers) != 1:
        return ""
    (wish,), (answer,) = wishes, answers
    return wish if _SAME.sub("", wish.lower()) != _SAME.sub("", answer.lower()) else ""


def _known_before(leaves: Sequence[Leaf], earlier: Sequence[ToolCall]) -> set[Leaf]:
    """The values that an earlier record of the same thing held already: what is left is what the call changed."""
    mine = set(leaves)
    for other in reversed(earlier):
        if isinstance(other.answered_tree, dict) and not other.failed:
            both = mine.intersection(other.answered)
            if len(both) * 2 > len(mine):
                return both
    return set()


def _values(leaves: Iterable[Leaf]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, value in leaves:
        found[name].add(value)
    return found
