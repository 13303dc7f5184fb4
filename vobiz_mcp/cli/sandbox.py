"""`vobiz-mcp sandbox`: both APIs on loopback, for any client."""

from __future__ import annotations

from contextlib import suppress

import click

from vobiz_mcp.cli import PORT
from vobiz_mcp.cli.output import say
from vobiz_mcp.sandbox import API_KEY, API_SECRET, AUTH_ID, AUTH_TOKEN, SCENARIOS, Sandbox
from vobiz_mcp.sandbox.http import serve


@click.command()
@click.option("--port", type=PORT, default=8790, show_default=True, help="On 127.0.0.1; 0 for a free one.")
def command(port: int) -> int:
    """Serve a stand-in of both APIs on loopback, for any client, after saying how to reach it."""
    try:
        server = serve(Sandbox(), port)
    except OSError:
        raise click.UsageError(f"Port {port} is in use or not allowed; --port 0 takes a free one.") from None
    with server, suppress(KeyboardInterrupt):
        base = f"http://127.0.0.1:{server.server_address[1]}"
        keys = {
            "VOBIZ_BASE_URL": base,
            "VOBIZ_AUTH_ID": AUTH_ID,
            "VOBIZ_AUTH_TOKEN": AUTH_TOKEN,
            "VOBIZ_AGENT_BASE_URL": base,
            "VOBIZ_AGENT_API_KEY": API_KEY,
            "VOBIZ_AGENT_API_SECRET": API_SECRET,
        }
        for name, value in keys.items():
            say(f"export {name}={value}")
        for scenario in SCENARIOS:
            ids = ", ".join(filter(None, (scenario.call_uuid, *scenario.stream_ids, scenario.call_id)))
            say(f"# {ids}: {scenario.story}")
        server.serve_forever()
    return 0
