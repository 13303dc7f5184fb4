"""Under which names the server answers: a page that leads its own name here (DNS rebinding) is turned away."""

from __future__ import annotations

from collections.abc import Iterable

from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from vobiz_mcp.settings import LOOPBACK


def names(allowed: Iterable[str]) -> TransportSecuritySettings:
    """The Host and Origin headers to accept: those of this machine and the allowed, at any port."""
    hosts = [f"[{name}]" if ":" in name else name.lower() for name in (*LOOPBACK, *allowed)]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    return TransportSecuritySettings(allowed_hosts=_at_any_port(hosts), allowed_origins=_at_any_port(origins))


def _at_any_port(names: list[str]) -> list[str]:
    return [*names, *(f"{name}:*" for name in names)]


class OwnNamesOnly:
    """The SDK's check of Host (421) and Origin (403), before everything else and on every path."""

    def __init__(self, app: ASGIApp, security: TransportSecuritySettings) -> None:
        self._app = app
        self._check = TransportSecurityMiddleware(security)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        refusal = await self._check.validate_request(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)
