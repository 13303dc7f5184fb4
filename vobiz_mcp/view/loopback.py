"""A call's page on loopback, for one person's browser: behind a secret in its address, and for nobody else's page."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from typing import Final, TypeAlias

from vobiz_mcp.errors import VobizError
from vobiz_mcp.view.html import both, page, policy
from vobiz_mcp.view.picture import CallTimeline

Look: TypeAlias = Callable[[], tuple[CallTimeline, str]]
"""Looks at the call, from any thread: its timeline, and its transcript. Raises `VobizError`."""

_TEXT, _JSON, _HTML = "text/plain; charset=utf-8", "application/json", "text/html; charset=utf-8"
_SAFE: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": f"{policy('served')}; frame-ancestors 'none'",
}


class Server(ThreadingHTTPServer):
    """Serves one call on 127.0.0.1; each connection by itself, as a browser opens some on which it asks nothing."""

    def __init__(self, look: Look, port: int) -> None:
        self.look = look
        self.secret = secrets.token_urlsafe(12)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def origin(self) -> str:
        """Host and port, as a browser that was told the address names them."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{self.origin}/{self.secret}/"

    def content(self, path: str) -> tuple[HTTPStatus, str, str]:
        """What is under a path: a status, a type and a text."""
        name = path.partition("?")[0].removeprefix(f"/{self.secret}/")
        if name == "":
            return HTTPStatus.OK, _HTML, page("served")
        if name != "call":
            return HTTPStatus.NOT_FOUND, _TEXT, "nothing is here"
        try:
            return HTTPStatus.OK, _JSON, both(*self.look())
        except VobizError as error:
            return HTTPStatus.BAD_GATEWAY, _TEXT, str(error)

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Report a mistake of ours; that a browser went away before it had everything is none."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(look: Look, port: int = 0) -> Server:
    """Bind to 127.0.0.1 (port 0: a free one) and return the server; the caller runs `serve_forever`."""
    return Server(look, port)


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        """Answer, where the address is the one that was told: another name for this machine is another's page."""
        is_known = self.headers.get("Host") == self.server.origin and self.path.startswith(f"/{self.server.secret}/")
        nowhere = HTTPStatus.NOT_FOUND, _TEXT, "nothing is here"
        status, kind, text = self.server.content(self.path) if is_known else nowhere
        body = text.encode("utf-8", "replace")
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **_SAFE}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""
