"""One agent call as a picture needs it: who spoke when, what tools did, what went wrong; made from its record.

Times are seconds from the call's start, to the tenth. What was said stands in the transcript, not here, but for what
findings and the ledger quote.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from pydantic import SerializerFunctionWrapHandler, model_serializer

from vobiz_mcp.records.record import Part, Record

Outcome: TypeAlias = Literal["failed", "soft_failure", "unanswered", "running"]
"""How a tool call ended that did not succeed; a soft failure is one that the platform marked as a success."""


class Speech(NamedTuple):
    """Unbroken speech of one turn; `speaker` is a place in `CallTimeline.speakers`."""

    turn: int
    speaker: int
    start: float
    seconds: float


class Reply(NamedTuple):
    """How long the agent's reply to a turn took."""

    turn: int
    start: float
    seconds: float


class Silence(NamedTuple):
    """How long nobody spoke after a turn, and which tools ran meanwhile."""

    turn: int
    start: float
    seconds: float
    tools: str


class Interruption(NamedTuple):
    """Somebody broke into a turn, as the platform logged it."""

    turn: int
    start: float


class Claim(NamedTuple):
    """What the agent told as done: the turn, and the sentence."""

    turn: int
    said: str


class _Small(Part):
    """A part of which only what it says is written: no null, no empty text or list, no false; a zero says something."""

    @model_serializer(mode="wrap")
    def _what_it_says(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        written: dict[str, object] = write(self)
        return {name: value for name, value in written.items() if value or (value == 0 and value is not False)}


class ToolUse(_Small):
    """One tool call as a bar."""

    name: str
    turn: int
    start: float | None = None
    end: float | None = None
    outcome: Outcome | None = None
    """None of one that succeeded."""
    changes: bool = False
    """Whether it may have changed something; the others only look something up."""
    why: str = ""
    """Of a failure its reason."""


class Mark(_Small):
    """A finding in its place."""

    code: str
    severity: str
    title: str
    """What it is in plain words."""
    turn: int | None = None
    at: float | None = None
    detail: str


class LedgerRow(_Small):
    """What was done beside what the agent claimed; a claim that no tool stands behind has no `tool`."""

    turn: int
    tool: str = ""
    outcome: Outcome | None = None
    """None of one that succeeded, and where no tool is."""
    asked: str = ""
    came_back: str = ""
    claims: list[Claim] = []
    is_untrue: bool = False
    """Whether a finding says that a claim is not borne out."""


class Percentiles(Part):
    """Reply times in seconds: how many, their median and the slowest of twenty."""

    count: int
    p50: float | None = None
    p95: float | None = None


class Chapter(_Small):
    """Some turns of a long call that are about one thing."""

    first: int
    last: int
    start: float | None = None
    about: str
    outcome: str = ""


class CallTimeline(Record):
    """What a timeline shows of one call."""

    call_id: str = ""
    who: str = ""
    """The other side's number, and the agent."""
    end: str = ""
    """How it ended, in words."""
    started: str = ""
    length: float = 0.0
    """Seconds that the axis covers: the call, or as much as is known of it."""
    is_live: bool = False
    is_hidden: bool = False
    """Whether the organisation opted out of keeping what is said: then none of it is here."""
    notes: list[str] = []
    """What is not there, and why."""
    speakers: list[str] = []
    speech: list[Speech] = []
    tools: list[ToolUse] = []
    findings: list[Mark] = []
    """Worst first."""
    advice: dict[str, str] = {}
    """By a finding's code, what to do about it."""
    ledger: list[LedgerRow] = []
    looked_up: int = 0
    """How many tool calls only read."""
    replies: list[Reply] = []
    silences: list[Silence] = []
    interruptions: list[Interruption] = []
    measured: Percentiles | None = None
    """Of `replies`."""
    reported: Percentiles | None = None
    """End to end, as the platform reports them: without the phone leg, and without tools."""
    chapters: list[Chapter] = []
