"""A call as its three sources tell it, side by side, with what is derived from each for comparing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from vobiz_mcp.digest.carrier.live_call import LIKELY_ZONES, elapsed_since_start
from vobiz_mcp.digest.carrier.phone_numbers import digits
from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.timeline.end_reasons import named
from vobiz_mcp.digest.timeline.items import Timeline
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.moment import SentTime
from vobiz_mcp.records.stream import Stream

_WAITING = frozenset({"queued", "ringing", "early"})


@dataclass(frozen=True)
class WholeCall:
    """One call; None for a source that did not tell.

    Attributes:
        leg: the carrier's call in progress.
        record: the carrier's record of the finished call.
        moment: when they were asked, in epoch seconds.
    """

    leg: LiveCall | None
    record: CallRecord | None
    streams: Sequence[Stream] | None
    agent: AgentCall | None
    moment: float

    @cached_property
    def told(self) -> Timeline:
        """What was said and done on the agent call."""
        return examined(self.agent).told if self.agent else Timeline()

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """What went wrong on the agent call by itself."""
        return examined(self.agent).findings if self.agent else ()

    @property
    def is_over(self) -> bool:
        """Whether the carrier has written the call off."""
        return self.record is not None and self.leg is None

    @property
    def is_queued(self) -> bool:
        """Whether it waits to be dialled."""
        return self.leg is not None and (self.leg.state or "").lower() == "queued"

    @property
    def is_talking(self) -> bool:
        """Whether the carrier has it in progress and answered, as far as it tells."""
        return self.leg is not None and (self.leg.state or "").lower() not in _WAITING

    @property
    def direction(self) -> str:
        """`inbound`, `outbound` or "", by whoever tells."""
        sources = (self.record, self.leg, self.agent)
        return next((source.direction.lower() for source in sources if source and source.direction), "")

    @property
    def parties(self) -> tuple[str, str]:
        """Who called and who was called, by the carrier, as digits; "" where it is not told."""
        if self.record is not None:
            return digits(self.record.caller), digits(self.record.destination)
        return (digits(self.leg.from_number), digits(self.leg.to_number)) if self.leg else ("", "")

    @cached_property
    def starts(self) -> tuple[tuple[float, str], ...]:
        """When the carrier began it, in epoch seconds: known, or one guess for each zone that it may be told in."""
        if self.leg is not None:
            elapsed, zone = elapsed_since_start(self.leg, self.moment)
            if elapsed is None:
                elapsed = self.leg.call_duration
            return () if elapsed is None else ((self.moment - elapsed, _if(zone)),)
        time = self.record.start_time if self.record else None
        if time is None or time.at is None:
            return ()
        if time.epoch is not None:
            return ((time.epoch, ""),)
        return tuple((time.at.replace(tzinfo=zone).timestamp(), _if(name)) for name, zone in LIKELY_ZONES)

    @property
    def started(self) -> float | None:
        """When the carrier began it, in epoch seconds; None where it is not known in which zone."""
        return self.starts[0][0] if len(self.starts) == 1 else None

    @property
    def ended(self) -> float | None:
        """When the carrier ended it, in epoch seconds."""
        return epoch(self.record.end_time) if self.record else None

    @property
    def ended_by(self) -> Literal["person", "agent", ""]:
        """Who hung up by the carrier's record: the person on the phone, the agent's side, or neither for sure."""
        source = named(self.record.hangup_source if self.record else "")
        called, calling = source in ("callee", "call_recipient"), source == "caller"
        if source in ("api_request", "api", "answer_xml"):
            return "agent"
        if not self.direction or not (called or calling):
            return ""
        return "person" if calling == (self.direction == "inbound") else "agent"


def _if(zone: str) -> str:
    return f" (if its times are {zone})" if zone else ""


def epoch(time: SentTime | None) -> float | None:
    """Epoch seconds of a time whose zone is known."""
    return time.epoch if time else None
