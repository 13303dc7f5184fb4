"""Who spoke on a call, and how it ended, in the words of somebody who tells it."""

from __future__ import annotations

from typing import Final

from vobiz_mcp.digest.speech.cutting import fitting
from vobiz_mcp.digest.timeline.end_reasons import ending, named
from vobiz_mcp.digest.wording.phrases import joined
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.agent_call import AgentCall

_WORDS: Final = {
    "user_hangup": "the caller hung up",
    "agent_hangup": "the agent hung up",
    "inactivity": "ended for inactivity",
    "max_duration_reached": "ended at the longest duration",
}


def parties(call: AgentCall) -> str:
    """`+12125550177 called Billing`, `Reminders called +1415…`: the person and the agent, in the call's direction."""
    agent = plain(call.agent_name or call.agent_id or "", 60) or "an agent"
    direction = (call.direction or "").lower()
    if direction == "outbound":
        return f"{agent} called {fitting(call.to_number, 40) or 'somebody'}"
    person = fitting(call.from_number, 40)
    return f"{person or 'somebody'} called {agent}" if person or direction == "inbound" else f"a call with {agent}"


def end(call: AgentCall) -> str:
    """`the caller hung up`, `never connected (dial_no_answer)`, `still going`: how it ended, as far as is known."""
    reason, status = fitting(call.disconnection_reason, 60), fitting(call.call_status, 30)
    if not call.is_over and not reason:
        return "still going" if status.upper() == "ONGOING" else status.lower() or "state not stated"
    how = ending(call)
    if how == "normal":
        return _WORDS.get(named(reason)) or reason or status.lower()
    return joined(["ended in an error" if how == "error" else how, f"({reason})" if reason else ""], " ")
