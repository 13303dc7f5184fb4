"""One call as all its sources tell it: ours, made from the records of both APIs."""

from __future__ import annotations

from pydantic import ConfigDict

from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.record import Part, Record
from vobiz_mcp.records.stream import Stream


class Contradiction(Part):
    """Two sources that cannot both be right, or a state that cannot work."""

    code: str
    detail: str
    """A sentence with its evidence."""


class Diagnosis(Record):
    """The carrier's leg, its streams and the agent call, joined. A source that did not tell is None."""

    model_config = ConfigDict(frozen=False)  # made for one answer, source by source

    contradictions: list[Contradiction] = []
    live_call: LiveCall | None = None
    call_record: CallRecord | None = None
    streams: list[Stream] | None = None
    agent_call: AgentCall | None = None
    agent_call_guess: str | None = None
    """Why this agent call is taken for the call's; None where its id was given."""
    likelier_agent_call: str | None = None
    """An agent call that fits by numbers and time where the one whose id was given does not; with its evidence."""
    missing: dict[str, str] = {}
    """By source, why it did not tell."""
