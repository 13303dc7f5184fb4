"""What a skill names exists: each tool, each argument, each code, each prompt and each page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from places import ROOT

from vobiz_mcp.glossary import GLOSSARY
from vobiz_mcp.glossary.contradictions import CONTRADICTIONS
from vobiz_mcp.glossary.findings import FINDINGS
from vobiz_mcp.prompts import PROMPTS
from vobiz_mcp.resources import RESOURCES
from vobiz_mcp.tools import TOOLS

SKILLS = sorted(ROOT.glob("skills/*/SKILL.md"))
every_skill = pytest.mark.parametrize("path", SKILLS, ids=lambda path: path.parent.name)
ARGUMENTS = {tool.tool_name(): set(tool.model_fields) for tool in TOOLS}
CODES = {entry.word for entry in (*FINDINGS, *CONTRADICTIONS)}
WORDS = {entry.word for entries in GLOSSARY.values() for entry in entries}


def parts(path: Path) -> tuple[dict[str, Any], str]:
    """The frontmatter of a skill and its body."""
    _, told, body = path.read_text().split("---\n", 2)
    return yaml.safe_load(told), body


def named(body: str) -> set[str]:
    """The words in code that look like names of ours."""
    return set(re.findall(r"`([a-z]+(?:_[a-z]+)+)[`(]", body))


@every_skill
def test_a_skill_says_what_it_is_for_as_short_as_hosts_take_it(path: Path) -> None:
    told, body = parts(path)
    assert told.keys() <= {"name", "description", "license", "metadata", "allowed-tools"}
    assert told["name"] == path.parent.name
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", told["name"])
    assert 0 < len(told["description"]) <= 1024
    assert len(body.splitlines()) < 200


@every_skill
def test_every_name_in_a_skill_is_a_tool_a_prompt_a_code_or_an_argument(path: Path) -> None:
    known = {*ARGUMENTS, *(prompt.name for prompt in PROMPTS), *WORDS, *set().union(*ARGUMENTS.values())}
    assert named(parts(path)[1]) - known == set()


@every_skill
def test_every_argument_that_a_skill_gives_a_tool_is_one_of_its(path: Path) -> None:
    calls = re.findall(r"`(\w+)\(([^`]*)\)`", parts(path)[1])
    given = [(tool, name) for tool, inside in calls for name in re.findall(r"(\w+)=", inside) if tool in ARGUMENTS]
    assert given
    assert [(tool, name) for tool, name in given if name not in ARGUMENTS[tool]] == []


@every_skill
def test_every_resource_that_a_skill_names_exists(path: Path) -> None:
    assert set(re.findall(r"vobiz://[\w/{}-]+", parts(path)[1])) <= {each.template for each in RESOURCES}


def test_every_code_has_its_layer_and_only_dead_air_has_two() -> None:
    _, body = parts(ROOT / "skills" / "support-call-review" / "SKILL.md")
    table = re.findall(r"^\| [\w ,-]+ \| (`.+?) \| ", body.split("## Where the cause lies")[1], re.MULTILINE)
    told = [code for row in table for code in re.findall(r"`(\w+)`", row)]
    assert set(told) == CODES
    assert {code for code in told if told.count(code) > 1} == {"dead_air"}
