"""What of a call may and can be shown: without words that nobody may see, and from the plain text where that is all."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeAlias

from vobiz_mcp.digest.timeline.items import Happening, Item, Timeline, ToolCall, Utterance
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.speech import SPEAKERS

Speech: TypeAlias = Literal["all", "agent", "none"]


def shown(call: AgentCall, told: Timeline, speech: Speech = "all") -> Timeline:
    """The call's timeline as it may be shown.

    Args:
        call: an opted-out call shows neither speech nor what tools were asked and answered.
        speech: `agent` leaves out what anybody else said, `none` what anybody said.
    """
    if not told.utterances and call.transcript:
        told = replace(told, items=[*_from_text(call.transcript), *told.items])
    if call.opt_out_sensitive_data_storage:
        return replace(told, items=[_bare(item) for item in told.items if isinstance(item, ToolCall)])
    return replace(told, items=[item for item in told.items if _may_speak(item, speech)])


def _from_text(transcript: str) -> list[Item]:
    """Turns read from a transcript that came as one text, a line each; such turns have no times."""
    lines = [line.strip() for line in transcript.splitlines() if line.strip()]
    return [_turn_from(line, turn) for turn, line in enumerate(lines, 1)]


def _turn_from(line: str, turn: int) -> Utterance:
    label, colon, said = line.partition(":")
    speaker = SPEAKERS.get(label.strip().lower()) if colon else None
    return Utterance(turn, speaker, said.strip()) if speaker else Utterance(turn, "someone", line)


def _bare(tool: ToolCall) -> Item:
    """A tool call with nothing in it that anybody said."""
    return replace(tool, arguments="", result="" if tool.result is not None else None, successful=not tool.failed)


def _may_speak(item: Item, speech: Speech) -> bool:
    match item:
        case Utterance():
            return speech == "all" or (speech == "agent" and item.speaker == "agent")
        case Happening():
            return speech == "all"
        case ToolCall():
            return True
