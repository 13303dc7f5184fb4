"""Which failures of tools were put right later in the call."""

from __future__ import annotations

from collections import defaultdict

from vobiz_mcp.digest.timeline.items import Timeline, ToolCall


class LaterSuccesses:
    """For each failed tool call of a timeline the next one that did the same and succeeded."""

    def __init__(self, told: Timeline) -> None:
        self._later: dict[int, ToolCall] = {}
        done: defaultdict[str, list[ToolCall]] = defaultdict(list)
        for tool in reversed(told.tool_calls):
            if not tool.failed:
                if tool.result is not None:
                    done[tool.name].append(tool)
            elif later := next((other for other in reversed(done[tool.name]) if _same_aim(tool, other)), None):
                self._later[id(tool)] = later

    def of(self, tool: ToolCall) -> ToolCall | None:
        """The call that put `tool` right; None where none did, or nobody can tell."""
        return self._later.get(id(tool))

    def told(self, tool: ToolCall) -> str:
        """`; put right at t41`, or nothing."""
        later = self.of(tool)
        return f"; put right at t{later.after_turn}" if later else ""


def _same_aim(one: ToolCall, other: ToolCall) -> bool:
    """Whether two tools have the same arguments, or most and the first, which mostly names what the tool acts on."""
    asked, again = set(one.asked), set(other.asked)
    if asked == again:
        return bool(one.arguments)
    return one.asked[:1] == other.asked[:1] and len(asked & again) * 2 > len(asked)
