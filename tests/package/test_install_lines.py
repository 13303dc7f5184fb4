"""Every line that installs, run as it is written on a machine with uv alone, ends in an entry that starts and answers.

The package index is a folder with the wheel of this checkout beside the real one, the repository a clone of it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import anyio
import pytest
import yaml  # type: ignore[import-untyped]
from mcp import Client, StdioServerParameters
from places import README, ROOT
from project_docs import DOCS, blocks
from servers import text

from vobiz_mcp.hosts.host import HOSTS
from vobiz_mcp.server_info import REPOSITORY, VERSION
from vobiz_mcp.tools import TOOLS

READERS = {".json": json.loads, ".toml": tomllib.loads, ".yaml": yaml.safe_load}
_WAY = re.compile(r"`((?:uvx|uv tool|pipx|pip) [^`]*)`(?:[^|`]*, then `(vobiz-mcp install HOST)`)?")
WAYS = _WAY.findall((DOCS / "install.md").read_text())
SHELL = "".join(block.text for block in blocks(README, ""))
LINES = [
    *(line.split("  #")[0].strip() for line in re.findall(r"^uvx .*install .*$", SHELL, re.MULTILINE)),
    *(" && ".join(filter(None, way)).replace("HOST", "codex") for way in WAYS if "install" in " ".join(way)),
]
"""Lines of the README, and the ways of docs/install.md."""
OWN = re.findall(r"^\w+ mcp add vobiz .*$", SHELL, re.MULTILINE)
"""Lines in which a host adds the server itself: what it starts stands behind the name."""
STARTS_WITHIN_S = 10


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of somebody who has uv and git, and has never heard of this."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("needs uv")
    folder = tmp_path_factory.mktemp("machine")
    subprocess.run([uv, "build", "--quiet", "--wheel", "--out-dir", folder / "index", ROOT], check=True)
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, folder / "repository"], check=True)
    cache = subprocess.run([uv, "cache", "dir"], capture_output=True, text=True, check=True).stdout.strip()
    tools = folder / "tools"
    tools.mkdir()
    for program in (uv, str(Path(uv).with_name("uvx")), shutil.which("pipx") or ""):
        if program:
            (tools / Path(program).name).symlink_to(program)
    kept = {name: value for name, value in os.environ.items() if name.startswith(("SSL_", "PIP_", "UV_", "HTTP"))}
    return kept | {
        "PATH": f"{tools}:{folder / 'bin'}:/usr/bin:/bin",
        "UV_CACHE_DIR": cache,
        "UV_FIND_LINKS": str(folder / "index"),
        "UV_PYTHON": sys.executable,
        "PIPX_HOME": str(folder / "pipx"),
        "PIPX_BIN_DIR": str(folder / "bin"),
        "PIP_FIND_LINKS": f"{folder / 'index'} {os.environ.get('PIP_FIND_LINKS', '')}".strip(),
        "UV_TOOL_DIR": str(folder / "kept"),
        "UV_TOOL_BIN_DIR": str(folder / "bin"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{(folder / 'repository').as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": REPOSITORY,
    }


def entry(home: Path) -> dict[str, Any]:
    """What the only host of a home reads of the server."""
    [path] = [path for path in home.rglob("*") if path.suffix in READERS and path.is_file()]
    servers = READERS[path.suffix](path.read_text())
    [found] = [servers[host.section]["vobiz"] for host in HOSTS.values() if host.section in servers][:1]
    told: dict[str, Any] = found
    return told


async def answers(command: str, args: list[str], machine: dict[str, str]) -> bool:
    """Whether a host that starts this, with a path that knows nothing, gets the tools and an answer in time."""
    started = StdioServerParameters(command=command, args=args, env=machine)
    async with Client(started, read_timeout_seconds=STARTS_WITHIN_S) as client:
        assert len((await client.list_tools()).tools) == len(TOOLS)
        return text(await client.call_tool("list_live_calls", {})).startswith("[sandbox] ")


def test_the_lines_are_found() -> None:
    assert (len(LINES), len(OWN)) == (10, 3)


@pytest.mark.long
@pytest.mark.anyio
@pytest.mark.parametrize("line", LINES)
async def test_a_line_run_as_written_ends_in_an_entry_that_starts(
    line: str, machine: dict[str, str], tmp_path: Path
) -> None:
    if "pipx" in line and shutil.which("pipx") is None:
        pytest.skip("needs pipx")
    if "--from" in line:  # no index has it: what starts without the source that it was installed from does not start
        machine = {name: value for name, value in machine.items() if name != "UV_FIND_LINKS"}
    home, venv = tmp_path / "home", tmp_path / "venv"
    home.mkdir()
    first = f"{sys.executable} -m venv {venv} && . {venv}/bin/activate && " if line.startswith("pip ") else ""
    await anyio.run_process(["bash", "-ec", first + line], cwd=ROOT, env=machine | {"HOME": str(home)})
    told = entry(home)
    assert Path(told["command"]).is_absolute()
    assert await answers(told["command"], told["args"], machine | {"PATH": "/usr/bin:/bin"})


@pytest.mark.long
@pytest.mark.anyio
@pytest.mark.parametrize("line", OWN)
async def test_what_a_host_adds_itself_starts_too(line: str, machine: dict[str, str]) -> None:
    command, *args = shlex.split(line.split(" vobiz ")[1].removeprefix("-- "))
    assert await answers(command, args, machine)


@pytest.mark.long
def test_a_checkout_that_was_updated_is_what_runs_from_then_on(machine: dict[str, str], tmp_path: Path) -> None:
    checkout, home = tmp_path / "checkout", tmp_path / "home"
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", ROOT, checkout], check=True)
    shutil.copy(ROOT / "pyproject.toml", checkout)
    asked = ["uvx", "--from", str(checkout), "vobiz-mcp", "--version"]
    environment = machine | {"HOME": str(home)}
    told = subprocess.run(asked, capture_output=True, text=True, check=True, env=environment, cwd=home).stdout
    assert told == f"vobiz-mcp {VERSION}\n"
    definition = checkout / "vobiz_mcp" / "server_info.py"
    definition.write_text(definition.read_text().replace(f'"{VERSION}"', '"9.9.9"'))
    told = subprocess.run(asked, capture_output=True, text=True, check=True, env=environment, cwd=home).stdout
    assert told == "vobiz-mcp 9.9.9\n"
