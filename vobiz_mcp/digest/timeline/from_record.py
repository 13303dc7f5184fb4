"""The timeline of an agent call, read from its record.

Source: `transcript_with_tool_calls`, or `transcript_object` where that holds more speech; word times, or the entry's
own `timestamp` or `time_sec` where there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vobiz_mcp.digest.timeline.items import Happening, Interruption, Item, Timeline, ToolCall, Utterance
from vobiz_mcp.records.agent_call import AgentCall, Entry
from vobiz_mcp.records.speech import EPOCH_MS, SPEAKERS, says_as_much

EPOCH_S = 1e9
"""Above this a time is an epoch (2001 and later), below it seconds from the start of the call (1e9 s are 31 years)."""


def timeline(call: AgentCall) -> Timeline:
    """The timeline of a call; an empty one where nothing was transcribed."""
    clock = _Clock(_zero(call))
    started = next((e.timestamp for e in call.events if (e.event or "").lower().startswith("call started")), None)
    epoch = started.epoch if started else None
    answered = None if epoch is None else clock.seconds(epoch)
    items = _items(call, clock)
    return Timeline(items, duration_of(call), answered, tuple(_interruptions(call, items, clock)))


def duration_of(call: AgentCall) -> float | None:
    """Seconds: as reported, else end minus start, else None."""
    if call.duration_ms is not None:
        return call.duration_ms / 1000
    start = call.start_timestamp.epoch if call.start_timestamp else None
    end = call.end_timestamp.epoch if call.end_timestamp else None
    return None if start is None or end is None else end - start


@dataclass(frozen=True)
class _Clock:
    """Turns any time of the source into seconds from the call's start, known as an epoch in seconds or 0."""

    zero: float

    def seconds(self, time: float) -> float:
        if time > EPOCH_S:
            time = (time / 1000 if time > EPOCH_MS else time) - self.zero
        return round(time, 3)


def _zero(call: AgentCall) -> float:
    if call.start_timestamp and call.start_timestamp.epoch is not None:
        return call.start_timestamp.epoch
    times = [start for entry in spoken_entries(call) for start, _ in entry.speech[:1]]
    first = min((time for time in times if time > EPOCH_S), default=0.0)
    return first / 1000 if first > EPOCH_MS else first


def spoken_entries(call: AgentCall) -> list[Entry]:
    """The transcript that holds more speech; the one with tool calls when both hold as much."""
    rich, plain = call.transcript_with_tool_calls, call.transcript_object
    if not plain:
        return rich
    said = sum(_role(entry) in SPEAKERS for entry in plain)
    return rich if says_as_much((entry.role for entry in rich), said) else plain


def _role(entry: Entry) -> str:
    return (entry.role or "").lower()


def _items(call: AgentCall, clock: _Clock) -> list[Item]:
    items: list[Item] = []
    open_tools: dict[str, ToolCall] = {}
    turn = 0
    for entry in spoken_entries(call):
        role = _role(entry)
        if speaker := SPEAKERS.get(role):
            turn += 1
            spans = tuple([(clock.seconds(start), clock.seconds(end)) for start, end in entry.speech])
            items.append(Utterance(turn, speaker, entry.content or "", spans, _time(entry, clock)))
        elif role == "tool_call_result":
            _answer_tool(entry, open_tools, items, turn, clock)
        elif role == "tool_call_invocation":
            tool = ToolCall(entry.name or "unnamed tool", entry.arguments or "", turn, _time(entry, clock))
            tool.kind = str((entry.model_extra or {}).get("type") or "")
            open_tools[entry.tool_call_id or ""] = tool
            items.append(tool)
        else:
            items.append(Happening(role, _happening_text(entry), turn, _time(entry, clock)))
    for tool in open_tools.values():
        tool.is_running = not call.is_over
    return items


def _interruptions(call: AgentCall, items: list[Item], clock: _Clock) -> Iterator[Interruption]:
    """The interruptions among the events; the turn as logged, else the last one that had begun."""
    for event in call.events:
        if event.event and "interrupt" in event.event.lower():
            epoch = event.timestamp.epoch if event.timestamp else None
            at = None if epoch is None else clock.seconds(epoch)
            logged = (event.model_extra or {}).get("data")
            turn = logged.get("turn") if isinstance(logged, dict) else None
            spoken = (item for item in reversed(items) if isinstance(item, Utterance))
            begun = (said.turn for said in spoken if at is not None and (said.start or 0.0) <= at)
            yield Interruption(turn if isinstance(turn, int) else next(begun, 0), at, event.event)


def _answer_tool(entry: Entry, open_tools: dict[str, ToolCall], items: list[Item], turn: int, clock: _Clock) -> None:
    tool = open_tools.pop(entry.tool_call_id or "", None)
    if tool is None:
        tool = ToolCall(entry.name or "unnamed tool", "", turn)
        items.append(tool)
    tool.result, tool.successful, tool.end = entry.content or "", entry.successful, _time(entry, clock)


def _time(entry: Entry, clock: _Clock) -> float | None:
    if entry.time_sec is not None:
        return clock.seconds(entry.time_sec)
    return None if entry.timestamp is None else clock.seconds(entry.timestamp)


def _happening_text(entry: Entry) -> str:
    more = entry.model_extra or {}
    return entry.content or str(more.get("digit") or more.get("new_node_name") or "")
