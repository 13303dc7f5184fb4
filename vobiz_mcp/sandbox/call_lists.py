"""The agent platform's lists: filters, order and pages, in the shape that its documentation shows now."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from vobiz_mcp.sandbox import agent_calls
from vobiz_mcp.sandbox.reply import JsonObject
from vobiz_mcp.sandbox.scenario import Scene

if TYPE_CHECKING:
    from vobiz_mcp.sandbox.reply import JsonValue

_LARGEST = 100
_ORDERS = ("ascending", "descending")
_SORTS = ("start_timestamp", "created_at")


@dataclass(frozen=True)
class Asked:
    """Which page of which calls."""

    page: int
    limit: int
    sort_by: str
    sort_order: str
    statuses: frozenset[str]
    agents: frozenset[str]
    words: str
    applied: JsonObject

    @property
    def is_valid(self) -> bool:
        """Whether the platform would answer it."""
        pages = self.page >= 0 and 0 < self.limit <= _LARGEST
        return pages and self.sort_by in _SORTS and self.sort_order in _ORDERS

    def wants(self, scene: Scene) -> bool:
        """Whether a call passes the filters."""
        return (
            (not self.statuses or agent_calls.status(scene).lower() in self.statuses)
            and (not self.agents or scene.agent.agent_id in self.agents)
            and (not self.words or self._finds(scene))
        )

    def _finds(self, scene: Scene) -> bool:
        return not scene.agent.private and self.words in agent_calls.said(scene).lower()


def asked(sent: Mapping[str, str] | bytes) -> Asked | None:
    """Read the query of a GET or the body of a POST; None for what the platform would refuse."""
    try:
        given: dict[str, Any] = json.loads(sent or b"{}") if isinstance(sent, bytes) else dict(sent)
        filters: dict[str, Any] = given.get("filter_criteria") or {}
        found = Asked(
            int(given.get("page", 0)),
            int(given.get("limit", 20)),
            str(given.get("sort_by", _SORTS[0])),
            str(given.get("sort_order", _ORDERS[1])),
            frozenset(status.lower() for status in filters.get("call_status", [])),
            frozenset(filters.get("agent_id", [])),
            filters.get("transcript_search", "").lower(),
            {key: filters[key] for key in ("call_status", "agent_id", "transcript_search") if key in filters},
        )
    except (ValueError, TypeError, AttributeError):
        return None
    return found if found.is_valid else None


def page(scenes: Sequence[Scene], asked: Asked, *, whole: bool) -> JsonObject:
    """Return one page of calls, each with all there is to it or slim."""
    found = sorted(
        filter(asked.wants, scenes), key=lambda scene: scene.placed, reverse=asked.sort_order == "descending"
    )
    shown = found[asked.page * asked.limit :][: asked.limit]
    pages = ceil(len(found) / asked.limit)
    calls: list[JsonValue] = [agent_calls.whole(scene) if whole else agent_calls.slim(scene) for scene in shown]
    data: JsonObject = {
        "organization_id": "org_sandbox",
        "calls": calls,
        "pagination": {
            "page": asked.page,
            "limit": asked.limit,
            "total_count": len(found),
            "total_pages": pages,
            "has_next_page": asked.page + 1 < pages,
            "has_previous_page": asked.page > 0,
        },
        "returned_count": len(shown),
        "sort_order": asked.sort_order,
        "sort_by": asked.sort_by,
        "applied_filters": asked.applied,
    }
    return {"message": "Calls retrieved successfully", "status": "success", "error": None, "data": data}
