"""What the README and docs/ show is what one reads today. `python tests/generated_docs.py` writes it anew."""

from __future__ import annotations

import gzip
import json
import re
import shlex
from pathlib import Path

import pytest
from generated_docs import ASKED, COMMAND, NOON, TABLE, unfolded, written
from places import README
from project_docs import DOCS, PAGES, blocks

from vobiz_mcp import sandbox
from vobiz_mcp.cli import run
from vobiz_mcp.prompts import PROMPTS
from vobiz_mcp.resources import RESOURCES
from vobiz_mcp.settings import ServerSettings, Settings
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.steps.question import Question


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_answer_and_generated_table_is_what_it_is_today(page: Path) -> None:
    text = page.read_text()
    assert written(text) == text, "python tests/generated_docs.py writes it anew"


def test_the_generated_parts_of_the_documentation_are_found() -> None:
    text = "".join(page.read_text() for page in PAGES)
    assert len(COMMAND.findall(text)) == 7
    assert len(ASKED.findall(text)) == 5
    assert [first for _, first, _ in TABLE.findall(text)] == [
        "finding",
        "contradiction",
        "call_uuid",
        "floor",
        "finding",
        "contradiction",
    ]


def test_what_is_quoted_of_the_conversation_was_said_in_it() -> None:
    text = (DOCS / "conversation.md").read_text()
    said = unfolded("".join(answer for _, _, answer in ASKED.findall(text)))
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
    [block] = blocks(DOCS / "shell.md", "python")
    Path("call.json").write_bytes(saved_call())
    exec(compile(block.text, "shell.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith("agent call call_dispute")
    assert "critical dead_air 10 nobody spoke for 11.2 s" in printed


def test_the_table_of_tools_gives_each_with_its_arguments_and_defaults() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \|.*\| `([^`]*)` \|$", README.read_text(), re.MULTILINE))
    assert told == {kind.tool_name(): arguments(kind) for kind in TOOLS}


def arguments(kind: type[Question]) -> str:
    """A tool's arguments as its signature."""
    shown = (
        name if field.is_required() else f"{name}={json.dumps(field.default)}"
        for name, field in kind.model_fields.items()
    )
    return ", ".join(shown)


def test_every_setting_is_told() -> None:
    told = set(re.findall(r"`(VOBIZ_\w+)`", (DOCS / "settings.md").read_text()))
    fields = {*Settings.model_fields, *ServerSettings.model_fields}
    assert {f"VOBIZ_{name.upper()}" for name in fields} - told == set()


def test_every_resource_and_prompt_is_told() -> None:
    page = (DOCS / "resources-and-prompts.md").read_text()
    assert re.findall(r"^\| `((?:vobiz|ui)://[^`]+)`", page, re.MULTILINE) == [
        resource.template for resource in RESOURCES
    ]
    assert re.findall(r"`(\w+)\(\w+\)`", page) == [prompt.name for prompt in PROMPTS]
