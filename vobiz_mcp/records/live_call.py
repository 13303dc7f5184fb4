"""A call in progress: `GET Account/{auth_id}/Call/{call_uuid}/?status=live`."""

from __future__ import annotations

from pydantic import AliasChoices, ConfigDict, Field

from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.moment import Moment
from vobiz_mcp.records.record import Record

NOT_LIVE = "not_live"


class LiveCall(Record):
    """A call in progress or in the queue, in any of the shapes that the documentation has had.

    The current flat body carries neither a duration nor a time of answer; the superseded `calls: [object]` does.
    """

    call_uuid: str | None = None
    state: str | None = Field(None, validation_alias=AliasChoices("state", "call_state", "call_status", "status"))
    """As sent: `in-progress`, `queued`, `ringing`; older `RINGING`, `EARLY`, `ACTIVE`, `HELD`. Ours: `not_live`, and
    `live` or `queued` where the API only lists the call."""
    direction: str | None = Field(None, validation_alias=AliasChoices("direction", "call_direction"))
    from_number: str | None = Field(None, validation_alias=AliasChoices("from_number", "from"))
    to_number: str | None = Field(None, validation_alias=AliasChoices("to_number", "to"))
    caller_name: str | None = None
    request_uuid: str | None = None
    session_start: Moment | None = None
    initiation_time: Moment | None = None
    answer_time: Moment | None = None
    end_time: Moment | None = None
    """Only on a body that is a finished record after all."""
    call_duration: float | None = None
    """Seconds since `answer_time`."""
    stir_verification: str | None = None
    stir_attestation: str | None = Field(None, validation_alias=AliasChoices("stir_attestation", "Stir_attestation"))
    conference_uuid: str | None = None
    parent_call_uuid: str | None = None

    call_record: CallRecord | None = None
    """Of a call that is `not_live`: its finished record, or None while there is none."""

    @property
    def finished(self) -> CallRecord | None:
        """The record that the body is after all, where it tells of an end: such a call is in progress no more."""
        return None if self.end_time is None else CallRecord.read(self.model_dump(mode="json", by_alias=False))

    @property
    def is_told(self) -> bool:
        """Whether there is more of it than an id."""
        return any((self.state, self.direction, self.from_number, self.to_number))


class LiveCallList(Record):
    """Calls in progress and in the queue; the API lists bare ids, and of some more is known by now."""

    model_config = ConfigDict(frozen=False)  # a tool makes one of two lists and of what it learns of their calls

    calls: list[LiveCall] = []
    """In progress, as far as the API lists them and they have not ended since."""
    queued: list[LiveCall] = []
    """Waiting to be dialled; the API lists 20 of them at most."""
    ended: list[str] = []
    """Ids of calls that were listed as live and were over when they were asked for."""
    failed: dict[str, str] = {}
    """What could not be read and why: by call_uuid, or `live` or `queued` for a whole list."""
