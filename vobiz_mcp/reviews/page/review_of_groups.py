"""The review of calls that were summed up by agent, version and time."""

from __future__ import annotations

from vobiz_mcp.reviews.groups import Groups
from vobiz_mcp.reviews.page.page import Review
from vobiz_mcp.reviews.period import Period
from vobiz_mcp.reviews.sides import is_previous, sides


def review_of(groups: Groups, period: Period, agent_id: str = "", compare: str = "") -> Review:
    """The review of an agent's calls, or of all, held against what `compare` names.

    Raises:
        InvalidArguments: `compare` names nothing that there is.
    """
    found = sides(groups.known, agent_id, compare)
    before = groups.summary(found.one, "before")
    with_previous = is_previous(compare)
    other = groups.summary(found.other, "now") if found.other else None
    return Review(
        now=groups.summary(found.one, "now"),
        before=before,
        days=groups.summary(found.one, "now", "before", "earlier"),
        period=period,
        side=found.name,
        other=before if with_previous else other,
        other_side="the period before" if with_previous else found.other_name,
    )
