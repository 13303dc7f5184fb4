"""Fleets of the sandbox as reviews: with a drift that is known, or with none."""

from __future__ import annotations

from functools import cache

from vobiz_mcp import Row, Summary, review
from vobiz_mcp.reviews.changes.comparison import alarms
from vobiz_mcp.reviews.changes.onset import onset
from vobiz_mcp.reviews.changes.spikes import spikes
from vobiz_mcp.reviews.period import Period, period
from vobiz_mcp.sandbox.agent_calls import whole
from vobiz_mcp.sandbox.fleet import fleet
from vobiz_mcp.sandbox.scenario import Scene

NOW = 1_795_262_400.0
"""2026-11-21 12:00 UTC, a Saturday: what drifts from 4.5 days before on does since Tuesday."""
WEEK = period("7d", "", NOW)


@cache
def rows(seed: int, *, drifts: bool) -> tuple[Row, ...]:
    """Two weeks of calls, all of them over."""
    return tuple(review(whole(Scene(scenario, NOW, NOW))) for scenario in fleet(seed, drifts=drifts))


def summary(calls: tuple[Row, ...] | list[Row], within: Period) -> Summary:
    """What the calls of a period come to."""
    return Summary.of(row for row in calls if row.started is not None and row.started in within)


def raised(calls: tuple[Row, ...]) -> set[str]:
    """All that a review of the last week says is new, spiking, surely different or failing since a day."""
    this, before = summary(calls, WEEK), summary(calls, WEEK.before)
    tables = [row for row in calls if row.agent_id == "agent_tables"]
    newer, older = ([row for row in tables if row.version == version] for version in ("15", "14"))
    versions = summary(newer, WEEK), summary(older, WEEK)
    return {
        *(f"spiking: {spike.code}" for spike in spikes(Summary.of(calls), NOW)),
        *(f"than before: {code}" for code in alarms(this, before)),
        *(f"version 15: {code}" for code in alarms(*versions)),
        *(f"failing: {name}" for name, tool in this.tools.items() if onset(tool.days)),
    }
