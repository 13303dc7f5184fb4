"""What a snippet of the documentation imports is brought by the install line above it.

The environments themselves are made, and every snippet run in its own, in `test_environments.py`.
"""

from __future__ import annotations

import ast
import importlib.metadata
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from langchain_vobiz import VobizToolkit
from packaging.requirements import Requirement
from places import ROOT
from project_docs import PAGES, Program, all_blocks, programs

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OUTSIDE = {
    "claude-agent-sdk": {"claude_agent_sdk"},
    "langchain-anthropic": {"langchain_anthropic"},
    "llama-index-core": {"llama_index"},
    "openai-agents": {"agents"},
    "pydantic-ai-slim[mcp]": {"pydantic_ai", "fastmcp"},
    "pydantic-ai-slim[anthropic]": {"anthropic"},
    "langchain[mcp]": {"langchain", "fastmcp"},
}
"""Modules that come with distributions which the development environment does without."""
TEXTS = [*((page.name, page.read_text()) for page in PAGES), ("VobizToolkit", VobizToolkit.__doc__ or "")]
PROGRAMS = [program for name, text in TEXTS for program in programs(name, text)]


def imported(code: str) -> set[str]:
    """The libraries that a program needs: those it imports, what the toolkit is made for, and that of its model."""
    nodes = list(ast.walk(ast.parse(code)))
    names = {str(alias.name) for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    roots = {name.split(".")[0] for name in names} - sys.stdlib_module_names
    roots |= {"langchain_core"} if "langchain_vobiz" in roots else set()
    models = set(re.findall(r'"(\w+):[\w.-]+"', code))
    return roots | {model if "pydantic_ai" in roots else f"langchain_{model}" for model in models}


def brought(line: str) -> set[str]:
    """The modules that an install line brings: all that its requirements require, as far as it is installed here."""
    asked = [word for word in shlex.split(line)[2:] if not word.startswith("-")]
    wanted = [Requirement(re.sub(r"^\.(?=\[|$)", "vobiz-mcp", word)) for word in asked]
    modules = {module for req in wanted for key in keys(req) for module in OUTSIDE.get(key, ())}
    closed = set(closure(wanted))
    return modules | {module for module, found in installed().items() if closed & {name.lower() for name in found}}


@cache
def installed() -> Mapping[str, list[str]]:
    """The distributions of each module that is installed here."""
    return importlib.metadata.packages_distributions()


def keys(requirement: Requirement) -> Iterator[str]:
    yield requirement.name
    yield from (f"{requirement.name}[{extra}]" for extra in requirement.extras)


def closure(wanted: list[Requirement]) -> Iterator[str]:
    """The names of the distributions that requirements bring, those of their own requirements too."""
    seen: set[str] = set()
    while wanted:
        requirement = wanted.pop()
        if (key := str(requirement)) not in seen:
            seen.add(key)
            yield requirement.name.lower()
            wanted.extend(needed(requirement))


def needed(requirement: Requirement) -> list[Requirement]:
    if requirement.name == "vobiz-mcp":
        optional = [text for extra in requirement.extras for text in PROJECT["optional-dependencies"][extra]]
        return [Requirement(text) for text in [*PROJECT["dependencies"], *optional]]
    try:
        found = [Requirement(text) for text in importlib.metadata.requires(requirement.name) or ()]
    except importlib.metadata.PackageNotFoundError:
        return []
    extras = ["", *requirement.extras]
    return [one for one in found if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in extras)]


def missing(program: Program) -> set[str]:
    """What a program imports and its install line does not bring."""
    return imported(program.code) - brought(program.install) - {"vobiz_mcp", "langchain_vobiz"}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_snippet_imports_only_what_its_install_line_brings(program: Program) -> None:
    assert program.install.startswith("pip install")
    assert missing(program) == set()


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        pytest.param("pip install .", {"langchain", "langchain_anthropic", "langchain_core"}, id="the package alone"),
        pytest.param('pip install ".[langchain]"', {"langchain", "langchain_anthropic"}, id="the tools for LangChain"),
        pytest.param('pip install ".[langchain]" langchain', {"langchain_anthropic"}, id="no package of the model"),
    ],
)
def test_a_package_that_an_install_line_lacks_is_noticed(line: str, lacks: set[str]) -> None:
    agent = (
        "from langchain.agents import create_agent\nfrom langchain_vobiz import VobizToolkit\n"
        'create_agent("anthropic:claude-sonnet-4-5", VobizToolkit().get_tools())'
    )
    assert missing(Program("agent", line, agent)) == lacks


def test_an_install_line_counts_for_what_stands_below_it() -> None:
    page = "```\npip install .\n```\n```python\nimport json\n```\n```\npip install more\n```\n```python\nimport more\n```\n"
    assert [block.install for block in all_blocks(page) if block.language] == ["pip install .", "pip install more"]
    assert [program.code for program in programs("page", page)] == ["import json\n", "import json\n\nimport more\n"]
