"""Which failures of tools were put right later in the call, and what was otherwise then."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from vobiz_mcp.digest.timeline.items import Timeline, ToolCall
from vobiz_mcp.digest.wording.safe_text import plain

_AMOUNT: Final = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
_ADDS_UP: Final = re.compile(r"amount|sum|total|credit|refund|payment|quantity|count", re.IGNORECASE)
_CENT: Final = 0.01
_MOST_NAMED, _LONGEST = 2, 40
"""Arguments that are told where they changed, and the characters of one."""


class LaterSuccesses:
    """For each failed tool call of a timeline the next one that did the same and succeeded."""

    def __init__(self, told: Timeline) -> None:
        self._later: dict[int, ToolCall] = {}
        done: defaultdict[str, list[ToolCall]] = defaultdict(list)
        for tool in reversed(told.tool_calls):
            if not tool.failed:
                if tool.result is not None:
                    done[tool.name].append(tool)
            elif later := _same_deed(tool, done[tool.name][::-1]):
                self._later[id(tool)] = later

    def of(self, tool: ToolCall) -> ToolCall | None:
        """The call that put `tool` right; None where none did, or nobody can tell."""
        return self._later.get(id(tool))

    def told(self, tool: ToolCall) -> str:
        """`; put right at t41` by the same, `; went through at t41 only with cabin: economy` by another, or nothing."""
        later = self.of(tool)
        if later is None:
            return ""
        changed = [leaf for leaf in dict.fromkeys(later.asked) if leaf not in tool.asked]
        dropped = [leaf for leaf in dict.fromkeys(tool.asked) if leaf not in later.asked]
        if not (changed or dropped) or not _same_aim(tool, later):
            return f"; put right at t{later.after_turn}"
        leaves, how = (changed, "with") if changed else (dropped, "without")
        told = ", ".join(f"{name}: {value}" for name, value in leaves)
        is_short = len(leaves) <= _MOST_NAMED and all(plain(value, _LONGEST) == value for _, value in leaves)
        named = told if is_short else "other arguments" if changed else "all that was asked"
        return f"; went through at t{later.after_turn} only {how} {named}"


def _same_deed(tool: ToolCall, done: list[ToolCall]) -> ToolCall | None:
    """The next of the calls that succeeded after `tool` which did what it was to do; the last where several did."""
    return next((other for other in done if _same_aim(tool, other)), None) or _in_steps(tool, done)


def _in_steps(tool: ToolCall, done: list[ToolCall]) -> ToolCall | None:
    """The last of the calls, on the same thing, whose amounts add up to the one that was asked for at once."""
    alike = [other for other in done if other.asked[:1] == tool.asked[:1]]
    for key, value in (leaf for leaf in tool.asked[1:] if _ADDS_UP.search(leaf[0])):
        reached, whole = 0.0, _number(value)
        for step, other in enumerate(alike, 1):
            reached += _number(dict(other.asked).get(key, ""))
            if step > 1 and whole and abs(reached - whole) < _CENT / 2:
                return other
    return None


def _number(value: str) -> float:
    return float(value) if _AMOUNT.fullmatch(value) else 0.0


def _same_aim(one: ToolCall, other: ToolCall) -> bool:
    """Whether two tools have the same arguments, or most and the first, which mostly names what the tool acts on."""
    asked, again = set(one.asked), set(other.asked)
    if asked == again:
        return bool(one.arguments)
    return one.asked[:1] == other.asked[:1] and len(asked & again) * 2 > len(asked)
