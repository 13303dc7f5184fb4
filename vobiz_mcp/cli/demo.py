"""`vobiz-mcp demo`: the real server as a subprocess, asked by the SDK's client, against the embedded sandbox."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field

import click
import httpx2
from mcp import Client, StdioServerParameters
from mcp_types import TextContent
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.digest.tokens.cost import estimate
from vobiz_mcp.sandbox import SCENARIOS, Sandbox
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings
from vobiz_mcp.serving.server import call

SCENES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("Which calls are on right now?", "list_live_calls", {}),
    ("What is wrong with the roadside call?", "diagnose_call", {"call_uuid": "one-way-leg", "max_tokens": 700}),
    (
        "Tell me when something changes on the bakery's.",
        "watch_call",
        {"call_uuid": "live-leg", "call_id": "call_live"},
    ),
    ("Is the call up, what does it cost?", "get_live_call", {"call_uuid": "one-way-leg", "rate_per_minute": 0.9}),
    ("The caller hears nothing. Where does the audio go?", "list_streams", {"call_uuid": "one-way-leg"}),
    ("Tell me more about that stream.", "get_stream", {"call_uuid": "one-way-leg", "stream_id": "one-way-audio"}),
    ("Which calls of 60 seconds or more have ended, and how?", "list_call_records", {"min_duration": 60}),
    ("Which ones did nobody answer?", "list_call_records", {"hangup_cause": "NO_ANSWER"}),
    ("Why did that outbound reminder come to nothing?", "get_call_record", {"call_uuid": "no-answer-leg"}),
    ("The caller of the billing call hung up. What happened?", "get_agent_call", {"call_id": "call_dispute"}),
    ("And the hour-long support call, in short?", "get_agent_call", {"call_id": "call_support", "max_tokens": 800}),
    ("Which calls did people hang up on, and is something wrong with them?", "list_agent_calls", {"status": "ended"}),
    ("And on all calls of the week?", "review_calls", {"max_tokens": 500}),
    ("Is there a call with the id `nobody`?", "get_agent_call", {"call_id": "nobody"}),
)
"""What a person wants to know, and the tool that a model asks for it."""


@click.command(epilog="It needs no credentials and no network: the server runs with --sandbox.")
def command() -> int:
    """See every tool at work against the embedded sandbox."""
    console = Console(highlight=False)
    # Printed when the session is over: whoever closes the pipe meanwhile must not end it with a traceback.
    tools, scenes = asyncio.run(_play())
    console.print(f"{tools} tools on stdio, against the embedded sandbox. What a model asks and reads:\n")
    for scene in scenes:
        console.print(scene)
    console.print(_calls())
    return 0


async def _play() -> tuple[int, list[Panel]]:
    """How many tools the server has, and every scene."""
    server = StdioServerParameters(command=sys.executable, args=["-m", "vobiz_mcp", "--sandbox"])
    scenes = []
    async with Client(server) as client:
        tools = len((await client.list_tools()).tools)
        for question, tool, arguments in SCENES:
            result = await client.call_tool(tool, arguments)
            text = "\n".join(block.text for block in result.content if isinstance(block, TextContent))
            scenes.append(_scene(question, tool, arguments, text, await raw_bytes(tool, arguments)))
    return tools, scenes


def _scene(question: str, tool: str, arguments: dict[str, object], answer: str, raw: int) -> Panel:
    asked = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
    head = Text.assemble((question, "bold"), f"\n{tool}({asked})\n\n", style="cyan")
    size = f"about {estimate(answer):,} tokens; the raw JSON is {raw:,} bytes"
    return Panel(head + Text(answer, "default"), subtitle=size, subtitle_align="right", border_style="dim")


@dataclass
class _Weighed(SandboxTransport):
    """The sandbox, with the bodies that it sent."""

    bodies: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(Sandbox())

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The sandbox's reply, remembered."""
        response = await super().handle_async_request(request)
        self.bodies.append(response.content)
        return response


async def raw_bytes(tool: str, arguments: dict[str, object]) -> int:
    """Size of the bodies behind one answer, which a model would read were they passed through as they are."""
    transport = _Weighed()
    async with AsyncVobiz(sandbox_settings(), transport=transport) as client:
        await asyncio.gather(call(client, tool, arguments), return_exceptions=True)
    return sum(map(len, transport.bodies))


def _calls() -> Table:
    table = Table(
        title="Calls in the sandbox", title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0)
    )
    for heading in ("call_uuid", "stream_id", "call_id", "what happens"):
        table.add_column(heading, style="dim" if heading == "what happens" else "")
    for scenario in SCENARIOS:
        table.add_row(scenario.call_uuid, "\n".join(scenario.stream_ids), scenario.call_id, scenario.story)
    return table
