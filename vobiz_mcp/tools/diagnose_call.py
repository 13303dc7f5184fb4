"""The tool `diagnose_call`."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Annotated, Any

from pydantic import Field

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.telephony import call_record, live_call, streams
from vobiz_mcp.api.wire import Step, ask_together, now
from vobiz_mcp.digest.diagnosis.contradictions import contradictions, parties_differ
from vobiz_mcp.digest.diagnosis.diagnosis import diagnosis
from vobiz_mcp.digest.diagnosis.whole_call import WholeCall
from vobiz_mcp.digest.tokens.budget import MOST_TOKENS, USUAL_TOKENS
from vobiz_mcp.digest.tokens.cost import estimate
from vobiz_mcp.errors import NotFound, VobizError
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.diagnosis import Diagnosis
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.stream import StreamList
from vobiz_mcp.tools.steps.agent_match import Listed, better_fit, newest_page, with_agent
from vobiz_mcp.tools.steps.carrier_call import Told, carrier_call
from vobiz_mcp.tools.steps.parameters import AnyCallId, CallUuid
from vobiz_mcp.tools.steps.question import CALL_VIEW, SANDBOX_MARK, Answer, Question, Steps

FEWEST_TOKENS = 400
MOST_STREAMS = 100


class DiagnoseCall(Question):
    title = "Diagnosis of a call"
    description = (
        "What is wrong with a call, from all sources: carrier leg, audio streams and agent call, and first "
        "what does not fit between them (states, one-way audio, billed and talked seconds, who hung up, times). "
        "Without call_id the agent call is guessed by numbers and time."
    )
    view = CALL_VIEW

    call_uuid: CallUuid
    call_id: AnyCallId = ""
    max_tokens: Annotated[int, Field(description="Budget in tokens.", ge=FEWEST_TOKENS, le=MOST_TOKENS)] = USUAL_TOKENS

    def steps(self) -> Steps:
        """Ask all sources at once; without a call_id, look for the agent call when the carrier's numbers are known."""
        moment = yield from now()
        asked = (live_call(self.call_uuid), call_record(self.call_uuid), streams(self.call_uuid, MOST_STREAMS, 0))
        leg, record, listed, agent = yield from ask_together(
            *asked, agent_call(self.call_id) if self.call_id else newest_page()
        )
        carrier = yield from carrier_call(self.call_uuid, leg, record)
        told = (carrier.leg, carrier.record or record, listed, *((agent,) if self.call_id else ()))
        found = Diagnosis(sandbox=any(source.sandbox for source in told))
        call = _joined(told, moment, found.missing)
        if call.leg or call.record:
            call = yield from self._matched(call, found, agent)
        if not any((call.leg, call.record, call.agent)):
            raise _nothing(self.call_uuid, told)
        return self._answer(call, found)

    def _matched(self, call: WholeCall, found: Diagnosis, agent: Told) -> Generator[Step, Any, WholeCall]:
        """The call with the agent call that is likely its own, where the id of none was given, or of one unknown."""
        is_unlike = any(parties_differ(call))
        if self.call_id and not isinstance(agent, NotFound) and not is_unlike:
            return call
        [listed] = (yield from ask_together(newest_page())) if self.call_id else [agent]
        if not isinstance(listed, Listed):
            return call
        if is_unlike:
            found.likelier_agent_call = yield from better_fit(call, listed)
            return call
        return (yield from with_agent(call, found, listed, instead_of=self.call_id))

    def _answer(self, call: WholeCall, found: Diagnosis) -> Answer:
        found.live_call, found.call_record = call.leg, call.record
        found.streams = None if call.streams is None else list(call.streams)
        found.agent_call = call.agent and call.agent.storable()
        found.contradictions = contradictions(call)
        room = self.max_tokens - (estimate(SANDBOX_MARK) if found.sandbox else 0)
        return Answer(diagnosis(self.call_uuid, call, found, room), found)


def _joined(told: tuple[Told, ...], moment: float, missing: dict[str, str]) -> WholeCall:
    """The sources side by side; what one of them did not tell goes to `missing` with the reason."""
    leg, record, listed, *agents = told
    if isinstance(leg, VobizError) and isinstance(record, VobizError):
        unknown = isinstance(leg, NotFound) and isinstance(record, NotFound)
        missing["carrier"] = NOWHERE if unknown else _reason(leg if isinstance(record, NotFound) else record)
    elif isinstance(leg, VobizError) and not isinstance(leg, NotFound):
        missing["whether it is live"] = _reason(leg)
    if isinstance(listed, VobizError):
        missing["streams"] = "the API has none of this call" if isinstance(listed, NotFound) else _reason(listed)
    agent = agents[0] if agents else None
    if isinstance(agent, VobizError):
        missing["agent call"] = _reason(agent)
    return WholeCall(
        leg if isinstance(leg, LiveCall) else None,
        record if isinstance(record, CallRecord) else None,
        listed.streams if isinstance(listed, StreamList) else None,
        agent if isinstance(agent, AgentCall) else None,
        moment,
    )


NOWHERE = "it is not queued or in progress and has no record (CDR): it ended seconds ago, or the call_uuid is wrong"


WHERE_TO_LOOK = (
    "Check the call_uuid with list_live_calls and list_call_records; a record (CDR) is written seconds after the end."
)


def _reason(error: VobizError) -> str:
    return f"{error.code}: {error.message}"


def _nothing(call_uuid: str, told: Sequence[Told]) -> VobizError:
    """The error of a call that no source knows: the first that is more than an absence."""
    errors = [one for one in told if isinstance(one, VobizError)]
    unknown = NotFound(f"the API has no call {call_uuid}, neither queued, in progress nor finished", WHERE_TO_LOOK)
    unknown.sandbox = any(error.sandbox for error in errors)
    return next((error for error in errors if not isinstance(error, NotFound)), unknown)
