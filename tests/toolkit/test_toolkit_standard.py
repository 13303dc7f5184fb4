"""LangChain's own suite, unit and integration, for every tool, against the sandbox on a loopback socket."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import ToolsIntegrationTests
from langchain_tests.unit_tests import ToolsUnitTests
from langchain_vobiz import VobizToolkit

from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.http import serve
from vobiz_mcp.sandbox.transport import sandbox_settings
from vobiz_mcp.tools import TOOLS

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module", autouse=True)
def toolkit() -> Iterator[VobizToolkit]:
    with serve(Sandbox()) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        settings = sandbox_settings().model_copy(update={"base_url": base, "agent_base_url": base})
        Subject.toolkit = VobizToolkit(settings)
        try:
            yield Subject.toolkit
        finally:
            del Subject.toolkit
            server.shutdown()
            thread.join()


class Subject:
    """The tool that a class of tests is about."""

    toolkit: VobizToolkit
    name: str
    arguments: dict[str, object]

    @property
    def tool_constructor(self) -> BaseTool:
        return next(tool for tool in self.toolkit.get_tools() if tool.name == self.name)

    @property
    def tool_invoke_params_example(self) -> dict[str, object]:
        return self.arguments


ARGUMENTS: dict[str, dict[str, object]] = {
    "get_live_call": {"call_uuid": "one-way-leg", "rate_per_minute": 0.9},
    "list_live_calls": {"limit": 1},
    "get_stream": {"call_uuid": "one-way-leg", "stream_id": "one-way-audio"},
    "list_streams": {"call_uuid": "support-leg", "state": "ended"},
    "get_call_record": {"call_uuid": "dispute-leg"},
    "list_call_records": {"call_direction": "inbound", "limit": 3},
    "get_agent_call": {"call_id": "call_dispute", "max_tokens": 900},
    "list_agent_calls": {"status": "Ended", "limit": 2},
    "watch_call": {"call_uuid": "one-way-leg", "wait_seconds": 0},
    "diagnose_call": {"call_uuid": "dispute-leg", "max_tokens": 600},
    "review_calls": {"since": "2h", "compare": "previous", "max_tokens": 400},
}
"""What the suite asks each tool."""


def suite(name: str, kind: type) -> type:
    """LangChain's tests of one kind for one tool."""
    return type(f"Test_{name}_{kind.__name__}", (Subject, kind), {"name": name, "arguments": ARGUMENTS[name]})


for tool in TOOLS:
    for kind in (ToolsUnitTests, ToolsIntegrationTests):
        tests = suite(tool.tool_name(), kind)
        globals()[tests.__name__] = tests
del tests, kind, tool
