"""The tool calls of a call that changed something, or tried to, in order; and those that only looked something up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from vobiz_mcp.digest.deeds.detail import ECHO, TRIED, Detail, against, asked, came_back, message, unexplained
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.timeline.items import Timeline, ToolCall
from vobiz_mcp.digest.timeline.later_success import LaterSuccesses

_LOOK_BACK: Final = 12
"""Tool calls before a deed among which its earlier record is looked for."""
_SAME_TRY: Final = 12
"""Turns after a failure within which the same one again is of one attempt."""
_NOTHING: Final = Detail("", "nothing came back", 1.0)


@dataclass(frozen=True, eq=False)
class Deed:
    """One call of a tool that changes something; or several that failed for one reason before any went through.

    Attributes:
        tools: the calls; more than one only where all failed alike.
        earlier: every tool call before it.
        put_right: where a later call did what this one failed to do, and what was otherwise then; else "".
        afterwards: later calls of the tool, which may have done it otherwise.
        offered: the name of a value in the answer and what the agent had offered under it, where that is another.
    """

    tools: tuple[ToolCall, ...]
    earlier: tuple[ToolCall, ...] = ()
    put_right: str = ""
    afterwards: tuple[ToolCall, ...] = ()
    offered: tuple[str, str] | None = None

    @property
    def tool(self) -> ToolCall:
        """The call; the first of several."""
        return self.tools[0]

    @cached_property
    def asked(self) -> list[Detail]:
        """All that it was asked; of a failure, what the next call that did it was asked too tells little."""
        mine = asked(*self.tools)
        done = next((tool for tool in self.afterwards if not tool.failed), None)
        same = {(d.name, d.value) for d in mine} & {(d.name, d.value) for d in (asked(done) if done else ())}
        is_again = len(same) * 2 >= len(mine)
        return [d._replace(worth=TRIED) if is_again and (d.name, d.value) in same else d for d in mine]

    @cached_property
    def came_back(self) -> list[Detail]:
        """What it answered; of a failure the reason; never empty."""
        if self.tool.result is None:
            return [Detail("", "no result yet" if self.tool.is_running else "no result", 1.0)]
        found = came_back(self.tool, self.earlier)
        if self.tool.failed and not message(self.tool):
            return unexplained(found)
        return [against(detail, *self.offered) for detail in found] if self.offered else found or [_NOTHING]

    @property
    def turns(self) -> str:
        """`t7`, or `t13-22` of several calls."""
        first, last = self.tool.after_turn, self.tools[-1].after_turn
        return f"t{first}-{last}" if last > first else f"t{first}"

    @property
    def begin(self) -> str:
        """`t7 cancel_reservation`; of several failures for one reason how many, and the turns of them."""
        times = f"×{len(self.tools)} " if len(self.tools) > 1 else ""
        verdict = f"FAILED {times}" if self.tool.failed else ""
        return f"{self.turns} {verdict}{whole(self.tool.name)}"

    @property
    def line(self) -> str:
        """All of it: `t7 cancel_reservation(id: 4) → status: cancelled`."""
        asked, back = (", ".join(detail.text for detail in details) for details in (self.asked, self.came_back))
        return f"{self.begin}({asked}) → {back}{self.end}"

    @property
    def news(self) -> str:
        """The line without what the answer only repeats, nor what followed: `t7 cancel(id: 4) → fee: 5, …`."""
        new = [detail.text for detail in self.came_back if detail.worth > ECHO]
        back = [*new, *(["…"] if len(new) < len(self.came_back) else [])]
        return f"{self.begin}({', '.join(detail.text for detail in self.asked)}) → {', '.join(back)}"

    @property
    def end(self) -> str:
        """`; put right at t30` or `; not tried again` of one that failed, or nothing."""
        return self.put_right or ("; not tried again" if self.tool.failed and not self.afterwards else "")


def deeds(told: Timeline) -> list[Deed]:
    """What tools changed, in order; one thing that a tool failed to do again and again, for one reason, is one deed."""
    later, found = LaterSuccesses(told), list[Deed]()
    tries: dict[tuple[str, str], int] = {}
    for place, tool in enumerate(told.tool_calls):
        if tool.only_reads:
            continue
        before = tuple(told.tool_calls[max(0, place - _LOOK_BACK) : place])
        after = tuple(other for other in told.tool_calls[place + 1 :] if other.name == tool.name) if tool.failed else ()
        deed = Deed((tool,), before, later.told(tool), after)
        if not tool.failed:
            tries = {tried: at for tried, at in tries.items() if tried[0] != tool.name}
            found.append(deed)
            continue
        tried = (tool.name, message(tool))
        first = tries.get(tried)
        if first is not None and (found[first] is found[-1] or _tries_again(tool, found[first].tools[-1])):
            found[first] = replace(deed, tools=(*found[first].tools, tool), earlier=found[first].earlier)
        else:
            tries[tried] = len(found)
            found.append(deed)
    return found


def _tries_again(tool: ToolCall, before: ToolCall) -> bool:
    """Whether a call that failed as the one before it did is about the same thing, which mostly is named first."""
    return tool.asked[:1] == before.asked[:1] and tool.after_turn - before.after_turn <= _SAME_TRY


def lookups(told: Timeline) -> list[ToolCall]:
    """The tool calls that only read."""
    return [tool for tool in told.tool_calls if tool.only_reads]
