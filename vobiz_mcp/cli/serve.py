"""`vobiz-mcp serve`: MCP over stdio or streamable HTTP."""

from __future__ import annotations

import argparse
import socket
import sys

from vobiz_mcp.cli import UsageError
from vobiz_mcp.settings import LOOPBACK


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--http", action="store_true", help="streamable HTTP at /mcp instead of stdio")
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to bind (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to bind, 0 for a free one (default %(default)s)")
    parser.add_argument("--sandbox", action="store_true", help="use the embedded sandbox; no credentials, no network")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    if not options.http:
        from vobiz_mcp.stdio import serve

        return serve(sandbox=options.sandbox)
    if options.host not in LOOPBACK:
        raise UsageError(
            f"--host takes a loopback address ({', '.join(LOOPBACK)}): "
            "the server has no authentication of its own yet, put a proxy that has some before it"
        )
    return _serve_http(options.host, options.port, sandbox=options.sandbox)


def _serve_http(host: str, port: int, *, sandbox: bool) -> int:
    import uvicorn

    from vobiz_mcp.connection import connector
    from vobiz_mcp.logs import quiet
    from vobiz_mcp.server import build

    quiet()
    app = build(connector(sandbox=sandbox)).streamable_http_app(host=host)
    config = uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=3)
    with _listening(host, port) as listening:
        address = f"[{host}]" if ":" in host else host
        sys.stderr.write(f"vobiz-mcp: serving MCP at http://{address}:{listening.getsockname()[1]}/mcp\n")
        sys.stderr.flush()
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _listening(host: str, port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only for sockets that say they are TCP; with it an answer takes 40 ms more.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise UsageError(f"port {port} is in use or not allowed; --port 0 takes a free one") from None
    listening.listen()
    return listening
