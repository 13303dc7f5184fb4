"""The caller asks for a person and gets none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.evidence.speech_acts import hinting
from vobiz_mcp.digest.claims.evidence.words import (
    ASKS_PERSON,
    CALLS_IT_OFF,
    PASSES_ON,
    PERSON_HINTS,
    TAKES_TO_PERSON,
)
from vobiz_mcp.digest.findings.ending import handing_over
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.end_reasons import ending
from vobiz_mcp.digest.timeline.items import ToolCall

_ASKS: Final = Phrase(ASKS_PERSON)
_CALLS_OFF: Final = Phrase(CALLS_IT_OFF)
_PASSES_ON: Final = Phrase(PASSES_ON)
_TAKES: Final = Phrase(TAKES_TO_PERSON)


def person_refused(held: Held) -> Iterator[Finding]:
    """The caller asks for a person, nobody else comes on the line and no tool passes it on."""
    if not held.is_over or handing_over(held) or ending(held.call) == "handed over":
        return
    if any(said.speaker == "transfer target" for said in held.turns):
        return
    for said in held.callers(PERSON_HINTS):
        sentence = next((part for part in hinting(said.text, PERSON_HINTS) if _ASKS.search(part)), None)
        if sentence and not _is_settled(held, said.turn):
            reply = next((other for other in held.agent if other.turn > said.turn), None)
            answer = f"agent t{reply.turn}: {held.quote(reply.text, 90)}" if reply else "nobody answered"
            detail = f"caller: {held.quote(sentence)} · {answer} · no tool handed the call over until its end"
            yield held.found("person_refused", "critical", said.turn, detail)
            return


def _is_settled(held: Held, turn: int) -> bool:
    """Whether it was passed on, taken back, or promised on a call that shows no tools at all."""
    if any(tool.after_turn >= turn and _passes_on(tool) for tool in held.tools):
        return True
    later = held.turns[turn:]
    if any(said.speaker == "caller" and _CALLS_OFF.search(said.text) for said in later):
        return True
    return not held.tools and any(said.speaker == "agent" and _TAKES.search(said.text) for said in later)


def _passes_on(tool: ToolCall) -> bool:
    return not tool.failed and bool(_PASSES_ON.search(tool.name))
