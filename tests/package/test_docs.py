"""Pages lead where they say, and none is forgotten."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from generated_docs import output
from places import ROOT
from project_docs import DOCS, PAGES, anchors, links

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def leads_nowhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    there = (page.parent / path).resolve() if path else page
    return not there.exists() or bool(anchor and anchor not in anchors(there))


@pages
def test_every_link_leads_to_a_file_and_a_heading_that_exist(page: Path) -> None:
    assert [target for target in links(page) if leads_nowhere(page, target)] == []


@pages
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"`((?:tests|vobiz_mcp|toolkit|examples|\.ci)/[\w./]*[\w/])", page.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_a_link_to_a_missing_file_or_heading_would_be_noticed() -> None:
    readme = ROOT / "README.md"
    assert leads_nowhere(readme, "docs/nothing.md")
    assert leads_nowhere(readme, "docs/privacy.md#nothing")
    assert leads_nowhere(readme, "#nothing")


def test_the_index_names_every_page_of_the_documentation() -> None:
    index = ROOT / "docs" / "README.md"
    assert {path.name for path in (ROOT / "docs").glob("*.md")} - {index.name} <= set(links(index))


def test_the_picture_quotes_what_was_said_and_answered() -> None:
    picture = ET.parse(DOCS / "call_dispute.svg")
    quoted = [said.text for said in picture.iter("{http://www.w3.org/2000/svg}tspan") if said.get("class") == "said"]
    answer = output("vobiz-mcp call get_agent_call call_id=call_dispute max_tokens=8000 --sandbox")
    assert len(quoted) == 5
    assert [words for words in quoted if words is None or words not in answer] == []
    assert "nobody spoke for 11.2 s" in answer
