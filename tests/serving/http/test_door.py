from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from contextlib import closing

import httpx2
import pytest
from commands import command_here
from forked import Piped
from http_requests import HEADERS, bearer, got, listed, loopback_server
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from servers import text

from vobiz_mcp.cli import serve

TOKEN = "a-token-of-thirty-two-characters"
WITH_TOKEN = {"VOBIZ_MCP_TOKEN": TOKEN}
BEYOND = ("--host", "0.0.0.0", "--allowed-host", "Calls.example")
ISSUER = {"VOBIZ_MCP_ISSUER": "https://id.example", "VOBIZ_MCP_RESOURCE": "https://calls.example/mcp"}


@pytest.mark.parametrize(
    ("arguments", "environment", "reason"),
    [
        pytest.param(
            ["--host", "0.0.0.0"],
            {},
            "vobiz-mcp: --host 0.0.0.0 opens the server to other machines, and anybody could read your calls: "
            "set VOBIZ_MCP_TOKEN (or VOBIZ_MCP_ISSUER and VOBIZ_MCP_RESOURCE), or bind 127.0.0.1",
            id="no token",
        ),
        pytest.param(
            ["--host", "::"],
            WITH_TOKEN,
            "vobiz-mcp: --host :: opens the server to other machines: name it as clients do, "
            "--allowed-host calls.example.com, so that no page can",
            id="no name",
        ),
        pytest.param(
            [],
            {**WITH_TOKEN, **ISSUER},
            "vobiz-mcp: VOBIZ_MCP_TOKEN and VOBIZ_MCP_ISSUER are both set; set the one that says who may come in",
            id="two ways in",
        ),
        pytest.param(
            [],
            {"VOBIZ_MCP_ISSUER": "https://id.example"},
            "vobiz-mcp: VOBIZ_MCP_ISSUER needs VOBIZ_MCP_RESOURCE, the URL that clients reach this server by",
            id="tokens for nobody",
        ),
        pytest.param(
            [],
            {"VOBIZ_MCP_TOKEN": "hunter2"},
            "not_configured: VOBIZ_MCP_TOKEN must be 16 characters or more, as `openssl rand -hex 32` makes them. "
            "Correct it in the environment or in .env, then start again.",
            id="a token to guess",
        ),
        pytest.param(
            [],
            {"VOBIZ_MCP_ISSUER": "http://id.example"},
            "not_configured: VOBIZ_MCP_ISSUER must be an https URL; plain http is for loopback only. "
            "Correct it in the environment or in .env, then start again.",
            id="an issuer without TLS",
        ),
        pytest.param(
            ["--allowed-host", "https://calls.example"],
            {},
            "vobiz-mcp: --allowed-host takes a name or an address, without scheme, port and path",
            id="a URL as a name",
        ),
        pytest.param(["--rate", "0"], {}, "vobiz-mcp: --rate takes a number above 0", id="nobody may ask"),
        pytest.param(["--rate", "fast"], {}, "vobiz-mcp: --rate takes a number above 0", id="a word"),
        pytest.param(["--rate", "nan"], {}, "vobiz-mcp: --rate takes a number above 0", id="no number"),
    ],
)
def test_a_door_that_would_stand_open_or_could_not_be_passed_is_refused_at_start(
    arguments: list[str],
    environment: dict[str, str],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(serve, "_serve_at", lambda *_: 0)
    line = ("serve", "--http", "--port", "0", "--sandbox", *arguments)
    done = command_here(capsys, *line, environment=environment)
    told = done.stderr.removesuffix(" `vobiz-mcp serve --help` shows what it takes.\n").rstrip(".\n")
    assert (done.returncode, done.stdout, told) == (2, "", reason.rstrip("."))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param(bearer(TOKEN), 200, id="the token"),
        pytest.param({"Authorization": f"bearer {TOKEN}"}, 200, id="the scheme in small letters"),
        pytest.param({**bearer(TOKEN), "Host": "calls.example"}, 200, id="under its name"),
        pytest.param({**bearer(TOKEN), "Host": "calls.example:8443"}, 200, id="at another port"),
        pytest.param({**bearer(TOKEN), "Origin": "https://calls.example"}, 200, id="from a page of its own"),
        pytest.param({}, 401, id="no token"),
        pytest.param(bearer(f"{TOKEN}x"), 401, id="a longer token"),
        pytest.param(bearer(TOKEN[:-1]), 401, id="a shorter token"),
        pytest.param(bearer(TOKEN.upper()), 401, id="another token"),
        pytest.param(bearer(f" {TOKEN}"), 401, id="a blank before the token"),
        pytest.param({"Authorization": TOKEN}, 401, id="no scheme"),
        pytest.param({"Authorization": f"Basic {TOKEN}"}, 401, id="another scheme"),
        pytest.param({**bearer(TOKEN), "Host": "evil.example"}, 421, id="a foreign name"),
        pytest.param({**bearer(TOKEN), "Host": "calls.example.evil.example"}, 421, id="a name that begins like it"),
        pytest.param({**bearer(TOKEN), "Host": "calls.example:8443.evil.example"}, 421, id="one with a port inside"),
        pytest.param(
            {**bearer(TOKEN), "Host": "localhost.evil.example:80"}, 421, id="a name that begins like loopback"
        ),
        pytest.param({"Host": "evil.example"}, 421, id="a foreign name without a token"),
        pytest.param({**bearer(TOKEN), "Origin": "https://evil.example"}, 403, id="a foreign page"),
        pytest.param({**bearer(TOKEN), "Origin": "https://calls.example.evil.example"}, 403, id="a page like its own"),
        pytest.param({**bearer(TOKEN), "Origin": "null"}, 403, id="a page without an origin"),
    ],
)
def test_beyond_loopback_only_the_token_under_an_allowed_name_is_let_in(
    headers: dict[str, str], status: int, beyond_loopback: str
) -> None:
    answer = listed(beyond_loopback, headers)
    assert (answer.status_code, "get_live_call" in answer.text) == (status, status == 200)


