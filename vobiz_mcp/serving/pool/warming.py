"""One small call read and condensed before anybody waits, with all that the first answer would load and compile."""

from __future__ import annotations

import json
from typing import Any

from vobiz_mcp.api.agent_calls import call_in
from vobiz_mcp.api.body import parse_agent_call
from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.digest.tokens.budget import FEWEST_TOKENS
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall

_BEGAN_MS = 1_760_000_000_000
_WORD_MS = 400


def warm() -> None:
    """Answer once for nobody: 50 ms of a processor."""
    call = AgentCall.read(call_in(parse_agent_call(_body())))
    condense(masked(call), FEWEST_TOKENS)


def _body() -> bytes:
    """A call with something of everything: words with times, figures, a card, a tool that changes something."""
    said = [
        _said("agent", "Hello, how can I help you today?", 0),
        _said("user", "My order 48213 did not arrive, I paid $49.90 on Tuesday.", 4_000),
        {"role": "tool_call_invocation", "tool_call_id": "a", "name": "refund_order", "arguments": '{"amount": 49.9}'},
        {"role": "tool_call_result", "tool_call_id": "a", "content": '{"refund_id": "R-77"}', "successful": True},
        _said("agent", "I have refunded $49.90 to your card.", 12_000),
        _said("user", "Thank you, my card is 4242 4242 4242 4242.", 16_000),
    ]
    times = {"start_timestamp": _BEGAN_MS, "end_timestamp": _BEGAN_MS + 20_000}
    latency = {"e2e": {"p50": 900, "p95": 2000, "num": 5}}
    call = {"call_id": "warm", "call_status": "ENDED", **times, "latency": latency, "transcript_with_tool_calls": said}
    return json.dumps({"data": call}).encode()


def _said(role: str, text: str, at_ms: int) -> dict[str, Any]:
    begin = _BEGAN_MS + at_ms
    starts = (begin + _WORD_MS * number for number in range(text.count(" ") + 1))
    words = [{"word": word, "start": at, "end": at + 300} for word, at in zip(text.split(" "), starts, strict=True)]
    return {"role": role, "content": text, "timestamp": begin, "words": words}
