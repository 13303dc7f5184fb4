"""One definition, two faces: what a model gets through LangChain is what it gets over MCP, to the byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from asking import AT_ONCE
from langchain_core.messages import ToolMessage
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from langchain_vobiz import VobizToolkit
from mcp import Client
from mcp_types import TextContent
from upstream import Upstream

from vobiz_mcp.client import AsyncVobiz, Vobiz
from vobiz_mcp.errors import VobizError
from vobiz_mcp.sandbox import SCENARIOS, Sandbox, Scenario
from vobiz_mcp.sandbox.transport import connect, connect_async
from vobiz_mcp.serving import server
from vobiz_mcp.settings import Settings
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.get_stream import GetStream

pytestmark = pytest.mark.anyio

NOON = 1_795_262_400.0
MOMENTS = (0, 40, 100, 250)
"""Seconds after the sandbox began: its living call rings, talks, has two streams, is over."""
IDS = {"call_uuid": "one-way-leg", "stream_id": "one-way-audio"}
MAY_FAIL = {"get_stream", "get_call_record"}
"""What there is only before or only after a call has ended."""
Sample = tuple[str, dict[str, object]]
Told = tuple[str, bool]
"""What a model reads, and whether it is told as a failure."""


REVIEWS: list[dict[str, object]] = [
    {"agent_id": "agent_billing", "compare": "agent_clinic"},
    {"since": "today", "compare": "previous", "max_tokens": 600},
    {},
]
"""What `review_calls` is asked, what takes least time first."""


def samples(scenarios: Sequence[Scenario], reviews: Sequence[dict[str, object]]) -> Iterator[Sample]:
    """Every tool about these calls of the sandbox, and these reviews of all."""
    yield "list_live_calls", {}
    yield "list_live_calls", {"limit": 1}
    yield "list_agent_calls", {}
    yield "list_agent_calls", {"status": "ENDED", "limit": 2, "page": 1}
    yield "list_agent_calls", {"agent_id": "agent_front_desk", "text": "hygiene"}
    yield "list_agent_calls", {"since": "30 minutes"}
    yield "list_agent_calls", {"since": "1h", "until": "now"}
    yield from (("review_calls", asked) for asked in reviews)
    for scenario in scenarios:
        leg: dict[str, object] = {"call_uuid": scenario.call_uuid}
        yield "get_live_call", leg
        yield "get_live_call", {**leg, "rate_per_minute": 0.9}
        yield "get_call_record", leg
        yield "list_streams", leg
        yield "list_streams", {**leg, "state": "running", "limit": 1, "offset": 1}
        for stream in scenario.stream_ids:
            yield "get_stream", {**leg, "stream_id": stream}
        yield "get_agent_call", {"call_id": scenario.call_id}
        yield "get_agent_call", {"call_id": scenario.call_id, "max_tokens": 400}
        yield "get_agent_call", {"call_id": scenario.call_id, "find": "when is the refund?"}
        yield "get_agent_call", {"call_id": scenario.call_id, "turns": "-3", "speech": "agent"}
        yield "diagnose_call", {**leg, "max_tokens": 600}
        yield "diagnose_call", {**leg, "call_id": "call_booking"}
        yield "watch_call", {**leg, "call_id": scenario.call_id, "wait_seconds": 0}
        yield "list_call_records", {"from_number": scenario.leg.caller}
    yield "list_call_records", {}
    yield "list_call_records", {"limit": 2, "page": 2, "call_direction": "inbound", "min_duration": 60}
    yield "list_call_records", {"start_date": "2026-11-01", "end_date": "2026-11-30", "hangup_cause": "NO_ANSWER"}


WRONG_QUESTIONS: list[tuple[str, dict[str, object]]] = [
    ("get_stream", {**IDS, "stream_id": "nope"}),
    ("get_agent_call", {"call_id": "nope"}),
    ("get_agent_call", {}),
    ("get_agent_call", {"call_id": "../secrets"}),
    ("get_agent_call", {"call_id": None}),
    ("get_agent_call", {"call_id": "call_booking", "max_tokens": 1, "verbose": True}),
    ("get_agent_call", {"call_id": "call_booking", "turns": "9-2-1", "speech": "loud"}),
    ("get_live_call", {"call_uuid": "one-way-leg", "rate_per_minute": "nan"}),
    ("watch_call", {}),
    ("watch_call", {"call_id": "nobody"}),
    ("watch_call", {"call_uuid": "one-way-leg", "cursor": "1.2.3", "wait_seconds": 51}),
    ("get_call_record", {"call_uuid": "nope"}),
    ("list_call_records", {"start_date": "2026-11-01"}),
    ("list_call_records", {"start_date": "2026-11-31", "end_date": "2026-11-31"}),
    ("list_call_records", {"call_direction": "sideways", "limit": 101, "page": 0}),
    ("list_agent_calls", {"status": "failed", "agent_id": "../x", "limit": 51, "page": -1}),
    ("list_live_calls", {"limit": 101}),
    ("list_streams", {"call_uuid": "a" * 129, "state": "any ", "limit": 0, "offset": -1}),
]

REFUSALS: dict[str, tuple[int, object, dict[str, str]]] = {
    "wrong keys": (401, {"error": "invalid credentials"}, {}),
    "no money": (402, {"error": {"code": "INSUFFICIENT_BALANCE"}}, {}),
    "inactive": (403, {"error": {"code": "ACCOUNT_INACTIVE"}}, {}),
    "not found": (404, {"error": "stream not found"}, {}),
    "invalid": (422, {"error": {"code": "VALIDATION_ERROR"}}, {}),
    "too fast": (429, {"error": "slow down"}, {"Retry-After": "70"}),
    "too fast, no time": (429, {}, {}),
    "redirected": (302, b"", {"Location": "https://elsewhere.example"}),
    "broken": (503, b"<html>", {}),
    "an error inside a success": (200, {"success": False, "message": "boom"}, {}),
    "no JSON": (200, b"<html>", {}),
    "no stream": (200, [], {}),
}


class Faces:
    """The same question put through each face."""

    def __init__(self, host: Client, tools: list[BaseTool]) -> None:
        self.host = host
        self.tools = {tool.name: tool for tool in tools}

    async def over_mcp(self, name: str, arguments: dict[str, object]) -> Told:
        result = await self.host.call_tool(name, arguments)
        [block] = result.content
        assert isinstance(block, TextContent)
        return block.text, bool(result.is_error)

    def in_langchain(self, name: str, arguments: dict[str, object]) -> Told:
        return told(self.tools[name].invoke(tool_call(name, arguments)))

    async def in_langchain_async(self, name: str, arguments: dict[str, object]) -> Told:
        return told(await self.tools[name].ainvoke(tool_call(name, arguments)))

    async def agree(self, name: str, arguments: dict[str, object]) -> Told:
        """What all of them say; fails when one says something else."""
        said = await self.over_mcp(name, arguments)
        assert await asyncio.to_thread(self.in_langchain, name, arguments) == said
        assert await self.in_langchain_async(name, arguments) == said
        return said


def tool_call(name: str, arguments: dict[str, object]) -> dict[str, object]:
    return {"type": "tool_call", "id": "1", "name": name, "args": arguments}


def told(message: ToolMessage) -> Told:
    assert isinstance(message.content, str)
    return message.content, message.status == "error"


@asynccontextmanager
async def faces(client: Callable[[], Vobiz], async_client: Callable[[], AsyncVobiz]) -> AsyncIterator[Faces]:
    async with async_client() as asks, Client(server.build(async_client)) as host:
        with client() as kept:
            yield Faces(host, VobizToolkit(client=kept, async_client=asks).get_tools())


def of_sandbox(sandbox: Sandbox) -> Any:
    return faces(lambda: connect(sandbox), lambda: patient(sandbox))


def patient(sandbox: Sandbox) -> AsyncVobiz:
    """A client whose deadline no machine misses that is busy with other tests."""
    made = connect_async(sandbox)
    made.deadline_s = 600.0
    return made


def of_settings(settings: Settings) -> Any:
    return faces(lambda: Vobiz(settings, pace=AT_ONCE), lambda: AsyncVobiz(settings, pace=AT_ONCE))


async def test_a_model_sees_the_same_definitions() -> None:
    async with of_sandbox(Sandbox()) as both:
        listed = [(tool.name, tool.description, tool.input_schema) for tool in (await both.host.list_tools()).tools]
        converted = [convert_to_openai_tool(tool)["function"] for tool in both.tools.values()]
    assert [(tool["name"], tool["description"], tool["parameters"]) for tool in converted] == listed
    assert [name for name, _, _ in listed] == [tool.tool_name() for tool in TOOLS]


async def failures(moment: int, asked: Iterable[Sample]) -> set[str]:
    """The tools that told of a failure, alike through all faces, so many seconds after the sandbox began."""
    clock = iter([NOON])
    async with of_sandbox(Sandbox(lambda: next(clock, NOON + moment))) as both:
        return {name for name, arguments in asked if (await both.agree(name, arguments))[1]}


async def test_every_answer_about_a_living_and_a_finished_call_is_the_same() -> None:
    assert await failures(40, samples(SCENARIOS[:2], REVIEWS[:1])) <= MAY_FAIL


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
async def test_every_answer_of_the_sandbox_is_the_same(moment: int) -> None:
    reviews = REVIEWS if moment == MOMENTS[-1] else []  # of two weeks of calls, most of them over at any moment
    assert await failures(moment, samples(SCENARIOS, reviews)) <= MAY_FAIL


@pytest.mark.parametrize(("name", "arguments"), WRONG_QUESTIONS)
async def test_every_wrong_question_is_refused_in_the_same_words(name: str, arguments: dict[str, object]) -> None:
    async with of_sandbox(Sandbox()) as both:
        said, is_error = await both.agree(name, arguments)
    assert is_error
    assert said.removeprefix("[sandbox] ").startswith(("invalid_arguments: ", "not_found: "))


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_every_failure_of_the_api_is_told_in_the_same_words(refusal: str, upstream: Upstream) -> None:
    status, body, headers = REFUSALS[refusal]
    upstream.serve("Call/one-way-leg/Stream/one-way-audio/", body, status, headers)
    async with of_settings(upstream.settings) as both:
        assert (await both.agree("get_stream", dict(IDS)))[1]


async def test_an_api_that_is_not_there_is_told_in_the_same_words(upstream: Upstream) -> None:
    nowhere = upstream.settings.model_copy(update={"base_url": "http://127.0.0.1:1"})
    async with of_settings(nowhere) as both:
        said, is_error = await both.agree("get_stream", dict(IDS))
    assert (said.partition(":")[0], is_error) == ("upstream_unreachable", True)


@pytest.mark.parametrize(("name", "arguments"), [("get_stream", dict(IDS)), ("get_agent_call", {"call_id": "c"})])
async def test_missing_settings_are_told_in_the_same_words(name: str, arguments: dict[str, object]) -> None:
    async with of_settings(Settings()) as both:
        said, is_error = await both.agree(name, arguments)
    assert (said.partition(":")[0], is_error) == ("not_configured", True)


async def test_a_defect_is_told_in_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(_: GetStream) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(GetStream, "steps", explode)
    async with of_sandbox(Sandbox()) as both:
        said, is_error = await both.agree("get_stream", dict(IDS))
    assert is_error
    assert said.startswith("internal_error: get_stream failed unexpectedly (RuntimeError). ")


def test_every_error_that_there_is_has_been_compared() -> None:
    """The codes that the tests above bring about; a new leaf of the tree needs a case of its own."""
    compared = {
        "not_configured",
        "bad_credentials",
        "account_blocked",
        "not_found",
        "invalid_arguments",
        "rate_limited",
        "upstream_broken",
        "upstream_unreachable",
        "unreadable_answer",
        "internal_error",
    }
    elsewhere = {"no_agent_call", "overloaded"}  # files, which no tool reads; and tests/serving
    assert {error.code for error in VobizError.__subclasses__()} - {"error"} - elsewhere == compared
