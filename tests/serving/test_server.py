from __future__ import annotations

import asyncio
import gzip
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import httpx2
import pytest
from forked import Piped
from mcp import Client
from mcp_types import DiscoverResult
from o200k import count
from servers import MODERN, SANDBOXED, Session, http_server, in_memory, session, text
from shared import SHARED, needs_shared
from upstream import Upstream, settings_environment

from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.errors import InternalError
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect_async
from vobiz_mcp.serving import server
from vobiz_mcp.serving.stdio.early_answers import discovery
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.get_stream import GetStream

pytestmark = pytest.mark.anyio

HANDSHAKES = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with http_server() as running:
        yield running


@pytest.mark.parametrize("mode", ["legacy", "auto"])
@pytest.mark.parametrize("transport", ["stdio", "http"])
async def test_the_sdk_client_lists_and_calls_in_both_eras_over_both_transports(
    mode: str, transport: str, url: str
) -> None:
    async with Client(SANDBOXED if transport == "stdio" else url, mode=mode) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        answer = await client.call_tool("list_streams", {"call_uuid": "one-way-leg"})
    assert names == [tool.tool_name() for tool in TOOLS]
    assert text(answer).startswith("[sandbox] 1 running, 0 ended\n")


@pytest.mark.parametrize("version", HANDSHAKES)
def test_every_handshake_version_is_served_on_stdio(version: str) -> None:
    with session("--sandbox") as host:
        assert host.initialize(version)["result"]["protocolVersion"] == version
        assert host.call(2, "list_streams", call_uuid="one-way-leg").startswith("[sandbox] 1 running")


@pytest.mark.parametrize("version", HANDSHAKES)
def test_every_handshake_version_is_served_over_http(version: str, url: str) -> None:
    client = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    request = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": client}
    answer = httpx2.post(url, json=request, headers={"Accept": "application/json, text/event-stream"})
    [data] = [line.removeprefix("data: ") for line in answer.text.splitlines() if line.startswith("data: {")]
    assert json.loads(data)["result"]["protocolVersion"] == version


def test_a_host_that_probes_goes_on_in_the_modern_era_or_falls_back_to_initialize_on_the_same_pipe() -> None:
    with session("--sandbox") as host:
        assert host.ask("server/discover", 1, _meta=MODERN)["result"]["supportedVersions"] == ["2026-07-28"]
        assert len(host.ask("tools/list", 2, _meta=MODERN)["result"]["tools"]) == len(TOOLS)
        assert "result" in host.initialize()
        assert host.call(3, "list_streams", call_uuid="one-way-leg").startswith("[sandbox] 1 running")


