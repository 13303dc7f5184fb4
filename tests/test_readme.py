"""The README's answers are real: run this file to write them anew after a change of wording."""

from __future__ import annotations

import ast
import contextlib
import gzip
import io
import json
import re
import shlex
from pathlib import Path

import pytest

from vobiz_mcp import sandbox
from vobiz_mcp.cli import run
from vobiz_mcp.client import Pace, Vobiz
from vobiz_mcp.sandbox import SCENARIOS
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings
from vobiz_mcp.tools import TOOLS

README = Path(__file__).parents[1] / "README.md"
NOON = 1_795_262_400.0
"""2026-11-21 12:00 UTC, when the README's sandbox started."""

_BLOCK = re.compile(r"```console\n\$ (vobiz-mcp [^\n]+)\n(.*?)```", re.DOTALL)
_ASKED = re.compile(r"```text\n→ (\w+)\(([^\n]*)\)\n(.*?)```", re.DOTALL)
"""A tool asked in a conversation; its cursor stands as `…` for the last one."""
_TABLE = re.compile(r"(\| call_uuid \| streams [^\n]+\n\|[-|]+\n)((?:\|[^\n]+\n)*)")


def answered(text: str) -> str:
    """The README with every console block and the table of calls as they are today."""
    rows = "".join(
        f"| `{s.call_uuid}` | {', '.join(f'`{name}`' for name in s.stream_ids)} | `{s.call_id}` | {s.story} |\n"
        for s in SCENARIOS
    )
    text = _BLOCK.sub(lambda block: f"```console\n$ {block[1]}\n{output(block[1])}```", text)
    talk = Conversation()
    text = _ASKED.sub(lambda asked: f"```text\n→ {asked[1]}({asked[2]})\n{talk.answer(asked[1], asked[2])}\n```", text)
    return _TABLE.sub(lambda table: table[1] + rows, text)


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


def test_every_answer_in_the_readme_is_what_the_command_prints() -> None:
    text = README.read_text()
    assert _BLOCK.search(text)
    assert answered(text) == text


def test_what_the_readme_quotes_of_its_conversation_was_said_in_it() -> None:
    text = README.read_text()
    said = "".join(answer for _, _, answer in _ASKED.findall(text))
    quoted = re.findall(r'^> .*?"([^"]+)" \(t\d+', text, re.MULTILINE)
    assert len(quoted) > 1
    assert [words for words in quoted if words not in said] == []


def test_every_json_snippet_in_the_readme_is_json() -> None:
    snippets = re.findall(r"```json\n(.*?)```", README.read_text(), re.DOTALL)
    assert len(snippets) == 2
    assert all(json.loads(snippet) for snippet in snippets)


def saved_call() -> bytes:
    """The body of an agent call, as somebody may have saved it."""
    keys = {"X-API-KEY": sandbox.API_KEY, "X-API-SECRET": sandbox.API_SECRET}
    return sandbox.Sandbox(lambda: NOON).answer("GET", "/api/calls/call_dispute", keys).body


@pytest.mark.parametrize(
    "line", re.findall(r"^(vobiz-mcp (?:call|tools|condense|examine)[^#\n]*)", README.read_text(), re.MULTILINE)
)
def test_every_shell_line_of_the_readme_runs(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("saved").mkdir()
    Path("saved/call.json").write_bytes(saved_call())
    Path("saved/call.json.gz").write_bytes(gzip.compress(saved_call()))
    assert run(shlex.split(line)[1:]) == 0
    assert capsys.readouterr().out


def test_the_python_for_saved_calls_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"```python\n(import json\nfrom pathlib.*?)```", README.read_text(), re.DOTALL)
    Path("call.json").write_bytes(saved_call())
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith("agent call call_dispute")
    assert "critical dead_air 10 nobody spoke for 11.2 s" in printed


if __name__ == "__main__":
    README.write_text(answered(README.read_text()))
