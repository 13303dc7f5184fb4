from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import command, command_here

from vobiz_mcp.cli import serve

USABLE = {
    "VOBIZ_AUTH_ID": "MA_X",
    "VOBIZ_AUTH_TOKEN": "token",
    "VOBIZ_AGENT_API_KEY": "key",
    "VOBIZ_AGENT_API_SECRET": "secret",
    "VOBIZ_AGENT_BASE_URL": "https://api.example",
}
WRONG = [
    ("AUTH_TOKEN", "xyzzy zy", "printable ASCII"),
    ("AUTH_TOKEN", "xyzzy\nzy", "printable ASCII"),
    ("AUTH_TOKEN", "xyzzy\r\nX-Evil: 1", "printable ASCII"),
    ("AGENT_API_KEY", "xyzzy\u200b", "printable ASCII"),
    ("AGENT_API_SECRET", "“xyzzy”", "printable ASCII"),
    ("AUTH_ID", "MA/xyzzy", "an account id"),
    ("BASE_URL", "http://xyzzy.example", "an https URL"),
    ("BASE_URL", "xyzzy.example", "a URL such as"),
    ("AGENT_BASE_URL", "http://10.0.0.1/xyzzy", "an https URL"),
    ("AGENT_BASE_URL", "https://user:xyzzy@api.example", "a URL such as"),
    ("MCP_TOKEN", "xyzzy-xyzzy xyzzy-xyzzy", "printable ASCII"),
    ("LOG", "xyzzy", "`info`"),
    ("MCP_TRUSTED_PROXIES", "xyzzy", "addresses or networks of your own proxies"),
    ("MCP_TRUSTED_PROXIES", "10.0.0.1, 0.0.0.0/0", "addresses or networks of your own proxies"),
]
STARTS = {
    "stdio": [],
    "HTTP": ["serve", "--http", "--port", "0"],
    "doctor": ["doctor"],
    "call": ["call", "get_stream", "call_uuid=c", "stream_id=s"],
}
every_start = pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)

Refused = Callable[..., None]


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Holds that a start ends with this sentence; that of a host, on stdio, in a process of its own."""
    monkeypatch.setattr(serve, "_serve_at", lambda *_: 0)

    def ends(start: list[str], sentence: str, **variables: str) -> None:
        environment = {**USABLE, **variables}
        told = command_here(capsys, *start, environment=environment) if start else command(environment=environment)
        assert (told.returncode, told.stdout) == (2, "")
        assert sentence in told.stderr
        assert "xyzzy" not in told.stderr

    return ends


@pytest.mark.parametrize(("variable", "value", "expected"), WRONG)
def test_a_setting_that_cannot_be_right_ends_the_server_with_its_name_and_without_its_value(
    variable: str, value: str, expected: str, refused: Refused
) -> None:
    refused(STARTS["HTTP"], f"VOBIZ_{variable} must be {expected}", **{f"VOBIZ_{variable}": value})


@every_start
def test_it_ends_every_start(start: list[str], refused: Refused) -> None:
    refused(start, "VOBIZ_AUTH_TOKEN must be printable ASCII", VOBIZ_AUTH_TOKEN="xyzzy zy")


@every_start
def test_a_level_of_logging_that_there_is_not_ends_every_start(start: list[str], refused: Refused) -> None:
    refused(start, "VOBIZ_LOG must be `info`, or not set", VOBIZ_LOG="xyzzy")


@every_start
def test_a_dotenv_file_that_cannot_be_read_ends_every_start(start: list[str], refused: Refused) -> None:
    Path(".env").write_bytes(b"VOBIZ_AUTH_TOKEN=\xff\xfe\x00xyzzy")
    refused(start, ".env cannot be read")
