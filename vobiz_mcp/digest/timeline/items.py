"""What an agent call is made of: utterances, tool calls and other happenings, and all of them as a timeline.

Times are seconds from the call's start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from vobiz_mcp.digest.timeline.tool_failure import failure
from vobiz_mcp.digest.timeline.tool_values import Leaf, leaves, parsed
from vobiz_mcp.records.speech import Span

_READING: Final = re.compile(
    r"(?i:get|list|search|find|check(?!_?(?:in|out)(?![a-z]))|fetch|look(?:_?up)?|read|query|calculate|think|verify"
    r"|validate|pull|retrieve"
    r"|count|view|show|is|has)(?![a-z])"
)
"""First words of names of tools that change nothing; `issue_refund` and `check_out` begin with none."""


class Utterance(NamedTuple):
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
        return failure(self.result or "", self.answered_tree)

    @property
    def failed(self) -> bool:
        """Whether it failed, by the platform's word or by its own."""
        return self.successful is False or bool(self.failure)

    @cached_property
    def only_reads(self) -> bool:
        """Whether its name says that it changes nothing."""
        return bool(_READING.match(self.name))


class Happening(NamedTuple):
    """A key press, a change of node, a text message, an injected context. `kind` is the entry's role."""

    kind: str
    text: str
    after_turn: int
    start: float | None = None


class Interruption(NamedTuple):
    """Somebody broke in, by the platform's log: which turn was broken into and when, in seconds from the start."""

    turn: int
    start: float | None
    text: str


Item: TypeAlias = Utterance | ToolCall | Happening


@dataclass(frozen=True)
class Timeline:
    """Everything on a call in the order sent.

    Attributes:
        items: utterances, tool calls (at their invocation) and happenings.
        duration: seconds from start to end as reported, or end minus start, or None while the call goes on.
        answered: seconds from the start until the event `Call started`, where one was sent.
        interruptions: those that the platform logged; they are among its events and no items.
    """

    items: list[Item] = field(default_factory=list)
    duration: float | None = None
    answered: float | None = None
    interruptions: tuple[Interruption, ...] = ()

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
