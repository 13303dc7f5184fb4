"""Requests to a server over HTTP, as tests of who may come in send them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx2
from servers import MODERN, http_server

LIST_TOOLS = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": MODERN}}
HEADERS = {
    "Accept": "application/json, text/event-stream",
    "MCP-Protocol-Version": "2026-07-28",
    "Mcp-Method": "tools/list",
}
NO_TLS = False
"""On loopback there is none to verify, and the certificates of the system need not be read for each request."""


def listed(url: str, headers: Mapping[str, str] | None = None, local_address: str | None = None) -> httpx2.Response:
    """The answer to a `tools/list`, from an address of this machine."""
    with httpx2.Client(transport=httpx2.HTTPTransport(NO_TLS, local_address=local_address), trust_env=False) as client:
        return client.post(url, json=LIST_TOOLS, headers={**HEADERS, **(headers or {})})


def got(url: str, headers: Mapping[str, str] | None = None) -> httpx2.Response:
    return httpx2.get(url, headers=headers, verify=NO_TLS)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def loopback_server(*arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The URL on loopback of a server that may be bound to more than that."""
    with http_server(*arguments, environment=environment) as url:
        yield url.replace("0.0.0.0", "127.0.0.1")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now
