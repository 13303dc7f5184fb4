"""`vobiz-mcp serve`: MCP over stdio or streamable HTTP."""

from __future__ import annotations

import argparse
import re
import socket
import sys
from urllib.parse import urlsplit

from vobiz_mcp.cli import UsageError
from vobiz_mcp.settings import LOOPBACK, ServerSettings, read

REQUESTS_PER_SECOND = 100.0
"""Far above what models and pipelines ask, far below what one client could take from all others."""

REQUESTS_PER_SECOND_HERE = 10_000.0
"""On loopback there is one user, whose pipeline may ask as fast as this process answers."""

_HOST = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:]+")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--http", action="store_true", help="streamable HTTP at /mcp instead of stdio")
    parser.add_argument("--host", default="127.0.0.1", help="address to bind (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to bind, 0 for a free one (default %(default)s)")
    parser.add_argument(
        "--allowed-host", action="append", default=[], metavar="NAME", help="a name that clients reach the server by"
    )
    parser.add_argument(
        "--rate",
        type=float,
        help=f"requests per second and client (default {REQUESTS_PER_SECOND:.0f}, on loopback no limit that is felt)",
    )
    parser.add_argument("--sandbox", action="store_true", help="use the embedded sandbox; no credentials, no network")
    parser.epilog = (
        "An address beyond loopback needs VOBIZ_MCP_TOKEN, or VOBIZ_MCP_ISSUER and VOBIZ_MCP_RESOURCE, "
        "and the names that clients use (--allowed-host). Put TLS before it."
    )


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    if not options.http:
        from vobiz_mcp.serving.stdio.serve import serve

        return serve(sandbox=options.sandbox)
    settings = read(ServerSettings)
    _check(options, settings)
    return _serve_http(options, settings)


def _check(options: argparse.Namespace, settings: ServerSettings) -> None:
    """Refuse to start with a door that would stand open, or that nobody could come in by."""
    wrong = [name for name in options.allowed_host if not _HOST.fullmatch(name)]
    if wrong:
        raise UsageError("--allowed-host takes a name or an address, without scheme, port and path")
    if not _rate(options) > 0:
        raise UsageError("--rate takes a number above 0")
    if settings.mcp_token.get_secret_value() and settings.mcp_issuer:
        raise UsageError("VOBIZ_MCP_TOKEN and VOBIZ_MCP_ISSUER are both set; set the one that says who may come in")
    if settings.mcp_issuer and not settings.mcp_resource:
        raise UsageError("VOBIZ_MCP_ISSUER needs VOBIZ_MCP_RESOURCE, the URL that clients reach this server by")
    if options.host not in LOOPBACK:
        _check_open(options, settings)


def _check_open(options: argparse.Namespace, settings: ServerSettings) -> None:
    beyond = f"--host {options.host} opens the server to other machines"
    if not settings.mcp_token.get_secret_value() and not settings.mcp_issuer:
        raise UsageError(
            f"{beyond}, and anybody could read your calls: set VOBIZ_MCP_TOKEN "
            "(or VOBIZ_MCP_ISSUER and VOBIZ_MCP_RESOURCE), or bind 127.0.0.1"
        )
    if not _allowed_hosts(options, settings):
        raise UsageError(f"{beyond}: name it as clients do, --allowed-host calls.example.com, so that no page can")


def _allowed_hosts(options: argparse.Namespace, settings: ServerSettings) -> list[str]:
    reached_by = urlsplit(settings.mcp_resource).hostname
    return [*options.allowed_host, *([reached_by] if reached_by else [])]


def _rate(options: argparse.Namespace) -> float:
    usual = REQUESTS_PER_SECOND_HERE if options.host in LOOPBACK else REQUESTS_PER_SECOND
    return usual if options.rate is None else float(options.rate)


def _serve_http(options: argparse.Namespace, settings: ServerSettings) -> int:
    import uvicorn

    from vobiz_mcp.logs import quiet
    from vobiz_mcp.serving.connection import connector
    from vobiz_mcp.serving.http.app import behind_door
    from vobiz_mcp.serving.server import build

    quiet(settings.log)
    server = build(connector(sandbox=options.sandbox))
    app = behind_door(server, settings, _allowed_hosts(options, settings), _rate(options))
    # A client's address is the connection's: headers that claim another one are not believed.
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )
    with _listening(options.host, options.port) as listening:
        address = f"[{options.host}]" if ":" in options.host else options.host
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
        raise UsageError(
            f"--host {host} is no address of this machine, or port {port} is in use or not allowed; "
            "--port 0 takes a free one"
        ) from None
    listening.listen()
    return listening
