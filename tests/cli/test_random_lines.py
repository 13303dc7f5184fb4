"""Command lines that nobody would write on purpose: each ends in one line and a right exit code."""

from __future__ import annotations

import io
import json
import random
import sys
from pathlib import Path

import click
import pytest

from vobiz_mcp import cli
from vobiz_mcp.cli import call as call_command
from vobiz_mcp.cli import demo, run
from vobiz_mcp.sandbox import http as sandbox_http
from vobiz_mcp.serving.stdio import serve as stdio

WORDS = (
    *("", " ", "0", "-1", "5", "99999", "1e999", "nan", "0x10", "٣", "x" * 5000, "--", "-", "-x", "=", "a=b", "--a=b"),
    *(
        "é😀",
        "\x1b[2J",
        "a\nb",
        "\u202eabc",
        "\udcff",
        "%s",
        "{0}",
        "*",
        "[",
        "..",
        "/",
        "\\",
        "~",
        "--sandbox",
        "--json",
    ),
    *("call", "serve", "dead_air", "call_id=call_dispute", "call_uuid=no-answer-leg", "max_tokens=900", "turns=-2"),
    *("good.json", "empty.json", "cut.json", "number.json", "folder", "missing.json", "*.json"),
)
HOSTS = ("127.0.0.1", "::1", "0.0.0.0", "", "é😀", "::zz", "127.0.0.1:80")
"""No name that would be looked up."""


@pytest.fixture
def _nothing_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    async def played() -> tuple[int, list[str]]:
        return 10, []

    monkeypatch.setattr(stdio, "serve", lambda **_: 0)
    monkeypatch.setattr("vobiz_mcp.serving.http.connections.listen", lambda *_: None)
    monkeypatch.setattr(sandbox_http._Server, "serve_forever", lambda _: None)
    monkeypatch.setattr(demo, "_play", played)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[]")))
    Path("folder").mkdir()
    Path("empty.json").write_bytes(b"")
    Path("cut.json").write_bytes(b'{"call_id": "c"')
    Path("number.json").write_bytes(b"5")
    Path("good.json").write_text(json.dumps({"call_id": "c", "transcript_object": [{"role": "user", "content": "Hi"}]}))


def line(draw: random.Random) -> list[str]:
    """A command, mostly one that there is, with words that its options, its tools and people know."""
    name = draw.choice([*cli._COMMANDS, *cli._COMMANDS, draw.choice(WORDS)])
    words = [draw.choice(("--sandbox", "--version", "--help", "--x"))] if draw.random() < 0.15 else []
    words.append(name)
    params = [*_command(name).params] if name in cli._COMMANDS else []
    if name == "call":
        tool = draw.choice([*call_command.command.commands, draw.choice(WORDS)])
        words.append(tool)
        params = [*call_command.command.commands[tool].params] if tool in call_command.command.commands else []
    options = [option for option in params if isinstance(option, click.Option)]
    for _ in range(draw.randrange(5)):
        words += _option(draw, draw.choice(options)) if options and draw.random() < 0.6 else [draw.choice(WORDS)]
    return [*words, "wait_seconds=0"] if "watch_call" in words else words


def _command(name: str) -> click.Command:
    return cli._VOBIZ_MCP.load(cli._VOBIZ_MCP.commands[name])


def _option(draw: random.Random, option: click.Option) -> list[str]:
    value = draw.choice(HOSTS if option.name == "host" else WORDS)
    name = option.opts[0]
    form = draw.choice(("apart", "together", "alone", "pair"))
    return {"apart": [name, value], "together": [f"{name}={value}"], "alone": [name], "pair": [f"{name[2:]}={value}"]}[
        form
    ]


def ends_rightly(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status = run(words)
    told = capsys.readouterr()
    assert status in (0, 1, 2), words
    assert "internal_error" not in told.err, (words, told.err)
    assert all(written.isprintable() for written in told.err.splitlines()), words
    assert told.err.endswith("\n") or not told.err, words
    if status == 2:
        assert (told.err.count("\n"), told.out) == (1, ""), (words, told)
    if status == 1:
        assert told.err or "not set up" in told.out, words


@pytest.mark.usefixtures("_nothing_is_served")
def test_a_random_command_line_ends_in_one_line_and_a_right_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    for seed in range(120):
        ends_rightly(line(random.Random(seed)), capsys)


@pytest.mark.long
@pytest.mark.usefixtures("_nothing_is_served")
@pytest.mark.parametrize("hundred", range(10))
def test_so_do_a_thousand_others(hundred: int, capsys: pytest.CaptureFixture[str]) -> None:
    for seed in range(100):
        ends_rightly(line(random.Random(1000 + 100 * hundred + seed)), capsys)
