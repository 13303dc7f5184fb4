"""The bundle for Claude Desktop, opened again."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import bundle
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from mcp import Client, StdioServerParameters
from schemas import BUNDLE
from servers import text

from vobiz_mcp.credentials import VARIABLES
from vobiz_mcp.server_info import VERSION
from vobiz_mcp.tools import TOOLS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "vobiz-mcp.mcpb"
    bundle.build(path)
    return path


def manifest(built: Path) -> dict[str, Any]:
    with zipfile.ZipFile(built) as opened:
        told: dict[str, Any] = json.loads(opened.read("manifest.json"))
    return told


def test_its_manifest_is_what_the_host_takes(built: Path) -> None:
    told = manifest(built)
    assert [fault.message for fault in Draft202012Validator(BUNDLE).iter_errors(told)] == []
    assert (told["version"], len(told["tools"])) == (VERSION, len(TOOLS))
    assert told["user_config"].keys() == {each.name for each in VARIABLES}
    assert told["server"]["mcp_config"]["env"] == {each.name: f"${{user_config.{each.name}}}" for each in VARIABLES}


def test_it_holds_the_source_and_nothing_else_and_is_the_same_every_time(built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(built) as opened:
        names = opened.namelist()
    assert {name.split("/")[0] for name in names} == {
        *("manifest.json", "pyproject.toml", "README.md", "LICENSE", "vobiz_mcp", "toolkit")
    }
    assert manifest(built)["server"]["entry_point"] in names
    assert not [name for name in names if "__pycache__" in name or "/." in name]
    assert built.stat().st_size < 1_000_000
    bundle.build(tmp_path / "again.mcpb")
    assert (tmp_path / "again.mcpb").read_bytes() == built.read_bytes()


@pytest.mark.long
@pytest.mark.anyio
async def test_a_host_that_unpacks_it_starts_a_server_that_answers(built: Path, tmp_path: Path) -> None:
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("needs uv")
    with zipfile.ZipFile(built) as opened:
        opened.extractall(tmp_path)
    told = manifest(built)["server"]["mcp_config"]
    args = [word.replace("${__dirname}", str(tmp_path)) for word in told["args"]]
    env = {name: value for name, value in os.environ.items() if not name.startswith("VOBIZ_")} | told["env"]
    async with Client(StdioServerParameters(command=uv, args=args, env=env), read_timeout_seconds=120) as client:
        assert len((await client.list_tools()).tools) == len(TOOLS)
        assert text(await client.call_tool("list_live_calls", {})).startswith("[sandbox] ")
