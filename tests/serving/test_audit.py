from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator
from contextlib import suppress

import httpx2
import pytest
from mcp import Client, MCPError
from servers import in_memory, session, text
from upstream import Upstream, settings_for

from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.digest.tokens.cost import estimate
from vobiz_mcp.errors import VobizError
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect_async
from vobiz_mcp.serving import server
from vobiz_mcp.serving.audit import audited
from vobiz_mcp.tools import GetStream, get_stream

pytestmark = pytest.mark.anyio


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.INFO, "vobiz_mcp.serving.audit"):
        yield caplog


def lines(log: pytest.LogCaptureFixture) -> list[str]:
    """What was written, without the time and the milliseconds."""
    found = [re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00 (.*)", record.getMessage()) for record in log.records]
    return [re.sub(r"ms=\d+\.\d", "ms=…", match[1]) for match in found if match]


async def test_a_call_is_one_line_with_its_ids_and_figures(log: pytest.LogCaptureFixture) -> None:
    async with in_memory() as client:
        answer = await client.call_tool("get_live_call", {"call_uuid": "no-answer-leg", "rate_per_minute": 0.9})
    tokens = estimate(answer.content[0].text)  # type: ignore[union-attr]
    assert lines(log) == [f"get_live_call call_uuid=no-answer-leg outcome=ok ms=… requests=3 tokens={tokens}"]


async def test_an_error_is_a_line_with_its_code(log: pytest.LogCaptureFixture) -> None:
    async with in_memory() as client:
        await client.call_tool("get_stream", {"call_uuid": "one-way-leg", "stream_id": "nope"})
        await client.call_tool("get_stream", {"call_uuid": "one-way-leg"})
    first, second = lines(log)
    assert first.startswith("get_stream call_uuid=one-way-leg stream_id=nope outcome=not_found ms=… requests=1 ")
    assert second.startswith("get_stream call_uuid=one-way-leg outcome=invalid_arguments ms=… requests=0 ")


async def test_a_resource_that_is_read_is_a_line_too(log: pytest.LogCaptureFixture) -> None:
    async with in_memory() as client:
        await client.read_resource("vobiz://streams/one-way-leg/one-way-audio")
        with pytest.raises(MCPError):
            await client.read_resource("vobiz://agent-calls/nobody")
    first, second = lines(log)
    assert first.startswith("resource:stream call_uuid=one-way-leg stream_id=one-way-audio outcome=ok ms=… requests=1 ")
    assert second.startswith("resource:agent_call call_id=nobody outcome=not_found ms=… requests=1 ")


async def test_a_cancelled_call_is_a_line(log: pytest.LogCaptureFixture) -> None:
    asked = asyncio.Event()

    async def hang(_: httpx2.Request) -> httpx2.Response:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    built = server.build(lambda: AsyncVobiz(settings_for("https://api.test"), transport=httpx2.MockTransport(hang)))
    async with Client(built) as client:
        task = asyncio.create_task(client.call_tool("get_agent_call", {"call_id": "c1"}))
        await asked.wait()
        task.cancel()
        await client.call_tool("get_stream", {"call_uuid": "x"})
    assert "get_agent_call call_id=c1 outcome=cancelled ms=… requests=1 tokens=0" in lines(log)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("get_agent_call", {"call_id": "c", "find": "canary"}),
        ("get_agent_call", {"call_id": "canary speaks"}),
        ("get_agent_call", {"call_id": "c", "canary_id": "canary"}),
        ("get_agent_call", {"call_id": ["canary speaks", {"canary": 1}]}),
        ("get_agent_call", {"call_id": "919876543210", "find": "canary"}),
        ("get_agent_call", {"call_id": "+919876543210"}),
        ("canary", {"call_id": "canary"}),
    ],
)
async def test_contents_are_never_written(
    tool: str, arguments: dict[str, object], log: pytest.LogCaptureFixture
) -> None:
    async with in_memory() as client:
        await client.call_tool(tool, arguments)
    [line] = lines(log)
    assert "canary" not in line
    assert "9876543" not in line