@pytest.fixture(scope="module")
def beyond_loopback() -> Iterator[str]:
    with loopback_server(*BEYOND, environment=WITH_TOKEN) as url:
        yield url


from_a_page = pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="as it is"),
        pytest.param({"Host": "localhost"}, 200, id="at the usual port"),
        pytest.param({"Origin": "http://localhost:3000"}, 200, id="from a page of this machine"),
        pytest.param({"Host": "evil.example"}, 421, id="a foreign name"),
        pytest.param({"Host": "LOCALHOST:80"}, 200, id="in capitals"),
        pytest.param({"Host": "[::1]:8000"}, 200, id="by its IPv6 address"),
        pytest.param({"Host": "127.0.0.1.evil.example"}, 421, id="a name that begins like it"),
        pytest.param({"Host": "localhost:8000.evil.example"}, 421, id="a name with a port inside"),
        pytest.param({"Host": "localhost:@evil.example"}, 421, id="a user before it"),
        pytest.param({"Host": ""}, 421, id="no name"),
        pytest.param({"Origin": "http://localhost:3000.evil.example"}, 403, id="a page with a port inside"),
        pytest.param({"Origin": "file://localhost"}, 403, id="a file"),
        pytest.param({"Origin": ""}, 403, id="an empty origin"),
        pytest.param({"Origin": "https://evil.example"}, 403, id="a foreign page"),
    ],
)


@from_a_page
def test_on_loopback_a_page_that_leads_its_own_name_here_is_turned_away(
    headers: dict[str, str], status: int, on_loopback: str
) -> None:
    assert listed(on_loopback, headers).status_code == status


@from_a_page
@pytest.mark.parametrize(("path", "known"), [("/health", 200), ("/nowhere", 404)])
def test_and_so_it_is_on_every_other_path(
    headers: dict[str, str], status: int, path: str, known: int, on_loopback: str
) -> None:
    answer = got(on_loopback.replace("/mcp", path), headers=headers)
    assert answer.status_code == (known if status == 200 else status)


@pytest.fixture(scope="module")
def on_loopback() -> Iterator[str]:
    with loopback_server() as url:
        yield url


def test_two_host_headers_are_refused(on_loopback: str) -> None:
    port = httpx2.URL(on_loopback).port
    with socket.create_connection(("127.0.0.1", port or 0)) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")


def test_health_says_that_the_process_runs_and_nothing_else(beyond_loopback: str) -> None:
    answer = got(beyond_loopback.replace("/mcp", "/health"))
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert set(answer.headers) == {"date", "content-length", "content-type"}


@pytest.mark.anyio
async def test_a_token_is_asked_for_on_loopback_too_where_there_is_one() -> None:
    with loopback_server(environment=WITH_TOKEN) as url:
        assert listed(url).status_code == 401
        async with (
            httpx2.AsyncClient(headers=bearer(TOKEN)) as http,
            Client(streamable_http_client(url, http_client=http)) as client,
        ):
            answer = await client.call_tool("list_streams", {"call_uuid": "one-way-leg"})
    assert text(answer).startswith("[sandbox] 1 running")


def test_the_token_is_in_nothing_that_a_refused_client_or_the_log_gets() -> None:
    command = ("serve", "--http", "--port", "0", "--sandbox")
    with closing(Piped(*command, environment={**WITH_TOKEN, "VOBIZ_LOG": "info"}, errors=True)) as process:
        refused = listed(process.stderr.readline().split()[-1], bearer(f"{TOKEN}x"))
        process.send_signal(signal.SIGTERM)
        said = f"{refused.headers} {refused.text} {process.stderr.read()}"
    assert TOKEN not in said


def test_the_endpoint_is_there_with_a_slash_at_its_end_and_nothing_redirects(on_loopback: str) -> None:
    assert listed(f"{on_loopback}/").status_code == 200
    assert got(on_loopback.replace("/mcp", "/health/")).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "OPTIONS", "DELETE"])
def test_nobody_can_keep_a_stream_open_that_nothing_will_be_sent_on(method: str, on_loopback: str) -> None:
    answer = httpx2.request(method, on_loopback, headers={"Accept": "text/event-stream"})
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"POST"})


def test_a_request_under_a_foreign_name_is_told_what_to_set(on_loopback: str) -> None:
    answer = listed(on_loopback, {"Host": "calls.example"})
    assert "--allowed-host" in answer.text
    assert "proxy_set_header Host" in answer.text
    assert "calls.example" not in answer.text


@pytest.mark.anyio
async def test_a_client_of_the_older_era_hears_how_long_it_waits(on_loopback: str) -> None:
    heard: list[tuple[float, float | None, str | None]] = []

    async def tell(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, total, message))

    async with Client(on_loopback, mode="legacy") as client:
        first = text(await client.call_tool("watch_call", {"call_uuid": "one-way-leg"}))
        mark = first.rpartition("cursor=")[2]
        asked = {"call_uuid": "one-way-leg", "cursor": mark, "wait_seconds": 1}
        await client.call_tool("watch_call", asked, progress_callback=tell)
    assert [(total, message) for _, total, message in heard] == [(1, "waiting for a change")] * len(heard)
    assert heard


def test_a_refused_body_is_json_that_a_client_can_read(on_loopback: str) -> None:
    answer = httpx2.post(on_loopback, content=b"{", headers={**HEADERS, "Content-Type": "application/json"})
    assert answer.status_code == 400
    assert json.loads(answer.text)["error"]["code"] == -32700
