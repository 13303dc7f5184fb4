"""Call observability for AI agents: Vobiz calls, streams and agent calls, condensed for a model's context."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from vobiz_mcp.server_info import VERSION

if TYPE_CHECKING:
    from vobiz_mcp.client import AsyncVobiz, Vobiz
    from vobiz_mcp.digest.examine import Finding, Thresholds
    from vobiz_mcp.errors import VobizError
    from vobiz_mcp.records.agent_call import AgentCall
    from vobiz_mcp.reviews.review import review, review_many
    from vobiz_mcp.reviews.row import Row
    from vobiz_mcp.reviews.summary import Summary
    from vobiz_mcp.saved_calls import condense, examine

__version__ = VERSION

__all__ = [
    "AgentCall",
    "AsyncVobiz",
    "Finding",
    "Row",
    "Summary",
    "Thresholds",
    "Vobiz",
    "VobizError",
    "condense",
    "examine",
    "review",
    "review_many",
]

_ROOMS = {
    "AgentCall": "records.agent_call",
    "AsyncVobiz": "client",
    "Finding": "digest.examine",
    "Row": "reviews.row",
    "Summary": "reviews.summary",
    "Thresholds": "digest.examine",
    "Vobiz": "client",
    "VobizError": "errors",
    "condense": "saved_calls",
    "examine": "saved_calls",
    "review": "reviews.review",
    "review_many": "reviews.review",
}


def __getattr__(name: str) -> object:
    """Public names are imported when they are first used: a server that starts pays for none of them."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
