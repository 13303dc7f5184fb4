"""A host's entry starts the program by its whole path, however it came onto the machine."""

from __future__ import annotations

import json
import sys
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from vobiz_mcp.hosts.launch import launch


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an installer writes where it got the program; nothing is written yet."""
    installed = tmp_path / "packages" / "vobiz_mcp-0.1.0.dist-info"
    installed.mkdir(parents=True)
    monkeypatch.setattr("vobiz_mcp.hosts.launch.distribution", lambda _: PathDistribution(installed))
    return installed / "direct_url.json"


def environment(
    monkeypatch: pytest.MonkeyPatch, prefix: Path, *programs: str, suffix: str = "", python: str = "python"
) -> Path:
    """A virtual environment with some programs in it, which this Python says that it is."""
    folder = prefix / "bin"
    folder.mkdir(parents=True)
    for name in (python, *programs):
        (folder / f"{name}{suffix}").touch()
    monkeypatch.setattr(sys, "prefix", str(prefix))
    monkeypatch.setattr(sys, "executable", str(folder / f"{python}{suffix}"))
    return folder


@pytest.mark.parametrize("suffix", ["", ".exe"])
def test_what_stands_beside_its_python_is_started_by_its_path(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = environment(monkeypatch, tmp_path / "venv", "vobiz-mcp", suffix=suffix)
    assert launch() == (str(folder / f"vobiz-mcp{suffix}"), [])


def test_a_python_with_its_version_in_its_name_has_the_same_program_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = environment(monkeypatch, tmp_path / "venv", "vobiz-mcp", python="python3.11")
    assert launch() == (str(folder / "vobiz-mcp"), [])


def test_a_python_without_the_program_beside_it_runs_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = environment(monkeypatch, tmp_path / "venv")
    assert launch() == (str(folder / "python"), ["-m", "vobiz_mcp"])


@pytest.mark.parametrize(
    ("told", "source"),
    [
        ({}, []),
        (
            {"url": "https://host.example/calls.git", "vcs_info": {"vcs": "git", "commit_id": "1"}},
            ["--from", "git+https://host.example/calls.git"],
        ),
        (
            {"url": "https://host.example/calls", "vcs_info": {"vcs": "git", "requested_revision": "v1"}},
            ["--from", "git+https://host.example/calls@v1"],
        ),
        ({"url": "file:///home/me/calls", "dir_info": {}}, ["--from", "file:///home/me/calls"]),
    ],
)
def test_what_uvx_ran_from_its_cache_is_left_to_uvx_which_may_clear_it(
    told: dict[str, object],
    source: list[str],
    origin: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if told:
        origin.write_text(json.dumps(told))
    environment(monkeypatch, tmp_path / "uv" / "archive-v0" / "x", "vobiz-mcp")
    tools = environment(monkeypatch, tmp_path / "uv" / "archive-v0" / "tools", "uv", "uvx")
    monkeypatch.setenv("UV", str(tools / "uv"))
    assert launch() == (str(tools / "uvx"), [*source, "vobiz-mcp"])


@pytest.mark.parametrize(
    "cache", [".local/pipx/.cache", ".cache/pipx", "Library/Caches/pipx", "AppData/Local/pipx/pipx/Cache"]
)
def test_what_pipx_ran_from_its_cache_is_left_to_pipx(
    cache: str, origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin.write_text(json.dumps({"url": "https://host.example/calls", "vcs_info": {"vcs": "git"}}))
    environment(monkeypatch, tmp_path / cache / "x", "vobiz-mcp")
    (tmp_path / cache / "x" / "pipx_metadata.json").touch()
    pipx = tmp_path / "pipx-program"
    monkeypatch.setattr("shutil.which", lambda name: str(pipx) if name == "pipx" else None)
    assert launch() == (str(pipx), ["run", "--spec", "git+https://host.example/calls", "vobiz-mcp"])


def test_what_pipx_keeps_is_started_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / ".cache" / "pipx" / "venvs" / "vobiz-mcp"
    folder = environment(monkeypatch, kept, "vobiz-mcp")
    (kept / "pipx_metadata.json").touch()
    assert launch() == (str(folder / "vobiz-mcp"), [])
