"""The assistant's page with an agent that repeats what it is asked, as a caller's words and as a tool's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from places import EXAMPLES

sys.path.insert(0, str(EXAMPLES))

from langchain_core.messages import AIMessage, AIMessageChunk, ToolCall, ToolMessage
from support_web import serve


class Parrot:
    """An agent that says what it was told."""

    def stream(self, question: dict[str, str], *_: Any, **__: Any) -> Iterator[tuple[str, Any]]:
        words = question["messages"].partition(" (call_uuid")[0]
        asked = AIMessage(content="", tool_calls=[ToolCall(name="ask", args={"question": words}, id="1")])
        yield "updates", {"model": {"messages": [asked]}}
        yield "updates", {"tools": {"messages": [ToolMessage(f"A tool said: {words}", tool_call_id="1")]}}
        yield "messages", (AIMessageChunk(content=f"The caller said: {words}"), {})


serve(Parrot())
