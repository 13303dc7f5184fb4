"""A loopback stand-in of either API that serves whatever a test puts on a path."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from pydantic import SecretStr

from vobiz_mcp.settings import Settings

ACCOUNT = "/api/v1/Account/MA_TEST"


@dataclass
class Canned:
    """One response."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Upstream:
    """Responses by path (with `?query` where a test tells queries apart), and the requests and connections that came.

    A path below the account may be written without its prefix: `Call/x/`.
    """

    port: int = 0
    routes: dict[str, Canned] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    connections: list[tuple[str, int]] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead a server process here."""
        return settings_environment(self.base_url)

    @property
    def settings(self) -> Settings:
        return settings_for(self.base_url)

    def serve(self, path: str, body: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Answer GETs and POSTs of a path; bytes are sent as they are, anything else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        full = path if path.startswith("/") else f"{ACCOUNT}/{path}"
        self.routes[full] = Canned(content, status, {"Content-Type": "application/json", **(headers or {})})

    def find(self, target: str) -> Canned:
        return self.routes.get(target) or self.routes.get(urlsplit(target).path) or Canned(b"{}", 404)


def settings_environment(base_url: str) -> dict[str, str]:
    """The variables of a test account at this address."""
    return {
        "VOBIZ_BASE_URL": base_url,
        "VOBIZ_AUTH_ID": "MA_TEST",
        "VOBIZ_AUTH_TOKEN": "test-token",
        "VOBIZ_AGENT_BASE_URL": base_url,
        "VOBIZ_AGENT_API_KEY": "sk_test",
        "VOBIZ_AGENT_API_SECRET": "s3cr3t_test",
    }


def settings_for(base_url: str) -> Settings:
    """Settings of a test account at this address, whatever the environment holds."""
    return Settings.model_construct(
        auth_id=SecretStr("MA_TEST"),
        auth_token=SecretStr("test-token"),
        base_url=base_url,
        agent_api_key=SecretStr("sk_test"),
        agent_api_secret=SecretStr("s3cr3t_test"),
        agent_base_url=base_url,
    )


@contextmanager
def loopback() -> Iterator[Upstream]:
    """A running upstream on a free port of 127.0.0.1."""
    upstream = Upstream()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Header and body leave in two writes; with Nagle's algorithm the second waits for an acknowledgement.
        disable_nagle_algorithm = True

        def setup(self) -> None:
            upstream.connections.append(self.client_address)
            super().setup()

        def do_GET(self) -> None:
            upstream.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            canned = upstream.find(self.path)
            self.send_response(canned.status)
            for name, value in canned.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(canned.body)))
            self.end_headers()
            self.wfile.write(canned.body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128  # a short queue makes clients that connect all at once wait a second and try again

    with Server(("127.0.0.1", 0), Handler) as server:
        upstream.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield upstream
        finally:
            server.shutdown()
            thread.join()
