"""Follow a call while it goes on, in the terminal: `python examples/watch.py`.

Without settings it follows the call that begins with the sandbox; `--speed 8` lets its time run faster. With `VOBIZ_*`
settings: `python examples/watch.py --call-uuid … --call-id …`. Nothing is polled here: each wait returns with what is
new, and its cursor goes into the next one.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from typing import cast

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from vobiz_mcp import Vobiz
from vobiz_mcp.client import Pace
from vobiz_mcp.errors import VobizError
from vobiz_mcp.records.changes import CallChanges, Change
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings
from vobiz_mcp.tools import WatchCall

LIVE = {"call_uuid": "live-leg", "call_id": "call_live"}  # the call that begins with the sandbox
WHO = {"agent": "bold cyan", "caller": "bold yellow"}
SEVERITY = {"critical": "bold red", "warn": "bold dark_orange", "info": "blue"}
STATES = ("call", "stream", "agent call")
NO_RESULT = "no result yet"
SPOKEN = re.compile(r"(t\d+) ?([\d:]*) (\w+(?: \w+)?): (.*)")
TOOL = re.compile(r" *(tool|change|tried)(?: (\d+:[\d:]*\d))?:? (?:t\d+ )?((\w*).*)")


def waits(client: Vobiz, call: dict[str, str]) -> Iterator[CallChanges]:
    """What each wait brings, until the call is over."""
    changes = CallChanges()
    while not changes.is_over:
        changes = cast(CallChanges, client.answer(WatchCall.of({**call, "cursor": changes.cursor})).record)
        yield changes


class Screen:
    """What was said scrolls by; below it stands how things are, and what is still running."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.states: dict[str, Text] = {}
        self.is_over = False
        self.waiting = Spinner("dots", Text(" waiting for a change", "dim"))

    def show(self, changes: CallChanges) -> None:
        """Take in one answer: a tool is printed once, when its result is there or never will be."""
        if changes.left_out:
            self.console.print(Text(f"… {changes.left_out} turns and tools before", "dim"))
        for change in changes.changes:
            name = name_of(change)
            if change.kind in STATES or (change.line.endswith(NO_RESULT) and not changes.is_over):
                self.states[name] = state_line(change.line.strip())
            else:
                self.states.pop(name, None)
                self.console.print(told(change))
        self.is_over = changes.is_over

    def panel(self) -> Panel:
        """How things are now."""
        if self.is_over:
            return Panel(Group(*self.states.values()), title="over", border_style="dim")
        return Panel(Group(*self.states.values(), self.waiting), title="live", border_style="green")


def name_of(change: Change) -> str:
    """What a line is about: a later one about the same takes its place."""
    if change.kind == "tool" and (tool := TOOL.fullmatch(change.line)):
        return f"{tool[2]} {tool[4]}"
    return " ".join(change.line.split()[:2]) if change.kind == "stream" else change.line.split()[0] + change.kind


def state_line(line: str) -> Text:
    """A state, with a light that is on while it runs."""
    runs = re.search(rf"in-progress|ACTIVE|ONGOING|ringing|RINGING|REGISTERED|queued|{NO_RESULT}", line)
    return Text.assemble(("● ", "green") if runs else ("○ ", "dim"), line)


def told(change: Change) -> Table:
    """A turn, a tool or a finding."""
    if change.kind == "finding":
        return row("", Text("▲", SEVERITY.get(change.line.split()[0], "blue")), Text(change.line))
    if spoken := SPOKEN.fullmatch(change.line):
        turn, at, who, words = spoken.groups()
        return row(f"{turn} {at:>5}", Text(who, WHO.get(who, "bold")), Text(words))
    word, at, call, _ = tool.groups() if (tool := TOOL.fullmatch(change.line)) else ("tool", "", change.line, "")
    return row("", Text(word, "magenta"), Text(f"{at or ''} {call}".strip(), "red" if "FAILED" in call else "magenta"))


def row(when: str, who: Text, words: Text) -> Table:
    """One line, or several that stand under each other."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=10)
    grid.add_column(width=7)
    grid.add_row(Text(when.rjust(10), "dim"), who, words)
    return grid


def sandbox(speed: float) -> Vobiz:
    """A client of the sandbox, whose clock runs `speed` times as fast as ours."""
    began = time.time()
    embedded = Sandbox(clock := lambda: began + (time.time() - began) * speed)
    wait, transport = (lambda seconds: time.sleep(seconds / speed)), SandboxTransport(embedded)
    return Vobiz(sandbox_settings(), transport=transport, clock=clock, sleep=wait, pace=Pace(ticks=clock))


def main() -> None:
    """Follow the call that the command line names."""
    parser = argparse.ArgumentParser(description="Follow a call while it goes on.")
    parser.add_argument("--call-uuid", default="", help="the carrier leg")
    parser.add_argument("--call-id", default="", help="the agent call")
    parser.add_argument("--speed", type=float, default=1, help="of the sandbox's time")
    options = parser.parse_args()
    if not 0 < options.speed <= 1000:
        parser.error("--speed takes a number above 0, up to 1000")
    named = {"call_uuid": options.call_uuid, "call_id": options.call_id} if options.call_uuid or options.call_id else {}
    try:
        with Vobiz() if named else sandbox(options.speed) as client:
            follow(client, named or LIVE)
    except VobizError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def follow(client: Vobiz, call: dict[str, str]) -> None:
    """Show what each wait brings, and at the end how it ended."""
    screen = Screen(Console(highlight=False))
    with Live(get_renderable=screen.panel, console=screen.console, transient=True):
        for changes in waits(client, call):
            screen.show(changes)
    screen.console.print(screen.panel())


if __name__ == "__main__":
    main()
