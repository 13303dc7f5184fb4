"""A page of agent calls: `GET` or `POST /api/calls`."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import AliasChoices, Field

from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.record import Record


class AgentCallList(Record):
    """Agent calls as one page holds them; an item may be the whole call with its transcript, or a slim one without."""

    calls: list[AgentCall] = []
    page: int | None = None
    """Counted from 0."""
    limit: int | None = None
    """Calls a page at most."""
    total: int | None = Field(None, validation_alias=AliasChoices("total", "total_count"))
    """Calls on all pages together."""
    total_pages: int | None = None
    has_next_page: bool | None = None
    applied_filters: dict[str, object] | None = None
    """The filters that the API says it applied, by its own names; it may leave out some that it was sent."""

    def has_more(self, page: int, limit: int) -> bool:
        """Whether there is a page after this one, which was asked for as `page` of `limit`.

        Where the API does not say, a full page is taken for one with more behind it.
        """
        size = self.limit or limit
        if self.has_next_page is not None:
            return self.has_next_page
        if self.total_pages is not None:
            return page + 1 < self.total_pages
        if self.total is not None:
            return (page + 1) * size < self.total
        return len(self.calls) >= size

    def with_calls(self, calls: Sequence[AgentCall]) -> AgentCallList:
        """The page with these calls only, each as it may be handed on and kept (`AgentCall.storable`)."""
        return self.model_copy(update={"calls": [call.storable() for call in calls]})
