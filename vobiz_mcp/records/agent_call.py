"""A call of an AI agent: `GET /api/calls/{callId}`.

Zudu's object, and Retell's which it mirrors: the roles `assistant` and `agent`, epoch milliseconds and seconds from the
start of the call, `call_duration` and `duration_ms` are both read. The parts of an ended call arrive one after another,
so everything may be absent.
"""

from __future__ import annotations

import json
from typing import Annotated, Self

from pydantic import AliasChoices, BeforeValidator, Field, model_validator
from pydantic.main import IncEx

from vobiz_mcp.opt_out import FIELD, opt_out
from vobiz_mcp.records.moment import Moment
from vobiz_mcp.records.record import Part, Record
from vobiz_mcp.records.speech import Span
from vobiz_mcp.records.values import Amount


def _as_text(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else value


Text = Annotated[str | Annotated[str, BeforeValidator(_as_text)], Field(union_mode="left_to_right")]
"""Text, or JSON that some senders leave unquoted where others send it as a string."""


class Entry(Part):
    """One entry of a transcript: something said, a tool call, its result, a key press and the like, told by `role`."""

    role: str | None = None
    """`agent` or `assistant`, `user`, `tool_call_invocation`, `tool_call_result`, `dtmf`, `node_transition`, …"""
    content: Text | None = None
    speech: list[Span] = Field([], validation_alias=AliasChoices("speech", "words"))
    """When it was said: spans in the source's own unit and origin, made from `words`."""
    timestamp: float | None = None
    """Epoch milliseconds."""
    time_sec: float | None = None
    """Seconds from the start of the call."""

    tool_call_id: str | None = None
    name: str | None = None
    arguments: Text | None = None
    """Mostly JSON as a string."""
    successful: bool | None = None
    """What the platform says about a tool result; the content may say otherwise."""


class LatencyStats(Part):
    """How long one stage took, in milliseconds; `num` is the count behind the percentiles, often more than `values`."""

    min: float | None = None
    max: float | None = None
    num: int | None = None
    p50: float | None = None
    p90: float | None = None
    p95: float | None = None
    p99: float | None = None
    values: list[float] = []


class CallAnalysis(Part):
    """The platform's own model about the call, some time after its end."""

    call_successful: bool | None = None
    call_summary: str | None = None
    user_sentiment: str | None = None
    in_voicemail: bool | None = None


class ProductCost(Part):
    """One product's share of a cost."""

    product: str | None = None
    cost: Amount | None = None
    unit_price: Amount | None = None


class CallCost(Part):
    """What the call cost. Retell counts in US cents; Zudu states neither unit nor currency."""

    combined_cost: Amount | None = None
    product_costs: list[ProductCost] = []
    total_duration_seconds: float | None = None


class CallEvent(Part):
    """One event of a call's life; its name is free text such as `Call started - INBOUND`."""

    event: str | None = None
    timestamp: Moment | None = None


class AgentCall(Record):
    """One call that an AI agent spoke on."""

    call_id: str | None = None
    agent_id: str | None = None
    agent_name: str | None = None
    call_status: str | None = None
    """REGISTERED, ONGOING, ENDED, ERROR, SCHEDULED in either case; Retell adds not_connected."""
    call_type: str | None = None
    direction: str | None = None
    from_number: str | None = None
    to_number: str | None = None
    start_timestamp: Moment | None = None
    end_timestamp: Moment | None = None
    duration_ms: float | None = Field(None, validation_alias=AliasChoices("duration_ms", "call_duration"))
    """Milliseconds from start to end, ringing included where the start is the creation."""
    disconnection_reason: str | None = None

    transcript: str | None = None
    transcript_object: list[Entry] = []
    transcript_with_tool_calls: list[Entry] = []
    """What was said with tool calls in their places; empty on some calls that have `transcript_object`."""

    latency: dict[str, LatencyStats] = {}
    """By stage: e2e, llm, tts, asr, s2s, knowledge_base, …"""
    call_analysis: CallAnalysis | None = None
    call_cost: CallCost | None = None
    events: list[CallEvent] = []
    metadata: dict[str, object] = {}
    recording_url: str | None = None
    public_log_url: str | None = None
    opt_out_sensitive_data_storage: bool | None = None
    """The organisation asked that speech is not kept: it is not shown either. True too where another field says so."""
    opted_out_by: str | None = None
    """The field that says so, in the API's spelling, and whether it can be read: what cannot counts as a yes."""

    @model_validator(mode="before")
    @classmethod
    def _opt_out(cls, sent: object) -> object:
        """Whether and by which field the call is opted out: by any of them, at any depth."""
        if not isinstance(sent, dict):
            return sent
        kept = {name: value for name, value in sent.items() if name not in (FIELD, "opted_out_by")}
        if not (found := opt_out(sent)):
            return kept | ({} if sent.get(FIELD) is None else {FIELD: False})
        reason = found.field if found.is_read else f"{found.field}, which cannot be read and counts as a yes"
        return kept | {FIELD: True, "opted_out_by": sent.get("opted_out_by") or reason}

    @property
    def is_over(self) -> bool:
        """By its end time, and where there is none, by its status."""
        return self.end_timestamp is not None or (self.call_status or "").lower() in ("ended", "error", "not_connected")

    @property
    def is_final(self) -> bool:
        """The platform's analysis is the last that arrives of a call."""
        return self.is_over and self.call_analysis is not None

    def storable(self) -> Self:
        """The record as it may be handed on and kept: of an opted-out call only what says nothing of what was said."""
        return self.model_validate(self.model_dump(include=_HARMLESS)) if self.opt_out_sensitive_data_storage else self


_ABOUT_SPEECH = {"transcript", "transcript_object", "transcript_with_tool_calls", "metadata", "recording_url"}
_HARMLESS: IncEx = dict.fromkeys(AgentCall.model_fields.keys() - _ABOUT_SPEECH - {"public_log_url"}, True) | {
    "call_analysis": {"call_successful", "user_sentiment", "in_voicemail"},
    "events": {"__all__": {"event", "timestamp"}},
    "latency": {"__all__": set(LatencyStats.model_fields)},
    "call_cost": {
        "combined_cost": True,
        "product_costs": {"__all__": set(ProductCost.model_fields)},
        "total_duration_seconds": True,
    },
}
"""Of an opted-out call: fields nobody has heard of go too, at any depth, for who knows what they hold."""
