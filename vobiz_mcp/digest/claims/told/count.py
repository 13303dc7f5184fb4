"""How many there are of what was looked for, as the agent tells it, held against what the tool returned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.claims.evidence.held import Held, named
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.timeline.items import ToolCall

_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TELLS: Final = re.compile(
    rf"\b(?:there (?:are|is)|i(?:['’]ve| have)? (?:found|located|see)|i (?:was able to )?(?:find|locate)|you have"
    rf"|we have)\s+"
    rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?P<more>more |other "
    rf"|additional )?(?P<what>[a-z]+s)\b(?P<than> (?:other than|besides|apart from) this)?",
    re.IGNORECASE,
)
_OF_TIME: Final = re.compile(
    r"(?:minute|hour|day|night|week|month|year|point|mile|step|passenger|adult|guest|people|star)s?", re.IGNORECASE
)


def told_count(held: Held) -> Iterator[Finding]:
    """A number of things right after the one tool that listed them, where the list is of another length."""
    for said in held.agent:
        read = [tool for tool in held.after.get(said.turn - 1, ()) if tool.only_reads]
        match = _TELLS.search(said.text) if read else None
        lists = [tool for tool in read if _length(tool)] if match else []
        if match and len(lists) == 1 and not _OF_TIME.fullmatch(match["what"]):
            told, length = _number(match["n"]), _length(lists[0])
            besides = 1 if match["more"] or match["than"] else 0
            if told > length - besides:
                extra = ", the one told before among them" if besides else ""
                detail = f"agent: {held.quote(match[0])} · {named(lists[0])} returned {length}{extra}"
                yield held.found("contradicts_tool", "warn", said.turn, detail)


def _length(tool: ToolCall) -> int:
    tree = tool.answered_tree
    return len(tree) if isinstance(tree, list) and all(isinstance(row, dict) for row in tree) else 0


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word.lower()) + 1
