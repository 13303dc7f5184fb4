"""The resources, prompts and completions that the conformance suite asks for by name."""

from __future__ import annotations

import json
import re
from typing import Any

from mcp_types import (
    BlobResourceContents,
    CompleteResult,
    Completion,
    ElicitRequest,
    ElicitRequestFormParams,
    EmbeddedResource,
    EmptyResult,
    GetPromptResult,
    ImageContent,
    Prompt,
    PromptArgument,
    PromptMessage,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
)
from media import IMAGE
from mounting import Context, missing

RESOURCES = [
    Resource(uri="test://static-text", name="static-text", description="A text.", mime_type="text/plain"),
    Resource(uri="test://static-binary", name="static-binary", description="A picture.", mime_type="image/png"),
    Resource(uri="test://watched-resource", name="watched-resource", description="A text.", mime_type="text/plain"),
]
TEMPLATES = [
    ResourceTemplate(
        uri_template="test://template/{id}/data", name="data", description="Data.", mime_type="application/json"
    )
]
PROMPTS = [
    Prompt(name="test_simple_prompt", description="A text."),
    Prompt(
        name="test_prompt_with_arguments",
        description="A text with two values in it.",
        arguments=[PromptArgument(name=name, description="A value.", required=True) for name in ("arg1", "arg2")],
    ),
    Prompt(
        name="test_prompt_with_embedded_resource",
        description="A resource and a text.",
        arguments=[PromptArgument(name="resourceUri", description="Its URI.", required=True)],
    ),
    Prompt(name="test_prompt_with_image", description="A picture and a text."),
    Prompt(name="test_input_required_result_prompt", description="A text that the client is asked for."),
]


class Readings(dict[str, Any]):
    """Answers by URI; those of the template have one answer for all."""

    def get(self, uri: str, default: Any = None) -> Any:
        return _templated if re.fullmatch(r"test://template/[^/]+/data", uri) else super().get(uri, default)


async def _templated(_: Context, params: Any) -> ReadResourceResult:
    number = params.uri.split("/")[3]
    data = {"id": number, "templateTest": True, "data": f"Data for ID: {number}"}
    content = TextResourceContents(uri=params.uri, mime_type="application/json", text=json.dumps(data))
    return ReadResourceResult(contents=[content])


async def _text(_: Context, params: Any) -> ReadResourceResult:
    text = "This is the content of the static text resource."
    return ReadResourceResult(contents=[TextResourceContents(uri=params.uri, mime_type="text/plain", text=text)])


async def _binary(_: Context, params: Any) -> ReadResourceResult:
    return ReadResourceResult(contents=[BlobResourceContents(uri=params.uri, mime_type="image/png", blob=IMAGE)])


READINGS = Readings({"test://static-text": _text, "test://watched-resource": _text, "test://static-binary": _binary})


def _told(*contents: TextContent | ImageContent | EmbeddedResource) -> GetPromptResult:
    return GetPromptResult(messages=[PromptMessage(role="user", content=content) for content in contents])


async def _simple(_: Context, __: Any) -> GetPromptResult:
    return _told(TextContent(text="This is a simple prompt for testing."))


async def _with_arguments(_: Context, params: Any) -> GetPromptResult:
    given = params.arguments
    return _told(TextContent(text=f"Prompt with arguments: arg1='{given['arg1']}', arg2='{given['arg2']}'"))


async def _with_resource(_: Context, params: Any) -> GetPromptResult:
    text = "Embedded resource content for testing."
    content = TextResourceContents(uri=params.arguments["resourceUri"], mime_type="text/plain", text=text)
    return _told(EmbeddedResource(resource=content), TextContent(text="Please process the embedded resource above."))


async def _with_image(_: Context, __: Any) -> GetPromptResult:
    return _told(ImageContent(data=IMAGE, mime_type="image/png"), TextContent(text="Please analyze the image above."))


_ASKED = ElicitRequest(
    params=ElicitRequestFormParams(
        message="What context should the prompt use?",
        requested_schema={"type": "object", "properties": {"context": {"type": "string"}}, "required": ["context"]},
    )
)


async def _with_input(context: Context, params: Any) -> Any:
    told = _told(TextContent(text="The context is known."))
    return missing(context, params, {"user_context": _ASKED}) or told


TOLD = {
    "test_simple_prompt": _simple,
    "test_prompt_with_arguments": _with_arguments,
    "test_prompt_with_embedded_resource": _with_resource,
    "test_prompt_with_image": _with_image,
    "test_input_required_result_prompt": _with_input,
}


async def complete(_: Context, __: Any) -> CompleteResult:
    return CompleteResult(completion=Completion(values=["paris", "park"], total=2, has_more=False))


async def accept(_: Context, __: Any) -> EmptyResult:
    return EmptyResult()
