"""The MCP server: tools, resources and prompts over stdio and streamable HTTP."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

from mcp.server.caching import CacheHint
from mcp.server.lowlevel import Server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from vobiz_mcp import server_info
from vobiz_mcp.api.wire import Progress, Wait
from vobiz_mcp.client import Answers, AsyncVobiz
from vobiz_mcp.client.asynchronous import OnWait
from vobiz_mcp.errors import InvalidArguments, VobizError
from vobiz_mcp.serving import resources_and_prompts
from vobiz_mcp.serving.audit import audited
from vobiz_mcp.serving.pool.error_boundary import only_vobiz_errors
from vobiz_mcp.serving.pool.pool import Pool
from vobiz_mcp.serving.resources_and_prompts import Context
from vobiz_mcp.serving.sendable import sendable
from vobiz_mcp.serving.views import tell_of_views
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.steps.question import Question

_BY_NAME = {tool.tool_name(): tool for tool in TOOLS}
_ANNOTATIONS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=True)
_LISTED = CacheHint(ttl_ms=3_600_000, scope="public")
"""How long a client may keep a list: it changes with the installed version only."""


@cache
def definition(tool: type[Question]) -> Tool:
    """A tool as a model sees it."""
    return Tool(
        name=tool.tool_name(),
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema(),
        annotations=_ANNOTATIONS,
        _meta={"ui": {"resourceUri": tool.view}} if tool.view else None,
    )


def build(
    connect: Callable[[], AsyncVobiz] = AsyncVobiz, *, sandbox: bool = False, workers: int = 1
) -> Server[Answers]:
    """The server.

    Args:
        connect: makes the client that its tools share for as long as it runs.
        sandbox: whether that answers from the sandbox.
        workers: how many such servers this machine's processors are shared by.
    """
    server = Server(
        server_info.NAME,
        version=server_info.VERSION,
        title=server_info.TITLE,
        instructions=server_info.instructions(sandbox=sandbox),
        lifespan=partial(_lifespan, connect, workers),
        get_tool_input_schema=_input_schema,
        cache_hints={
            "tools/list": _LISTED,
            "resources/list": _LISTED,
            "resources/templates/list": _LISTED,
            "prompts/list": _LISTED,
        },
        on_list_tools=_list_tools,
        on_call_tool=_call_tool,
        on_list_resources=resources_and_prompts.list_resources,
        on_list_resource_templates=resources_and_prompts.list_resource_templates,
        on_read_resource=resources_and_prompts.read_resource,
        on_list_prompts=resources_and_prompts.list_prompts,
        on_get_prompt=resources_and_prompts.get_prompt,
    )
    server.extensions[server_info.VIEWS] = {}
    server.middleware.append(tell_of_views)
    return server


@asynccontextmanager
async def _lifespan(connect: Callable[[], AsyncVobiz], workers: int, _: Server[Answers]) -> AsyncIterator[Answers]:
    # What start-up made lives as long as the process: spare every later collection from walking through it.
    gc.freeze()
    gc.enable()
    async with connect() as client:
        pool = Pool(client, workers)
        try:
            yield pool
        finally:
            await pool.aclose()


def _input_schema(name: str) -> dict[str, Any] | None:
    tool = _BY_NAME.get(name)
    return definition(tool).input_schema if tool else None


async def _list_tools(_: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
    return ListToolsResult(tools=[definition(tool) for tool in TOOLS])


async def _call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult:
    async def tell(step: Wait | Progress) -> None:
        if isinstance(step, Wait):
            await context.session.report_progress(step.waited, step.total, "waiting for a change")
        elif step.words:
            await context.session.report_progress(step.done, message=step.words)

    arguments = params.arguments or {}
    calling = call(context.lifespan_context, params.name, arguments, tell)
    try:
        text = await audited(*_known(params.name, arguments), calling)
    except VobizError as error:
        return CallToolResult(content=[TextContent(text=sendable(str(error)))], is_error=True)
    return CallToolResult(content=[TextContent(text=sendable(text))])


def _known(name: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Of a call, the names that are ours."""
    tool = _BY_NAME.get(name)
    if tool is None:
        return "unknown_tool", {}
    return name, {field: arguments[field] for field in tool.model_fields if field in arguments}


async def call(
    client: Answers,
    name: str,
    arguments: dict[str, Any],
    on_wait: OnWait | None = None,
) -> str:
    """The text of one tool call; `on_wait` is told of each wait in it, and of progress.

    Raises:
        VobizError: for every failure, whatever it was; only a real cancellation is let through.
    """
    tool = _BY_NAME.get(name)
    if tool is None:
        raise InvalidArguments(f"there is no such tool; the tools are {', '.join(_BY_NAME)}")
    with only_vobiz_errors(name):
        return (await client.answer(tool.of(arguments), on_wait)).text
