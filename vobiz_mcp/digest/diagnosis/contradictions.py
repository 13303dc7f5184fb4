"""What does not fit together when the sources of one call are laid side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from vobiz_mcp.digest.carrier import call_checks
from vobiz_mcp.digest.carrier.phone_numbers import comparable, same_number
from vobiz_mcp.digest.carrier.stream import length_s
from vobiz_mcp.digest.diagnosis.whole_call import WholeCall, epoch
from vobiz_mcp.digest.timeline.end_reasons import ending, named
from vobiz_mcp.digest.wording.phrases import duration
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.diagnosis import Contradiction
from vobiz_mcp.records.stream import Stream

SETTLING_S: Final = 15.0
"""The sources learn of a change one after another: within so many seconds they may still differ."""
STREAM_SLACK_S: Final = 5.0
"""A stream is closed a moment after its call."""
CLOCK_SLACK_S: Final = 10.0
"""Clocks of two companies, and what each takes for the end."""
START_SLACK_S: Final = 60.0
"""An agent call may be created before the carrier dials, or when somebody answers."""
TALK_SHARE: Final = 0.1
"""Seconds billed and talked may differ by so much of the call, or by `CLOCK_SLACK_S`."""
MOST_ALIKE: Final = 2
"""So many streams with the same fault are told one by one."""
SILENT_S: Final = 20.0
"""In so long a call somebody speaks."""


def contradictions(call: WholeCall) -> list[Contradiction]:
    """Everything that does not fit, what breaks the call first."""
    return [Contradiction(code=rule.__name__, detail=detail) for rule in _RULES for detail in rule(call)]


def answers_about_another(call: WholeCall) -> Iterator[str]:
    """A source that was asked for this call and answered with another."""
    sources = {"live call": call.leg, "call record": call.record, "agent call": call.agent}
    for name, source in sources.items():
        if source is not None and source.mismatch:
            yield f"asked for the {name}, {plain(source.mismatch, 320)}: what it tells is of that other one"
    others = [stream for stream in call.streams or () if stream.mismatch]
    if others:
        of = f"{len(others)} of {len(call.streams or ())} streams"
        yield f"asked for the streams, {plain(others[0].mismatch, 320)}: {of} are of another call"


def agent_still_ongoing(call: WholeCall) -> Iterator[str]:
    """The agent's platform goes on with a call that the carrier has ended."""
    agent = call.agent
    if agent and call.is_over and not agent.is_over and named(agent.call_status) == "ongoing" and not _just(call):
        since = "" if call.ended is None else f" {duration(call.moment - call.ended)} ago"
        yield f"the agent call is {plain(agent.call_status or '', 30)}, but the carrier ended the call{since}"


def agent_already_over(call: WholeCall) -> Iterator[str]:
    """The carrier goes on with a call that the agent's platform has ended."""
    if call.agent and call.agent.is_over and call.is_talking:
        ended = epoch(call.agent.end_timestamp)
        if ended is None or call.moment - ended > SETTLING_S:
            since = "" if ended is None else f" {duration(call.moment - ended)} ago"
            yield f"the carrier has the call in progress, but the agent call ended{since}: nobody answers the caller"


def live_and_recorded(call: WholeCall) -> Iterator[str]:
    """The carrier contradicts itself."""
    if call.leg and call.record and call.record.end_time and not _just(call):
        yield "the carrier lists the call as live, but has a record (CDR) of its end"


def stream_outlives_call(call: WholeCall) -> Iterator[str]:
    """A stream runs on, or ran on, after the call."""
    found = [said for stream in call.streams or () if call.is_over for said in _outlives(stream, call)]
    yield from found[:MOST_ALIKE]
    if len(found) > MOST_ALIKE:
        yield f"{len(found) - MOST_ALIKE} more streams outlive their call: list_streams"


