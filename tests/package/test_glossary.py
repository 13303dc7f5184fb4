"""Every code that an answer may use is explained once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from mcp import Client
from mcp_types import TextResourceContents
from places import ROOT

import vobiz_mcp
from vobiz_mcp.cli import run
from vobiz_mcp.digest.diagnosis import contradictions
from vobiz_mcp.digest.findings.finding import RANK
from vobiz_mcp.errors import VobizError
from vobiz_mcp.glossary import GLOSSARY, entry_of, glossary_page
from vobiz_mcp.glossary.contradictions import CONTRADICTIONS
from vobiz_mcp.glossary.errors import ERRORS
from vobiz_mcp.glossary.findings import FINDINGS
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect_async
from vobiz_mcp.serving import server

PAGE = ROOT / "docs" / "glossary.md"
SOURCES = sorted((Path(vobiz_mcp.__file__).parent / "digest" / "findings").rglob("*.py"))
MAKERS = {"Finding": 0, "_about": None, "_failure": None, "found": 0}
"""What makes a finding, and where its code stands; None: the first word that is written out."""


def codes() -> Iterator[str]:
    """The codes that are written out where findings are made."""
    for source in SOURCES:
        for call in ast.walk(ast.parse(source.read_text())):
            if isinstance(call, ast.Call):
                name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
                words = [
                    each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
                ]
                if name in MAKERS and words and words[0].isidentifier() and words[0] not in RANK:
                    yield words[0]


def errors(kind: type[VobizError] = VobizError) -> Iterator[str]:
    for each in kind.__subclasses__():
        yield each.code
        yield from errors(each)


def test_every_finding_that_the_code_makes_has_an_entry() -> None:
    made = set(codes())
    assert {"dead_air", "tool_failed", "latency_tail", "headline_misleads"} <= made
    assert made - {entry.word for entry in FINDINGS} == set()


def test_every_contradiction_and_every_error_has_an_entry_and_none_is_of_the_past() -> None:
    assert {entry.word for entry in CONTRADICTIONS} == {rule.__name__ for rule in contradictions._RULES}
    assert {entry.word for entry in ERRORS} == set(errors())


@pytest.mark.parametrize(
    "word",
    [
        "e2e",
        "p50",
        "p95",
        "n",
        "llm",
        "tts",
        "STIR",
        "attestation",
        "MOS",
        "leg",
        "CDR",
        "billsec",
        "pulse",
        "call_uuid",
        "call_id",
        "critical",
        "warn",
        "info",
    ],
)
def test_a_word_that_people_ask_for_is_explained(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", word.swapcase()]) == 0
    assert capsys.readouterr().out == f"{entry_of(word).word}: {entry_of(word).meaning}\n" + (
        f"What to do: {entry_of(word).advice}\n" if entry_of(word).advice else ""
    )


def test_no_two_entries_answer_to_one_spelling() -> None:
    spellings = [word.lower() for entries in GLOSSARY.values() for each in entries for word in (each.word, *each.also)]
    assert sorted(spellings) == sorted(set(spellings))


def test_every_finding_says_what_to_do_or_that_it_only_explains() -> None:
    assert {entry.word for entry in (*FINDINGS, *CONTRADICTIONS) if not entry.advice} == {"handed_over"}


def test_explain_alone_lists_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    listed = capsys.readouterr().out
    assert [each.word for entries in GLOSSARY.values() for each in entries if each.word not in listed] == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("dead_iar", "Did you mean dead_air?"),
        ("billsecs", "Did you mean billsec?"),
        ("zebra", "`vobiz-mcp explain` lists every word."),
    ],
)
def test_a_word_that_is_not_there_gets_the_nearest(asked: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", asked]) == 2
    assert capsys.readouterr().err == (
        f"vobiz-mcp: The glossary has no such word. {told} `vobiz-mcp explain --help` shows what it takes.\n"
    )


@pytest.mark.anyio
async def test_a_program_reads_the_page_of_the_documentation_as_a_resource() -> None:
    async with Client(server.build(lambda: connect_async(Sandbox()))) as client:
        [content] = (await client.read_resource("vobiz://glossary")).contents
    assert isinstance(content, TextResourceContents)
    assert content.text == PAGE.read_text() == glossary_page()
