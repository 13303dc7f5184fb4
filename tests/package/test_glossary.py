"""Every code that an answer may use is explained once."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from asking import NOW
from mcp import Client
from mcp_types import TextResourceContents
from places import ROOT
from shared import needs_shared, payload, payload_names

import vobiz_mcp
from vobiz_mcp.api import body
from vobiz_mcp.cli import run
from vobiz_mcp.digest.diagnosis import contradictions
from vobiz_mcp.digest.findings.finding import RANK
from vobiz_mcp.errors import NotFound, VobizError
from vobiz_mcp.glossary import GLOSSARY, entry_of, glossary_page
from vobiz_mcp.glossary.contradictions import CONTRADICTIONS
from vobiz_mcp.glossary.errors import ERRORS
from vobiz_mcp.glossary.findings import FINDINGS
from vobiz_mcp.glossary.hangup_causes import BY_CODE, BY_TEXT
from vobiz_mcp.sandbox import SCENARIOS, Sandbox
from vobiz_mcp.sandbox.transport import connect, connect_async
from vobiz_mcp.serving import server
from vobiz_mcp.tools import DiagnoseCall, GetAgentCall, ListAgentCalls, ListCallRecords, ListLiveCalls, ListStreams
from vobiz_mcp.tools.steps.question import Question

PAGE = ROOT / "docs" / "glossary.md"
_DIGEST = Path(vobiz_mcp.__file__).parent / "digest"
SOURCES = sorted(source for room in ("findings", "claims") for source in (_DIGEST / room).rglob("*.py"))
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


@pytest.mark.parametrize(
    "word",
    [
        *("FAILED", "asked again", "SINCE", "spiking", "softly", "put right", "only looked up", "opted out"),
        *("ended well", "went on", "nothing contradicts", "not tried again"),
    ],
)
def test_words_of_pages_and_reviews_are_explained(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", word]) == 0
    assert word.lower() in capsys.readouterr().out.replace("_", " ").lower()


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


FIELDS = (
    *("call_status", "disconnection_reason", "call_type", "user_sentiment", "direction", "call_direction"),
    *("hangup_cause", "hangup_cause_code", "hangup_source", "hangup_disposition", "call_state", "state"),
    *("audio_track", "stir_verification", "role"),
)
"""Fields of the two APIs whose values an answer quotes."""
PEOPLE = {"agent", "assistant", "user", "tool_call_invocation", "tool_call_result", "system"}


def values_in(tree: object) -> Iterator[str]:
    """What an API sent in those fields, at any depth."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name in FIELDS and isinstance(value, str | int) and value != "":
                yield str(value)
            yield from values_in(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from values_in(item)


def asked_of_the_sandbox() -> Iterator[object]:
    """The records of every tool about every call of the sandbox."""
    with connect(Sandbox(lambda: NOW)) as client:
        questions: list[Question] = [ListCallRecords(), ListAgentCalls(), ListLiveCalls()]
        for scene in SCENARIOS:
            questions += [GetAgentCall(call_id=scene.call_id)] if scene.call_id else []
            if scene.call_uuid:
                questions += [DiagnoseCall(call_uuid=scene.call_uuid), ListStreams(call_uuid=scene.call_uuid)]
        for question in questions:
            yield client.answer(question).record.model_dump(mode="json")


def unexplained(values: Iterable[str]) -> set[str]:
    def is_explained(word: str) -> bool:
        try:
            return bool(entry_of(word))
        except NotFound:
            return False

    return {value for value in set(values) - PEOPLE if not is_explained(value)}


def test_every_word_that_the_sandbox_sends_as_a_state_or_a_reason_is_explained() -> None:
    found = set(values_in(list(asked_of_the_sandbox())))
    assert {"USER_HANGUP", "NORMAL_CLEARING", "4000", "REGISTERED", "ACTIVE"} <= found
    assert unexplained(found) == set()


@needs_shared
def test_every_word_of_the_published_bodies_is_explained() -> None:
    bodies = (body.parse(payload(name)) for name in payload_names("agent/*", "vobiz/*"))
    assert unexplained(value for tree in bodies for value in values_in(tree)) == set()


def test_every_published_cause_and_code_is_explained_with_what_to_do_unless_nothing_is() -> None:
    assert unexplained([*BY_TEXT, *map(str, BY_CODE)]) == set()
    assert entry_of("3010") is entry_of("user busy")


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("t203", "t14"),
        ("58:03", "1:36"),
        ("1:02:05.3", "1:36"),
        ("[code 2]", "[card ·4551]"),
        ("[card ·0007]", "[card ·4551]"),
    ],
)
def test_any_turn_place_or_mark_is_explained_by_the_example_of_it(asked: str, word: str) -> None:
    assert entry_of(asked).word == word


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
        ("dead_iar", "Did you mean 'dead_air'?"),
        ("billsecs", "Did you mean 'billsec'?"),
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
