"""The support assistant as a web page: `python examples/support_web.py`, then open the address that it prints.

The same agent as in the terminal, with the steps folded and a picker over the calls of the sandbox. No request leaves
the machine unless VOBIZ_* settings or VOBIZ_CHAT_MODEL name somebody to ask.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import escape
from textwrap import shorten
from typing import Any

import gradio as gr
from langchain_core.messages import ToolMessage
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from support_assistant import Step, asked, assistant, steps

from vobiz_mcp.sandbox import SCENARIOS

QUESTIONS = (
    "What is happening on this call right now?",
    "Is audio flowing, and where to?",
    "Why was it slow?",
    "What did the caller want, and was it done?",
    "Which tool failed, and what did it say?",
    "Find where they talked about the refund",
    "What will this call cost so far?",
)
CALLS = [
    (shorten(f"{s.call_id}: {s.story}", 42, placeholder=" …"), f"{s.call_uuid}, agent call {s.call_id}")
    for s in SCENARIOS
]
STYLE = """
.contain {width: 100%; max-width: 820px; margin: auto}
.message-markdown-disabled {white-space: pre-line; overflow-wrap: anywhere}
"""


POLICY = b"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"
"""No address but this server's own: Gradio's page is inline, and what it shows of others loads nothing."""


class OwnAddressOnly:
    """Every answer of the server carries the policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the policy to the answer's headers."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY)]
            await send(message)

        await self.app(scope, receive, sent)


def page(agent: Any) -> gr.Blocks:
    """The page of an assistant; each visitor has a thread of their own."""

    def answer(question: str, _: list[Any], call: str, request: gr.Request) -> Iterator[list[gr.ChatMessage]]:
        about = f"{question} (call_uuid {call})" if call else question
        said: list[gr.ChatMessage] = []
        for step in steps(agent, about, str(request.session_hash)):
            add(said, step)
            yield said

    with gr.Blocks(title="Call support", analytics_enabled=False) as blocks:
        if "VOBIZ_CHAT_MODEL" not in os.environ:
            gr.Markdown("A script answers here, not a model; `VOBIZ_CHAT_MODEL` names one.")
        call = gr.Dropdown(CALLS, value=CALLS[1][1], label="Call", allow_custom_value=True)
        gr.ChatInterface(
            answer,
            chatbot=gr.Chatbot(render_markdown=False, buttons=["copy"], height="70vh", show_label=False),
            additional_inputs=[call],
            examples=[[question, None] for question in QUESTIONS],
            concurrency_limit=8,
            analytics_enabled=False,
        )
    return blocks


def add(said: list[gr.ChatMessage], step: Step) -> None:
    """Put a step where it belongs: text to the answer that is being written, what a tool said into its fold.

    All of it is escaped: Gradio shows a text without Markdown as HTML, and in HTML a caller's words load an image.
    """
    if isinstance(step, ToolMessage):
        said[-1].content = escape(step.text)
        said[-1].metadata["status"] = "done"
    elif isinstance(step, dict):
        said.append(gr.ChatMessage("", metadata={"title": escape(asked(step)), "status": "pending"}))
    elif said and not said[-1].metadata:
        said[-1].content = f"{said[-1].content}{escape(step)}"
    else:
        said.append(gr.ChatMessage(escape(step)))


def serve(agent: Any) -> None:
    """Serve the page of an assistant on loopback until stopped."""
    own = {"middleware": [Middleware(OwnAddressOnly)]}
    page(agent).launch(server_name="127.0.0.1", css=STYLE, footer_links=[], app_kwargs=own)


if __name__ == "__main__":
    serve(assistant())
