from __future__ import annotations

import pytest

from vobiz_mcp import cli
from vobiz_mcp.cli import run
from vobiz_mcp.serving import connection
from vobiz_mcp.serving.stdio import serve as stdio

ASKED = {
    "call": ["call", "get_live_call", "call_uuid=one-way-leg"],
    "serve": ["serve"],
    "serve over HTTP": ["serve", "--http", "--port", "0"],
}
"""Commands that ask an account, or the sandbox in its place."""
REFUSED = sorted(cli._COMMANDS.keys() - {"call", "serve"})


def places(words: list[str]) -> list[list[str]]:
    """A command line with the flag in every place where a person may write it."""
    return [[*words[:at], "--sandbox", *words[at:]] for at in range(len(words) + 1)]


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each client that a command made is the sandbox's; none of them serves anything."""
    made: list[bool] = []

    class StopError(Exception):
        pass

    def connect(*, sandbox: bool) -> None:
        made.append(sandbox)
        raise StopError

    monkeypatch.setattr(stdio, "serve", connect)
    monkeypatch.setattr(connection, "connector", connect)
    monkeypatch.setattr("vobiz_mcp.cli.call.connect", connect)
    return made


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(line, id=" ".join(line))
        for words in ASKED.values()
        for line in places(words)
        if not line[line.index("--sandbox") - 1].startswith("--port")
    ],
)
def test_the_flag_before_or_after_a_command_asks_the_sandbox(line: list[str], connected: list[bool]) -> None:
    run(line)
    assert connected == [True]


@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
def test_without_the_flag_the_account_is_asked(words: list[str], connected: list[bool]) -> None:
    run(words)
    assert connected == [False]


@pytest.mark.parametrize("name", REFUSED)
def test_a_command_that_asks_nobody_refuses_the_flag_in_either_place(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in places([name]):
        assert run(line) == 2
        assert capsys.readouterr().err == (
            f"vobiz-mcp: `{name}` takes no --sandbox, which is for what asks an account for calls. "
            "`vobiz-mcp --help` shows what it takes.\n"
        )
