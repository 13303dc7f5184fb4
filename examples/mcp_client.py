"""The tools from any Python program over MCP, with the SDK's own client: `python examples/mcp_client.py`."""

from __future__ import annotations

import asyncio
import sys

from mcp import Client, StdioServerParameters

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "vobiz_mcp", "--sandbox"])
"""Without `--sandbox`, and with `env={"VOBIZ_AUTH_ID": …}`, it asks your account."""


async def main() -> None:
    """List the tools, then ask one of them, rightly and wrongly."""
    async with Client(SERVER) as client:
        for tool in (await client.list_tools()).tools:
            print(f"{tool.name}: {tool.title}")
        for call_uuid in ("one-way-leg", "nobody-leg"):
            result = await client.call_tool("list_streams", {"call_uuid": call_uuid})
            print(f"\nlist_streams({call_uuid}){' failed' if result.is_error else ''}:")
            print("\n".join(block.text for block in result.content if block.type == "text"))


if __name__ == "__main__":
    asyncio.run(main())
