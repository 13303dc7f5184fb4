"""Every snippet and command of the documentation, run in the environment that the install line above it makes.

Each install line makes a fresh virtual environment, from the package registry, with uv in pip's place where there is
one, which is ten times as fast; models are a stand-in on loopback.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from places import ROOT
from project_docs import PAGES, all_blocks, programs
from stand_in_model import SAID, stand_in_model

from vobiz_mcp.sandbox import API_KEY, API_SECRET, Sandbox

SERVES = re.compile(r"vobiz-mcp (sandbox|serve)\b|examples/support_web\.py")
"""Lines that go on until somebody ends them."""
OTHERS = re.compile(r"(claude|codex|gemini|uvx|export|pytest|\. \.venv|python3? -m venv|pip|uv|\.ci)\b|python tests/")
"""Lines of other programs, and of those who change the code."""
SECONDS = 180
AT_ONCE = 2
"""Lines that run together: some wait most of their time."""
ONE_SERVER = threading.Lock()
"""Several lines serve at the same port."""
QUESTION = "Which tool failed on call_dispute?\n\n"
"""For programs that ask somebody something."""


class Run(NamedTuple):
    """One thing that a page shows, and how it is run."""

    name: str
    install: str
    line: str


def runs() -> Iterator[Run]:
    """All Python and all commands of all pages."""
    for page in PAGES:
        text = page.read_text()
        for program in programs(page.name, text):
            yield Run(program.name, program.install, shlex.join(["python", "-c", program.code]))
        for block in all_blocks(text):
            if block.language in ("", "console"):
                for line in commands(block.text):
                    yield Run(f"{page.name}: {line}", block.install or "pip install .", line)


def commands(block: str) -> Iterator[str]:
    """The lines of a block that somebody types, without their remarks."""
    typed = re.findall(r"^\$ (.+)$", block, re.MULTILINE) or block.splitlines()
    for line in typed:
        command = line.split("  #")[0].strip()
        if command and not OTHERS.match(command):
            yield command


def environment(folder: Path, install: str) -> dict[str, str]:
    """A virtual environment after its install line, as variables."""
    _make(folder)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("VOBIZ_", "PYTHON"))}
    variables = clean | {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "VIRTUAL_ENV": str(folder),
        "PYTHONUNBUFFERED": "1",
    }
    quick = {"PIP_QUIET": "1", "PIP_COMPILE": "0"}  # of thousands of modules few are imported here, each once or twice
    subprocess.run(["bash", "-ec", install], cwd=ROOT, env=variables | quick, check=True)
    return variables


def _make(folder: Path) -> None:
    uv = shutil.which("uv")
    if uv is None:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        return
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    pip = folder / "bin/pip"
    pip.write_text(f'#!/bin/sh\nexec {shlex.quote(uv)} pip "$@" --quiet\n')
    pip.chmod(0o755)


def workplace(folder: Path) -> None:
    """A folder as somebody has it who has saved a call."""
    keys = {"X-API-KEY": API_KEY, "X-API-SECRET": API_SECRET}
    call = Sandbox().answer("GET", "/api/calls/call_dispute", keys).body
    (folder / "saved").mkdir(parents=True)
    for path in (folder / "call.json", folder / "saved" / "call.json"):
        path.write_bytes(call)
    subprocess.run(["gzip", "--keep", folder / "saved" / "call.json"], check=True)
    (folder / "examples").symlink_to(ROOT / "examples")


def fault(line: str, variables: Mapping[str, str], folder: Path) -> str:
    """What is wrong with a run; "" when it did what the page says."""
    if SERVES.search(line):
        with ONE_SERVER:
            return serving_fault(line, variables, folder)
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=variables,
        input=QUESTION,
        timeout=SECONDS,
        capture_output=True,
        text=True,
        check=False,
    )
    allowed = (0, 1) if line == "vobiz-mcp doctor" else (0,)
    if done.returncode not in allowed or not done.stdout:
        return f"exit code {done.returncode}\n{done.stdout[-500:]}{done.stderr[-2000:]}"
    asks_model = "claude-sonnet" in line or "import Agent, Runner" in line
    return "" if not asks_model or SAID in done.stdout else f"no answer of the model:\n{done.stdout[:500]}"


def serving_fault(line: str, variables: Mapping[str, str], folder: Path) -> str:
    """A server must say where it listens, and still be there."""
    told = folder / "told"
    token = {"VOBIZ_MCP_TOKEN": "a-token-of-thirty-two-characters"} if "--host" in line else {}
    with (
        told.open("w") as file,
        subprocess.Popen(
            ["bash", "-c", f"exec {line}"],
            cwd=folder,
            env={**variables, **token},
            stdout=file,
            stderr=file,
            stdin=subprocess.DEVNULL,
        ) as process,
    ):
        for _ in range(SECONDS):
            if process.poll() is not None or "://" in told.read_text():
                break
            time.sleep(1)
        ended = process.poll()
        process.terminate()
    said = told.read_text()
    return "" if ended is None and "://" in said else f"exit code {ended}\n{said[-1000:]}"


@pytest.mark.long
@pytest.mark.parametrize("install", sorted({run.install for run in runs()}))
def test_all_that_is_shown_below_an_install_line_runs_in_its_environment(install: str, tmp_path: Path) -> None:
    place = tmp_path / "place"
    workplace(place)
    with stand_in_model() as model:
        variables = environment(tmp_path / "venv", install) | model
        shown = {run.line: run.name for run in runs() if run.install == install}
        with ThreadPoolExecutor(AT_ONCE) as lines:
            found = lines.map(lambda line: fault(line, variables, place), shown)
            faults = dict(zip(shown.values(), found, strict=True))
    assert {name: problem for name, problem in faults.items() if problem} == {}
