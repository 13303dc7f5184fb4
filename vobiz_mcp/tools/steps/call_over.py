"""Whether the call of a stream is over: asked only where it would show that a stream was left open."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from vobiz_mcp.api.telephony import live_call
from vobiz_mcp.api.wire import Step, ask
from vobiz_mcp.digest.carrier.stream import LONGEST_STREAM_S, length_s
from vobiz_mcp.errors import NotFound, VobizError
from vobiz_mcp.records.stream import Stream

SUSPICIOUS_S = 300
"""A stream that has run this long without an end is worth one request about its call."""


def is_over(call_uuid: str, streams: Iterable[Stream], moment: float) -> Generator[Step, Any, bool]:
    """Whether the API knows no such call in progress; False where it was not asked or did not say."""
    running = (length_s(stream, moment) or 0 for stream in streams if not stream.is_over)
    if not any(SUSPICIOUS_S < seconds <= LONGEST_STREAM_S for seconds in running):
        return False
    try:
        call = yield from ask(live_call(call_uuid))
    except NotFound:
        return True
    except VobizError:
        return False
    return call.end_time is not None
