"""Where a call stands with the carrier, decided here for all tools: in progress, in the queue, over or unknown."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, TypeAlias

from vobiz_mcp.api.telephony import call_record, queued_call
from vobiz_mcp.api.wire import Request, Step, ask_together
from vobiz_mcp.errors import NotFound, VobizError
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.live_call import NOT_LIVE, LiveCall
from vobiz_mcp.records.record import Record

Told: TypeAlias = Record | VobizError
"""What the API answered."""


@dataclass(frozen=True)
class CarrierCall:
    """What the carrier tells of a call.

    Attributes:
        leg: the call in progress or in the queue; `NotFound` where it is neither, else why that is not known.
        record: of the finished call; an error where there is none or it could not be read; None where nobody had to
            ask.
    """

    leg: Told
    record: Told | None = None

    @property
    def is_over(self) -> bool:
        """Whether the API knows it neither in progress nor in the queue."""
        return isinstance(self.leg, NotFound)

    def not_live(self, call_uuid: str) -> LiveCall:
        """The call as one that is not in progress, with its record where there is one."""
        record = self.record if isinstance(self.record, CallRecord) else None
        sandbox = any(told is not None and told.sandbox for told in (self.leg, self.record))
        return LiveCall(call_uuid=call_uuid, state=NOT_LIVE, call_record=record, sandbox=sandbox)


def carrier_call(
    call_uuid: str,
    leg: Told,
    record: Told | None = None,
    prepared: Callable[[Request[Any]], Request[Any]] = lambda request: request,
) -> Generator[Step, Any, CarrierCall]:
    """Where a call stands, asking on only where that is not told yet.

    A body in progress that has an end is a finished record; a call that is neither in progress nor recorded may wait
    in the queue.

    Args:
        leg: what was answered when the call in progress was asked for.
        record: what was answered when its record was asked for; None where nobody asked.
        prepared: what each further request passes through.
    """
    if isinstance(leg, LiveCall) and leg.finished:
        over = NotFound("the call is over")
        over.sandbox = leg.sandbox
        return CarrierCall(over, record if isinstance(record, CallRecord) else leg.finished)
    if not isinstance(leg, NotFound) or not isinstance(record, NotFound | None):
        return CarrierCall(leg, record)
    requests: list[Request[Any]] = [queued_call(call_uuid), *([] if record else [call_record(call_uuid)])]
    queued, *records = yield from ask_together(*map(prepared, requests))
    return CarrierCall(queued if isinstance(queued, LiveCall) else leg, record or records[0])