def _outlives(stream: Stream, call: WholeCall) -> Iterator[str]:
    end = epoch(stream.end_time)
    if not stream.is_over and not _just(call):
        lasted = length_s(stream, call.moment)
        yield f"{_name(stream)} still runs{'' if lasted is None else f' ({duration(lasted)})'}, but its call is over"
    elif end is not None and call.ended is not None and end - call.ended > STREAM_SLACK_S:
        yield f"{_name(stream)} ended {duration(end - call.ended)} after its call"


def no_stream(call: WholeCall) -> Iterator[str]:
    """A live agent call without any way for audio."""
    if call.streams is None or not call.is_talking or not call.agent or call.agent.is_over or _began(call):
        return
    if all(stream.is_over for stream in call.streams):
        ended = f"its {len(call.streams)} streams have ended" if call.streams else "the call has none"
        yield f"the agent call goes on and no audio stream runs: {ended} (no fault if the agent is connected by SIP)"


def one_way_audio(call: WholeCall) -> Iterator[str]:
    """Audio in one direction only."""
    running = [stream for stream in call.streams or () if call.is_over or not stream.is_over]
    ways = [stream.bidirectional for stream in running]
    if ways and not any(way is not False for way in ways) and (call.agent or call.is_talking):
        names = ", ".join(map(_name, running[:3]))
        yield (
            f"{names}: one-way, nothing is played back, so the person on the phone cannot hear the agent by it "
            "(two-way audio is started with bidirectional=true)"
        )
    yield from _only_one_speaks(call)


def _only_one_speaks(call: WholeCall) -> Iterator[str]:
    speakers = [said.speaker for said in call.told.utterances if said.text.strip()]
    ways = {"agent": "the person on the phone", "caller": "the agent"}
    length = call.record.billsec if call.record else call.told.duration
    for speaker, other in ways.items():
        if len(speakers) > 1 and set(speakers) == {speaker} and (length or 0) >= SILENT_S and call.is_over:
            yield f"only the {speaker} is in the transcript ({len(speakers)} turns), {other} says nothing"


def never_answered(call: WholeCall) -> Iterator[str]:
    """One says that nobody answered, the other that somebody talked."""
    record, agent = call.record, call.agent
    if not record or not agent or record.billsec is None:
        return
    heard = sum(said.speaker == "caller" for said in call.told.utterances)
    if not record.billsec and not record.answer_time and heard:
        yield f"the carrier's record has no answer, but the agent call has {heard} turns of the other side"
    if record.billsec > CLOCK_SLACK_S and ending(agent) == "never connected":
        reason = plain(agent.disconnection_reason or agent.call_status or "", 60)
        yield f"the agent call says {reason}, but the carrier billed {duration(record.billsec)} from answer"


def billed_against_talked(call: WholeCall) -> Iterator[str]:
    """Seconds that were billed and seconds that the agent call lasted."""
    billed = call.record.billsec if call.record else None
    if billed is None or not call.agent or not call.agent.is_over or call.told.duration is None:
        return
    least, most = _talked(call)
    slack = max(CLOCK_SLACK_S, TALK_SHARE * most)
    talked = f"the agent call has {duration(most)} from {'answer' if call.told.answered is not None else 'its start'}"
    if billed > most + slack:
        yield f"the carrier billed {duration(billed)} from answer, {talked}: {duration(billed - most)} more are billed"
    elif billed < least - slack:
        yield f"the carrier billed {duration(billed)} from answer, but {talked} with speech for {duration(least)} of it"


def _talked(call: WholeCall) -> tuple[float, float]:
    """The shortest and the longest that the talk can have been, in seconds."""
    told = call.told
    starts = [said.start for said in told.utterances if said.start is not None]
    ends = [said.end for said in told.utterances if said.end is not None]
    most = (told.duration or 0) - (told.answered or 0)
    spoken = max(ends, default=0) - (told.answered if told.answered is not None else min(starts, default=0))
    return max(0.0, min(spoken, most)), max(0.0, most)


