"""The tools that the conformance suite calls by name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from mcp import MCPError
from mcp_types import (
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    AudioContent,
    CallToolResult,
    ContentBlock,
    ElicitResult,
    EmbeddedResource,
    ImageContent,
    SamplingMessage,
    TextContent,
    TextResourceContents,
    Tool,
)
from media import IMAGE, SOUND
from mounting import Context, Fixture

CALLED: dict[str, Fixture] = {}
TOOLS: list[Tool] = []


def tool(name: str, schema: dict[str, object] | None = None, **arguments: str) -> Callable[[Fixture], Fixture]:
    """Mount a function as a tool; its arguments are strings, all required, where no schema is given."""
    properties = {argument: {"type": "string", "description": meaning} for argument, meaning in arguments.items()}
    schema = schema or {"type": "object", "properties": properties, "required": list(arguments)}

    def mounted(fixture: Fixture) -> Fixture:
        CALLED[name] = fixture
        TOOLS.append(Tool(name=name, description="A fixture of the conformance suite.", input_schema=schema))
        return fixture

    return mounted


def said(text: str, *, is_error: bool = False) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=text)], is_error=is_error)


def resource(uri: str, mime_type: str, text: str) -> EmbeddedResource:
    return EmbeddedResource(resource=TextResourceContents(uri=uri, mime_type=mime_type, text=text))


PICTURE = ImageContent(data=IMAGE, mime_type="image/png")
MIXED: list[ContentBlock] = [
    TextContent(text="Multiple content types test:"),
    PICTURE,
    resource("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
]


@tool("test_simple_text")
async def simple_text(_: Context, __: Any) -> CallToolResult:
    return said("This is a simple text response for testing.")


@tool("test_image_content")
async def image(_: Context, __: Any) -> CallToolResult:
    return CallToolResult(content=[PICTURE])


@tool("test_audio_content")
async def audio(_: Context, __: Any) -> CallToolResult:
    return CallToolResult(content=[AudioContent(data=SOUND, mime_type="audio/wav")])


@tool("test_embedded_resource")
async def embedded(_: Context, __: Any) -> CallToolResult:
    text = "This is an embedded resource content."
    return CallToolResult(content=[resource("test://embedded-resource", "text/plain", text)])


@tool("test_multiple_content_types")
async def mixed(_: Context, __: Any) -> CallToolResult:
    return CallToolResult(content=MIXED)


@tool("test_error_handling")
async def error(_: Context, __: Any) -> CallToolResult:
    return said("This tool intentionally returns an error for testing", is_error=True)


@tool("test_tool_with_progress")
async def progress(context: Context, _: Any) -> CallToolResult:
    for done in (0, 50, 100):
        await context.session.report_progress(done, 100)
        await asyncio.sleep(0.05)
    return said("done")


@tool("test_tool_with_logging")
async def logging(context: Context, _: Any) -> CallToolResult:
    for line in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        await context.session.send_log_message("info", line, related_request_id=context.request_id)
        await asyncio.sleep(0.05)
    return said("done")


CALLED["test_logging_tool"] = logging


@tool("test_sampling", prompt="What to ask the client's model.")
async def sampling(context: Context, params: Any) -> CallToolResult:
    asked = SamplingMessage(role="user", content=TextContent(text=params.arguments["prompt"]))
    answer = await context.session.create_message([asked], max_tokens=100, related_request_id=context.request_id)
    return said(f"LLM response: {getattr(answer.content, 'text', '')}")


async def elicited(context: Context, message: str, properties: dict[str, Any], *required: str) -> ElicitResult:
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return await context.session.elicit_form(message, schema, related_request_id=context.request_id)


@tool("test_elicitation", message="What to ask the person.")
async def elicitation(context: Context, params: Any) -> CallToolResult:
    fields = {name: {"type": "string", "description": name} for name in ("username", "email")}
    answer = await elicited(context, params.arguments["message"], fields, "username", "email")
    return said(f"User response: action: {answer.action}, content: {answer.content}")


DEFAULTS = {
    "name": {"type": "string", "default": "John Doe"},
    "age": {"type": "integer", "default": 30},
    "score": {"type": "number", "default": 95.5},
    "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
    "verified": {"type": "boolean", "default": True},
}


@tool("test_elicitation_sep1034_defaults")
async def elicitation_of_defaults(context: Context, _: Any) -> CallToolResult:
    answer = await elicited(context, "Who are you?", DEFAULTS)
    return said(f"Elicitation completed: action={answer.action}, content={answer.content}")


def titled(*titles: str) -> list[dict[str, str]]:
    return [{"const": f"value{number}", "title": title} for number, title in enumerate(titles, 1)]


CHOICES = {
    "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
    "titledSingle": {"type": "string", "oneOf": titled("First Option", "Second Option", "Third Option")},
    "legacyEnum": {
        "type": "string",
        "enum": ["opt1", "opt2", "opt3"],
        "enumNames": ["Option One", "Option Two", "Option Three"],
    },
    "untitledMulti": {"type": "array", "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
    "titledMulti": {"type": "array", "items": {"anyOf": titled("First Choice", "Second Choice", "Third Choice")}},
}


@tool("test_elicitation_sep1330_enums")
async def elicitation_of_choices(context: Context, _: Any) -> CallToolResult:
    answer = await elicited(context, "Choose.", CHOICES)
    return said(f"Elicitation completed: action={answer.action}, content={answer.content}")


@tool("test_missing_capability")
async def missing_capability(context: Context, _: Any) -> CallToolResult:
    can = context.session.client_capabilities
    if can is None or can.sampling is None:
        needed: dict[str, object] = {"requiredCapabilities": {"sampling": {}}}
        raise MCPError(MISSING_REQUIRED_CLIENT_CAPABILITY, "this tool needs sampling", needed)
    return said("done")


HEADED = {"type": "string", "description": "Also sent as a header.", "x-mcp-header": "Region"}
DIALECT: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {"address": {"$anchor": "address", "type": "object", "properties": {"city": {"type": "string"}}}},
    "properties": {
        "address": {"$ref": "#/$defs/address"},
        "channel": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"channel": {"const": "phone"}}, "required": ["channel"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}


@tool("json_schema_2020_12_tool", DIALECT)
@tool("test_header", {"type": "object", "properties": {"region": HEADED}, "required": ["region"]})
async def nothing(_: Context, __: Any) -> CallToolResult:
    return said("done")
