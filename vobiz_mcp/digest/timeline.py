"""What happened on an agent call and when, in seconds from its start: the one view that every digest is made from.

Source: `transcript_with_tool_calls`, or `transcript_object` where that holds more speech; word times, or the entry's
own `timestamp` or `time_sec` where there are none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from vobiz_mcp.digest.findings.tool_result import failure
from vobiz_mcp.digest.tool_values import Leaf, leaves, parsed
from vobiz_mcp.records.agent_call import AgentCall, Entry
from vobiz_mcp.records.speech import EPOCH_MS, SPEAKERS, Span

EPOCH_S = 1e9
"""Above this a time is an epoch (2001 and later), below it seconds from the start of the call (1e9 s are 31 years)."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said. `turn` counts utterances from 1, in the order sent; spans are seconds from the call's start."""

    turn: int
    speaker: str
    text: str
    spans: tuple[Span, ...] = ()
    sent_at: float | None = None

    @property
    def start(self) -> float | None:
        """When it began, or None when neither its words nor itself carry a time."""
        return self.spans[0][0] if self.spans else self.sent_at

    @property
    def end(self) -> float | None:
        """When its last word ended; None without word times."""
        return self.spans[-1][1] if self.spans else None


@dataclass
class ToolCall:
    """A tool that the agent used. `after_turn` is the last utterance before it; `result` is None while unanswered.

    `kind` is its type at the platform where that is told: custom, end_call, transfer_call, …; `is_running` tells that
    the call goes on and the result may still come.
    """

    name: str
    arguments: str
    after_turn: int
    start: float | None = None
    result: str | None = None
    successful: bool | None = None
    end: float | None = None
    kind: str = ""
    is_running: bool = False

    @cached_property
    def asked_tree(self) -> object:
        """The arguments as a tree; None where they are no JSON."""
        return parsed(self.arguments)

    @cached_property
    def asked(self) -> tuple[Leaf, ...]:
        """The values of the arguments."""
        return leaves(self.asked_tree, self.arguments)

    @cached_property
    def answered_tree(self) -> object:
        """The result as a tree; None where it is no JSON."""
        return parsed(self.result or "")

    @cached_property
    def answered(self) -> tuple[Leaf, ...]:
        """The values of the result."""
        return leaves(self.answered_tree, self.result or "")

    @cached_property
    def failure(self) -> str | None:
        """What in the result says that the tool failed; None when nothing does."""
        return failure(self.result or "")


@dataclass(frozen=True, slots=True)
class Happening:
    """A key press, a change of node, a text message, an injected context. `kind` is the entry's role."""

    kind: str
    text: str
    after_turn: int
    start: float | None = None


Item: TypeAlias = Utterance | ToolCall | Happening


@dataclass(frozen=True)
class Timeline:
    """Everything on a call in the order sent.

    Attributes:
        items: utterances, tool calls (at their invocation) and happenings.
        duration: seconds from start to end as reported, or end minus start, or None while the call goes on.
        answered: seconds from the start until the event `Call started`, where one was sent.
    """

    items: list[Item] = field(default_factory=list)
    duration: float | None = None
    answered: float | None = None

    @cached_property
    def utterances(self) -> list[Utterance]:
        """What was said; `utterances[n - 1]` is turn n."""
        return [item for item in self.items if isinstance(item, Utterance)]

    @cached_property
    def tool_calls(self) -> list[ToolCall]:
        """The tools used, in order."""
        return [item for item in self.items if isinstance(item, ToolCall)]

    @cached_property
    def has_word_times(self) -> bool:
        """Whether gaps can be measured."""
        return any(utterance.spans for utterance in self.utterances)


def timeline(call: AgentCall) -> Timeline:
    """The timeline of a call; an empty one where nothing was transcribed."""
    clock = _Clock(_zero(call))
    started = next((e.timestamp for e in call.events if (e.event or "").lower().startswith("call started")), None)
    epoch = started.epoch if started else None
    return Timeline(_items(call, clock), duration_of(call), None if epoch is None else clock.seconds(epoch))


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
        if time > EPOCH_MS:
            return round(time / 1000 - self.zero, 3)
        return round(time - self.zero if time > EPOCH_S else time, 3)


def _zero(call: AgentCall) -> float:
    if call.start_timestamp and call.start_timestamp.epoch is not None:
        return call.start_timestamp.epoch
    times = [start for entry in spoken_entries(call) for start, _ in entry.speech[:1]]
    first = min((time for time in times if time > EPOCH_S), default=0.0)
    return first / 1000 if first > EPOCH_MS else first


def spoken_entries(call: AgentCall) -> list[Entry]:
    """The transcript that holds more speech; the one with tool calls when both hold as much."""
    rich, plain = call.transcript_with_tool_calls, call.transcript_object
    return rich if _speech_count(rich) >= _speech_count(plain) else plain


def _speech_count(entries: list[Entry]) -> int:
    return sum(_role(entry) in SPEAKERS for entry in entries)


def _role(entry: Entry) -> str:
    return (entry.role or "").lower()


def _items(call: AgentCall, clock: _Clock) -> list[Item]:
    items: list[Item] = []
    open_tools: dict[str, ToolCall] = {}
    turn = 0
    for entry in spoken_entries(call):
        role = _role(entry)
        if role in SPEAKERS:
            turn += 1
            items.append(_utterance(entry, turn, clock))
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


def _utterance(entry: Entry, turn: int, clock: _Clock) -> Utterance:
    spans = tuple((clock.seconds(start), clock.seconds(end)) for start, end in entry.speech)
    return Utterance(turn, SPEAKERS[_role(entry)], entry.content or "", spans, _time(entry, clock))


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
