"""What one gets without this project: four tools of an `MCPServer` that pass the API's JSON through."""

from __future__ import annotations

import os
import sys

import httpx2
from mcp.server import MCPServer

server = MCPServer("bare", log_level="ERROR")
_client = httpx2.AsyncClient(
    headers={"X-Auth-ID": os.environ.get("VOBIZ_AUTH_ID", ""), "X-Auth-Token": os.environ.get("VOBIZ_AUTH_TOKEN", "")}
)
_ROOT = f"{os.environ.get('VOBIZ_BASE_URL', '')}/api/v1/Account/{os.environ.get('VOBIZ_AUTH_ID', '')}"


async def _get(path: str) -> str:
    return (await _client.get(f"{_ROOT}/{path}")).text


@server.tool()
async def get_live_call(call_uuid: str) -> str:
    """One live call."""
    return await _get(f"Call/{call_uuid}/?status=live")


@server.tool()
async def get_stream(call_uuid: str, stream_id: str) -> str:
    """One stream."""
    return await _get(f"Call/{call_uuid}/Stream/{stream_id}/")


@server.tool()
async def list_streams(call_uuid: str) -> str:
    """All streams of a call."""
    return await _get(f"Call/{call_uuid}/Stream/")


@server.tool()
async def get_agent_call(call_id: str) -> str:
    """One agent call."""
    return await _get(f"calls/{call_id}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        server.run("streamable-http", port=int(sys.argv[1]))
    else:
        server.run()
