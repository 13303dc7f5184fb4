"""The tool `get_live_call`."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from vobiz_mcp.api.telephony import live_call
from vobiz_mcp.api.wire import ask_together, now
from vobiz_mcp.digest.carrier import call_record, hangup
from vobiz_mcp.digest.carrier.call_record import PULSE_S
from vobiz_mcp.digest.carrier.live_call import elapsed_since_start, guessed, since
from vobiz_mcp.digest.wording.money import money
from vobiz_mcp.digest.wording.phrases import joined, lines, parties, reading_notes
from vobiz_mcp.digest.wording.safe_text import plain, quoted
from vobiz_mcp.errors import NotFound, VobizError
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.tools.steps.carrier_call import Told, carrier_call
from vobiz_mcp.tools.steps.parameters import CallUuid, Takes
from vobiz_mcp.tools.steps.question import Answer, Question, Steps


class GetLiveCall(Question):
    title = "Live call"
    description = (
        "What a phone call is doing now: state, direction, parties, since when, how long, STIR result. If it is not in "
        "progress, the answer says not_live and how it ended, in short (more: get_call_record). Cannot know what is "
        "said (get_agent_call) or where audio goes (list_streams)."
    )

    call_uuid: CallUuid
    rate_per_minute: Annotated[
        float,
        Field(description="Price of a minute; adds the cost so far. 0: no cost.", ge=0, le=1_000_000),
        Takes("what a minute costs, a number from 0 to 1000000, such as 0.9"),
    ] = 0

    def steps(self) -> Steps:
        """Ask for the live call; when there is none, for its record and for its place in the queue at once."""
        moment = yield from now()
        [leg] = yield from ask_together(live_call(self.call_uuid))
        call = yield from carrier_call(self.call_uuid, leg)
        if isinstance(call.leg, LiveCall):
            return Answer(live(call.leg, self, moment), call.leg)
        if isinstance(call.leg, VobizError) and not call.is_over:
            raise call.leg
        return Answer(not_live(call.record), call.not_live(self.call_uuid))


def not_live(record: Told | None) -> str:
    """What a model reads about a call that is not in progress, from its record or from the absence of one."""
    if not isinstance(record, CallRecord):
        return f"not_live · this call is not in progress{_unknown_ending(record)}"
    return lines(
        f"not_live · ended: {hangup.ending(record)}",
        call_record.in_short(record),
        reading_notes(record),
    )


def _unknown_ending(failure: Told | None) -> str:
    if isinstance(failure, VobizError) and not isinstance(failure, NotFound):
        return f"; how it ended is not known, its record (CDR) could not be read\n{failure}"
    return (
        ", and it has no record (CDR) yet\n"
        "It ended seconds ago or the call_uuid is wrong (an agent call's call_id is no call_uuid): check it, or ask "
        "get_call_record in 10 s."
    )


def live(call: LiveCall, question: GetLiveCall, moment: float) -> str:
    """What a model reads about a call that is in progress or queued."""
    state = plain(call.state or "live, state not stated", 40)
    return lines(
        joined([state, parties(call.direction, call.from_number, call.to_number) or "the API sends no details of it"]),
        since(call, moment),
        _cost(call, question.rate_per_minute, moment),
        joined([_name(call), _stir(call), _belonging(call)]),
        reading_notes(call),
    )


def _cost(call: LiveCall, rate: float, moment: float) -> str:
    if not rate:
        return ""
    elapsed, zone = call.call_duration, ""
    if elapsed is None:
        elapsed, zone = elapsed_since_start(call, moment)
    if elapsed is None:
        return "cost so far: cannot be computed, the API states no duration"
    price, seconds = Decimal(str(rate)), Decimal(str(round(elapsed, 3)))
    exact, pulses = price * seconds / 60, price * math.ceil(elapsed / PULSE_S)
    counted = "since answer" if call.call_duration is not None else f"since session start{guessed(zone)}"
    return (
        f"cost so far, computed here at {price.normalize():f}/min {counted}: {money(exact)} by the second, "
        f"{money(pulses)} by {PULSE_S}-second pulse"
    )


def _name(call: LiveCall) -> str:
    return f"caller name {quoted(call.caller_name, 60)}" if call.caller_name else ""


def _stir(call: LiveCall) -> str:
    level = plain(call.stir_attestation or "", 20)
    attestation = f", attestation {level}" if len(level) == 1 else ""
    return f"STIR {plain(call.stir_verification, 30)}{attestation}" if call.stir_verification else ""


def _belonging(call: LiveCall) -> str:
    conference = f"conference {plain(call.conference_uuid, 64)}" if call.conference_uuid else ""
    parent = f"parent call {plain(call.parent_call_uuid, 64)}" if call.parent_call_uuid else ""
    return joined([conference, parent])
