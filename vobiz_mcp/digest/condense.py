"""A whole agent call within a budget of tokens."""

from __future__ import annotations

from vobiz_mcp.digest.agent_call import header, transcript
from vobiz_mcp.digest.timeline import timeline
from vobiz_mcp.digest.tokens import estimate
from vobiz_mcp.records.agent_call import AgentCall


def condense(call: AgentCall, max_tokens: int = 1500) -> str:
    """The call as a page of at most `max_tokens`: everything if it fits, else head and tail of the transcript."""
    head = header(call)
    told = transcript(call, timeline(call))
    whole = "\n".join([head, *told])
    if estimate(whole) <= max_tokens:
        return whole
    kept = len(told) - 1
    while kept > 0:
        kept = kept * 9 // 10
        first = told[: (kept + 1) // 2]
        last = told[len(told) - kept // 2 :]
        text = "\n".join([head, *first, f"… {len(told) - kept} lines omitted", *last])
        if estimate(text) <= max_tokens:
            return text
    return head
