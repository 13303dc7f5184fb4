"""A whole agent call within a budget of tokens."""

from __future__ import annotations

from vobiz_mcp.digest.agent_call import analysis, cost, latency, missing, outcome, privacy, recording, started
from vobiz_mcp.digest.condensed import condensed
from vobiz_mcp.digest.cutting import fitting
from vobiz_mcp.digest.examine import examine
from vobiz_mcp.digest.found import found
from vobiz_mcp.digest.paging import page_of_turns
from vobiz_mcp.digest.showing import Speech, shown
from vobiz_mcp.digest.timeline import Timeline
from vobiz_mcp.digest.tokens import estimate, rough_size
from vobiz_mcp.digest.verbatim import verbatim
from vobiz_mcp.records.agent_call import AgentCall

MOST_CHARACTERS = 16
"""No page of words, ids and figures has so many characters to a token: beyond that it is certain not to fit."""


def condense(
    call: AgentCall, max_tokens: int = 1500, *, find: str = "", turns: str = "", speech: Speech = "all"
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
    told = shown(call, speech)
    if turns:
        return page_of_turns(call, told, max_tokens, turns)
    if find and (page := found(call, told, max_tokens, find)):
        return page
    notes = _notes(call, told, find, speech)
    lines = [outcome(call), *notes, *_header(call), *verbatim(told)]
    whole = "\n".join(lines)
    size = estimate(whole) if len(whole) <= max_tokens * MOST_CHARACTERS else rough_size(lines)
    return whole if size <= max_tokens else condensed(call, told, max_tokens, size, notes)


def _notes(call: AgentCall, told: Timeline, find: str, speech: Speech) -> list[str]:
    """What a reader must know before the rest: what is not there, and why."""
    heard = told if speech == "all" else shown(call)
    lines = (
        f'nothing bears on "{fitting(find, 200)}"; the call:' if find else "",
        *privacy(call),
        f'speech="{speech}": left out as asked' if speech != "all" else "",
        missing(call, turns=len(heard.utterances), word_times=heard.has_word_times),
    )
    return [line for line in lines if line]


def _header(call: AgentCall) -> list[str]:
    lines = (
        *(finding.line() for finding in examine(call)),
        latency(call),
        analysis(call),
        cost(call),
        started(call),
        recording(call),
    )
    return [line for line in lines if line]
