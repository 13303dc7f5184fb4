"""Days, hours and references that the agent reports, held against what tools took and returned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.claims.evidence.held import Held, named
from vobiz_mcp.digest.claims.evidence.speech_acts import reports
from vobiz_mcp.digest.claims.evidence.words import REFERENCE_HINTS
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.values import Key, values
from vobiz_mcp.digest.timeline.items import ToolCall, Utterance

_REFERENCE: Final = re.compile(
    r"\b(?i:(?:reference|confirmation|booking|reservation|order|ticket|tracking|case|claim) (?:number|id|code"
    r"|reference)\s*(?:is|:|–|-)?)"
    r"\W{0,4}(?P<id>(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,14})\b"
)
_SHAPES: Final = {"date": re.compile(r"\d{4}-\d\d-\d\d$"), "time": re.compile(r"\d{1,2}:\d\d(?::\d\d)?$")}


def told_details(held: Held) -> Iterator[Finding]:
    """Reports right after a tool that changed something, and references that no tool and no caller ever named."""
    referring = held.hinting(REFERENCE_HINTS) if held.done else set()
    for said in held.agent:
        done = [tool for tool in held.after.get(said.turn - 1, ()) if id(tool) in held.did]
        found = _another_day(held, said, done) if done else None
        found = found or (_invented(held, said) if said.turn in referring else None)
        if found:
            yield found


def _another_day(held: Held, said: Utterance, done: list[ToolCall]) -> Finding | None:
    """A report that names one day or hour where the tools took and returned only others."""
    for report in reports(said.text):
        told = {value.key for value in values(report.sentence)}
        for kind, shape in _SHAPES.items():
            mine = {key for key in told if key.kind == kind}
            keys = _whens(done, shape) if len(mine) == 1 else set()
            if keys and not mine & keys and not mine & _earlier(held, said, shape):
                name, value = _first(done, shape)
                detail = f"agent: {held.quote(report.sentence)} · {named(done[-1])} has {name} {value}"
                return held.found("contradicts_tool", "critical", said.turn, detail)
    return None


def _whens(done: list[ToolCall], shape: re.Pattern[str]) -> set[Key]:
    """The keys of the bare days or hours in what tools took and returned."""
    texts = {value for tool in done for _, value in (*tool.asked, *tool.answered) if shape.match(value)}
    return {found.key for text in texts for found in values(text)}


def _earlier(held: Held, said: Utterance, shape: re.Pattern[str]) -> set[Key]:
    """The days or hours that other tools had shown: the report may speak of those too."""
    tools = (tool for tool in held.until(said.turn) if tool.only_reads)
    texts = {value for tool in tools for _, value in tool.answered if shape.match(value)}
    return {found.key for text in texts for found in values(text)}


def _first(done: list[ToolCall], shape: re.Pattern[str]) -> tuple[str, str]:
    leaves = [leaf for tool in done for leaf in (*tool.answered, *tool.asked)]
    return next((key, value) for key, value in leaves if shape.match(value))


def _invented(held: Held, said: Utterance) -> Finding | None:
    """A reference number that is in no result, no argument and no word of the caller."""
    match = _REFERENCE.search(said.text)
    if match is None:
        return None
    wanted = match["id"].replace("-", "")
    texts = (
        *(text for tool in held.tools for text in (tool.result or "", tool.arguments)),
        *(turn.text for turn in held.caller),
    )
    if any(wanted in text.replace("-", "").replace(" ", "") for text in texts):
        return None
    detail = f"agent: {held.quote(match[0])} · no tool returned {match['id']}, and the caller had not said it"
    return held.found("contradicts_tool", "critical", said.turn, detail)