HOSTILE: list[object] = [
    "a\nforged outcome=ok", "\x1b[2J", "\ud800", "x" * 1_000_000, "", None, 1e308, -0.0, 10**4000, {"a": {}}, [],
    ["ok"] * 10_000, [[["deep"]]], ["a\nb", "\x9b"],
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: f"{value!s:.12}".encode("ascii", "backslashreplace"))
@pytest.mark.parametrize("name", ["call_uuid", "call_id", "cursor"])
async def test_whatever_an_argument_holds_the_line_is_one_line_of_ours(
    name: str, value: object, log: pytest.LogCaptureFixture
) -> None:
    sandbox = Sandbox()
    async with connect_async(sandbox) as client:
        arguments = {name: value}
        with suppress(VobizError):
            await audited("watch_call", arguments, server.call(client, "watch_call", arguments))
    [record] = log.records
    assert re.fullmatch(
        r"\S+ watch_call( call_(uu)?id=[\w,?…-]{0,200})? outcome=\w+ ms=[\d.]+ requests=\d+ tokens=\d+",
        record.getMessage(),
    )


@pytest.mark.parametrize("answer", ["\ud800", "a\nb\x00", "x" * 500_000, ""])
async def test_whatever_a_tool_answers_the_answer_is_handed_on_and_the_line_holds_its_size(
    answer: str, log: pytest.LogCaptureFixture
) -> None:
    async def answering() -> str:
        return answer

    assert await audited("get_stream", {}, answering()) == answer
    assert [re.sub(r"tokens=\d+", "tokens=…", line) for line in lines(log)] == [
        "get_stream outcome=ok ms=… requests=0 tokens=…"
    ]


async def test_a_defect_of_a_tool_is_logged_with_its_place_and_nothing_of_what_it_held(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: str, __: str) -> None:
        raise KeyError("canary")

    monkeypatch.setattr(get_stream, "stream", broken)
    async with in_memory() as client:
        answer = await client.call_tool("get_stream", {"call_uuid": "one-way-leg", "stream_id": "canary"})
    [record] = caplog.records
    assert re.fullmatch(r"get_stream failed with KeyError at vobiz_mcp\.tools\.get_stream:\d+", record.getMessage())
    assert record.exc_info is None
    assert text(answer) == (
        "internal_error: get_stream failed unexpectedly (KeyError). "
        "This is a defect of vobiz-mcp, not of your question; the server's log names the place."
    )


async def test_calls_at_once_count_their_own_requests_and_a_shared_one_once(log: pytest.LogCaptureFixture) -> None:
    async with in_memory() as client:
        await asyncio.gather(
            *(client.call_tool("get_live_call", {"call_uuid": "no-answer-leg"}) for _ in range(3)),
            *(client.call_tool("list_streams", {"call_uuid": leg}) for leg in ("one-way-leg", "dispute-leg")),
        )
    counted = sorted(re.findall(r"^(\w+) .*requests=(\d)", "\n".join(lines(log)), re.MULTILINE))
    assert counted == [("get_live_call", "0")] * 2 + [("get_live_call", "3")] + [("list_streams", "1")] * 2


def test_nothing_is_written_unless_it_is_asked_for(capfd: pytest.CaptureFixture[str], upstream: Upstream) -> None:
    upstream.serve("Call/c/Stream/s/", {"stream_id": "s", "status": "completed"})
    for level in ("", "INFO"):
        with session(environment={**upstream.environment, "VOBIZ_LOG": level}) as host:
            host.initialize()
            host.call(2, GetStream.tool_name(), call_uuid="c", stream_id="s")
    said = capfd.readouterr().err
    assert re.fullmatch(
        r"vobiz-mcp: INFO vobiz_mcp\.serving\.audit: \S+ get_stream call_uuid=c stream_id=s outcome=ok "
        r"ms=\d+\.\d requests=1 tokens=\d+\n",
        said,
    )
