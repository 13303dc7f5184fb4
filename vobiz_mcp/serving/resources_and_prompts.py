"""Resources and prompts as MCP sends them; the tools are in `server`."""

from __future__ import annotations

from functools import cache

from mcp import MCPError
from mcp.server.context import ServerRequestContext
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    PaginatedRequestParams,
    Prompt,
    PromptArgument,
    PromptMessage,
    ReadResourceRequestParams,
    ReadResourceResult,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
)
from mcp_types import (
    Resource as ListedResource,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from vobiz_mcp.client import Answers
from vobiz_mcp.errors import InvalidArguments, NotFound, VobizError
from vobiz_mcp.prompts import ARGUMENTS, PROMPTS, message
from vobiz_mcp.resources import RESOURCES, Document, document
from vobiz_mcp.serving.audit import audited
from vobiz_mcp.serving.pool.error_boundary import only_vobiz_errors
from vobiz_mcp.serving.sendable import sendable

Context = ServerRequestContext[Answers]

_NOT_FOUND_BEFORE_2026 = -32002
"""What a missing resource was called up to 2025-11-25; since then it is an invalid parameter like any other."""


@cache
def templates() -> list[ResourceTemplate]:
    """The templates of all resources."""
    return [
        ResourceTemplate(
            uri_template=resource.template,
            name=resource.name,
            title=resource.title,
            description=resource.description,
            mime_type=resource.mime_type,
        )
        for resource in RESOURCES
        if resource.is_listed and resource.is_template
    ]


@cache
def resources() -> list[ListedResource]:
    """What is under a URI without ids."""
    return [
        ListedResource(
            uri=resource.template,
            name=resource.name,
            title=resource.title,
            description=resource.description,
            mime_type=resource.mime_type,
        )
        for resource in RESOURCES
        if resource.is_listed and not resource.is_template
    ]


@cache
def prompts() -> list[Prompt]:
    """The prompts as a person picks them."""
    return [
        Prompt(
            name=prompt.name, title=prompt.title, description=prompt.description, arguments=[_argument(prompt.argument)]
        )
        for prompt in PROMPTS
    ]


def _argument(name: str) -> PromptArgument:
    title, description = ARGUMENTS[name]
    return PromptArgument(name=name, title=title, description=description, required=True)


async def list_resources(_: Context, __: PaginatedRequestParams | None) -> ListResourcesResult:
    """No calls, which come and go by the thousand and are read by their ids."""
    return ListResourcesResult(resources=resources())


async def list_resource_templates(_: Context, __: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
    """What URIs can be made from ids."""
    return ListResourceTemplatesResult(resource_templates=templates())


async def read_resource(context: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
    """One record or transcript. Raises `MCPError` with the line that a tool would answer."""
    try:
        found = document(params.uri)
        asking = _text(context.lifespan_context, found)
        text = await audited(f"resource:{found.resource.name}", dict(found.question), asking)
    except VobizError as error:
        raise MCPError(_code(error, context.protocol_version), str(error), {"uri": params.uri}) from None
    content = TextResourceContents(uri=params.uri, mime_type=found.resource.mime_type, text=sendable(text))
    return ReadResourceResult(contents=[content])


async def _text(client: Answers, found: Document) -> str:
    with only_vobiz_errors(found.resource.name):
        return await client.answer(found)


def _code(error: VobizError, version: str) -> int:
    if isinstance(error, NotFound):
        return INVALID_PARAMS if version in MODERN_PROTOCOL_VERSIONS else _NOT_FOUND_BEFORE_2026
    return INVALID_PARAMS if isinstance(error, InvalidArguments) else INTERNAL_ERROR


async def list_prompts(_: Context, __: PaginatedRequestParams | None) -> ListPromptsResult:
    """All prompts."""
    return ListPromptsResult(prompts=prompts())


async def get_prompt(_: Context, params: GetPromptRequestParams) -> GetPromptResult:
    """One prompt about one call. Raises `MCPError` that says which argument is wrong."""
    try:
        text = message(params.name, params.arguments or {})
    except InvalidArguments as error:
        raise MCPError(INVALID_PARAMS, str(error)) from None
    return GetPromptResult(messages=[PromptMessage(role="user", content=TextContent(text=text))])
