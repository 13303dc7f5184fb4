"""The support assistant as a web page: `python examples/support_web.py`, then open the address that it prints.

The same agent as in the terminal, with the steps folded, a picker over the calls of the sandbox, and beside the chat
the timeline of the call that is picked. No request leaves the machine unless VOBIZ_* settings or VOBIZ_CHAT_MODEL name
somebody to ask.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from html import escape
from textwrap import shorten
from typing import Any

try:
    import gradio as gr
except ModuleNotFoundError:
    sys.exit("This needs Gradio and LangChain: pip install 'vobiz-mcp[examples]', or .[examples] in a checkout.")
from call_pictures import CallPictures, frame
from langchain_core.messages import ToolMessage
from starlette.middleware import Middleware
from support_assistant import Step, asked, assistant, steps

from vobiz_mcp.sandbox import SCENARIOS

QUESTIONS = (
    "What is happening on this call right now?",
    "Is audio flowing, and where to?",
    "Why was it slow?",
    "What did the caller want, and was it done?",
    "Which tool failed, and what did it say?",
    "What was said last?",
    "What will this call cost so far?",
)
LEGS = {scenario.call_id: scenario.call_uuid for scenario in SCENARIOS}
CALLS = [(shorten(f"{s.call_id}: {s.story}", 76, placeholder=" …"), s.call_id) for s in SCENARIOS]
MODEL = os.environ.get("VOBIZ_CHAT_MODEL", "")
SCRIPT = "A script answers here, not a model; <code>VOBIZ_CHAT_MODEL</code> names one."
WHO = f"{escape(MODEL)} answers." if MODEL else SCRIPT
ABOUT = "Ask about a phone call: what happened, what was said, what failed."
TITLE = f"<h1>Call support assistant</h1><p>{ABOUT} {WHO}</p>"
STYLE = """

.gradio-container > main, .contain {width: 100%; max-width: 1640px !important; margin-inline: auto !important}
.top h1 {font-size: 22px; font-weight: 650; margin: 0}
.top p {margin: 2px 0 0; opacity: .8}
.message-markdown-disabled {white-space: pre-line; overflow-wrap: anywhere}
.call .html-container, .top .html-container {padding: 0 !important}
.call iframe {width: 100%; height: max(560px, 88vh); border: 1px solid var(--border-color-primary); border-radius: 10px}
.chip {padding: 1px 8px; border-radius: 99px; font-weight: 600; font-size: .86em}
.chip.critical {background: #fbe3e4; color: #a01824}
.chip.warn {background: #fdf0d8; color: #7c4a00}
.chip.info {background: #e8ecf0; color: #45505b}
.dark .chip.critical {background: #46191d; color: #ff9ba1}
.dark .chip.warn {background: #3d2c0e; color: #f3c070}
.dark .chip.info {background: #2b3138; color: #b7c0ca}
.pick input {text-overflow: ellipsis; padding-inline-end: 34px !important}
"""
SIGNS = {"critical": "◆", "warn": "▲", "info": "●"}


class Answer:
    """An answer as a chat shows it: its steps in folds, its text below.

    All of it is escaped: Gradio shows a text without Markdown as HTML, and in HTML a caller's words load an image.
    """

    def __init__(self) -> None:
        self.messages: list[gr.ChatMessage] = []
        self.text = ""

    def add(self, step: Step) -> None:
        """Put a step where it belongs: text to what is being written, what a tool said into its fold."""
        if isinstance(step, ToolMessage):
            self.messages[-1].content = escape(step.text)
            self.messages[-1].metadata["status"] = "done"
        elif isinstance(step, dict):
            self.messages.append(gr.ChatMessage("", metadata={"title": escape(asked(step)), "status": "pending"}))
            self.text = ""
        else:
            if not self.text:
                self.messages.append(gr.ChatMessage(""))
            self.text += step
            self.messages[-1].content = chipped(self.text)


def chipped(text: str) -> str:
    """A text as HTML, all of it escaped, and the severity of a finding with its code as a chip."""
    return re.sub(r"^• (critical|warn|info) (\w+)", _chip, escape(text), flags=re.MULTILINE)


def _chip(found: re.Match[str]) -> str:
    return f'<span class="chip {found[1]}">{SIGNS[found[1]]} {found[1]} {found[2].replace("_", " ")}</span>'


def page(agent: Any) -> gr.Blocks:
    """The page of an assistant; each visitor has a thread of their own."""

    def answer(question: str, _: list[Any], call: str, request: gr.Request) -> Iterator[list[gr.ChatMessage]]:
        about = f"{question} (call_uuid {LEGS.get(call, 'not known')}, agent call {call})" if call else question
        said = Answer()
        for step in steps(agent, about, str(request.session_hash)):
            said.add(step)
            yield said.messages

    with gr.Blocks(title="Call support assistant", analytics_enabled=False) as blocks:
        gr.HTML(TITLE, elem_classes="top", padding=False)
        call = gr.Dropdown(CALLS, value="call_dispute", label="Call", allow_custom_value=True, elem_classes="pick")
        with gr.Row(equal_height=False):
            with gr.Column(scale=4, min_width=340):
                gr.ChatInterface(
                    answer,
                    chatbot=gr.Chatbot(render_markdown=False, buttons=["copy"], height="66vh", show_label=False),
                    additional_inputs=[call],
                    examples=[[question, None] for question in QUESTIONS],
                    concurrency_limit=8,
                    analytics_enabled=False,
                )
            with gr.Column(scale=6, min_width=340):
                picture = gr.HTML(frame("call_dispute"), elem_classes="call", padding=False)
        call.change(frame, call, picture)
    return blocks


def serve(agent: Any) -> None:
    """Serve the page of an assistant on loopback until stopped."""
    own = {"middleware": [Middleware(CallPictures)]}
    page(agent).launch(server_name="127.0.0.1", css=STYLE, footer_links=[], app_kwargs=own)


if __name__ == "__main__":
    serve(assistant())
