"""`vobiz-mcp install`: what a host reads afterwards starts the server, and nobody's file or secret suffers."""

from __future__ import annotations

import io
import json
import stat
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from mcp import Client, StdioServerParameters
from servers import text

from vobiz_mcp.cli import run
from vobiz_mcp.hosts.host import HOSTS, Machine
from vobiz_mcp.hosts.launch import launch
from vobiz_mcp.tools import TOOLS

FILES = {
    "claude-desktop": ".config/Claude/claude_desktop_config.json",
    "claude-code": ".claude.json",
    "cursor": ".cursor/mcp.json",
    "vscode": ".config/Code/User/mcp.json",
    "codex": ".codex/config.toml",
    "gemini": ".gemini/settings.json",
    "goose": ".config/goose/config.yaml",
    "zed": ".config/zed/settings.json",
}
"""Where each host on Linux reads its servers, below the home folder."""
READERS = {".json": json.loads, ".toml": tomllib.loads, ".yaml": yaml.safe_load}
SECRET = "correct-horse-battery"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "CODEX_HOME", "CLAUDE_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a person types at a terminal; secrets are asked for without echo, of which there is none here."""
    typed = io.StringIO()
    typed.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: typed.readline().strip())
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: typed.readline().strip())
    return typed


def entry(home: Path, name: str) -> dict[str, Any]:
    """What a host reads of this server."""
    path = home / FILES[name]
    servers = READERS[path.suffix](path.read_text())[HOSTS[name].section]
    found: dict[str, Any] = servers["vobiz"]
    return found


def started(told: dict[str, Any]) -> StdioServerParameters:
    """What a host starts by this entry."""
    return StdioServerParameters(
        command=told.get("command") or told["cmd"], args=told["args"], env=told.get("env") or told.get("envs")
    )


@pytest.mark.parametrize("name", HOSTS)
def test_every_host_reads_an_entry_that_starts_this_program_by_its_whole_path(name: str, home: Path) -> None:
    assert run(["install", name]) == 0
    read = started(entry(home, name))
    assert Path(read.command).is_absolute()
    assert (read.command, read.args, read.env or {}) == (launch().command, launch().args, {})


@pytest.mark.anyio
async def test_what_an_entry_starts_answers(home: Path) -> None:
    assert run(["install", "cursor"]) == 0
    async with Client(started(entry(home, "cursor"))) as client:
        assert len((await client.list_tools()).tools) == len(TOOLS)
        assert text(await client.call_tool("list_live_calls", {})).startswith("[sandbox] ")


