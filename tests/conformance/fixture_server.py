"""The real `vobiz-mcp serve --http --sandbox` with the conformance suite's fixtures: `python fixture_server.py`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import documents
import fixture_tools
import input_tools  # noqa: F401 - it mounts its tools
from mcp.server.lowlevel import Server
from mcp_types import CompleteRequestParams, SetLevelRequestParams, SubscribeRequestParams, UnsubscribeRequestParams
from mounting import lengthen, mount

from vobiz_mcp.cli import run
from vobiz_mcp.client import Answers, AsyncVobiz
from vobiz_mcp.serving import server

original = server.build
SCHEMAS = {tool.name: tool.input_schema for tool in fixture_tools.TOOLS}


def build(connect: Callable[[], AsyncVobiz], **options: Any) -> Server[Answers]:
    built = original(connect, **options)
    ours = built.get_tool_input_schema
    built.get_tool_input_schema = lambda name: SCHEMAS.get(name) or (ours and ours(name))
    mount(built, "tools/call", "name", fixture_tools.CALLED)
    mount(built, "prompts/get", "name", documents.TOLD)
    mount(built, "resources/read", "uri", documents.READINGS)
    lengthen(built, "tools/list", "tools", fixture_tools.TOOLS)
    lengthen(built, "prompts/list", "prompts", documents.PROMPTS)
    lengthen(built, "resources/list", "resources", documents.RESOURCES)
    lengthen(built, "resources/templates/list", "resource_templates", documents.TEMPLATES)
    built.add_request_handler("completion/complete", CompleteRequestParams, documents.complete)
    built.add_request_handler("logging/setLevel", SetLevelRequestParams, documents.accept)
    built.add_request_handler("resources/subscribe", SubscribeRequestParams, documents.accept)
    built.add_request_handler("resources/unsubscribe", UnsubscribeRequestParams, documents.accept)
    return built


if __name__ == "__main__":
    server.build = build  # type: ignore[assignment]
    sys.exit(run(["serve", "--http", "--sandbox", "--port", *(sys.argv[1:] or ["0"])]))
