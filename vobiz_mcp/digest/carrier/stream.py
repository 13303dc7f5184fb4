"""An audio stream in words: what it does, where its audio goes, what cannot be right about it."""

from __future__ import annotations

import re

from vobiz_mcp.digest.wording import phrases as wording
from vobiz_mcp.digest.wording.money import money
from vobiz_mcp.digest.wording.phrases import duration, joined
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.stream import Stream

LONGEST_STREAM_S = 86_400
"""The API ends a stream after `stream_timeout`, a day unless it was set."""

UNUSABLE_HZ = 24_000
"""A rate that some pages list and that never delivers usable media."""


def state(stream: Stream) -> str:
    """The status as sent, or what follows from its end time where no status was sent."""
    if stream.status:
        return plain(stream.status, 30)
    return "ended" if stream.is_over else "running"


def state_with_source(stream: Stream) -> str:
    """The status, with a word on how it was derived where none was sent."""
    if stream.status:
        return state(stream)
    return f"{state(stream)} (derived from {'its' if stream.end_time else 'the missing'} end time, no status is sent)"


def shape(stream: Stream, *, explained: bool = False) -> str:
    """Direction and track: `bidirectional, track inbound`."""
    one_way = "one-way (nothing is played back)" if explained else "one-way"
    way = {True: "bidirectional", False: one_way, None: ""}[stream.bidirectional]
    return joined([way, f"track {plain(stream.audio_track, 20)}" if stream.audio_track else ""], ", ")


def codec(stream: Stream) -> str:
    """Codec and rate as sent: `audio/x-l16 8000 Hz`."""
    kind = plain(stream.content_type or "", 60)
    rate = rate_hz(stream)
    name = kind.partition(";")[0]
    return joined([name or ("codec not stated" if rate is None else ""), f"{rate} Hz" if rate else ""], " ")


def rate_hz(stream: Stream) -> int | None:
    """Samples per second, from its own field or from inside the content type."""
    inside = re.search(r"rate=(\d{1,7})", stream.content_type or "")
    return stream.sampling_rate or (int(inside.group(1)) if inside else None)


def length_s(stream: Stream, moment: float) -> float | None:
    """Seconds from start to end, or to this moment; None where a time or its zone is not known."""
    start = stream.start_time.epoch if stream.start_time else None
    end = stream.end_time.epoch if stream.end_time else None if stream.is_over else moment
    return end - start if start is not None and end is not None and end >= start else None


def times(stream: Stream, moment: float) -> str:
    """Since when, and how long or until when."""
    length = length_s(stream, moment)
    lasted = None if length is None else duration(length) if stream.is_over else f"{duration(length)} so far"
    word = "from" if stream.is_over else "since"
    return joined([wording.times((word, stream.start_time), ("to", stream.end_time)), lasted and f"({lasted})"], " ")


def bill(stream: Stream) -> str:
    """Billed seconds and amount, where the body has them."""
    seconds = [] if stream.bill_duration is None else [f"billed {stream.bill_duration:.15g} s"]
    if stream.rounded_bill_duration is not None:
        seconds.append(f"rounded to {stream.rounded_bill_duration:.15g} s")
    if stream.billed_amount is not None:
        seconds.append(f"amount {money(stream.billed_amount)} (currency not stated)")
    return ", ".join(seconds)


def impossible(stream: Stream, moment: float, *, call_over: bool) -> list[str]:
    """What cannot be right, a sentence each.

    Args:
        call_over: whether the stream's call is known not to be in progress any more.
    """
    length = length_s(stream, moment)
    timeout = stream.model_extra.get("stream_timeout") if stream.model_extra else None
    longest = timeout if isinstance(timeout, int | float) and timeout > 0 else LONGEST_STREAM_S
    checks = {
        "bidirectional with track both: the API allows bidirectional only with track inbound": (
            bool(stream.bidirectional) and stream.audio_track == "both"
        ),
        f"{UNUSABLE_HZ} Hz: the platform delivers no usable audio at this rate": rate_hz(stream) == UNUSABLE_HZ,
        "it has ended but carries no end time": stream.is_over and stream.end_time is None,
        "it has an end time, yet its status says that it runs": (
            stream.end_time is not None and (stream.status or "").lower() == "in-progress"
        ),
        "its call is over, yet the stream has no end": call_over and not stream.is_over,
        f"no end, but the API ends a stream after {duration(longest)} at most": (
            not stream.is_over and length is not None and length > longest and not call_over
        ),
        "it ends before it starts": _ends_before_start(stream),
    }
    return [f"check: {what}" for what, applies in checks.items() if applies]


def _ends_before_start(stream: Stream) -> bool:
    start = stream.start_time.epoch if stream.start_time else None
    end = stream.end_time.epoch if stream.end_time else None
    return start is not None and end is not None and end < start
