"""All that a client is told of the server, word for word, and what it costs a model.

Run this file to write `definitions.json` anew after a change of wording; with the word `budget` behind it, to accept what
the definitions cost now as what they may cost.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp_types import Prompt, ResourceTemplate, Tool

sys.path[:0] = [str(Path(__file__).parents[1])]
from o200k import count
from servers import Session

from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.serving import server, stdio
from vobiz_mcp.serving.stdio.early_answers import listed_tools
from vobiz_mcp.settings import Settings

pytestmark = pytest.mark.anyio

SNAPSHOT = Path(__file__).with_name("definitions.json")
EARLY = Path(stdio.__file__).with_name("tools_list.json")
"""What stdio answers to `tools/list` while the SDK is not loaded yet."""
GROWTH = 1.05
"""How much more than its budget a kind of definition may cost."""

Tree = dict[str, Any]


async def definitions() -> Tree:
    """What the lists hold, by kind and name."""
    async with Client(server.build(lambda: AsyncVobiz(Settings()))) as client:
        return {
            "tools": _sent((await client.list_tools()).tools),
            "resource templates": _sent((await client.list_resource_templates()).resource_templates),
            "prompts": _sent((await client.list_prompts()).prompts),
        }


async def tools_list() -> Tree:
    """The whole answer of the SDK to `tools/list`, as it goes over the wire."""
    async with Client(server.build(lambda: AsyncVobiz(Settings()))) as client:
        listed = await client.list_tools()
    return listed.model_dump(mode="json", by_alias=True, exclude_none=True)


def _sent(listed: Sequence[Tool | ResourceTemplate | Prompt]) -> Tree:
    return {one.name: one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in listed}


def tokens(definition: Tree) -> int:
    """What a definition costs as compact JSON."""
    return count(json.dumps(definition, separators=(",", ":"), ensure_ascii=False))


def costs(found: Tree) -> Tree:
    return {kind: {name: tokens(one) for name, one in ones.items()} for kind, ones in found.items()}


def totals(found: Tree) -> dict[str, int]:
    return {kind: sum(each.values()) for kind, each in costs(found).items()}


async def test_the_definitions_are_the_ones_that_were_reviewed() -> None:
    found = await definitions()
    reviewed = json.loads(SNAPSHOT.read_text())
    assert found == reviewed["definitions"], "python tests/test_definitions.py writes them anew"
    assert costs(found) == reviewed["tokens"]
    assert [list(ones) for ones in found.values()] == [list(ones) for ones in reviewed["definitions"].values()]


async def test_no_kind_of_definition_costs_more_than_five_percent_over_its_budget() -> None:
    budget = json.loads(SNAPSHOT.read_text())["budget"]
    over = {kind: cost for kind, cost in totals(await definitions()).items() if cost > budget[kind] * GROWTH}
    assert over == {}, f"the budget is {budget}"


async def test_the_early_answer_to_tools_list_is_the_one_that_the_sdk_gives() -> None:
    assert listed_tools() == await tools_list()


def test_the_words_of_tools_and_answers_do_not_depend_on_the_switches_of_the_interpreter() -> None:
    command = [sys.executable, "-OO", "-m", "vobiz_mcp", "--sandbox"]  # no asserts, as with -O, nor docstrings
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        host = Session(process)
        host.initialize()
        assert host.ask("tools/list", 2)["result"]["tools"] == listed_tools()["tools"]
        assert host.call(3, "list_streams", call_uuid="one-way-leg").startswith("[sandbox] 1 running")


def write(*, accept: bool) -> None:
    """The snapshot as of today; its budget stays, unless it is to be accepted anew."""
    found = anyio.run(definitions)
    budget = totals(found) if accept else json.loads(SNAPSHOT.read_text())["budget"]
    tree = {"budget": budget, "tokens": costs(found), "definitions": found}
    SNAPSHOT.write_text(json.dumps(tree, indent=2, ensure_ascii=False) + "\n")
    EARLY.write_text(json.dumps(anyio.run(tools_list), separators=(",", ":"), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write(accept="budget" in sys.argv[1:])
