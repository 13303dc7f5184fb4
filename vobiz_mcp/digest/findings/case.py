"""One call under examination, and what several findings need to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from statistics import median
from weakref import ReferenceType

from vobiz_mcp.digest.findings import gaps_and_overlaps as floor
from vobiz_mcp.digest.findings.gaps_and_overlaps import Gap, Overlap, Stretch
from vobiz_mcp.digest.findings.thresholds import Thresholds
from vobiz_mcp.digest.timeline.items import Timeline
from vobiz_mcp.digest.timeline.later_success import LaterSuccesses
from vobiz_mcp.digest.wording.safe_text import quoted
from vobiz_mcp.records.agent_call import AgentCall


@dataclass(frozen=True, eq=False)
class Case:
    """A call, its timeline and the limits to judge it by.

    Attributes:
        record: a reference to the record, not the record: what is derived of a call must not keep it alive.
    """

    record: ReferenceType[AgentCall]
    told: Timeline
    limits: Thresholds

    @property
    def call(self) -> AgentCall:
        """The record. Raises `ReferenceError` when nobody holds it any more."""
        call = self.record()
        if call is None:
            raise ReferenceError("the record of this call is gone")
        return call

    @cached_property
    def is_over(self) -> bool:
        """Whether the call has ended; what is still missing from one that goes on is no fault."""
        return self.call.is_over or bool(self.call.disconnection_reason)

    @cached_property
    def end(self) -> float | None:
        """Seconds from the start to the end of the call, by its clock before its reported duration."""
        start, end = self.call.start_timestamp, self.call.end_timestamp
        if start and end and start.epoch is not None and end.epoch is not None:
            return round(end.epoch - start.epoch, 3)
        return self.told.duration

    @cached_property
    def later_successes(self) -> LaterSuccesses:
        """Which failures of tools were put right later."""
        return LaterSuccesses(self.told)

    @cached_property
    def timed(self) -> frozenset[int]:
        """The turns whose words carry usable times."""
        return floor.timed_turns(self.told, self.limits)

    @cached_property
    def spoken(self) -> list[Stretch]:
        """Timed speech; empty where no words carry times, and then nothing is said about silence."""
        return floor.stretches(self.told, self.timed)

    @cached_property
    def last_spoken(self) -> Stretch | None:
        """The timed speech that ended last."""
        return max(self.spoken, key=attrgetter("end"), default=None)

    @cached_property
    def _unheard(self) -> list[tuple[float, float | None]]:
        return floor.unheard(self.told, self.timed)

    @cached_property
    def dead_air(self) -> list[Gap]:
        """The silences that are long enough to matter and in which really nothing was said."""
        return floor.judged(floor.silences(self.spoken, self.limits.dead_air_s), self._unheard)

    @cached_property
    def replies(self) -> list[Gap]:
        """The time from each end of the caller's turn to the agent's answer."""
        return floor.judged(floor.replies(self.spoken), self._unheard)

    @cached_property
    def reply_s(self) -> list[float]:
        """The seconds of each of the replies."""
        return [gap.seconds for gap in self.replies]

    @cached_property
    def reply_p50(self) -> float | None:
        """The measured median of the replies in seconds; None where they are too few."""
        if len(self.replies) < self.limits.slow_reply_count:
            return None
        return round(median(self.reply_s), 3)

    @cached_property
    def overlaps(self) -> list[Overlap]:
        """The times that both sides spoke, too long for a mere `mhm`."""
        return [overlap for overlap in floor.overlaps(self.spoken) if overlap.seconds >= self.limits.talk_over_s]

    def quote(self, text: str, limit: int = 80) -> str:
        """A short piece of what others said; of an opted-out call only that it is not shown."""
        return "(not shown)" if self.call.opt_out_sensitive_data_storage else quoted(text, limit)
