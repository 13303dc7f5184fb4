"""Variables and lines of `.env` that look like settings and are none: said wherever they would have mattered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import command, command_here
from places import ROOT

from vobiz_mcp.cli import run
from vobiz_mcp.serving.ignored_settings import ignored


def test_a_name_that_is_no_setting_gets_the_one_that_it_is_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOBIZ_PRIVCY", "strict")
    monkeypatch.setenv("vobiz_colour", "1")
    monkeypatch.setenv("VOBIZ_LOG", "info")
    assert sorted(ignored()) == [
        "VOBIZ_PRIVCY is no setting and is ignored; VOBIZ_PRIVACY is one",
        "vobiz_colour is no setting and is ignored; docs/settings.md has them all",
    ]


def test_a_token_without_a_kind_is_taken_for_that_of_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOBIZ_TOKEN", "t")
    assert list(ignored()) == ["VOBIZ_TOKEN is no setting and is ignored; VOBIZ_AUTH_TOKEN is one"]


@pytest.mark.parametrize("words", [["doctor"], ["call", "list_live_calls", "--sandbox"], ["install", "zed"]])
def test_a_line_of_dotenv_that_sets_nothing_is_told_once(words: list[str], tmp_path: Path) -> None:
    Path(".env").write_text("this is no setting\n")
    done = command(*words, environment={"HOME": str(tmp_path)})
    told = done.stdout + done.stderr
    assert (told.count("line 1"), "could not parse" in told) == (1, False)


def test_lines_of_dotenv_that_set_nothing_are_named_by_their_number() -> None:
    Path(".env").write_text("VOBIZ_PRIVACY strict\n# a note\nOTHER=1\nVOBIZ_LOGS=info\nVOBIZ_PRIVACY\n")
    assert list(ignored()) == [
        "VOBIZ_LOGS is no setting and is ignored; VOBIZ_LOG is one",
        "line 1 of .env is ignored; write NAME=VALUE",
        "line 5 of .env is ignored; write NAME=VALUE",
    ]


def test_every_variable_of_the_documentation_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in re.findall(r"\bVOBIZ_[A-Z_]*[A-Z]", (ROOT / "docs" / "settings.md").read_text()):
        monkeypatch.setenv(name, "")
    assert list(ignored()) == []


@pytest.mark.parametrize(
    "words", [["call", "list_live_calls", "--sandbox"], ["condense", "saved.json"], ["examine", "saved.json"]]
)
def test_it_is_said_to_who_asks(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("saved.json").write_text('{"call_id": "c", "transcript_object": [{"role": "user", "content": "Hi"}]}')
    monkeypatch.setenv("VOBIZ_PRIVCY", "strict")
    assert run(words) == 0
    assert "vobiz-mcp: VOBIZ_PRIVCY is no setting" in capsys.readouterr().err


def test_doctor_takes_it_for_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    done = command_here(capsys, "doctor", environment={"VOBIZ_AUTH_TOKN": "t"})
    assert (done.returncode, "VOBIZ_AUTH_TOKN is no setting and is ignored; VOBIZ_AUTH_TOKEN" in done.stdout) == (
        1,
        True,
    )


def test_a_server_says_it_when_it_starts() -> None:
    served = command("--sandbox", environment={"VOBIZ_AUTH_TOKN": "t"})
    assert served.returncode == 0
    assert "vobiz-mcp: VOBIZ_AUTH_TOKN is no setting" in served.stderr
