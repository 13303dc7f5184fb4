"""What the server tells a host of its views: the same to every client, early and late, and hardly a word of it to a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mcp import Client
from mcp_types import TextResourceContents
from servers import MODERN, session

from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.resources import VIEW
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect_async
from vobiz_mcp.serving import server
from vobiz_mcp.serving.stdio.early_answers import listed_tools
from vobiz_mcp.settings import Settings
from vobiz_mcp.tools.steps.question import CALL_VIEW

pytestmark = pytest.mark.anyio

EXTENSION = "io.modelcontextprotocol/ui"
DRAWN = ["get_agent_call", "watch_call", "diagnose_call", "review_calls"]


async def test_the_tools_about_calls_name_the_page_and_no_tool_is_for_views_alone() -> None:
    async with Client(server.build(lambda: AsyncVobiz(Settings()))) as client:
        tools = (await client.list_tools()).tools
    views = {tool.name: tool.meta for tool in tools if tool.meta}
    assert views == {name: {"ui": {"resourceUri": CALL_VIEW}} for name in DRAWN}
    assert all(tool.output_schema is None for tool in tools)


def test_a_host_that_initializes_and_one_that_probes_learn_of_the_views_alike() -> None:
    with session("--sandbox") as host:
        early = host.ask("server/discover", 1, _meta=MODERN)["result"]["capabilities"]
        assert host.initialize()["result"]["capabilities"]["extensions"] == early["extensions"] == {EXTENSION: {}}
        late = host.ask("tools/list", 2)["result"]["tools"]
    assert late == listed_tools()["tools"]


async def test_the_page_is_read_with_its_own_type_and_needs_no_exception_from_the_host_s_policy() -> None:
    async with Client(server.build(lambda: connect_async(Sandbox()))) as client:
        [content] = (await client.read_resource(CALL_VIEW)).contents
        assert isinstance(content, TextResourceContents)
        assert content.mime_type == VIEW == "text/html;profile=mcp-app"
        assert content.meta is None
        assert content.text.startswith("<!doctype html>")
        [data] = (await client.read_resource("vobiz://agent-calls/call_dispute/timeline")).contents
    assert isinstance(data, TextResourceContents)
    assert json.loads(data.text)["call_id"] == "call_dispute"


async def test_what_only_views_read_is_not_listed() -> None:
    async with Client(server.build(lambda: AsyncVobiz(Settings()))) as client:
        listed = [str(one.uri) for one in (await client.list_resources()).resources]
        templates = [one.uri_template for one in (await client.list_resource_templates()).resource_templates]
    assert not [uri for uri in (*listed, *templates) if uri.startswith("ui://") or uri.endswith("/timeline")]


def test_the_page_makes_no_markup_of_data_and_names_no_other_address() -> None:
    page = Path(server.__file__).parents[1] / "view" / "page"
    script = "\n".join(path.read_text() for path in page.glob("*.js"))
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "https://")
    assert [word for word in forbidden if word in script] == []