def test_the_probe_is_answered_while_the_rest_is_still_unimported() -> None:
    imported = subprocess.run(
        [sys.executable, "-c", "import vobiz_mcp.serving.stdio.serve, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"mcp", "pydantic", "httpx2", "asyncio", "argparse", "rich"} & set(imported)


@pytest.mark.parametrize("sandbox", [False, True])
async def test_the_early_answer_to_a_probe_is_the_one_that_the_sdk_would_give(sandbox: bool) -> None:
    built = server.build(sandbox=sandbox)
    handler = built.get_request_handler("server/discover")
    assert handler is not None

    class Context:
        protocol_version = "2026-07-28"

    found = await handler.handler(Context(), None)  # type: ignore[arg-type]
    assert isinstance(found, DiscoverResult)
    sdk = found.model_dump(mode="json", by_alias=True, exclude_none=True)
    stamp = {"_meta": {"io.modelcontextprotocol/serverInfo": built.server_info_stamp}}
    assert {**sdk, **stamp} == discovery(sandbox=sandbox)


def test_a_probe_for_an_unknown_version_is_left_to_the_sdk_to_refuse() -> None:
    unknown = {**MODERN, "io.modelcontextprotocol/protocolVersion": "2031-01-01"}
    with session() as host:
        assert host.ask("server/discover", 1, _meta=unknown)["error"]["code"] == -32022


def test_the_server_starts_and_lists_its_tools_with_no_settings_at_all() -> None:
    with session() as host:
        host.initialize()
        assert len(host.ask("tools/list", 2)["result"]["tools"]) == len(TOOLS)
        assert host.call(3, "get_agent_call", call_id="call_dispute").startswith("[sandbox] agent call call_dispute")


def test_a_lone_surrogate_in_a_body_does_not_end_the_session(upstream: Upstream) -> None:
    upstream.serve("/api/calls/c1", rb'{"data":{"call_id":"c1","transcript":"a \ud800 b"}}')
    with session(environment=upstream.environment) as host:
        host.initialize()
        assert "a � b" in host.call(2, "get_agent_call", call_id="c1")
        assert host.call(3, "get_agent_call", call_id="c1").startswith("agent call c1")


@pytest.mark.parametrize("failure", [asyncio.CancelledError, RuntimeError, SystemExit])
async def test_what_escapes_from_a_tool_is_an_error_result_and_the_next_call_works(
    failure: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(_: GetStream) -> None:
        raise failure("secret detail")

    async with in_memory() as client:
        with monkeypatch.context() as broken:
            broken.setattr(GetStream, "steps", explode)
            result = await client.call_tool("get_stream", {"call_uuid": "c", "stream_id": "s"})
        assert result.is_error
        assert text(result) == str(InternalError(f"get_stream failed unexpectedly ({failure.__name__})"))
        assert text(await client.call_tool("list_streams", {"call_uuid": "one-way-leg"})).startswith(
            "[sandbox] 1 running"
        )


async def test_a_real_cancellation_is_let_through() -> None:
    sandbox = Sandbox()
    async with connect_async(sandbox) as client:
        task = asyncio.create_task(server.call(client, "get_stream", {"call_uuid": "c", "stream_id": "s"}))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_an_error_is_an_error_result_that_says_what_to_do_next() -> None:
    async with in_memory() as client:
        result = await client.call_tool("get_stream", {"call_uuid": "one-way-leg", "stream_id": "nope"})
    assert result.is_error
    assert (
        text(result)
        == "[sandbox] not_found: the API has no stream nope on call one-way-leg. list_streams gives the ids of the call's streams."
    )


async def test_an_unknown_argument_is_refused_by_name() -> None:
    async with in_memory() as client:
        result = await client.call_tool("list_streams", {"call_uuid": "c", "status": "running"})
    assert result.is_error
    assert 'list_streams has no argument "status", it takes call_uuid, state, limit, offset' in text(result)


async def test_an_unknown_tool_is_answered_with_the_ones_there_are() -> None:
    async with in_memory() as client:
        result = await client.call_tool("hang_up", {})
    assert result.is_error
    assert f"the tools are {', '.join(tool.tool_name() for tool in TOOLS)}" in text(result)


async def test_every_definition_is_annotated_titled_and_described_down_to_its_parameters() -> None:
    async with in_memory() as client:
        tools = (await client.list_tools()).tools
    for tool in tools:
        hints = tool.annotations
        assert hints is not None
        assert (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint) == (
            True,
            False,
            True,
            True,
        )
        assert tool.title
        assert tool.output_schema is None
        assert len(tool.description or "") <= 1200
        assert tool.input_schema["additionalProperties"] is False
        for parameter in tool.input_schema["properties"].values():
            assert parameter["description"]
            assert "anyOf" not in parameter
            assert (
                {"enum"} <= parameter.keys()
                or {"minimum", "maximum"} <= parameter.keys()
                or "maxLength" in parameter
                or "{1,128}" in parameter["pattern"]
            )
        ids = {
            name: field for name, field in tool.input_schema["properties"].items() if name.endswith(("_id", "_uuid"))
        }
        assert all("{1,128}" in field["pattern"] for field in ids.values())


async def test_all_definitions_cost_a_model_at_most_2600_tokens() -> None:
    async with in_memory() as client:
        listed = await client.list_tools()
    sent = listed.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert count(json.dumps(sent, separators=(",", ":"))) <= 2600


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_end_a_session_cleanly(number: signal.Signals) -> None:
    with closing(Piped("--sandbox", errors=True)) as process:
        Session(process).initialize()
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_end_a_server_cleanly_that_still_imports(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "vobiz_mcp", "--sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        Session(process).ask("server/discover", 1, _meta=MODERN)
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_what_a_library_prints_never_reaches_the_wire() -> None:
    code = (
        "import vobiz_mcp.serving.stdio.serve as s, vobiz_mcp.serving.server as v\n"
        "make = v.build\n"
        "v.build = lambda *told, **kind: (print('stray'), make(*told, **kind))[1]\n"
        "s.serve(sandbox=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        host = Session(process)
        host.initialize()
        out, err = process.communicate(timeout=20)
    assert (out, err) == ("", "stray\n")


def test_answers_that_are_under_way_when_the_input_closes_do_not_garble_the_output() -> None:
    with closing(Piped("--sandbox")) as process:
        host = Session(process)
        host.initialize()
        for number in range(2, 22):
            host.send("tools/call", number, name="list_streams", arguments={"call_uuid": "one-way-leg"})
        process.stdin.close()
        out = process.stdout.read()
        assert process.wait(20) == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in out.splitlines())


async def test_fifty_calls_at_once_are_all_answered(upstream: Upstream) -> None:
    upstream.serve("Call/c1/Stream/s1/", {"stream_id": "s1", "status": "completed", "end_time": "2026-01-02T03:04:05Z"})
    async with Client(server.build(lambda: AsyncVobiz(upstream.settings))) as client:
        asked = [client.call_tool("get_stream", {"call_uuid": "c1", "stream_id": "s1"}) for _ in range(50)]
        answers = await asyncio.gather(*asked)
    assert {text(answer).splitlines()[0] for answer in answers} == {"completed · target not stated"}


@pytest.mark.long
@needs_shared
async def test_every_real_call_is_answered_within_its_budget(upstream: Upstream) -> None:
    cases = sorted((SHARED / "bench" / "cases").glob("*.json.gz"))
    async with Client(server.build(lambda: AsyncVobiz(upstream.settings))) as client:
        for path in cases:
            call = json.loads(gzip.decompress(path.read_bytes()))["call"]
            upstream.serve(f"/api/calls/{call['call_id']}", {"status": "success", "data": call})
            answer = await client.call_tool("get_agent_call", {"call_id": call["call_id"]})
            assert not answer.is_error
            assert text(answer).startswith(f"agent call {call['call_id']} · {call['call_status']}")
            assert count(text(answer)) <= 1500
            upstream.routes.clear()
    assert len(cases) >= 50


def test_a_signal_during_a_call_that_hangs_upstream_ends_the_server_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environment = settings_environment(f"http://127.0.0.1:{silent.getsockname()[1]}")
        with session(environment=environment) as host:
            host.initialize()
            host.send("tools/call", 2, name="list_streams", arguments={"call_uuid": "c"})
            connection, _ = silent.accept()
            host.process.send_signal(signal.SIGTERM)
            assert host.process.wait(10) == 0
            connection.close()
