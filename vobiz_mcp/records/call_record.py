"""Finished calls (CDRs): `GET Account/{auth_id}/cdr/{call_uuid}` and the list at `cdr`."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from vobiz_mcp.records.moment import Moment
from vobiz_mcp.records.record import Part, Record
from vobiz_mcp.records.values import Amount


class CallRecord(Record):
    """What the carrier wrote down once a call was over, in the current and the older namings."""

    uuid: str | None = Field(None, validation_alias=AliasChoices("uuid", "call_uuid", "call_id"))
    direction: str | None = Field(None, validation_alias=AliasChoices("call_direction", "direction"))
    caller: str | None = Field(None, validation_alias=AliasChoices("caller_id_number", "from_number", "caller"))
    caller_name: str | None = Field(None, validation_alias=AliasChoices("caller_id_name", "caller_name"))
    destination: str | None = Field(
        None, validation_alias=AliasChoices("destination_number", "to_number", "destination")
    )
    status: str | None = None

    start_time: Moment | None = Field(
        None, validation_alias=AliasChoices("start_time", "start_stamp", "initiation_time", "session_start")
    )
    answer_time: Moment | None = Field(None, validation_alias=AliasChoices("answer_time", "answer_stamp"))
    end_time: Moment | None = Field(None, validation_alias=AliasChoices("end_time", "end_stamp"))
    duration: float | None = None
    """Seconds from the first ring to the end: ringing is included."""
    billsec: float | None = Field(None, validation_alias=AliasChoices("billsec", "bill_duration", "call_duration"))
    """Seconds from answer to end."""
    ring_time: float | None = None
    """Seconds of ringing."""

    cost: Amount | None = None
    streaming_cost: Amount | None = None
    total_cost: Amount | None = Field(None, validation_alias=AliasChoices("total_cost", "total_amount"))
    currency: str | None = None

    hangup_cause: str | None = None
    hangup_cause_code: int | None = None
    hangup_cause_name: str | None = None
    hangup_source: str | None = None
    hangup_disposition: str | None = None
    """The last SIP step as the platform saw it: `send_bye`, `recv_bye`, `send_cancel`, …"""
    failure_code: str | None = None
    failure_reason: str | None = None

    codec: str | None = None
    mos: float | None = None
    """Mean opinion score, 1 to 5; 0 means that no media flowed, not that it was bad."""
    jitter: float | None = None
    """Milliseconds."""
    packet_loss: float | None = None
    """Percent."""

    region: str | None = None
    origination_region: str | None = None
    trunk_id: str | None = None
    campaign_id: str | None = None
    sip_call_id: str | None = None
    """What carriers know the call by."""
    bridge_uuid: str | None = None
    """What the legs of one conversation share."""

    @property
    def is_final(self) -> bool:
        """It is written once, when the call is over."""
        return True


class Paging(Part):
    """Where a page stands in its list, in the current and the older naming."""

    page: int | None = Field(None, validation_alias=AliasChoices("page", "current_page"))
    pages: int | None = Field(None, validation_alias=AliasChoices("pages", "total_pages"))
    total: int | None = Field(None, validation_alias=AliasChoices("total", "total_records"))
    """How many records there are in all, on every page."""
    has_next: bool | None = None


class CallSummary(Part):
    """What the API counts over all records that a filter lets through, not only over one page."""

    answered: int | None = Field(None, validation_alias=AliasChoices("answeredCalls", "answered"))
    answer_rate: float | None = Field(None, validation_alias=AliasChoices("answerRate", "answer_rate"))
    """Percent."""
    average_duration: str | None = Field(None, validation_alias=AliasChoices("avgCallDuration", "average_duration"))
    """With its unit: `28s`."""
    total_cost: Amount | None = None


class CallRecordList(Record):
    """One page of finished calls."""

    records: list[CallRecord] = []
    pagination: Paging = Paging()
    summary: CallSummary = CallSummary()
