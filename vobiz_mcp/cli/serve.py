"""`vobiz-mcp serve`: MCP over stdio or streamable HTTP."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from vobiz_mcp.cli import PORT, WholeNumber, sandbox_option
from vobiz_mcp.cli.output import complain
from vobiz_mcp.credentials import asks_sandbox
from vobiz_mcp.settings import LOOPBACK, ServerSettings, read

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

    from vobiz_mcp.client import Answers

_HOST = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:]+")


@dataclass(frozen=True)
class Http:
    """How the server listens; `rate` in requests per second and client of all workers, None for the usual one."""

    host: str
    port: int
    workers: int
    allowed_host: tuple[str, ...]
    rate: float | None


def _rate(written: str) -> float:
    """A number above 0; `nan` is none. Raises `UsageError`."""
    with suppress(ValueError):
        if float(written) > 0:
            return float(written)
    raise click.UsageError("--rate takes a number above 0.")


@click.command(
    epilog="An address beyond loopback needs VOBIZ_MCP_TOKEN, or VOBIZ_MCP_ISSUER and VOBIZ_MCP_RESOURCE, "
    "and the names that clients use (--allowed-host). Put TLS before it."
)
@click.option("--http", is_flag=True, help="Streamable HTTP at /mcp instead of stdio.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to bind.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to bind, 0 for a free one.")
@click.option(
    "--workers", type=WholeNumber(1, 64), default=1, show_default=True, help="Processes that share the address."
)
@click.option("--allowed-host", multiple=True, metavar="NAME", help="A name that clients reach the server by.")
@click.option("--rate", type=_rate, metavar="NUMBER", help="Requests per second and client; 100, on loopback no limit.")
@sandbox_option
@click.pass_context
def command(context: click.Context, /, *, http: bool, sandbox: bool | None, **listening: Any) -> int:
    """Serve MCP on stdio, or over HTTP with --http, until stopped. Without any credential the sandbox answers."""
    if http:
        return _serve_http(Http(**listening), sandbox=asks_sandbox(sandbox))
    for name in listening:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name.replace('_', '-')} is for HTTP; add --http, or leave it out.")
    if sys.stdin.isatty():
        complain("serving MCP on this terminal, for a host that types JSON; Ctrl-C ends it.")
    from vobiz_mcp.serving.stdio.serve import serve

    return serve(sandbox=sandbox)


def _check(options: Http, settings: ServerSettings) -> None:
    """Refuse to start with a door that would stand open, or that nobody could come in by."""
    wrong = [name for name in options.allowed_host if not _HOST.fullmatch(name)]
    if wrong:
        raise click.UsageError("--allowed-host takes a name or an address, without scheme, port and path.")
    if settings.mcp_token.get_secret_value() and settings.mcp_issuer:
        raise click.UsageError(
            "VOBIZ_MCP_TOKEN and VOBIZ_MCP_ISSUER are both set; set the one that says who may come in."
        )
    if settings.mcp_issuer and not settings.mcp_resource:
        raise click.UsageError("VOBIZ_MCP_ISSUER needs VOBIZ_MCP_RESOURCE, the URL that clients reach this server by.")
    if options.host not in LOOPBACK:
        _check_open(options, settings)


def _check_open(options: Http, settings: ServerSettings) -> None:
    beyond = f"--host {options.host} opens the server to other machines"
    if not settings.mcp_token.get_secret_value() and not settings.mcp_issuer:
        raise click.UsageError(
            f"{beyond}, and anybody could read your calls: set VOBIZ_MCP_TOKEN "
            "(or VOBIZ_MCP_ISSUER and VOBIZ_MCP_RESOURCE), or bind 127.0.0.1."
        )
    if not _allowed_hosts(options, settings):
        raise click.UsageError(
            f"{beyond}: name it as clients do, --allowed-host calls.example.com, so that no page can."
        )


def _allowed_hosts(options: Http, settings: ServerSettings) -> list[str]:
    reached_by = urlsplit(settings.mcp_resource).hostname
    return [*options.allowed_host, *([reached_by] if reached_by else [])]


def _serve_http(options: Http, *, sandbox: bool) -> int:
    settings = read(ServerSettings)
    _check(options, settings)
    from vobiz_mcp.serving.connection import connector
    from vobiz_mcp.serving.ignored_settings import say_what_is_ignored
    from vobiz_mcp.serving.server import build

    say_what_is_ignored()

    make = partial(build, connector(sandbox=sandbox, workers=options.workers), sandbox=sandbox, workers=options.workers)
    with _listening(options.host, options.port) as listening, suppress(KeyboardInterrupt):
        address = f"[{options.host}]" if ":" in options.host else options.host
        told = "MCP from the sandbox" if sandbox else "MCP"
        sys.stderr.write(f"vobiz-mcp: serving {told} at http://{address}:{listening.getsockname()[1]}/mcp\n")
        sys.stderr.flush()
        return _serve_at(listening, options, settings, make)
    return 0


def _serve_at(
    listening: socket.socket, options: Http, settings: ServerSettings, make: Callable[[], Server[Answers]]
) -> int:
    from vobiz_mcp.logs import quiet
    from vobiz_mcp.serving.http.app import behind_door
    from vobiz_mcp.serving.http.connections import listen
    from vobiz_mcp.serving.http.rate_limit import usual_rate
    from vobiz_mcp.serving.http.workers import Workers
    from vobiz_mcp.serving.pool.warming import warm

    quiet(settings.log)
    rate = usual_rate(options.host, settings.mcp_trusted_proxies) if options.rate is None else options.rate

    warm()  # before any worker is begun, which then shares what there is

    def serve() -> None:
        own_rate = settings.of_each(options.workers, rate)
        app = behind_door(make(), settings, _allowed_hosts(options, settings), own_rate)
        listen(app, listening)

    if options.workers > 1:
        return Workers(options.workers, serve).run()
    serve()
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
        raise click.UsageError(
            f"--host {host} is no address of this machine, or port {port} is in use or not allowed; "
            "--port 0 takes a free one."
        ) from None
    listening.listen()
    return listening
