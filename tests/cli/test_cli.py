from __future__ import annotations

import json
import re
import signal
import socket
from contextlib import closing

import pytest
from commands import command, command_here
from forked import Piped
from upstream import Upstream

from vobiz_mcp.cli import demo, run
from vobiz_mcp.sandbox import SCENARIOS
from vobiz_mcp.tools import TOOLS


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["conense"], "No such command 'conense'. Did you mean 'condense'? `vobiz-mcp --help`"),
        (["--nope"], "No such option '--nope'. `vobiz-mcp --help`"),
        (["--sandbox", "--version=2"], "Option '--version' does not take a value. `vobiz-mcp --help`"),
        (["install", "zed", "goose"], "Got unexpected extra argument (goose). `vobiz-mcp install --help`"),
        (["call"], "Missing command. `vobiz-mcp call --help`"),
        (["call", "diagnos"], "No such command 'diagnos'. Did you mean 'diagnose_call'? `vobiz-mcp call --help`"),
        (
            ["call", "get_stream", "call_uid=c"],
            "No such option '--call_uid'. Did you mean '--call_uuid'? `vobiz-mcp call get_stream --help`",
        ),
        (
            ["call", "get_stream", "stream_id=s", "call_uuid"],
            '"call_uuid" has no name: write NAME=VALUE, such as call_uuid=call_uuid. `vobiz-mcp call get_stream --help`',
        ),
        (
            ["call", "get_agent_call", "call_id=c", "call_id=d"],
            "call_id is given 2 times; give it once. `vobiz-mcp call get_agent_call --help`",
        ),
        (
            ["call", "get_agent_call", "--call_id", "c", "call_id=d"],
            "call_id is given 2 times; give it once. `vobiz-mcp call get_agent_call --help`",
        ),
        (
            ["call", "get_agent_call", "--call_id", "--sandbox"],
            "--call_id has no value before --sandbox. `vobiz-mcp call get_agent_call --help`",
        ),
        (["serve", "--port", "1", "--port=2"], "port is given 2 times; give it once. `vobiz-mcp --help`"),
        (
            ["condense", "x.json", "--max-tokens", "5"],
            "Invalid value for '--max-tokens': it takes a whole number from 200 to 8000. `vobiz-mcp condense --help`",
        ),
        (["serve", "--port", "8000"], "--port is for HTTP; add --http, or leave it out. `vobiz-mcp serve --help`"),
        (["serve", "--host", "::1"], "--host is for HTTP; add --http, or leave it out. `vobiz-mcp serve --help`"),
        (
            ["serve", "--http", "--port", "99999"],
            "Invalid value for '--port': it takes a whole number from 0 to 65535. `vobiz-mcp serve --help`",
        ),
        (
            ["serve", "--http", "--workers", "0"],
            "Invalid value for '--workers': it takes a whole number from 1 to 64. `vobiz-mcp serve --help`",
        ),
        (
            ["sandbox", "--port", "x\x1b[2J\n"],
            "Invalid value for '--port': it takes a whole number from 0 to 65535. `vobiz-mcp sandbox --help`",
        ),
    ],
)
def test_a_wrong_command_line_gets_one_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().err == f"vobiz-mcp: {sentence} shows what it takes.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["stream_id=s"],
            "call_uuid is missing: it takes the id of a call's carrier leg as list_live_calls gives it: ",
        ),
        (["call_uuid=c", "stream_id="], "stream_id takes the id of a stream as list_streams gives it: "),
    ],
)
def test_what_a_tool_refuses_is_said_in_the_words_of_the_tool(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["call", "get_stream", *arguments, "--sandbox"]) == 2
    assert capsys.readouterr().err.startswith(f"invalid_arguments: {sentence}")


def test_numbers_and_choices_are_judged_by_the_tool(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["max_tokens=many", "speech=AGENT", "call_id=call_dispute"]
    assert run(["call", "get_agent_call", *asked, "--sandbox"]) == 2
    assert capsys.readouterr().err.startswith(
        "invalid_arguments: max_tokens takes a whole number from 200 to 8000, such as 1500. "
    )
    assert run(["call", "get_agent_call", *asked[1:], "--sandbox"]) == 0


def test_the_sandbox_on_a_port_that_is_taken_says_so_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["sandbox", "--port", str(port)]) == 2
    assert capsys.readouterr().err.startswith(f"vobiz-mcp: Port {port} is in use or not allowed; --port 0 takes a free")


def test_a_defect_ends_in_one_line_that_names_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("vobiz_mcp.cli.tools.wire", lambda _: 1 / 0)
    assert run(["tools"]) == 1
    said = capsys.readouterr().err
    assert re.match(
        r"internal_error: vobiz-mcp failed unexpectedly \(ZeroDivisionError at vobiz_mcp.cli.tools:\d+\)", said
    )
    assert said.count("\n") == 1


