"""A whole agent call within a budget of tokens."""

from __future__ import annotations

from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.header.facts import missing, privacy
from vobiz_mcp.digest.header.header import Header
from vobiz_mcp.digest.page.find_answer import found
from vobiz_mcp.digest.page.page import condensed
from vobiz_mcp.digest.speech.cutting import fitting
from vobiz_mcp.digest.timeline.items import Item, Timeline
from vobiz_mcp.digest.timeline.visibility import Speech
from vobiz_mcp.digest.tokens.budget import USUAL_TOKENS
from vobiz_mcp.digest.tokens.cost import estimate, rough_size, sampling_step
from vobiz_mcp.digest.verbatim.lines import item_line, story_head
from vobiz_mcp.digest.verbatim.turns import page_of_turns
from vobiz_mcp.records.agent_call import AgentCall

MOST_CHARACTERS = 16
"""No page of words, ids and figures has so many characters to a token: beyond that it is certain not to fit."""


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
        InvalidArguments: `turns` is no range.
    """
    examination = examined(call)
    shown = examination.shown(speech)
    if turns:
        return page_of_turns(call, shown.told, max_tokens, turns)
    if find and (page := found(examination, shown, max_tokens, find)):
        return page
    notes = _notes(call, examination.shown().told, find, speech)
    header = Header(call, notes, examination.findings, examination.told.interruptions)
    whole, size = _whole(header, shown.told, max_tokens * MOST_CHARACTERS)
    return whole if size <= max_tokens else condensed(header, shown, max_tokens, size)


def _whole(header: Header, told: Timeline, most: int) -> tuple[str, int]:
    """Everything, and what it costs; where that takes more than `most` characters, nothing and a good guess."""
    lines = [*header.whole(), *story_head(told)]
    room = most + 1 - sum(len(line) + 1 for line in lines)
    for place, item in enumerate(told.items):
        lines.append(item_line(item))
        room -= len(lines[-1]) + 1
        if room < 0:
            return "", _guess(lines, told.items[place + 1 :])
    whole = "\n".join(lines)
    return whole, estimate(whole)


def _guess(lines: list[str], rest: list[Item]) -> int:
    """What `lines` and those of `rest` cost together, of which most are never written."""
    count = len(lines) + len(rest)
    step = sampling_step(count)
    sample = [*lines[::step], *(item_line(item) for item in rest[-len(lines) % step :: step])]
    return rough_size(sample, count)


def _notes(call: AgentCall, heard: Timeline, find: str, speech: Speech) -> list[str]:
    """What a reader must know before the rest: what is not there, and why."""
    lines = (
        f'nothing bears on "{fitting(find, 200)}"; the call:' if find else "",
        *privacy(call),
        f'speech="{speech}": left out as asked' if speech != "all" else "",
        missing(call, turns=len(heard.utterances), word_times=heard.has_word_times),
    )
    return [line for line in lines if line]
