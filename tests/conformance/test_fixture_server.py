"""The server that the official suite tests is there to be tested: it is not asked before everything else has passed."""

from __future__ import annotations

import pytest
from check import fixture_server
from mcp import Client
from servers import text


@pytest.mark.anyio
async def test_the_server_of_the_official_suite_answers_with_its_tools_and_ours() -> None:
    with fixture_server() as url:
        async with Client(url) as client:
            assert text(await client.call_tool("test_simple_text", {}))
            assert text(await client.call_tool("list_live_calls", {})).startswith("[sandbox] ")