def test_the_help_of_a_tool_shows_its_arguments_with_their_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["call", "get_agent_call", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Usage: vobiz-mcp call get_agent_call [NAME=VALUE ...] [--json] [--sandbox]" in shown
    assert "--call_id TEXT ID of the agent call; not the call_uuid. [required]" in shown
    assert "Budget in tokens. [default: 1500; 200<=x<=8000]" in shown
    assert "--speech [all|agent|none]" in shown


@pytest.mark.parametrize(
    "words",
    [
        ["call_uuid=one-way-leg", "stream_id=one-way-audio"],
        ["--call_uuid=one-way-leg", "--stream_id", "one-way-audio"],
        ["call_uuid=one-way-leg", "--json", "stream_id=one-way-audio"],
    ],
)
def test_arguments_of_a_tool_are_written_in_any_order_and_in_either_form(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["call", "--sandbox", "get_stream", *words]) == 0
    assert capsys.readouterr().out


def test_the_value_of_an_option_may_look_like_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["call", "get_agent_call", "call_id=call_dispute", "--find", "find=zebra", "--sandbox"]) == 0
    assert 'nothing bears on "find=zebra"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["vobiz-mcp", "con"], ["condense"]),
        (["vobiz-mcp", "call", "get_a"], ["get_agent_call"]),
        (["vobiz-mcp", "call", "get_agent_call", "--spe"], ["--speech"]),
        (["vobiz-mcp", "call", "get_agent_call", "--speech", "a"], ["all", "agent"]),
        (["vobiz-mcp", "condense", "--privacy", "st"], ["standard", "strict"]),
        (["vobiz-mcp", "--s"], ["--sandbox"]),
    ],
)
def test_a_shell_completes_commands_tools_and_what_they_take(
    words: list[str], offered: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in completing(words).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match="0"):
        run([])
    assert [line.split(",")[1] for line in capsys.readouterr().out.splitlines()] == offered


def completing(words: list[str]) -> dict[str, str]:
    """What a shell sets to be told how a line goes on."""
    line, place = " ".join(words), str(len(words) - 1)
    return {"_VOBIZ_MCP_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": place}


def test_a_shell_that_completes_is_no_host_that_speaks_mcp() -> None:
    done = command(environment=completing(["vobiz-mcp", "con"]))
    assert (done.returncode, done.stdout) == (0, "plain,condense\n")


