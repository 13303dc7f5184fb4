"""Follow a call while it goes on, in the terminal: `python examples/watch.py`.

Without settings it follows the call that begins with the sandbox; `--speed 8` lets its time run faster. With `VOBIZ_*`
settings: `python examples/watch.py --call-uuid … --call-id …`. Nothing is polled here: each wait returns with what is
new, and its cursor goes into the next one.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator

from langchain_core.messages import ToolMessage
from langchain_core.tools import BaseTool
from langchain_vobiz import VobizToolkit, result_of
from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from vobiz_mcp import Vobiz
from vobiz_mcp.client import Pace
from vobiz_mcp.records.changes import CallChanges, Change
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings

WHO = {"agent": "bold cyan", "caller": "bold yellow"}
SEVERITY = {"critical": "bold red", "warn": "bold dark_orange", "info": "blue"}
SPOKEN = re.compile(r"(t\d+) ?([\d:]*) (\w+(?: \w+)?): (.*)")


def waits(watch_call: BaseTool, call: dict[str, str]) -> Iterator[CallChanges]:
    """What each wait brings, until the call is over."""
    cursor = ""
    while True:
        asked = {"type": "tool_call", "id": "1", "name": watch_call.name, "args": {**call, "cursor": cursor}}
        message: ToolMessage = watch_call.invoke(asked)
        changes = result_of(message, CallChanges)
        yield changes
        if changes.is_over:
            return
        cursor = changes.cursor


class Screen:
    """What was said scrolls by; below it stands how things are."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.states: dict[str, Text] = {}
        self.waiting = Spinner("dots", Text(" waiting for a change", "dim"))

    def show(self, changes: CallChanges, live: Live) -> None:
        """Take in one answer."""
        if changes.left_out:
            self.console.print(Text(f"… {changes.left_out} turns and tools before", "dim"))
        for change in changes.changes:
            if change.kind in ("call", "stream", "agent call"):
                self.states[state_of(change)] = state_line(change)
            else:
                self.console.print(told(change))
        live.update(self.panel(over=changes.is_over))

    def panel(self, *, over: bool) -> Panel:
        """How things are now."""
        rows = list(self.states.values())
        if over:
            return Panel(Group(*rows), title="over", border_style="dim")
        return Panel(Group(*rows, self.waiting), title="live", border_style="green")


def state_of(change: Change) -> str:
    """What a line of state is about: a later one takes its place."""
    return " ".join(change.line.split()[:2]) if change.kind == "stream" else change.line.split()[0] + change.kind


def state_line(change: Change) -> Text:
    """A state, with a light that is on while it runs."""
    runs = re.search(r"in-progress|ACTIVE|ONGOING|ringing|RINGING|REGISTERED|queued", change.line)
    return Text.assemble(("● ", "green") if runs else ("○ ", "dim"), change.line)


def told(change: Change) -> Table:
    """A turn, a tool or a finding."""
    if change.kind == "finding":
        return row("", Text("▲", SEVERITY.get(change.line.split()[0], "blue")), Text(change.line))
    if spoken := SPOKEN.fullmatch(change.line):
        turn, at, who, words = spoken.groups()
        return row(f"{turn} {at:>5}", Text(who, WHO.get(who, "bold")), Text(words))
    tool = change.line.strip().removeprefix("tool ")
    return row("", Text("tool", "magenta"), Text(tool, "red" if "FAILED" in tool else "magenta"))


def row(when: str, who: Text, words: Text) -> Table:
    """One line, or several that stand under each other."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=10, justify="right", style="dim")
    grid.add_column(width=7)
    grid.add_column()
    grid.add_row(when, who, words)
    return grid


def sandbox(speed: float) -> Vobiz:
    """A client of the sandbox, whose clock runs `speed` times as fast as ours."""
    began = time.time()
    embedded = Sandbox(lambda: began + (time.time() - began) * speed)
    return Vobiz(
        sandbox_settings(),
        transport=SandboxTransport(embedded),
        clock=embedded.clock,
        sleep=lambda seconds: time.sleep(seconds / speed),
        pace=Pace(ticks=embedded.clock),
    )


def main() -> None:
    """Follow the call that the command line names."""
    parser = argparse.ArgumentParser(description="Follow a call while it goes on.")
    parser.add_argument("--call-uuid", default="", help="the carrier leg")
    parser.add_argument("--call-id", default="", help="the agent call")
    parser.add_argument("--speed", type=float, default=1, help="of the sandbox's time")
    options = parser.parse_args()
    call = {"call_uuid": options.call_uuid, "call_id": options.call_id}
    if any(call.values()):
        toolkit = VobizToolkit.from_env(tools=["watch_call"], raise_errors=True)
    else:
        toolkit = VobizToolkit(client=sandbox(options.speed), tools=["watch_call"], raise_errors=True)
        call = {"call_uuid": "live-leg", "call_id": "call_live"}
    [watch_call] = toolkit.get_tools()
    screen = Screen(Console(highlight=False))
    with Live(screen.panel(over=False), console=screen.console) as live:
        for changes in waits(watch_call, call):
            screen.show(changes, live)


if __name__ == "__main__":
    main()
