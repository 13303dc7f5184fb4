"""The tools of the conformance suite that ask the client for something before they answer."""

from __future__ import annotations

from typing import Any

from fixture_tools import said, tool
from mcp_types import (
    CreateMessageRequest,
    CreateMessageRequestParams,
    ElicitRequest,
    ElicitRequestFormParams,
    InputRequest,
    ListRootsRequest,
    SamplingMessage,
    TextContent,
)
from mounting import STATE, Context, missing


def asks(message: str, field: str, kind: str = "string") -> ElicitRequest:
    schema = {"type": "object", "properties": {field: {"type": kind}}, "required": [field]}
    return ElicitRequest(params=ElicitRequestFormParams(message=message, requested_schema=schema))


def samples(prompt: str) -> CreateMessageRequest:
    message = SamplingMessage(role="user", content=TextContent(text=prompt))
    return CreateMessageRequest(params=CreateMessageRequestParams(messages=[message], max_tokens=100))


NAME = asks("What is your name?", "name")
ROOTS = ListRootsRequest()
CONFIRM = asks("Please confirm", "ok", "boolean")
ALL: dict[str, InputRequest] = {"user_name": NAME, "greeting": samples("Generate a greeting"), "client_roots": ROOTS}


@tool("test_input_required_result_elicitation")
async def elicitation(context: Context, params: Any) -> Any:
    if asked := missing(context, params, {"user_name": NAME}):
        return asked
    return said(f"Hello, {params.input_responses['user_name'].content['name']}!")


@tool("test_streaming_elicitation")
async def streaming(context: Context, params: Any) -> Any:
    return missing(context, params, {"user_name": NAME}) or said("done")


@tool("test_input_required_result_sampling")
async def sampling(context: Context, params: Any) -> Any:
    if asked := missing(context, params, {"capital_question": samples("What is the capital of France?")}):
        return asked
    return said(params.input_responses["capital_question"].content.text)


@tool("test_input_required_result_list_roots")
async def list_roots(context: Context, params: Any) -> Any:
    if asked := missing(context, params, {"client_roots": ROOTS}):
        return asked
    return said(", ".join(str(root.uri) for root in params.input_responses["client_roots"].roots))


@tool("test_input_required_result_request_state")
async def request_state(context: Context, params: Any) -> Any:
    return missing(context, params, {"confirm": CONFIRM}, STATE) or said("state-ok")


@tool("test_input_required_result_tampered_state")
async def tampered_state(context: Context, params: Any) -> Any:
    return missing(context, params, {"confirm": CONFIRM}, STATE) or said("state-ok")


@tool("test_input_required_result_multiple_inputs")
async def multiple_inputs(context: Context, params: Any) -> Any:
    return missing(context, params, ALL, STATE) or said("done")


@tool("test_input_required_result_capabilities")
async def capabilities(context: Context, params: Any) -> Any:
    return missing(context, params, ALL) or said("done")


@tool("test_input_required_result_multi_round")
async def multi_round(context: Context, params: Any) -> Any:
    if params.request_state == f"{STATE}, second round":
        color = asks("Step 2: What is your favorite color?", "color")
        return missing(context, params, {"step2": color}, params.request_state) or said("done")
    if asked := missing(context, params, {"step1": asks("Step 1: What is your name?", "name")}, STATE):
        return asked
    params.request_state = None
    color = asks("Step 2: What is your favorite color?", "color")
    return missing(context, params, {"step2": color}, f"{STATE}, second round")