def test_call_prints_the_digest(upstream: Upstream, capsys: pytest.CaptureFixture[str]) -> None:
    upstream.serve("Call/c1/Stream/s1/", {"stream_id": "s1", "status": "completed", "end_time": "2026-01-02T03:04:05Z"})
    done = command_here(capsys, "call", "get_stream", "call_uuid=c1", "stream_id=s1", environment=upstream.environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("completed")


def test_call_with_json_prints_the_record(upstream: Upstream, capsys: pytest.CaptureFixture[str]) -> None:
    upstream.serve("Call/c1/Stream/s1/", {"stream_id": "s1", "unheard_of": 7})
    done = command_here(
        capsys, "call", "get_stream", "call_uuid=c1", "stream_id=s1", "--json", environment=upstream.environment
    )
    record = json.loads(done.stdout)
    assert (record["stream_id"], record["unheard_of"], record["warnings"]) == ("s1", 7, [])


def test_call_says_what_failed_on_standard_error_and_exits_1(
    upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    done = command_here(capsys, "call", "get_stream", "call_uuid=c1", "stream_id=s1", environment=upstream.environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr
        == "not_found: the API has no stream s1 on call c1. list_streams gives the ids of the call's streams.\n"
    )


def test_without_an_account_call_names_the_sandbox(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["call", "list_live_calls"]) == 2
    assert capsys.readouterr().err.endswith("then run `vobiz-mcp doctor`; --sandbox needs no account.\n")


def test_call_logs_a_line_where_one_is_asked_for(upstream: Upstream) -> None:
    asked = ("call", "get_live_call", "call_uuid=one-way-leg", "--sandbox")
    assert "get_live_call call_uuid=one-way-leg outcome=ok" in command(*asked, environment={"VOBIZ_LOG": "info"}).stderr
    assert command(*asked).stderr == ""


def test_tools_prints_every_definition_with_its_cost(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tools"]) == 0
    printed = capsys.readouterr().out
    assert all(f"{name}  " in printed for name in (tool.tool_name() for tool in TOOLS))
    assert "tokens in tools/list" in printed
    assert "vobiz://agent-calls/{call_id}/transcript" in printed
    assert "handover_note(call_id)" in printed


def test_tools_with_json_prints_what_tools_list_sends(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tools", "--json"]) == 0
    sent = json.loads(capsys.readouterr().out)
    assert sent[2]["inputSchema"]["required"] == ["call_uuid", "stream_id"]


@pytest.mark.parametrize("words", [[], ["install"], ["call"], ["call", "get_stream"]])
def test_the_short_flag_shows_help_too(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert (run([*words, "-h"]), capsys.readouterr().out[:6]) == (0, "Usage:")


def test_a_name_that_is_misspelt_gets_an_example_with_its_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["call", "get_agent_call", "call-id=X"]) == 2
    assert "such as call_id=X." in capsys.readouterr().err


def test_a_view_without_an_account_names_the_sandbox(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_here(capsys, "view", "call_support").stderr.endswith("--sandbox needs no account.\n")


def test_doctor_without_settings_names_the_variables_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    done = command_here(capsys, "doctor")
    assert done.returncode == 1
    for name in ("VOBIZ_AUTH_ID", "VOBIZ_AUTH_TOKEN", "VOBIZ_AGENT_API_KEY", "VOBIZ_AGENT_BASE_URL"):
        assert name in done.stdout


def test_doctor_tells_that_both_apis_accept_the_keys(upstream: Upstream, capsys: pytest.CaptureFixture[str]) -> None:
    upstream.serve("/api/v1/auth/me", {"auth_id": "MA_TEST"})
    done = command_here(capsys, "doctor", environment=upstream.environment)
    assert (done.returncode, done.stdout.count("answers and accepts the keys")) == (0, 2)


def test_doctor_tells_that_keys_are_refused_and_never_prints_one(
    upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    upstream.serve("/api/v1/auth/me", {"error": "invalid credentials"}, 401)
    done = command_here(capsys, "doctor", environment=upstream.environment)
    assert done.returncode == 1
    assert "Copy VOBIZ_AUTH_ID and VOBIZ_AUTH_TOKEN again" in done.stdout
    assert not any(value in done.stdout + done.stderr for value in ("test-token", "sk_test", "s3cr3t_test", "MA_TEST"))


def test_doctor_tells_that_one_half_of_a_pair_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    done = command_here(capsys, "doctor", environment={"VOBIZ_AUTH_ID": "MA_TEST"})
    assert done.returncode == 1
    assert "✗ telephony API: VOBIZ_AUTH_TOKEN missing; VOBIZ_AUTH_ID alone is of no use\n" in done.stdout
    assert "every tool answers not_configured" in done.stdout
    assert "✓" not in done.stdout


def test_a_wrong_setting_is_named_at_start_and_its_value_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    done = command_here(capsys, "doctor", environment={"VOBIZ_BASE_URL": "http://elsewhere.example/secret"})
    assert done.returncode == 2
    assert "VOBIZ_BASE_URL must be an https URL; plain http is for loopback only" in done.stderr
    assert "elsewhere" not in done.stderr


def test_a_demo_of_one_question_shows_its_answer_and_every_call_of_the_sandbox(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "SCENES", demo.SCENES[-1:])
    done = command_here(capsys, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    for shown in (f"{len(TOOLS)} tools on stdio", "get_agent_call(call_id='nobody')", "[sandbox] not_found: "):
        assert shown in done.stdout
    assert [call for call in SCENARIOS if not {call.call_uuid, call.call_id} <= {*done.stdout.split(), ""}] == []


@pytest.mark.long
def test_the_demo_shows_every_tool() -> None:
    done = command("demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert [tool for tool in TOOLS if f"{tool.tool_name()}(" not in done.stdout] == []


def test_the_sandbox_serves_both_apis_to_any_client() -> None:
    with closing(Piped("sandbox", "--port", "0")) as process:
        exported = dict(process.stdout.readline().removeprefix("export ").strip().split("=", 1) for _ in range(6))
        asked = command("call", "get_live_call", "call_uuid=one-way-leg", environment=exported)
        doctor = command("doctor", environment=exported)
    assert asked.stdout.startswith("[sandbox] ACTIVE · inbound")
    assert doctor.returncode == 0


@pytest.mark.parametrize(
    ("words", "shows"), [(["sandbox"], "stdout"), (["serve", "--http", "--sandbox"], "stderr")], ids=["sandbox", "HTTP"]
)
def test_an_interrupt_ends_a_server_without_a_word_more(words: list[str], shows: str) -> None:
    with closing(Piped(*words, "--port", "0", errors=True)) as process:
        getattr(process, shows).readline()
        process.send_signal(signal.SIGINT)
        assert (process.wait(30), process.stderr.read()) == (0, "")
