"""The answer to `turns`: some turns of a call whole, as many as fit, and where the rest begins."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from vobiz_mcp.digest.header.facts import outcome, privacy
from vobiz_mcp.digest.speech.cutting import clipped
from vobiz_mcp.digest.speech.sentences import sentences
from vobiz_mcp.digest.timeline.items import Item, Timeline, Utterance
from vobiz_mcp.digest.tokens.cost import allowance, cost
from vobiz_mcp.digest.verbatim.lines import TRANSCRIPT_HEAD, interruption_line, item_line
from vobiz_mcp.digest.wording.phrases import exact_place
from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.records.agent_call import AgentCall

_RANGE: Final = re.compile(r"\s*t?(\d{1,6})\s*(?:-\s*t?(\d{1,6})\s*)?")
_LAST: Final = re.compile(r"\s*-\s*(\d{1,6})\s*")
_CHARACTERS, _TOOL_SHARE = 3, 4
"""Characters that a token has at least, mostly; and one part in so many of the room that one tool's line may take."""
_FOOT: Final = '… t{} to t{} do not fit; turns="{}-{}" shows them'


def page_of_turns(call: AgentCall, told: Timeline, max_tokens: int, turns: str) -> str:
    """The turns asked for and the tools used after each, verbatim, at most `max_tokens`."""
    first, last = turn_range(turns, max((turn.turn for turn in told.utterances), default=0))
    asked = [item for item in told.items if first <= _turn_of(item) <= last]
    logged = defaultdict(list)
    for interruption in told.interruptions:
        logged[interruption.turn].append(interruption_line(interruption))
    title = TRANSCRIPT_HEAD if asked else f"there are no turns {first} to {last}: {_extent(told)}"
    head = [outcome(call), *privacy(call), title]
    foot = _FOOT.format(first, last, first, last)
    room = allowance(max_tokens) - sum(cost(line + "\n") for line in (*head, foot))
    longest = max_tokens * _CHARACTERS // _TOOL_SHARE
    lines: list[str] = []
    for item in asked:
        broken_into = logged[item.turn] if isinstance(item, Utterance) else []
        line = "\n".join([_line(item, longest), *broken_into])
        room -= cost(line + "\n")
        if room < 0:
            lines += _rest(item, line, room + cost(line + "\n"), (first, last), is_first=not lines)
            break
        lines.append(line)
    return "\n".join([*head, *lines])


def _line(item: Item, longest: int) -> str:
    """A turn whole; what a tool was asked and answered only as far as it leaves room for what was said."""
    line = item_line(item, exact_place)
    if isinstance(item, Utterance) or len(line) <= longest:
        return line
    return f"  {clipped(line, longest)} ({len(line):,} characters; more max_tokens shows more)"


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


def turn_range(turns: str, count: int) -> tuple[int, int]:
    """First and last turn of `12-40`, `14` or `-10`. Raises `InvalidArguments` for anything else."""
    if match := _LAST.fullmatch(turns):
        return max(1, count - int(match[1]) + 1), count
    if match := _RANGE.fullmatch(turns):
        first, last = int(match[1]), int(match[2] or match[1])
        return min(first, last), max(first, last)
    raise InvalidArguments("turns is no range of turns", 'Write "12-40", "14", or "-10" for the last ten')


def _turn_of(item: Item) -> int:
    return item.turn if isinstance(item, Utterance) else item.after_turn


def _extent(told: Timeline) -> str:
    return f"the call has {len(told.utterances)}" if told.utterances else "the call has none to show"
