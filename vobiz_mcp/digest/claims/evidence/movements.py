"""What a tool charged or paid back, as its result shows it beside what was known of the same thing before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vobiz_mcp.digest.claims.evidence.amounts import money, moved, numbers, shown
from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.evidence.records import Record
from vobiz_mcp.digest.claims.evidence.words import CALCULATES
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.items import ToolCall

_CALCULATES: Final = Phrase(CALCULATES)
_BACK: Final = Phrase(r"refund|credit|reimburs|chargeback|reversal")
_TYPE_KEY: Final = Phrase(r"type|kind|direction")


@dataclass(frozen=True)
class Movement:
    """Money that a tool moved: the amounts new in its result, below zero where they were paid back."""

    tool: ToolCall
    amounts: tuple[float, ...]
    is_new: bool
    """Whether nothing was known of the thing before: then the amounts are its whole price."""

    @property
    def net(self) -> float:
        """All of it together."""
        return sum(self.amounts)

    def told(self) -> str:
        """`payment 1194`, `a refund of 476`."""
        one = self.net if len(self.amounts) > 1 else self.amounts[0]
        return f"a refund of {shown(-one)}" if one < 0 else f"payment {shown(one)}"


def calculates(tool: ToolCall) -> bool:
    """Whether a tool knows nothing of itself and only works out what it is given."""
    return _names_sums(tool.name)


@lru_cache(maxsize=1024)
def _names_sums(name: str) -> bool:
    return _CALCULATES.search(name) is not None


def movement(held: Held, tool: ToolCall) -> Movement | None:
    """What a tool that succeeded moved; None where its result tells of no money."""
    if id(tool) not in held.moves:
        held.moves[id(tool)] = _movement(held, tool)
    found = held.moves[id(tool)]
    return found if isinstance(found, Movement) else None


def _movement(held: Held, tool: ToolCall) -> Movement | None:
    own = next((record for record in held.records_of(tool) if record.id), None)
    new = Counter(_signed(own)) if own else Counter()
    if own is None or not new:
        return None
    before = _earlier(held, own)
    amounts = tuple((new - Counter(_signed(before) if before else [])).elements())
    return Movement(tool, amounts, before is None) if amounts else None


def _earlier(held: Held, own: Record) -> Record | None:
    """That thing in the last result before this one."""
    place = held.place[id(own.tool)]
    return next((one for one in reversed(held.by_id[own.id]) if held.place[id(one.tool)] < place), None)


def _signed(record: Record) -> list[float]:
    """The amounts that changed hands in a record, those of refunds below zero."""
    found: list[float] = []
    stack: list[object] = [record.tree]
    while stack:
        tree = stack.pop()
        if isinstance(tree, dict):
            paid = moved((str(key), str(value)) for key, value in tree.items())
            found += [-abs(n) if _BACK.search(key) or _is_back(tree) else n for key, n in paid]
            stack += [inner for inner in tree.values() if isinstance(inner, (dict, list))]
        elif isinstance(tree, list):
            stack += [inner for inner in tree if isinstance(inner, (dict, list))]
    return [amount for amount in found if amount]


def _is_back(payment: dict[str, object]) -> bool:
    """Whether a field of a payment says that it is a refund."""
    return any(_TYPE_KEY.search(str(key)) and _BACK.search(str(value)) for key, value in payment.items())


def figures(held: Held, tool: ToolCall) -> list[float]:
    """Every amount in what a tool was asked and answered, and in those that ran with it."""
    found: list[float] = []
    for other in held.after[tool.after_turn]:
        if not calculates(other) and not other.failed:
            found += [*(number for _, number in money(other.asked)), *held.money_in(other)]
            found += numbers(other.result or "") if other.answered_tree is None else []
    return found


def known_amounts(held: Held, turn: int) -> set[float]:
    """The amounts that tools which know something have shown before a turn."""
    return {n for tool in held.until(turn) if not calculates(tool) for n in held.money_in(tool)}
