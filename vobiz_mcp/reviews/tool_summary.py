"""What many calls of one tool come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from vobiz_mcp.reviews.distribution import Distribution
from vobiz_mcp.reviews.row import Row, Used

DAY_S: Final = 86_400


@dataclass
class ToolSummary:
    """All calls of one tool.

    Attributes:
        outcomes: how they ended.
        then: what callers did after one that failed.
        seconds: how long they took.
        days: by day since 1970, calls and failures.
        failure: the newest failure to open: minus its start, call_id, turn; None where there is none.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    then: Counter[str] = field(default_factory=Counter)
    seconds: Distribution = field(default_factory=Distribution)
    days: Counter[tuple[int, bool]] = field(default_factory=Counter)
    failure: tuple[float, str, int] | None = None

    def add(self, used: Used, row: Row) -> None:
        """Count one call of it."""
        failed = used.outcome in ("failed", "failed softly")
        self.outcomes[used.outcome] += 1
        self.seconds.add(() if used.seconds is None else (used.seconds,))
        if row.started is not None:
            self.days[int(row.started // DAY_S), failed] += 1
        if failed:
            self.then[used.then] += 1
            self._keep((-(row.started or 0.0), row.call_id, used.turn))

    def update(self, other: ToolSummary) -> None:
        """Count what another summary counted."""
        self.outcomes.update(other.outcomes)
        self.then.update(other.then)
        self.seconds.update(other.seconds)
        self.days.update(other.days)
        self._keep(other.failure)

    def _keep(self, failure: tuple[float, str, int] | None) -> None:
        if failure is not None:
            self.failure = failure if self.failure is None else min(failure, self.failure)

    @property
    def calls(self) -> int:
        """How often it was called."""
        return self.outcomes.total()

    @property
    def failed(self) -> int:
        """How often it failed, marked as such or not."""
        return self.outcomes["failed"] + self.outcomes["failed softly"]
