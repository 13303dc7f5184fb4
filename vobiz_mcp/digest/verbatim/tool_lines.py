"""Tool calls as lines: what was asked, what came back, and whether it failed."""

from __future__ import annotations

from typing import Final

from vobiz_mcp.digest.speech.cutting import clipped, whole
from vobiz_mcp.digest.timeline.items import ToolCall
from vobiz_mcp.digest.timeline.tool_values import flat

LONGEST_MESSAGE: Final = 300
"""Characters of a failure's message: an error is said in a sentence or two, what follows is a trace."""


def unanswered(tool: ToolCall) -> str:
    """What is said of a tool without a result, while one may come and when none will."""
    return "no result yet" if tool.is_running else "no result"


def name(tool: ToolCall) -> str:
    """Its name, as one word."""
    return whole(tool.name)


def arguments(tool: ToolCall) -> str:
    """Its arguments, whole, without the quotes of JSON."""
    return whole(flat(tool.asked_tree, tool.arguments))


def message(tool: ToolCall) -> str:
    """Why it failed, in its own words; "" where it only returned data."""
    tree = tool.answered_tree
    return clipped(flat(tree, tool.result or ""), LONGEST_MESSAGE) if tool.failure or not tree else ""


def table_form(tool: ToolCall) -> tuple[str, ...]:
    """Its name and the names of its arguments where none of them is nested: what the rows of a table share."""
    tree = tool.asked_tree
    if not isinstance(tree, dict) or not tree or any(isinstance(value, dict | list) for value in tree.values()):
        return ()
    return (tool.name, *tree)


def table_head(form: tuple[str, ...]) -> str:
    """The line above the rows of a table."""
    return f"{whole(form[0])}({' | '.join(whole(part) for part in form[1:])}):"


def table_row(tool: ToolCall) -> str:
    """The values of the arguments, in the order of the table's head."""
    return " | ".join(whole(value) for _, value in tool.asked)
