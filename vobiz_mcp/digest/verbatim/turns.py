"""The answer to `turns`: some turns of a call whole, as many as fit, and where the rest begins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from vobiz_mcp.digest.deeds.detail import Detail, came_back
from vobiz_mcp.digest.header.facts import outcome, privacy
from vobiz_mcp.digest.speech.cutting import clipped
from vobiz_mcp.digest.speech.sentences import sentences
from vobiz_mcp.digest.timeline.items import Happening, Item, Timeline, ToolCall, Utterance
from vobiz_mcp.digest.timeline.tool_values import flat
from vobiz_mcp.digest.tokens.cost import UNIT, allowance, cost
from vobiz_mcp.digest.verbatim.lines import TRANSCRIPT_HEAD, interruption_line, item_line
from vobiz_mcp.digest.wording.phrases import exact_place
from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.records.agent_call import AgentCall

TAKES_TURNS: Final = 'one range of turns, counted from 1: "12-40", "14", "12-" to the end, or "-10" for the last ten'
_RANGE: Final = re.compile(r"t?(\d{1,6})(-(?:t?(\d{1,6}))?)?")
_NEWEST: Final = re.compile(r"-(\d{1,6})")
_CHARACTERS, _SHORTEST, _DEED_SHARE = 2, 90, 4
"""Characters that a token has at least; that any tool's line may have; shares of a line of what was changed."""
_CUT: Final = "… in a tool's line: more max_tokens shows it whole"
_FOOT: Final = '… t{} to t{} do not fit; turns="{}-{}" shows them'


class Turns(NamedTuple):
    """Which turns are asked for, and how many the call has, those included that are not shown."""

    first: int
    last: int
    of: int


def page_of_turns(call: AgentCall, told: Timeline, max_tokens: int, turns: Turns, note: str = "") -> str:
    """The turns asked for and the tools used after each, verbatim, at most `max_tokens`.

    Args:
        note: whose words are left out, as a line; "" for nobody's.
    """
    first, last, count = turns
    asked = [item for item in told.items if first <= _turn_of(item) <= last]
    logged = defaultdict(list)
    for interruption in told.interruptions:
        logged[interruption.turn].append(interruption_line(interruption))
    title = (
        TRANSCRIPT_HEAD if asked else f"there are no turns {first} to {last}: the call has {count or 'none to show'}"
    )
    head = [outcome(call), *privacy(call), *([note] if note else []), title]
    foot = _FOOT.format(first, last, first, last)
    room = allowance(max_tokens) - sum(cost(line + "\n") for line in (*head, foot, _CUT))
    whole = ["\n".join([item_line(item, exact_place), *_logged(item, logged)]) for item in asked]
    fitted = _condensed(told.tool_calls, asked, whole, room)
    lines = list[str]()
    for item, line in zip(asked, fitted, strict=True):
        room -= cost(line + "\n")
        if room < 0:
            lines += _rest(item, line, room + cost(line + "\n"), (first, last), is_first=not lines)
            break
        lines.append(line)
    return "\n".join([*head, *([_CUT] if fitted != whole else []), *lines])


def _logged(item: Item, logged: Mapping[int, list[str]]) -> list[str]:
    """Who broke into a turn."""
    return logged.get(item.turn, []) if isinstance(item, Utterance) else []


def _condensed(tools: list[ToolCall], asked: Sequence[Item], lines: list[str], room: int) -> list[str]:
    """The lines; where they are too many, those of tools only as far as they leave room for what was said."""
    shares = [0 if isinstance(item, Utterance | Happening) else 1 if item.only_reads else _DEED_SHARE for item in asked]
    costs = [cost(line + "\n") for line in lines]
    left = room - sum(spent for spent, share in zip(costs, shares, strict=True) if not share)
    if sum(costs) <= room or not any(shares):
        return lines
    longest = [max(_SHORTEST, left * _CHARACTERS // sum(shares) // UNIT) * share for share in shares]
    return [
        _tool_line(item, tools[: tools.index(item)], most) if isinstance(item, ToolCall) and len(line) > most else line
        for item, line, most in zip(asked, lines, longest, strict=True)
    ]


def _tool_line(tool: ToolCall, earlier: Sequence[ToolCall], longest: int) -> str:
    """What a tool was asked and, in about `longest` characters, the values that came back which matter most."""
    line = item_line(tool, exact_place, is_dense=True)
    if len(line) <= longest:
        return line
    answered, kept = came_back(tool, earlier), set[Detail]()
    tool = replace(tool, arguments=clipped(flat(tool.asked_tree, tool.arguments), longest // 2))
    left = longest - len(_with_result(tool, "…"))
    for detail in sorted(answered, key=lambda detail: -detail.worth):
        left -= len(detail.text) + len(", ")
        if left < 0:
            break
        kept.add(detail)
    back = ", ".join([*(detail.text for detail in answered if detail in kept), "…"])
    return f"  {clipped(_with_result(tool, back), longest)}"


def _with_result(tool: ToolCall, result: str) -> str:
    return item_line(replace(tool, result=result, successful=not tool.failed), exact_place, is_dense=True)


def _rest(item: Item, line: str, room: int, asked: tuple[int, int], *, is_first: bool) -> list[str]:
    """Where to go on; and of a first turn that alone is too long, its first sentences."""
    turn, (first, last) = _turn_of(item), asked
    if not is_first:
        begin = turn if turn > first else turn + 1
        here = [] if turn > first else [f"… not all that tools did after t{turn} fits; more max_tokens shows it"]
        return [*here, *([_FOOT.format(begin, last, begin, last)] if begin <= last else [])]
    kept = ""
    for sentence in sentences(line):
        if cost(f"{kept} {sentence} …\n") > room:
            break
        kept = f"{kept} {sentence}".lstrip()
    after = turn + 1
    rest = [_FOOT.format(after, last, after, last)] if after <= last else []
    return [f"{kept} … (too long for max_tokens)".lstrip(), *rest]


def turn_range(turns: str, count: int) -> Turns:
    """The turns of `12-40`, `14`, `12-` or `-10`. Raises `InvalidArguments` for anything else."""
    asked = turns.replace(" ", "")
    if newest := _NEWEST.fullmatch(asked):
        return Turns(max(1, count - int(newest[1]) + 1), count, count)
    if match := _RANGE.fullmatch(asked):
        first = int(match[1])
        last = int(match[3]) if match[3] else max(count, first) if match[2] else first
        if first or last:
            return Turns(max(1, min(first, last)), max(first, last), count)
    raise InvalidArguments(f"turns takes {TAKES_TURNS}")


def _turn_of(item: Item) -> int:
    return item.turn if isinstance(item, Utterance) else item.after_turn