@pytest.mark.parametrize("name", HOSTS)
def test_what_was_in_the_file_stays_and_is_there_again_after_remove(name: str, home: Path) -> None:
    path = home / FILES[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    section = HOSTS[name].section
    before = {
        ".json": f'{{ "{section}": {{"other": {{"command": "x"}}}}, "theme": "mine" }}\n',
        ".toml": f'model = "x" # mine\n\n[{section}.other]\ncommand = "x"\n',
        ".yaml": f"model: x # mine\n{section}:\n  other:\n    cmd: x\n",
    }[path.suffix]
    path.write_text(before)
    path.chmod(0o640)
    assert run(["install", name]) == 0
    assert entry(home, name)
    assert "mine" in path.read_text()
    assert path.with_name(f"{path.name}.before-vobiz-mcp").read_text() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert run(["install", name, "--remove"]) == 0
    assert path.read_text().rstrip() == before.rstrip()


def test_credentials_of_the_environment_go_into_the_entry_and_are_never_printed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOBIZ_AUTH_ID", "MA_1")
    monkeypatch.setenv("VOBIZ_AUTH_TOKEN", SECRET)
    assert run(["install", "cursor", "--dry-run"]) == 0
    assert not (home / FILES["cursor"]).exists()
    assert run(["install", "cursor"]) == 0
    printed = capsys.readouterr()
    assert SECRET not in printed.out + printed.err
    assert '"VOBIZ_AUTH_TOKEN": "…"' in printed.out
    assert entry(home, "cursor")["env"] == {"VOBIZ_AUTH_ID": "MA_1", "VOBIZ_AUTH_TOKEN": SECRET}
    assert stat.S_IMODE((home / FILES["cursor"]).stat().st_mode) == 0o600


def test_at_a_terminal_a_person_is_asked_for_each_api_and_may_leave_one_out(
    home: Path, terminal: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.write(f"\nsk_1\n{SECRET}\n\n")
    terminal.seek(0)
    assert run(["install", "zed"]) == 0
    assert entry(home, "zed")["env"] == {
        "VOBIZ_AGENT_API_KEY": "sk_1",
        "VOBIZ_AGENT_API_SECRET": SECRET,
        "VOBIZ_AGENT_BASE_URL": "https://api.zudu.ai",
    }
    printed = capsys.readouterr()
    assert SECRET not in printed.out + printed.err


def test_an_address_alone_is_no_credential_and_is_kept_when_a_person_types_the_keys(
    home: Path, terminal: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOBIZ_AGENT_BASE_URL", "https://agents.example")
    terminal.write(f"\nsk_1\n{SECRET}\n\n")
    terminal.seek(0)
    assert run(["install", "zed"]) == 0
    assert entry(home, "zed")["env"] == {
        "VOBIZ_AGENT_API_KEY": "sk_1",
        "VOBIZ_AGENT_API_SECRET": SECRET,
        "VOBIZ_AGENT_BASE_URL": "https://agents.example",
    }


def test_asked_again_a_person_changes_one_value_and_keeps_the_others(home: Path, terminal: io.StringIO) -> None:
    path = home / FILES["zed"]
    path.parent.mkdir(parents=True)
    mine = {"VOBIZ_AUTH_ID": "MA_1", "VOBIZ_AUTH_TOKEN": "old", "VOBIZ_PRIVACY": "strict"}
    path.write_text(json.dumps({"context_servers": {"vobiz": {"command": "old", "env": mine}}}))
    terminal.write(f"\n{SECRET}\n\n")
    terminal.seek(0)
    assert run(["install", "zed"]) == 0
    assert entry(home, "zed")["env"] == {**mine, "VOBIZ_AUTH_TOKEN": SECRET}


def test_half_of_what_an_api_takes_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOBIZ_AUTH_ID", "MA_1")
    assert run(["install", "cursor"]) == 0
    printed = capsys.readouterr()
    assert "It asks your account, with VOBIZ_AUTH_ID." in printed.out
    assert printed.err == "vobiz-mcp: the telephony API needs VOBIZ_AUTH_TOKEN too; set it and run this again.\n"


def test_a_credential_that_cannot_be_right_is_refused_before_anything_is_written(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOBIZ_AUTH_TOKEN", "two words")
    assert run(["install", "cursor"]) == 2
    assert "VOBIZ_AUTH_TOKEN must be printable ASCII" in capsys.readouterr().err
    assert not (home / FILES["cursor"]).exists()


def test_what_a_person_mistyped_is_said_to_be_typed_anew(
    home: Path, terminal: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.write(f"MA 1\n{SECRET}\n\n")
    terminal.seek(0)
    assert run(["install", "zed"]) == 2
    assert capsys.readouterr().err.endswith(
        "such as MA_ABC123. Nothing was changed; run this again and type it anew.\n"
    )
    assert not (home / FILES["zed"]).exists()


def test_installing_again_keeps_what_somebody_added_to_the_entry(home: Path) -> None:
    path = home / FILES["zed"]
    path.parent.mkdir(parents=True)
    mine = {"command": "old", "enabled": False, "env": {"VOBIZ_PRIVACY": "strict", "VOBIZ_AUTH_ID": "MA_1"}}
    path.write_text(json.dumps({"context_servers": {"vobiz": mine}}))
    assert run(["install", "zed"]) == 0
    told = entry(home, "zed")
    assert told == {**mine, "command": launch().command, "args": launch().args}


def test_installing_again_keeps_what_somebody_changed_of_what_an_entry_of_goose_has(home: Path) -> None:
    path = home / FILES["goose"]
    assert run(["install", "goose"]) == 0
    path.write_text(path.read_text().replace("timeout: 60", "timeout: 300").replace("enabled: true", "enabled: false"))
    before = entry(home, "goose")
    assert run(["install", "goose"]) == 0
    assert entry(home, "goose") == before
    assert (before["timeout"], before["enabled"]) == (300, False)


def test_the_sandbox_can_be_chosen_though_credentials_are_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOBIZ_AUTH_ID", "MA_1")
    assert run(["install", "cursor", "--sandbox"]) == 0
    assert (entry(home, "cursor")["args"][-1], entry(home, "cursor")["env"]) == ("--sandbox", {})


@pytest.mark.parametrize("content", [b"{ broken", b"\xff\xfe\x00", b'{"mcpServers": []}'])
def test_a_file_that_cannot_be_kept_as_it_is_stays_and_what_to_paste_is_printed(
    content: bytes, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / FILES["cursor"]
    path.parent.mkdir()
    path.write_bytes(content)
    assert run(["install", "cursor"]) == 1
    printed = capsys.readouterr()
    assert "Nothing was changed" in printed.err
    assert json.loads(printed.out)["mcpServers"]["vobiz"]["command"] == launch().command
    assert path.read_bytes() == content
    assert [*path.parent.iterdir()] == [path]


def of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what is in it."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


BY_HAND = "Nothing was changed; take the entry vobiz out by hand."


@pytest.mark.parametrize("flags", [[], ["--dry-run"]])
def test_a_file_that_cannot_be_read_is_not_said_to_want_an_entry_when_one_is_removed(
    flags: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / FILES["cursor"]
    path.parent.mkdir()
    path.write_bytes(b"{ broken")
    assert run(["install", "cursor", "--remove", *flags]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"invalid_arguments: {path} cannot be read as Cursor does. {BY_HAND}\n")


@pytest.mark.parametrize("flags", [[], ["--dry-run"]])
def test_a_dry_run_says_of_a_file_what_a_real_one_would(
    flags: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / FILES["goose"]
    path.parent.mkdir(parents=True)
    path.write_text("extensions: {other: {cmd: x}}\n")
    assert run(["install", "goose", *flags]) == 1
    assert "cannot be changed without touching the rest of it. Nothing was changed" in capsys.readouterr().err
    path.write_text("extensions: {other: {cmd: x}, vobiz: {cmd: y}}\n")
    assert run(["install", "goose", "--remove", *flags]) == 2
    assert BY_HAND in capsys.readouterr().err


def test_a_file_that_its_owner_keeps_from_being_written_stays(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / FILES["cursor"]
    path.parent.mkdir()
    path.write_text('{"mcpServers": {"vobiz": {"command": "mine"}}}')
    path.chmod(0o444)
    before = of(home)
    assert run(["install", "cursor"]) == 1
    assert (
        capsys.readouterr().err == f"vobiz-mcp: {path} cannot be written. Nothing was changed; put this in by hand.\n"
    )
    assert run(["install", "cursor", "--remove"]) == 2
    assert capsys.readouterr().err == f"invalid_arguments: {path} cannot be written. {BY_HAND}\n"
    assert of(home) == before


def test_a_folder_that_cannot_be_is_no_defect(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".cursor").write_text("a file where the folder goes")
    before = of(home)
    assert run(["install", "cursor"]) == 1
    assert "cannot be written. Nothing was changed" in capsys.readouterr().err
    assert of(home) == before


def test_links_that_lead_in_a_circle_are_no_defect(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".cursor").mkdir()
    (home / FILES["cursor"]).symlink_to(home / FILES["cursor"])
    assert run(["install", "cursor"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err


def test_what_could_not_be_written_whole_leaves_no_part_of_it_behind(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError

    path = home / FILES["cursor"]
    path.parent.mkdir()
    path.write_text('{"mcpServers": {"vobiz": {"command": "mine"}}}')
    before = of(home)
    monkeypatch.setattr(Path, "replace", full)
    assert run(["install", "cursor"]) == 1
    assert "cannot be written. Nothing was changed" in capsys.readouterr().err
    assert of(home) == before


def test_the_file_behind_a_link_is_changed_and_the_link_stays(home: Path) -> None:
    kept, path = home / "dotfiles" / "cursor.json", home / FILES["cursor"]
    kept.parent.mkdir()
    path.parent.mkdir()
    kept.write_text("{}")
    path.symlink_to(kept)
    assert run(["install", "cursor"]) == 0
    assert path.readlink() == kept
    assert entry(home, "cursor")["command"] == json.loads(kept.read_text())["mcpServers"]["vobiz"]["command"]


@pytest.mark.parametrize("before", [None, "", 'model = "x"\n', 'model = "x"\n\n[history]\npersistence = "none"\n'])
def test_an_entry_of_codex_goes_out_of_a_file_that_lists_no_other_server(before: str | None, home: Path) -> None:
    path = home / FILES["codex"]
    path.parent.mkdir()
    if before is not None:
        path.write_text(before)
    assert run(["install", "codex"]) == 0
    assert run(["install", "codex", "--remove"]) == 0
    assert tomllib.loads(path.read_text()) == tomllib.loads(before or "")


def test_what_cannot_be_removed_is_said_in_words_of_removing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / FILES["goose"]
    path.parent.mkdir(parents=True)
    path.write_text("extensions: {other: {cmd: x}, vobiz: {cmd: y}}\n")
    assert run(["install", "goose", "--remove"]) == 2
    assert "Nothing was changed; take the entry vobiz out by hand." in capsys.readouterr().err


@pytest.mark.parametrize("name", HOSTS)
def test_the_backup_is_the_file_before_the_first_install_and_never_holds_a_secret(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / FILES[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    before = {".json": '{"theme": "mine"}\n', ".toml": 'model = "x"\n', ".yaml": "model: x\n"}[path.suffix]
    path.write_text(before)
    monkeypatch.setenv("VOBIZ_AUTH_TOKEN", SECRET)
    assert [run(["install", name]), run(["install", name]), run(["install", name, "--remove"])] == [0, 0, 0]
    backup = path.with_name(f"{path.name}.before-vobiz-mcp")
    assert backup.read_text() == before
    assert not [file for file in path.parent.iterdir() if file.is_file() and SECRET in file.read_text()]
    assert f"As it was before the first install: {backup.name}." in capsys.readouterr().out


def test_a_file_that_install_made_leaves_no_secret_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOBIZ_AUTH_TOKEN", SECRET)
    assert [run(["install", "zed"]), run(["install", "zed"]), run(["install", "zed", "--remove"])] == [0, 0, 0]
    assert [file.name for file in (home / FILES["zed"]).parent.iterdir()] == ["settings.json"]
    assert SECRET not in (home / FILES["zed"]).read_text()


@pytest.mark.parametrize("flags", [[], ["--sandbox"]])
def test_the_privacy_that_is_set_goes_into_the_entry(
    flags: list[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOBIZ_PRIVACY", "strict")
    assert run(["install", "cursor", *flags]) == 0
    assert entry(home, "cursor")["env"] == {"VOBIZ_PRIVACY": "strict"}


def test_what_a_dotenv_file_sets_goes_into_the_entry(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    (home / ".env").write_text(f"VOBIZ_AUTH_ID=MA_1\nvobiz_auth_token={SECRET}\nVOBIZ_PRIVACY=strict\nOTHER=x\n")
    assert run(["install", "cursor"]) == 0
    told = {"VOBIZ_AUTH_ID": "MA_1", "VOBIZ_AUTH_TOKEN": SECRET, "VOBIZ_PRIVACY": "strict"}
    assert entry(home, "cursor")["env"] == told


def test_without_credentials_and_sandbox_it_is_said_that_nothing_is_configured(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["install", "cursor", "--no-sandbox"]) == 0
    assert entry(home, "cursor")["args"][-1] == "--no-sandbox"
    assert "Its tools answer not_configured, for no credentials are given" in capsys.readouterr().out


def test_removing_what_is_not_there_changes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["install", "codex", "--remove"]) == 0
    assert "nothing to remove" in capsys.readouterr().out
    assert not (home / ".codex").exists()


def where(platform: str, home: Path, **environment: str) -> dict[str, str]:
    """Every host's file below the home folder, as a machine of that kind has it."""
    machine = Machine(platform, environment, home)
    return {name: host.file(machine).relative_to(home).as_posix() for name, host in HOSTS.items()}


def test_linux_has_its_files_where_hosts_look_for_them(home: Path) -> None:
    assert where("linux", home) == FILES


def test_macos_has_its_files_where_hosts_look_for_them(home: Path) -> None:
    support = "Library/Application Support"
    assert where("darwin", home) == FILES | {
        "claude-desktop": f"{support}/Claude/claude_desktop_config.json",
        "vscode": f"{support}/Code/User/mcp.json",
    }


def test_windows_has_its_files_where_hosts_look_for_them(home: Path) -> None:
    usual = FILES | {
        "claude-desktop": "AppData/Roaming/Claude/claude_desktop_config.json",
        "vscode": "AppData/Roaming/Code/User/mcp.json",
        "goose": "AppData/Roaming/Block/goose/config/config.yaml",
        "zed": "AppData/Roaming/Zed/settings.json",
    }
    assert where("win32", home) == usual
    moved = where("win32", home, APPDATA=str(home / "elsewhere"))
    assert moved["zed"] == "elsewhere/Zed/settings.json"
    package = "AppData/Local/Packages/Claude_pzs8/LocalCache/Roaming"
    (home / package).mkdir(parents=True)
    assert where("win32", home)["claude-desktop"] == f"{package}/Claude/claude_desktop_config.json"


def test_folders_that_a_variable_moves_are_found(home: Path) -> None:
    moved = where("linux", home, CODEX_HOME=str(home / "c"), XDG_CONFIG_HOME=str(home / "x"))
    assert (moved["codex"], moved["zed"]) == ("c/config.toml", "x/zed/settings.json")
