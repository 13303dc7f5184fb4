"""`vobiz-mcp sandbox`: both APIs on loopback, for any client."""

from __future__ import annotations

import argparse
import sys

from vobiz_mcp.sandbox import API_KEY, API_SECRET, AUTH_ID, AUTH_TOKEN, SCENARIOS, Sandbox
from vobiz_mcp.sandbox.http import serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--port", type=int, default=8790, help="on 127.0.0.1, 0 for a free one (default %(default)s)")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped, after saying how to reach it."""
    with serve(Sandbox(), options.port) as server:
        base = f"http://127.0.0.1:{server.server_address[1]}"
        keys = {
            "VOBIZ_BASE_URL": base,
            "VOBIZ_AUTH_ID": AUTH_ID,
            "VOBIZ_AUTH_TOKEN": AUTH_TOKEN,
            "VOBIZ_AGENT_BASE_URL": base,
            "VOBIZ_AGENT_API_KEY": API_KEY,
            "VOBIZ_AGENT_API_SECRET": API_SECRET,
        }
        sys.stdout.write("".join(f"export {name}={value}\n" for name, value in keys.items()))
        for scenario in SCENARIOS:
            ids = ", ".join(filter(None, (scenario.call_uuid, *scenario.stream_ids, scenario.call_id)))
            sys.stdout.write(f"# {ids}: {scenario.story}\n")
        sys.stdout.flush()
        server.serve_forever()
    return 0
