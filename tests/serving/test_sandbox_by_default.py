"""Without credentials the sandbox answers, and says so; with any of them it answers nothing."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from commands import command_here
from mcp import Client
from servers import MODERN, Session, http_server, session, text
from upstream import Upstream

from vobiz_mcp.api.wire import Api
from vobiz_mcp.client import NEEDED
from vobiz_mcp.credentials import VARIABLES, credentials_set
from vobiz_mcp.server_info import SANDBOX_NOTICE
from vobiz_mcp.settings import Settings, from_environment, variable

CREDENTIALS = [told.name for told in VARIABLES if told.credential]


def instructions(host: Session) -> tuple[str, str]:
    """What a client is told in either era of the protocol."""
    modern = host.ask("server/discover", 1, _meta=MODERN)["result"]["instructions"]
    return modern, host.initialize()["result"]["instructions"]


def test_without_credentials_the_instructions_say_that_calls_are_made_up_and_every_answer_is_marked() -> None:
    with session() as host:
        for told in instructions(host):
            assert told.startswith(SANDBOX_NOTICE)
            assert len(told) < 2048
        assert host.call(2, "list_live_calls").startswith("[sandbox] ")
        assert host.call(3, "get_agent_call", call_id="nobody").startswith("[sandbox] not_found")


def test_one_credential_ends_the_sandbox_and_the_other_half_answers_that_it_is_not_configured() -> None:
    with session(environment={"VOBIZ_AUTH_ID": "MA_TEST"}) as host:
        for told in instructions(host):
            assert "SANDBOX" not in told
        assert host.call(2, "get_agent_call", call_id="call_dispute").startswith("not_configured: the agent API needs")
        assert host.call(3, "get_live_call", call_uuid="live-leg").startswith("not_configured: the telephony API needs")


def test_no_answer_mixes_the_account_with_the_sandbox(upstream: Upstream) -> None:
    half = {name: value for name, value in upstream.environment.items() if "AGENT" not in name}
    upstream.serve("/api/v1/Account/MA_TEST/Call/live-leg/", b'{"call_uuid":"live-leg","call_status":"in-progress"}')
    with session(environment=half) as host:
        host.initialize()
        answer = host.call(2, "diagnose_call", call_uuid="live-leg", call_id="call_live")
    assert "[sandbox]" not in answer
    assert "not_configured" in answer


def test_no_sandbox_ends_it_without_a_credential() -> None:
    with session("--no-sandbox") as host:
        assert not [told for told in instructions(host) if "SANDBOX" in told]
    with session("serve", "--no-sandbox") as host:
        host.initialize()
        assert host.call(2, "get_live_call", call_uuid="live-leg").startswith("not_configured")


def test_what_a_host_leaves_empty_or_does_not_fill_in_is_not_set() -> None:
    empty = {"VOBIZ_AUTH_ID": "", "VOBIZ_AUTH_TOKEN": "${input:vobiz-token}", "VOBIZ_AGENT_API_KEY": "$VOBIZ_KEY"}
    with session(environment={**empty, "VOBIZ_AGENT_API_SECRET": "${user_config.secret}"}) as host:
        host.initialize()
        assert host.call(2, "list_live_calls").startswith("[sandbox] ")


@pytest.mark.parametrize(
    ("dotenv", "environment"),
    [
        *[(f"{name}=MA_1", {}) for name in CREDENTIALS],
        ('export vobiz_auth_token="a token"', {}),
        ("VOBIZ_AUTH_ID=", {}),
        ("VOBIZ_AUTH_ID=MA_1", {"VOBIZ_AUTH_ID": ""}),
        ("# VOBIZ_AUTH_ID=MA_1\nVOBIZ_LOG=info", {}),
        ("VOBIZ_AUTH_ID=${NOBODY}", {}),
        ("", {"vobiz_agent_api_key": "sk_1"}),
        ("", {"VOBIZ_AGENT_BASE_URL": "https://api.zudu.ai"}),
    ],
)
def test_the_quick_look_for_credentials_sees_what_the_settings_read(
    dotenv: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".env").write_text(dotenv.replace("a token", "a-token"))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = from_environment()
    held = [name for name in Settings.model_fields if variable(name) in CREDENTIALS]
    assert credentials_set() == [variable(name) for name in held if getattr(settings, name).get_secret_value()]


def test_a_credential_is_what_an_api_needs_besides_its_address() -> None:
    apis: list[Api] = ["telephony", "agent"]
    needed = [variable(name) for api in apis for name in NEEDED[api]]
    assert [told.name for told in VARIABLES] == needed
    assert [name for name in needed if not name.endswith("_URL")] == CREDENTIALS


async def listed(url: str) -> tuple[str, str]:
    """What a client over HTTP is told of the server, and its first answer."""
    async with Client(url) as client:
        return str(client.instructions), text(await client.call_tool("list_live_calls", {}))


@pytest.mark.anyio
async def test_over_http_too() -> None:
    with http_server(sandbox=()) as url:
        told, answer = await listed(url)
    assert told.startswith(SANDBOX_NOTICE)
    assert answer.startswith("[sandbox] ")


def test_doctor_says_who_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert "the sandbox answers what a host asks" in command_here(capsys, "doctor").stdout
    half = command_here(capsys, "doctor", environment={"VOBIZ_AUTH_ID": "MA_TEST"}).stdout
    assert "the sandbox does not answer, for VOBIZ_AUTH_ID is set, and no API is set up whole" in half


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), b"New here?"), (("serve",), b"serving MCP on this terminal")],
)
def test_at_a_terminal_it_says_what_it_is_instead_of_waiting_in_silence(
    arguments: tuple[str, ...], said: bytes
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "vobiz_mcp", *arguments], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        told = process.stdout.readline() if arguments else process.stdout.read()
        process.terminate()
    os.close(ours)
    os.close(theirs)
    assert said in told
