"""The tool `watch_call`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.telephony import live_call, streams
from vobiz_mcp.api.wire import R, Request, Step, ask_together, now, wait
from vobiz_mcp.digest.timeline.items import Utterance
from vobiz_mcp.digest.verbatim.lines import TRANSCRIPT_HEAD
from vobiz_mcp.digest.watch.changes import Changes
from vobiz_mcp.digest.watch.cursor import LONGEST_CURSOR, cursor
from vobiz_mcp.digest.watch.snapshot import ABSENT, Snapshot
from vobiz_mcp.digest.watch.story import Event, event_line
from vobiz_mcp.digest.wording.phrases import duration, lines
from vobiz_mcp.errors import InvalidArguments, NotFound, VobizError
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.changes import CallChanges, Change
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.record import Record
from vobiz_mcp.records.stream import StreamList
from vobiz_mcp.tools.steps.carrier_call import Told, carrier_call
from vobiz_mcp.tools.steps.parameters import AnyCallId, AnyCallUuid, Takes
from vobiz_mcp.tools.steps.question import CALL_VIEW, Answer, Question, Steps

POLL_S = 2.0
"""Everybody who watches looks at the same moments, multiples of this, so that one request serves all of them."""
EARLY_S = 0.25 * POLL_S
"""An answer to what was asked since the last such moment will do, or so shortly before: processes may be busy.

Were it an answer's age that counts, each look between two moments would ask a little earlier than the last one, and
all at the next moment would be given what had been said long before.
"""
MOST_STREAMS = 100
LONGEST_WAIT_S = 50
"""Hosts give up on a call of a tool after a minute."""


class WatchCall(Question):
    title = "Watch a call"
    description = (
        "Wait for a change on a call instead of asking again: tells at once what is new since cursor (state, streams, "
        "turns, tools, findings), or `no change` after wait_seconds. Without cursor: how things stand. Pass each "
        "answer's cursor on until the call is over."
    )
    view = CALL_VIEW

    call_uuid: AnyCallUuid = ""
    call_id: AnyCallId = ""
    cursor: Annotated[
        str,
        Field(description="As the last answer gave it.", max_length=LONGEST_CURSOR),
        Takes("the cursor of watch_call's last answer about this call, whole; none to begin anew"),
    ] = ""
    wait_seconds: Annotated[int, Field(description="Wait at most.", ge=0, le=LONGEST_WAIT_S)] = 15

    def steps(self) -> Steps:
        """Look, and look again at every tick, until there is something to tell."""
        if not (self.call_uuid or self.call_id):
            raise InvalidArguments("watch_call needs a call_uuid, a call_id or both")
        watched = f"{self.call_uuid} {self.call_id}"
        known = cursor(self.cursor, watched)
        waited = 0.0
        while True:
            look = yield from self._look()
            new = Changes(look, known)
            if new.is_news or new.is_over or waited >= self.wait_seconds:
                return answer(new, waited, new.cursor().text(watched) if new.is_news else self.cursor)
            moment = yield from now()
            pause = min(POLL_S - moment % POLL_S, self.wait_seconds - waited)
            yield from wait(pause, waited, self.wait_seconds)
            waited += pause

    def _look(self) -> Generator[Step, Any, Snapshot]:
        """Ask all sources at once. Raises the first's error where none answers."""
        carrier = (live_call(self.call_uuid), streams(self.call_uuid, MOST_STREAMS, 0)) if self.call_uuid else ()
        agent = (agent_call(self.call_id),) if self.call_id else ()
        moment = yield from now()
        shared = partial(_shared, moment=moment)
        found = yield from ask_together(*map(shared, (*carrier, *agent)))
        leg, listed = found[:2] if self.call_uuid else (None, None)
        called = found[-1] if self.call_id else None
        if leg is not None:
            leg = yield from self._leg(leg, shared)
        look = Snapshot(_kind(LiveCall, leg), _kind(StreamList, listed), _kind(AgentCall, called), moment)
        if len(look.failures) == len(found):
            raise next(iter(look.failures.values()))
        return look

    def _leg(self, leg: Told, shared: Callable[[Request[Any]], Request[Any]]) -> Generator[Step, Any, Told]:
        """A call in progress or in the queue, one that is over, or why it is not known which."""
        call = yield from carrier_call(self.call_uuid, leg, prepared=shared)
        if not call.is_over:
            return call.leg
        if isinstance(call.record, VobizError) and not isinstance(call.record, NotFound):
            return call.record
        return call.not_live(self.call_uuid)


def _kind(record: type[R], found: Record | VobizError | None) -> R | VobizError | None:
    return found if isinstance(found, record | VobizError) else None


def _shared(request: Request[R], moment: float) -> Request[R]:
    """The request with the answer that whoever looked first at this moment was given."""
    return replace(request, max_age_s=moment % POLL_S + EARLY_S)


def answer(new: Changes, waited: float, mark: str) -> Answer:
    """What a model reads of one wait, and the same for a program; `mark` is the cursor to go on with."""
    told, look = new.newest(), new.look
    told_lines = [event_line(event, look.told) for event in told]
    digest = lines(
        *new.fact_lines(),
        new.story.rewritten,
        TRANSCRIPT_HEAD if told else "",
        left_out(new.events[: len(new.events) - len(told)]),
        *told_lines,
        *_not_known(look),
        _end(new, waited, mark),
    )
    changes = [Change(kind=fact.kind, line=fact.line) for fact in new.facts]
    kinds: list[Literal["turn", "tool"]] = ["turn" if isinstance(event, Utterance) else "tool" for event in told]
    changes += [Change(kind=kind, line=line) for kind, line in zip(kinds, told_lines, strict=True)]
    sandbox = any(found is not None and found.sandbox for found in (look.leg, look.streams, look.agent))
    left = len(new.events) - len(told)
    record = CallChanges(changes=changes, left_out=left, cursor=mark, is_over=new.is_over, sandbox=sandbox)
    return Answer(digest, record)


def _not_known(look: Snapshot) -> Iterator[str]:
    """What could not be learnt this time, by its reason."""
    reasons: dict[str, list[str]] = {}
    for source, error in look.failures.items():
        if not isinstance(error, ABSENT):
            reasons.setdefault(str(error), []).append(source)
    yield from (f"{', '.join(sources)} not known this time: {why}" for why, sources in reasons.items())


def left_out(events: list[Event]) -> str:
    """How many turns and tools are new and not told, and how to see them."""
    turns = [event.turn if isinstance(event, Utterance) else event.after_turn for event in events]
    if not turns:
        return ""
    return f'… {len(turns)} before: get_agent_call(turns="{max(1, turns[0])}-{turns[-1]}")'


def _end(new: Changes, waited: float, mark: str) -> str:
    """How to go on."""
    if new.is_given_up and new.is_over:
        since = duration(new.look.moment - new.unknown_since)
        return f"for {since} the API has known no such call: check the call_uuid, and stop watching"
    if new.is_over:
        return f"{'' if new.is_news else 'no change: '}the call is over, stop watching"
    return f"cursor={mark}" if new.is_news else f"no change in {waited:.0f} s; same cursor"