def nothing_heard(call: WholeCall) -> Iterator[str]:
    """Billed, and no sign that anybody spoke."""
    record = call.record
    if not record or not call.agent or not record.billsec:
        return
    silent = not call.told.utterances and not call.agent.transcript and call.agent.is_over
    if silent and record.billsec >= SILENT_S and not call.agent.opt_out_sensitive_data_storage:
        yield f"the carrier billed {duration(record.billsec)} from answer, but the agent call has no transcript at all"


def record_disagrees(call: WholeCall) -> Iterator[str]:
    """The carrier's record with itself."""
    yield from (
        f"in the call record, {what}" for what in (call_checks.contradictions(call.record) if call.record else ())
    )


def ended_differently(call: WholeCall) -> Iterator[str]:
    """Who hung up, by the carrier and by the agent's platform."""
    agent, record = call.agent, call.record
    if not agent or not record or not agent.disconnection_reason:
        return
    by_agent, reason = _HUNG_UP.get(named(agent.disconnection_reason)), plain(agent.disconnection_reason, 60)
    if by_agent and call.ended_by and by_agent != call.ended_by:
        source = f"the carrier says {plain(record.hangup_source or '', 40)} on an {call.direction} call"
        yield f"who hung up: the agent call says {reason}, {source} (hangup_source is unreliable on conference legs)"
    if ending(agent) == "error" and named(record.hangup_cause) == "normal_clearing":
        yield f"the agent call broke ({reason}), while the carrier saw a normal hang-up: look at the agent's platform"


def times_differ(call: WholeCall) -> Iterator[str]:
    """When it began and ended."""
    agent = call.agent
    if agent is None:
        return
    began, ended = epoch(agent.start_timestamp), epoch(agent.end_timestamp)
    if began is not None and call.started is not None and abs(began - call.started) > START_SLACK_S:
        yield f"the agent call began {_apart(began, call.started)} the carrier's call: perhaps it is another call's"
    if ended is not None and call.ended is not None and abs(ended - call.ended) > CLOCK_SLACK_S:
        yield f"the agent call ended {_apart(ended, call.ended)} the carrier's call"


def parties_differ(call: WholeCall) -> Iterator[str]:
    """Whose call it is."""
    if call.agent is None:
        return
    of_agent = (call.agent.from_number, call.agent.to_number)
    for word, carrier, agent in zip(("from", "to"), call.parties, of_agent, strict=True):
        if comparable(carrier, agent) and not same_number(carrier, agent):
            other = plain(agent or "", 40)
            yield f"the carrier's call is {word} {carrier}, the agent call {word} {other}: another call's?"


def _just(call: WholeCall) -> bool:
    """Whether the call ended so lately that the others may not know it yet."""
    return call.ended is not None and call.moment - call.ended <= SETTLING_S


def _began(call: WholeCall) -> bool:
    """Whether the call began so lately that its streams may not be open yet."""
    return call.started is not None and call.moment - call.started <= SETTLING_S


def _apart(one: float, other: float) -> str:
    return f"{duration(abs(one - other))} {'after' if one > other else 'before'}"


def _name(stream: Stream) -> str:
    return f"stream {plain(stream.stream_id or 'without id', 64)}"


_HUNG_UP: Final = {
    "user_hangup": "person",
    "user_declined": "person",
    "agent_hangup": "agent",
    "inactivity": "agent",
    "max_duration_reached": "agent",
}
"""Who hung up by the agent's platform: the person on the phone or the agent's side."""

_RULES: Final[tuple[Callable[[WholeCall], Iterator[str]], ...]] = (
    answers_about_another,
    *(parties_differ, agent_already_over, agent_still_ongoing, live_and_recorded, no_stream, one_way_audio),
    *(stream_outlives_call, never_answered, nothing_heard, billed_against_talked, record_disagrees, ended_differently),
    times_differ,
)
"""In the order in which they are told: whether it is one call at all, what breaks it now, then what does not add up."""
