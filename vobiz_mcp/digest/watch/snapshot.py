"""One look at a call that is being watched: what its three sources say at a moment, as facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import NoneType
from typing import Final, Literal, TypeAlias

from vobiz_mcp.digest.carrier import hangup
from vobiz_mcp.digest.carrier import stream as stream_words
from vobiz_mcp.digest.diagnosis.contradictions import parties_differ, times_differ
from vobiz_mcp.digest.diagnosis.whole_call import WholeCall
from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.header import facts as agent_words
from vobiz_mcp.digest.timeline.items import Timeline
from vobiz_mcp.digest.watch.cursor import Source
from vobiz_mcp.digest.wording.phrases import duration, joined, parties, times
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import NotConfigured, NotFound, VobizError
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.live_call import NOT_LIVE, LiveCall
from vobiz_mcp.records.record import Record
from vobiz_mcp.records.stream import Stream, StreamList

ANALYSIS_S: Final = 300.0
"""So long after the end of an agent call nobody waits for its analysis any more."""
Kind: TypeAlias = Literal["call", "stream", "agent call", "finding"]


@dataclass(frozen=True)
class Fact:
    """One thing that is so at a moment.

    Attributes:
        key: tells it from every other, and changes when it does.
        group: what many of its kind are called together; "" for a fact that stands alone.
        name: what tells it from others of its group.
        order: where it stands in its group by when it came about.
    """

    kind: Kind
    source: Source
    key: str
    line: str
    group: str = ""
    name: str = ""
    order: int = 0


@dataclass(frozen=True)
class Snapshot:
    """What was found; None for a source that was not asked.

    Attributes:
        leg: the carrier's call; one that is over has the state `not_live`, and its record once that is written.
        moment: epoch seconds.
    """

    leg: LiveCall | VobizError | None
    streams: StreamList | VobizError | None
    agent: AgentCall | VobizError | None
    moment: float

    @cached_property
    def told(self) -> Timeline:
        """What was said and done, as it may be shown."""
        return examined(self.agent).shown().told if isinstance(self.agent, AgentCall) else Timeline()

    @cached_property
    def failures(self) -> dict[Source, VobizError]:
        """What could not be learnt this time. Streams that the API does not know are none."""
        found: dict[Source, object] = {"call": self.leg, "streams": self.streams, "agent": self.agent}
        failed = {source: one for source, one in found.items() if isinstance(one, VobizError)}
        return {s: error for s, error in failed.items() if s != "streams" or not isinstance(error, NotFound)}

    @property
    def is_over(self) -> bool:
        """Whether everything that was asked for has come to its last state."""
        recorded = isinstance(self.leg, LiveCall) and self.leg.call_record is not None
        return (recorded or isinstance(self.leg, _NEVER)) and self.agent_is_over

    @property
    def agent_is_over(self) -> bool:
        """Whether the agent call has come to its last state, or was not asked for."""
        agent = self.agent
        return isinstance(agent, _NEVER) or (
            isinstance(agent, AgentCall) and agent.is_over and self._is_analysed(agent)
        )

    @property
    def is_unknown(self) -> bool:
        """Whether the carrier has the call neither in progress nor in the queue, and no record of it."""
        return isinstance(self.leg, LiveCall) and self.leg.state == NOT_LIVE and self.leg.call_record is None

    def _is_analysed(self, agent: AgentCall) -> bool:
        """Whether its analysis is there, or will not come any more: a platform need not make one."""
        last = agent.end_timestamp or agent.start_timestamp
        since = last.epoch if last and last.epoch is not None else self.moment
        return agent.call_analysis is not None or self.moment - since > ANALYSIS_S

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Everything that is so now, but for what was said and done."""
        return (*self._leg(), *self._streams(), *self._agent(), *self._others(), *self._findings(), *self._absent())

    def _others(self) -> Iterator[Fact]:
        """Answers about another call than was asked for, and an agent call that is another call's than the leg."""
        sources: dict[Source, tuple[Kind, Record | VobizError | None]] = {
            "call": ("call", self.leg),
            "streams": ("stream", self.streams),
            "agent": ("agent call", self.agent),
        }
        for source, (kind, told) in sources.items():
            if isinstance(told, Record) and told.mismatch:
                yield Fact(kind, source, told.mismatch, f"check: {plain(told.mismatch, 320)}")
        if isinstance(self.leg, LiveCall) and isinstance(self.agent, AgentCall):
            whole = WholeCall(_in_progress(self.leg), self.leg.call_record, None, self.agent, self.moment)
            for unlike in (*parties_differ(whole), *times_differ(whole)):
                yield Fact("call", "call", unlike, f"check: {unlike}")

    def _absent(self) -> Iterator[Fact]:
        """Sources that will not tell anything however long one waits: this is said once."""
        kinds: dict[Source, Kind] = {"call": "call", "agent": "agent call"}
        for source, kind in kinds.items():
            error = self.failures.get(source)
            if isinstance(error, ABSENT):
                yield Fact(kind, source, f"absent {error}", f"{kind} not known: {error}")

    def _leg(self) -> Iterator[Fact]:
        if isinstance(self.leg, LiveCall):
            state = "record" if self.leg.call_record else self.leg.state
            yield Fact("call", "call", f"call {state}", _leg_line(self.leg))

    def _streams(self) -> Iterator[Fact]:
        for order, stream in enumerate(self.streams.streams if isinstance(self.streams, StreamList) else ()):
            key = f"{stream.stream_id} {stream_words.state(stream)} {stream.is_over}"
            name = plain(stream.stream_id or "", 64)
            yield Fact("stream", "streams", key, _stream_line(stream), "streams", name, order)

    def _agent(self) -> Iterator[Fact]:
        call = self.agent
        if isinstance(call, AgentCall):
            state = f"agent {call.call_status} {call.disconnection_reason}"
            told = {state: agent_words.outcome(call), "analysis": agent_words.analysis(call)}
            told |= {"cost": agent_words.cost(call, brief=True), "privacy": "".join(agent_words.privacy(call))}
            yield from (Fact("agent call", "agent", key, line) for key, line in told.items() if line)

    def _findings(self) -> Iterator[Fact]:
        for finding in examined(self.agent).findings if isinstance(self.agent, AgentCall) else ():
            key = f"{finding.severity} {finding.code} {finding.turn}"
            turn = f"t{finding.turn}" if finding.turn else ""
            yield Fact("finding", "agent", key, finding.line(), finding.code, turn, finding.turn or 0)


