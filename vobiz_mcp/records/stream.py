"""Audio streams of a call: `GET …/Call/{call_uuid}/Stream/{stream_id}/` and its list."""

from __future__ import annotations

from vobiz_mcp.records.moment import Moment
from vobiz_mcp.records.record import Record
from vobiz_mcp.records.values import Amount

_OVER = frozenset({"completed", "failed", "stopped", "ended"})
"""States of a stream that runs no more. One that nobody documented counts as running until there is an end time."""


class Stream(Record):
    """One audio stream. The current body has a status and no bill, the older one a bill and no status."""

    stream_id: str | None = None
    call_uuid: str | None = None
    status: str | None = None
    """`in-progress`, `completed` or `failed`; absent in older bodies."""
    service_url: str | None = None
    """Where the audio goes, without query, user information and anything that looks like a token."""
    bidirectional: bool | None = None
    audio_track: str | None = None
    content_type: str | None = None
    sampling_rate: int | None = None
    """Hertz; the current body has it inside `content_type`."""
    start_time: Moment | None = None
    end_time: Moment | None = None
    created_at: Moment | None = None
    """When the bill was written, in older bodies; not when the stream began."""
    bill_duration: float | None = None
    """Seconds."""
    rounded_bill_duration: float | None = None
    """Seconds, rounded up to the billing pulse."""
    billed_amount: Amount | None = None
    """The source names no currency."""

    @property
    def is_over(self) -> bool:
        """By its end time, and where there is none, by its status."""
        return self.end_time is not None or (self.status or "").lower() in _OVER


class StreamList(Record):
    """The streams of a call that one page holds, running and ended."""

    streams: list[Stream] = []
    total: int | None = None
    """How many streams the API says the call has, where it says so."""
