"""What many rows come to, as sums that add up: the summary of two halves is exactly that of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from vobiz_mcp.digest.findings.finding import RANK, Severity
from vobiz_mcp.reviews.distribution import Distribution
from vobiz_mcp.reviews.people import People, as_bits
from vobiz_mcp.reviews.row import Row
from vobiz_mcp.reviews.shares import Moments
from vobiz_mcp.reviews.tool_summary import ToolSummary

HOUR_S: Final = 3600
_MICRO: Final = 1_000_000
"""Costs add up as whole millionths and speech as milliseconds: sums of floats depend on their order."""


class Example(NamedTuple):
    """A call to open for a finding; worst first, then newest; of one call the finding that `examine` names first."""

    rank: int
    age: float
    call_id: str
    turn: int


T = TypeVar("T", str, Example)


@dataclass
class Summary:
    """Counts of many calls. `a + b` is the summary of both, whatever the order.

    Attributes:
        calls: how many were read.
        unread: how many could not be, by reason.
        going: how many still went on.
        opted_out: of how many nothing that was said may be shown.
        undated: how many came without a start, which count into any period.
        untold: how many came without a transcript; `untimed` how many with one that has no word times.
        found: how many calls have a finding, by its code and its worst severity on the call.
        examples: by code, the call to open; `latest` the last on which that went wrong, whatever its rank.
        hours: by hour since 1970 and code, calls on which that went wrong; the code "" counts all.
        agents: calls by agent and version; `names` the agents' names.
        well: how many ended well (`Row.ended_well`), and `handed_over` how many ended with another party.
        people: who called, and what went wrong for them.
        reply_p50_ms: the measured median reply of each call.
        speech_ms: how long each side spoke.
        interrupted: calls with an interruption.
        cost_micro: the costs as reported, in millionths; `costed` counts the calls that report one, `costed_well` those
            of them that ended well.
        started: when the first and the last of the calls began, in epoch seconds.
    """

    calls: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    going: int = 0
    opted_out: int = 0
    undated: int = 0
    untold: int = 0
    untimed: int = 0
    found: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    examples: dict[str, Example] = field(default_factory=dict)
    latest: dict[str, Example] = field(default_factory=dict)
    hours: Counter[tuple[int, str]] = field(default_factory=Counter)
    tools: dict[str, ToolSummary] = field(default_factory=dict)
    agents: Counter[tuple[str, str]] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    ends: Counter[str] = field(default_factory=Counter)
    resolved: Counter[bool] = field(default_factory=Counter)
    well: int = 0
    handed_over: int = 0
    left_waiting: int = 0
    people: People = field(default_factory=People)
    first_words: Distribution = field(default_factory=Distribution)
    replies: Distribution = field(default_factory=Distribution)
    reply_p50_ms: Moments = field(default_factory=Moments)
    reported_p50s: Distribution = field(default_factory=Distribution)
    speech_ms: Counter[str] = field(default_factory=Counter)
    interruptions: int = 0
    interrupted: int = 0
    cost_micro: int = 0
    costed: int = 0
    costed_well: int = 0
    started: tuple[float, float] | None = None

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Summary:
        """The summary of these rows."""
        total = cls()
        for row in rows:
            total.add(row)
        return total

    def add(self, row: Row) -> None:
        """Count one more call."""
        if row.error:
            self.unread[row.error] += 1
            return
        self.calls += 1
        self.going += not row.ended_as
        self.opted_out += row.opted_out
        self.undated += row.started is None
        self.untold += not row.turns and row.ended_as not in ("", "never connected")
        self.untimed += bool(row.turns) and not row.has_word_times
        self._add_findings(row)
        for used in row.tools:
            self.tools.setdefault(used.name, ToolSummary()).add(used, row)
        self._add_talk(row)
        self._add_outcome(row)

    def _add_findings(self, row: Row) -> None:
        worst: dict[str, Example] = {}
        severities: dict[str, Severity] = {}
        for found in sorted(row.found, key=lambda found: RANK[found.severity]):
            severities.setdefault(found.code, found.severity)
            example = Example(RANK[found.severity], -(row.started or 0.0), row.call_id, found.turn or 0)
            worst.setdefault(found.code, example)
        self.found.update(severities.items())
        _keep_least(self.examples, worst)
        wrong = [code for code, severity in severities.items() if severity != "info"]
        _keep_least(self.latest, {code: worst[code]._replace(rank=0) for code in wrong})
        if row.started is not None:
            hour = int(row.started // HOUR_S)
            self.hours.update([(hour, ""), *((hour, code) for code in wrong)])
            self.started = _span(self.started, (row.started, row.started))
        self.people.add(row.caller, row.started, as_bits(wrong))

    def _add_talk(self, row: Row) -> None:
        self.replies.add(row.replies)
        self.first_words.add(() if row.first_word is None else (row.first_word,))
        self.reported_p50s.add(() if row.reported_p50 is None else (row.reported_p50,))
        if row.reply_p50 is not None:
            self.reply_p50_ms += Moments.of(round(row.reply_p50 * 1000))
        self.speech_ms.update({"agent": round(row.agent_spoke * 1000), "caller": round(row.caller_spoke * 1000)})
        self.interruptions += row.interruptions
        self.interrupted += bool(row.interruptions)

    def _add_outcome(self, row: Row) -> None:
        self.agents[row.agent_id, row.version] += 1
        _keep_least(self.names, {row.agent_id: row.agent_name} if row.agent_name else {})
        if row.ended_as:
            self.ends[row.ended_as] += 1
        if row.resolved is not None:
            self.resolved[row.resolved] += 1
        self.well += row.ended_well
        self.handed_over += row.handed_over and bool(row.ended_as)
        self.left_waiting += row.left_waiting
        if row.cost is not None:
            self.cost_micro += round(row.cost * _MICRO)
            self.costed += 1
            self.costed_well += row.ended_well

    def update(self, other: Summary) -> None:
        """Count what another summary counted."""
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in _COUNTS:
            getattr(self, name).update(getattr(other, name))
        _keep_least(self.examples, other.examples)
        _keep_least(self.latest, other.latest)
        _keep_least(self.names, other.names)
        for tool, summary in other.tools.items():
            self.tools.setdefault(tool, ToolSummary()).update(summary)
        self.started = _span(self.started, other.started)

    def __add__(self, other: Summary) -> Summary:
        both = Summary()
        both.update(self)
        both.update(other)
        return both

    def wrong(self, code: str) -> int:
        """How many calls have a finding of a kind that hurt the caller, or may have."""
        return self.found[code, "warn"] + self.found[code, "critical"]

    @property
    def cost(self) -> float:
        """The sum of the costs as reported."""
        return self.cost_micro / _MICRO


_NUMBERS: Final = (
    *("calls", "going", "opted_out", "undated", "untold", "untimed", "well", "handed_over", "left_waiting"),
    *("reply_p50_ms", "interruptions", "interrupted", "cost_micro", "costed", "costed_well"),
)
_COUNTS: Final = (
    *("unread", "found", "hours", "agents", "ends", "resolved", "people"),
    *("first_words", "replies", "reported_p50s", "speech_ms"),
)


def _keep_least(known: dict[str, T], more: dict[str, T]) -> None:
    """Of two values under one name the lesser, so that the order of counting does not matter."""
    for name, value in more.items():
        known[name] = min(value, known.get(name, value))


def _span(one: tuple[float, float] | None, other: tuple[float, float] | None) -> tuple[float, float] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
