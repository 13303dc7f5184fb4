"""Each host's entry in docs/install.md, read as that host reads it, starts a server that has the tools."""

from __future__ import annotations

import json
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest
import yaml  # type: ignore[import-untyped]
from mcp import Client, StdioServerParameters
from project_docs import DOCS, blocks

from vobiz_mcp.settings import Settings
from vobiz_mcp.tools import TOOLS

PAGE = DOCS / "install.md"
VALUES = {"VOBIZ_AUTH_ID": "MA_1", "VOBIZ_AGENT_BASE_URL": "https://api.zudu.ai"}
"""What stands for the placeholders of an entry; for all others, some secret."""


class Entry(NamedTuple):
    """A host's entry: what it starts, and with which variables."""

    command: str
    args: list[str]
    env: Mapping[str, str]


def entries() -> Iterator[tuple[str, Entry]]:
    """The entry of every host that the documentation tells to write one, by the key that it stands under."""
    readers = {"json": json.loads, "toml": tomllib.loads, "yaml": yaml.safe_load}
    for block in blocks(PAGE, *readers):
        for key, servers in readers[block.language](block.text).items():
            if isinstance(servers, dict):
                told = servers["vobiz"]
                args, env = told.get("args", []), told.get("env", told.get("envs", {}))
                yield key, Entry(told.get("command", told.get("cmd")), args, env)
    for block in blocks(PAGE, ""):
        for line in re.findall(r"^(?:claude|codex) mcp add .+$", block.text, re.MULTILINE):
            told, [command, *args] = line.split(" -- ")[0], shlex.split(line.split(" -- ")[1])
            yield line.split(" --")[0], Entry(command, args, dict(re.findall(r"--env (\w+)=(\S+)", told)))


ENTRIES = list(entries())
STARTS = sorted({(tuple(entry.args), tuple(sorted(entry.env))) for _, entry in ENTRIES})
"""The arguments that a host starts the program with and the variables that it sets, of all hosts."""


def test_every_host_of_the_documentation_has_an_entry() -> None:
    assert [name for name, _ in ENTRIES] == [
        *("mcpServers", "servers", "mcp_servers", "extensions", "context_servers"),
        *("claude mcp add vobiz", "claude mcp add vobiz-sandbox", "codex mcp add vobiz"),
    ]


@pytest.mark.parametrize("entry", [pytest.param(entry, id=name) for name, entry in ENTRIES])
def test_the_entry_of_a_host_names_the_program_and_settings_that_it_reads(entry: Entry) -> None:
    assert entry.command == "vobiz-mcp"
    assert {name.removeprefix("VOBIZ_").lower() for name in entry.env} <= set(Settings.model_fields)


@pytest.mark.anyio
@pytest.mark.parametrize(("args", "variables"), STARTS)
async def test_what_the_entries_start_is_a_server_with_all_tools(
    args: tuple[str, ...], variables: tuple[str, ...]
) -> None:
    env = {name: VALUES.get(name, "a-secret-of-some-length") for name in variables}
    started = StdioServerParameters(command=sys.executable, args=["-m", "vobiz_mcp", *args], env=env)
    async with Client(started) as client:
        assert len((await client.list_tools()).tools) == len(TOOLS)
