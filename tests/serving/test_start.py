from __future__ import annotations

from pathlib import Path

import pytest
from commands import command

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
    "HTTP": ["serve", "--http", "--port", "0"],
    "doctor": ["doctor"],
    "call": ["call", "get_stream", "call_uuid=c", "stream_id=s"],
}


def refused(start: list[str], sentence: str, **variables: str) -> None:
    done = command(*start, environment={**USABLE, **variables})
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "xyzzy" not in done.stderr


@pytest.mark.parametrize(("variable", "value", "expected"), WRONG)
def test_a_setting_that_cannot_be_right_ends_the_server_with_its_name_and_without_its_value(
    variable: str, value: str, expected: str
) -> None:
    refused([], f"VOBIZ_{variable} must be {expected}", **{f"VOBIZ_{variable}": value})


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_it_ends_every_other_start_too(start: list[str]) -> None:
    refused(start, "VOBIZ_AUTH_TOKEN must be printable ASCII", VOBIZ_AUTH_TOKEN="xyzzy zy")


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_a_level_of_logging_that_there_is_not_ends_every_start(start: list[str]) -> None:
    refused(start, "VOBIZ_LOG must be `info`, or not set", VOBIZ_LOG="xyzzy")


@pytest.mark.parametrize("start", [[], *STARTS.values()], ids=["stdio", *STARTS])
def test_a_dotenv_file_that_cannot_be_read_ends_every_start(start: list[str]) -> None:
    Path(".env").write_bytes(b"VOBIZ_AUTH_TOKEN=\xff\xfe\x00xyzzy")
    refused(start, ".env cannot be read")
