"""One look at a call of the account: its timeline and its transcript, from the same answer of the API."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.wire import Step, ask, now
from vobiz_mcp.digest.verbatim.transcript import transcript
from vobiz_mcp.view.picture import CallTimeline
from vobiz_mcp.view.timeline import call_timeline


@dataclass(frozen=True)
class LookAt:
    """A question that a client answers with what the page of a call is drawn from."""

    call_id: str

    def steps(self) -> Generator[Step, Any, tuple[CallTimeline, str]]:
        """Ask for the call, without what privacy hides."""
        moment = yield from now()
        call = yield from ask(agent_call(self.call_id))
        return call_timeline(call, moment), transcript(call)
