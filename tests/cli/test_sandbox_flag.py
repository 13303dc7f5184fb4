from __future__ import annotations

import pytest

from vobiz_mcp import cli
from vobiz_mcp.cli import run
from vobiz_mcp.credentials import asks_sandbox
from vobiz_mcp.serving import connection
from vobiz_mcp.serving.stdio import serve as stdio

ASKED = {
    "call": ["call", "get_live_call", "call_uuid=one-way-leg"],
    "serve": ["serve"],
    "serve over HTTP": ["serve", "--http", "--port", "0"],
}
"""Commands that ask an account, or the sandbox in its place."""
REFUSED = [
    name
    for name, known in cli._VOBIZ_MCP.commands.items()
    if "sandbox" not in {parameter.name for parameter in cli._VOBIZ_MCP.load(known).params}
]


def places(words: list[str], flag: str = "--sandbox") -> list[list[str]]:
    """A command line with the flag in every place where a person may write it, but for that of a port's number."""
    lines = [[*words[:at], flag, *words[at:]] for at in range(len(words) + 1)]
    return [line for line in lines if not line[line.index(flag) - 1].startswith("--port")]


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each client that a command made is the sandbox's; none of them serves anything."""
    made: list[bool] = []

    class StopError(Exception):
        pass

    def connect(*, sandbox: bool | None, **_: object) -> None:
        made.append(asks_sandbox(sandbox))
        raise StopError

    monkeypatch.setattr(stdio, "serve", connect)
    monkeypatch.setattr(connection, "connector", connect)
    monkeypatch.setattr("vobiz_mcp.cli.call.connect", connect)
    return made


@pytest.mark.parametrize(
    "line",
    [pytest.param(line, id=" ".join(line)) for words in ASKED.values() for line in places(words)],
)
def test_the_flag_before_or_after_a_command_asks_the_sandbox(
    line: list[str], connected: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOBIZ_AUTH_ID", "MA_TEST")
    run(line)
    assert connected == [True]


@pytest.mark.parametrize(
    "line",
    [pytest.param(line, id=" ".join(line)) for words in ASKED.values() for line in places(words, "--no-sandbox")],
)
def test_the_opposite_flag_asks_the_account_though_no_credential_is_set(line: list[str], connected: list[bool]) -> None:
    run(line)
    assert connected == [False]


@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
def test_without_the_flag_the_account_is_asked_once_a_credential_is_set(
    words: list[str], connected: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOBIZ_AUTH_ID", "MA_TEST")
    run(words)
    assert connected == [False]


def test_without_credentials_the_sandbox_serves_but_a_command_asks_it_only_when_told_so(connected: list[bool]) -> None:
    for words in ASKED.values():
        run(words)
    assert connected == [False, True, True]


@pytest.mark.parametrize("name", REFUSED)
def test_a_command_that_asks_nobody_refuses_the_flag_in_either_place(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in places([name]):
        assert run(line) == 2
        assert capsys.readouterr().err == (
            f"vobiz-mcp: `{name}` takes no --sandbox; `call`, `install`, `serve` and `view` do. `vobiz-mcp --help` shows what it takes.\n"
        )