ABSENT: Final = (NotConfigured, NotFound)
"""Errors of a source that will not know more however long one waits."""
_NEVER = (NoneType, *ABSENT)
"""What is held of a source that will not tell more, or was not asked."""


def _in_progress(leg: LiveCall) -> LiveCall | None:
    return None if leg.state == NOT_LIVE else leg


def _leg_line(leg: LiveCall) -> str:
    if leg.call_record is not None:
        return _record_line(leg.call_record)
    if leg.state == NOT_LIVE:
        return "call not in progress, and no record (CDR) of it yet: it ended seconds ago, or the call_uuid is wrong"
    return joined([f"call {plain(leg.state or '', 40)}", parties(leg.direction, leg.from_number, leg.to_number)])


def _record_line(record: CallRecord) -> str:
    billed = None if record.billsec is None else f"billed {duration(record.billsec)} from answer"
    return joined([f"call ended: {hangup.ending(record)}", times(("at", record.end_time)), billed])


def _stream_line(stream: Stream) -> str:
    """Since when it runs, not for how long: the line is read, and shown, long after it was written."""
    length = stream_words.length_s(stream, 0) if stream.is_over else None
    ended = "" if length is None else f"after {duration(length)}"
    lasted = ended if stream.is_over else times(("since", stream.start_time))
    name = joined([f"stream {plain(stream.stream_id or 'without id', 64)}", stream_words.state(stream), lasted], " ")
    return joined([name, stream_words.shape(stream, explained=True)])
