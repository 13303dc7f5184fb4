"""What the README and docs/ show is real: `python tests/package/test_readme.py` writes every generated part of them anew."""

from __future__ import annotations

import ast
import contextlib
import gzip
import io
import json
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1])]
from places import ROOT
from project_docs import PAGES, blocks

from vobiz_mcp import sandbox
from vobiz_mcp.cli import run
from vobiz_mcp.client import Pace, Vobiz
from vobiz_mcp.digest.diagnosis import contradictions
from vobiz_mcp.digest.findings import examine
from vobiz_mcp.sandbox import SCENARIOS
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings
from vobiz_mcp.tools import TOOLS

NOON = 1_795_262_400.0
"""2026-11-21 12:00 UTC, when the sandbox of the documentation started."""

_COMMAND = re.compile(r"```console\n\$ (vobiz-mcp [^\n]+)\n(.*?)```", re.DOTALL)
_ASKED = re.compile(r"```text\n→ (\w+)\(([^\n]*)\)\n(.*?)```", re.DOTALL)
"""A tool asked in a conversation; its cursor stands as `…` for the last one."""
_TABLE = re.compile(r"(\| (call_uuid|finding|contradiction) \|[^\n]+\n\|[-|]+\n)((?:\|[^\n]+\n)*)")
"""A table whose rows are written here, by what its first column is called."""


def written(text: str) -> str:
    """A page with its answers and its generated tables as they are today."""
    text = _COMMAND.sub(lambda block: f"```console\n$ {block[1]}\n{output(block[1])}```", text)
    talk = Conversation()
    text = _ASKED.sub(lambda asked: f"```text\n→ {asked[1]}({asked[2]})\n{talk.answer(asked[1], asked[2])}\n```", text)
    return _TABLE.sub(lambda table: table[1] + "".join(f"| {row} |\n" for row in _ROWS[table[2]]()), text)


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


def explained(rules: tuple[Callable[..., object], ...]) -> list[str]:
    """A code is the name of its rule; the rule's first line says what it tells."""
    return [f"`{rule.__name__}` | {(rule.__doc__ or '').splitlines()[0]}" for rule in rules]


_ROWS: dict[str, Callable[[], list[str]]] = {
    "call_uuid": calls_of_the_sandbox,
    "finding": lambda: explained(examine._FINDERS),
    "contradiction": lambda: explained(contradictions._RULES),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_answer_and_generated_table_is_what_it_is_today(page: Path) -> None:
    text = page.read_text()
    assert written(text) == text


def test_the_generated_parts_of_the_documentation_are_found() -> None:
    text = "".join(page.read_text() for page in PAGES)
    assert len(_COMMAND.findall(text)) == 5
    assert len(_ASKED.findall(text)) == 5
    assert [first for _, first, _ in _TABLE.findall(text)] == ["finding", "contradiction", "call_uuid"]


def test_what_is_quoted_of_the_conversation_was_said_in_it() -> None:
    text = (ROOT / "docs" / "conversation.md").read_text()
    said = "".join(answer for _, _, answer in _ASKED.findall(text))
    quoted = re.findall(r'^> .*?"([^"]+)" \(t\d+', text, re.MULTILINE)
    assert len(quoted) > 1
    assert [words for words in quoted if words not in said] == []


def saved_call() -> bytes:
    """The body of an agent call, as somebody may have saved it."""
    keys = {"X-API-KEY": sandbox.API_KEY, "X-API-SECRET": sandbox.API_SECRET}
    return sandbox.Sandbox(lambda: NOON).answer("GET", "/api/calls/call_dispute", keys).body


SHELL = [block.text for page in PAGES for block in blocks(page, "")]
LINES = re.findall(r"^(vobiz-mcp (?:call|tools|condense|examine)[^#\n]*)", "\n".join(SHELL), re.MULTILINE)


@pytest.mark.parametrize("line", LINES)
def test_every_shell_line_of_the_documentation_runs(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("saved").mkdir()
    Path("saved/call.json").write_bytes(saved_call())
    Path("saved/call.json.gz").write_bytes(gzip.compress(saved_call()))
    assert run(shlex.split(line)[1:]) == 0
    assert capsys.readouterr().out


def test_the_python_for_saved_calls_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [block] = blocks(ROOT / "docs" / "shell.md", "python")
    Path("call.json").write_bytes(saved_call())
    exec(compile(block.text, "shell.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith("agent call call_dispute")
    assert "critical dead_air 10 nobody spoke for 11.2 s" in printed


@pytest.mark.parametrize("text", [block.text for page in PAGES for block in blocks(page, "json")])
def test_every_json_snippet_is_json(text: str) -> None:
    assert json.loads(text)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(written(page.read_text()))
