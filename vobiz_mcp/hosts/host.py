"""The hosts that `vobiz-mcp install` knows: their files on each system, and the shape of their entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Final

from vobiz_mcp.hosts import json_file, toml_file, yaml_file
from vobiz_mcp.hosts.launch import Launch
from vobiz_mcp.server_info import TITLE

ENTRY = "vobiz"
"""What the server is called in every host."""


@dataclass(frozen=True)
class Machine:
    """What decides where a host keeps its file: `sys.platform`, the environment, the home folder."""

    platform: str
    environment: Mapping[str, str]
    home: Path

    @property
    def application_data(self) -> Path:
        """Where programs with a window keep what belongs to a user."""
        if self.platform == "win32":
            return Path(self.environment.get("APPDATA") or self.home / "AppData" / "Roaming")
        return self.home / "Library" / "Application Support" if self.platform == "darwin" else self.config

    @property
    def config(self) -> Path:
        """Where programs of the shell keep their settings on Linux and macOS."""
        return Path(self.environment.get("XDG_CONFIG_HOME") or self.home / ".config")

    def folder(self, variable: str, usual: Path) -> Path:
        """A folder that a variable may name."""
        return Path(self.environment.get(variable) or usual)


Entry = dict[str, object]
Environment = Mapping[str, str]


def _usual(launch: Launch, env: Environment) -> Entry:
    return {"command": launch.command, "args": launch.args, "env": dict(env)}


def _typed(launch: Launch, env: Environment) -> Entry:
    return {"type": "stdio", **_usual(launch, env)}


def _of_goose(launch: Launch, env: Environment) -> Entry:
    return {"type": "stdio", "cmd": launch.command, "args": launch.args, "envs": dict(env)}


@dataclass(frozen=True)
class Host:
    """One host.

    Attributes:
        section: under what its file lists servers.
        file: where that file is.
        form: the module that reads and writes it.
        started: how its entry says what to start, and with which variables.
        variables: what that entry calls its environment.
        beside: what else an entry has, until a person changes it.
    """

    title: str
    section: str
    file: Callable[[Machine], Path]
    form: ModuleType = json_file
    started: Callable[[Launch, Environment], Entry] = _usual
    variables: str = "env"
    beside: Entry = field(default_factory=dict)

    def entry(self, launch: Launch, env: Environment, held: Entry | None = None) -> Entry:
        """What the host takes for a server, with what a person added to the entry that it held."""
        return {**self.beside, **(held or {}), **self.started(launch, env)}


def _claude_desktop(machine: Machine) -> Path:
    """A packaged Claude on Windows reads its own copy of the usual folder, and nothing else."""
    packages = Path(machine.environment.get("LOCALAPPDATA") or machine.home / "AppData" / "Local") / "Packages"
    packaged = sorted(packages.glob("Claude_*/LocalCache/Roaming")) if machine.platform == "win32" else []
    return (packaged[0] if packaged else machine.application_data) / "Claude" / "claude_desktop_config.json"


def _goose(machine: Machine) -> Path:
    windows = machine.application_data / "Block" / "goose" / "config"
    return (windows if machine.platform == "win32" else machine.config / "goose") / "config.yaml"


def _zed(machine: Machine) -> Path:
    folder = machine.application_data / "Zed" if machine.platform == "win32" else machine.config / "zed"
    return folder / "settings.json"


HOSTS: Final = {
    "claude-desktop": Host("Claude Desktop", "mcpServers", _claude_desktop),
    "claude-code": Host(
        "Claude Code", "mcpServers", lambda it: it.folder("CLAUDE_CONFIG_DIR", it.home) / ".claude.json", started=_typed
    ),
    "cursor": Host("Cursor", "mcpServers", lambda it: it.home / ".cursor" / "mcp.json"),
    "vscode": Host("VS Code", "servers", lambda it: it.application_data / "Code" / "User" / "mcp.json", started=_typed),
    "codex": Host(
        "Codex",
        "mcp_servers",
        lambda it: it.folder("CODEX_HOME", it.home / ".codex") / "config.toml",
        form=toml_file,
    ),
    "gemini": Host("Gemini CLI", "mcpServers", lambda it: it.home / ".gemini" / "settings.json"),
    "goose": Host(
        "goose",
        "extensions",
        _goose,
        form=yaml_file,
        started=_of_goose,
        variables="envs",
        beside={"name": ENTRY, "description": TITLE, "enabled": True, "timeout": 60},
    ),
    "zed": Host("Zed", "context_servers", _zed),
}
"""By what a person calls them on the command line."""
