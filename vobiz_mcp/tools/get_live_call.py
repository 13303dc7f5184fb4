"""The tool `get_live_call`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from vobiz_mcp.api.telephony import live_call
from vobiz_mcp.api.wire import ask_together, now
from vobiz_mcp.digest.carrier.live_call import live, not_live
from vobiz_mcp.errors import VobizError
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.tools.steps.carrier_call import carrier_call
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
            return Answer(live(call.leg, self.rate_per_minute, moment), call.leg)
        if isinstance(call.leg, VobizError) and not call.is_over:
            raise call.leg
        return Answer(not_live(call.record), call.not_live(self.call_uuid))
