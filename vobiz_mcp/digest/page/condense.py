"""A whole agent call within a budget of tokens."""

from __future__ import annotations

from typing import Final

from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.header.facts import missing, privacy
from vobiz_mcp.digest.header.header import Header
from vobiz_mcp.digest.page.find_answer import found
from vobiz_mcp.digest.page.page import condensed
from vobiz_mcp.digest.speech.cutting import fitting
from vobiz_mcp.digest.timeline.items import Happening, Item, Timeline, ToolCall, Utterance
from vobiz_mcp.digest.timeline.visibility import Speech
from vobiz_mcp.digest.tokens.budget import USUAL_TOKENS
from vobiz_mcp.digest.tokens.cost import UNIT, allowance, cost, estimate
from vobiz_mcp.digest.verbatim.lines import item_line, story_head
from vobiz_mcp.digest.verbatim.turns import page_of_turns, turn_range
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.records.agent_call import AgentCall

_SURE: Final = 2 * UNIT
"""Lines cost a little less together than one by one: beyond this it is certain that they do not fit."""
_LONGEST_QUESTION: Final = 400
_FRAME: Final = 16
"""Characters of a line that are not the words of others."""


def condense(
    call: AgentCall, max_tokens: int = USUAL_TOKENS, *, find: str = "", turns: str = "", speech: Speech = "all"
) -> str:
    """The call as a page of at most `max_tokens` (o200k): everything if it fits, else what together tells most.

    Args:
        call: finished or still going, whole or with parts missing.
        max_tokens: what the page may cost; made for 200 to 8,000.
        find: a question or words: only what bears on it.
        turns: `12-40`, `14` or `-10` (the last ten): only these, whole; as many as fit.
        speech: `agent` leaves out what the caller said, `none` what anybody said.

    Raises:
        InvalidArguments: as `check` does.
    """
    find = plain(find, _LONGEST_QUESTION).strip()
    check(find, turns)
    examination = examined(call)
    shown, heard = examination.shown(speech), examination.shown().told
    if turns:
        count = max((turn.turn for turn in heard.utterances), default=0)
        return page_of_turns(call, shown.told, max_tokens, turn_range(turns, count), _left_out(speech))
    if find and (page := found(examination, shown, max_tokens, find, _left_out(speech))):
        return page
    notes = _notes(call, heard, find, speech)
    header = Header(call, notes, examination.findings, examination.told.interruptions, shown.deeds)
    whole, size = _whole(header, shown.told, max_tokens)
    return whole if size <= max_tokens else condensed(header, shown, max_tokens, size)


def check(find: str, turns: str) -> None:
    """Raise `InvalidArguments` where `turns` is no range, or `find` is asked with it."""
    if turns:
        turn_range(turns, 0)
    if find and turns:
        raise InvalidArguments("find and turns ask for two different pages", "Ask with one, then with the other.")


def _whole(header: Header, told: Timeline, max_tokens: int) -> tuple[str, int]:
    """Everything, and what it costs; where that is more than `max_tokens`, nothing and a good guess."""
    lines = [*header.whole, *story_head(told)]
    spent = sum(cost(line + "\n") for line in lines)
    for place, item in enumerate(told.items):
        lines.append(item_line(item, is_dense=True))
        spent += cost(lines[-1] + "\n")
        if spent > allowance(max_tokens) + _SURE:
            rest = sum(map(_characters, told.items[place + 1 :]))
            return "", max(max_tokens + 1, (spent + spent * rest // sum(map(len, lines))) // UNIT)
    whole = "\n".join(lines)
    return whole, estimate(whole)


def _characters(item: Item) -> int:
    """How long its line is, about."""
    match item:
        case ToolCall():
            return _FRAME + len(item.name) + len(item.arguments) + len(item.result or "")
        case Utterance() | Happening():
            return _FRAME + len(item.text)


def _notes(call: AgentCall, heard: Timeline, find: str, speech: Speech) -> list[str]:
    """What a reader must know before the rest: what is not there, and why."""
    lines = (
        _not_found(heard, find),
        *privacy(call),
        _left_out(speech),
        missing(call, turns=len(heard.utterances), word_times=heard.has_word_times),
    )
    return [line for line in lines if line]


def _not_found(heard: Timeline, find: str) -> str:
    """That nothing bears on a question, or that there is no speech in which anything could."""
    if not find:
        return ""
    asked = f'"{fitting(find, 200)}"'
    return (
        f"nothing bears on {asked}; the call:" if heard.utterances else f"no speech to look for {asked} in; the call:"
    )


def _left_out(speech: Speech) -> str:
    """Whose words are not shown because nobody asked for them; "" where all are."""
    whose = {"all": "", "agent": "what the agent did not say", "none": "all that was said"}[speech]
    return f'speech="{speech}": {whose} is left out as asked' if whose else ""
