"""The Python of the documentation and of the toolkit's docstring runs as it stands, with a scripted model for a real one."""

from __future__ import annotations

import re
import textwrap

import langchain.agents.factory
import pytest
from langchain_vobiz import VobizToolkit
from places import README, ROOT
from project_docs import PAGES, blocks, section
from scripted_model import ScriptedChatModel

SECTIONS = ("Setup", "Key init args", "Instantiate", "Tools", "Use within an agent")
FRAMEWORKS = ROOT / "docs" / "frameworks.md"


def python_in(text: str) -> list[str]:
    return [textwrap.dedent(code) for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]


def run(codes: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(langchain.agents.factory, "init_chat_model", lambda _: ScriptedChatModel())
    names: dict[str, object] = {}
    for code in codes:
        exec(compile(code, "README.md", "exec"), names)
    return capsys.readouterr().out


def test_the_langchain_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    printed = run([block.text for block in blocks(README, "python")], monkeypatch, capsys)
    assert printed.startswith("[sandbox] agent call call_dispute · ENDED")


def test_the_langchain_section_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = section(FRAMEWORKS, "LangChain")
    assert tuple(re.findall(r"^### (.*)$", text, re.MULTILINE)) == SECTIONS
    printed = run(python_in(text), monkeypatch, capsys)
    assert printed.startswith("[sandbox] 1 running, 0 ended")
    assert "\ninbound\n" in printed
    assert "the refund" in printed


def test_the_docstring_of_the_toolkit_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = VobizToolkit.__doc__ or ""
    assert tuple(re.findall(r"^ {4}(\w.*):$", text, re.MULTILINE)) == SECTIONS
    assert "[sandbox] ACTIVE · inbound" in run(python_in(text), monkeypatch, capsys)


@pytest.mark.parametrize("code", [block.text for page in PAGES for block in blocks(page, "python")])
def test_every_python_snippet_is_python(code: str) -> None:
    compile(code, "docs", "exec")
