"""The generated parts of the README and docs/. Run this file to write them anew after a change of wording."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import runpy
import shlex
from collections.abc import Callable
from textwrap import TextWrapper
from typing import Final

from places import ROOT, TESTS
from project_docs import PAGES

from vobiz_mcp import sandbox
from vobiz_mcp.cli import run
from vobiz_mcp.client import Pace, Vobiz
from vobiz_mcp.glossary import Entry, glossary_page
from vobiz_mcp.glossary.contradictions import CONTRADICTIONS
from vobiz_mcp.glossary.findings import FINDINGS
from vobiz_mcp.sandbox import SCENARIOS
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings
from vobiz_mcp.tools import TOOLS

PACKAGE: Final = ROOT / "vobiz_mcp"
NOON: Final = 1_795_262_400.0
"""2026-11-21 12:00 UTC, when the sandbox of the documentation started."""

COLUMNS: Final = 96
"""So many characters stand in a line of a page without scrolling."""

COMMAND = re.compile(r"```console\n\$ (vobiz-mcp [^\n]+)\n(.*?)```", re.DOTALL)
ASKED = re.compile(r"```text\n→ (\w+)\(([^\n]*)\)\n(.*?)```", re.DOTALL)
"""A tool asked in a conversation; its cursor stands as `…` for the last one."""
TABLE = re.compile(r"(\| (call_uuid|finding|contradiction|floor) \|[^\n]+\n\|[-|]+\n)((?:\|[^\n]+\n)*)")
"""A table whose rows are written here, by what its first column is called."""


def written(text: str) -> str:
    """A page with its answers, long lines folded, and its generated tables as they are today; the glossary whole."""
    if text.startswith("# Glossary\n"):
        return glossary_page()
    text = COMMAND.sub(lambda block: f"```console\n$ {block[1]}\n{folded(output(block[1]))}\n```", text)
    talk = Conversation()
    text = ASKED.sub(lambda ask: f"```text\n→ {ask[1]}({ask[2]})\n{folded(talk.answer(ask[1], ask[2]))}\n```", text)
    return TABLE.sub(lambda table: table[1] + "".join(f"| {row} |\n" for row in _ROWS[table[2]]()), text)


def folded(answer: str) -> str:
    """An answer as it fits a page: what goes on in a further line stands four columns in."""
    fold = TextWrapper(COLUMNS, subsequent_indent="    ", break_on_hyphens=False, replace_whitespace=False)
    return "\n".join(fold.fill(line) for line in answer.splitlines())


def unfolded(text: str) -> str:
    """A folded answer as it was."""
    return text.replace("\n    ", " ")


class Conversation:
    """Tools asked one after another, a second apart, of one sandbox that starts at noon."""

    def __init__(self) -> None:
        self.now, self.cursor = NOON, ""
        self.sandbox = sandbox.Sandbox(lambda: self.now)

    def answer(self, tool: str, arguments: str) -> str:
        asked = ast.parse(f"f({arguments})", mode="eval").body
        assert isinstance(asked, ast.Call)
        given = {str(word.arg): ast.literal_eval(word.value) for word in asked.keywords}
        given |= {"cursor": self.cursor} if given.get("cursor") == "…" else {}
        question = next(kind for kind in TOOLS if kind.tool_name() == tool).of(given)
        self.now += 1
        answer = self.client().answer(question)
        self.cursor = getattr(answer.record, "cursor", self.cursor)
        return answer.text

    def client(self) -> Vobiz:
        def sleep(seconds: float) -> None:
            self.now += seconds

        clock = self.sandbox.clock
        transport = SandboxTransport(self.sandbox)
        return Vobiz(sandbox_settings(), transport=transport, clock=clock, sleep=sleep, pace=Pace(ticks=clock))


def output(command: str) -> str:
    """What a command prints when the sandbox starts at noon."""
    printed = io.StringIO()
    original = sandbox.Sandbox
    sandbox.Sandbox = lambda: original(lambda: NOON)  # type: ignore[assignment,misc]
    try:
        with contextlib.redirect_stdout(printed):
            assert run(shlex.split(command)[1:]) == 0
    finally:
        sandbox.Sandbox = original  # type: ignore[misc]
    return printed.getvalue()


def calls_of_the_sandbox() -> list[str]:
    return [
        f"`{told.call_uuid}` | {', '.join(f'`{name}`' for name in told.stream_ids)} | `{told.call_id}` | {told.story}"
        for told in SCENARIOS
    ]


def explained(entries: tuple[Entry, ...]) -> list[str]:
    return [f"`{entry.word}` | {entry.meaning} | {entry.advice}" for entry in entries]


def rooms_of_the_project() -> list[str]:
    """Every room and lone file with its floor, from the highest down, and the first line of what it says of itself."""
    floors = runpy.run_path(str(TESTS / "package" / "test_floors.py"))["FLOORS"]
    named = [(number, room) for number, rooms in reversed([*enumerate(floors)]) for room in rooms if room]
    return [f"{number} | `{path}` | {first_line(path)}" for number, room in named if (path := place_of(room))]


def place_of(room: str) -> str:
    """`digest.page` is `digest/page/`, `errors` is `errors.py`."""
    path = room.replace(".", "/")
    return f"{path}/" if (PACKAGE / path).is_dir() else f"{path}.py"


def first_line(path: str) -> str:
    file = PACKAGE / path / "__init__.py" if path.endswith("/") else PACKAGE / path
    return (ast.get_docstring(ast.parse(file.read_text())) or "").splitlines()[0]


_ROWS: dict[str, Callable[[], list[str]]] = {
    "call_uuid": calls_of_the_sandbox,
    "finding": lambda: explained(FINDINGS),
    "floor": rooms_of_the_project,
    "contradiction": lambda: explained(CONTRADICTIONS),
}


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(written(page.read_text()))
