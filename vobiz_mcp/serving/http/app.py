"""The server behind its door: name, token, rate, in this order, then MCP."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from mcp.server.auth.provider import TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.lowlevel import Server
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import AnyHttpUrl
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from vobiz_mcp.client.replicas.allowance import Allowance
from vobiz_mcp.serving.http.allowed_hosts import OwnNamesOnly
from vobiz_mcp.serving.http.issuer import IssuerKeys
from vobiz_mcp.serving.http.rate_limit import RateLimit
from vobiz_mcp.serving.http.tokens import IssuerTokens, SharedToken
from vobiz_mcp.settings import ServerSettings

_PATH = "/mcp"


def behind_door(server: Server[Any], settings: ServerSettings, allowed_hosts: Iterable[str], rate: float) -> ASGIApp:
    """Streamable HTTP at `/mcp`, and `/health`, which says that the process runs and nothing else.

    No version of the protocol gets a session: each request stands for itself, so that any replica behind a balancer
    answers it, and a client that goes away leaves nothing behind. Versions before 2026-07-28 let a server do that.

    Args:
        settings: whose tokens are let in; without any, everybody is who comes under an accepted name.
        allowed_hosts: names that the server answers to besides those of this machine.
        rate: requests per second that one client may make; infinite where everybody may ask as fast as they like.
    """
    auth, verifier = _authority(settings)
    app = server.streamable_http_app(
        streamable_http_path=_PATH,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # `OwnNamesOnly` does it
        auth=auth,
        token_verifier=verifier,
        custom_starlette_routes=[Route("/health", _health)],
    )
    _where_clients_ask(app.router)
    # Innermost: only behind the SDK's authentication is it known whose allowance a request is taken from.
    if math.isfinite(rate):
        allowance = Allowance(rate, settings.valkey_url)
        app.user_middleware.append(Middleware(RateLimit, allowance=allowance, proxies=settings.mcp_trusted_proxies))
    return OwnNamesOnly(app, allowed_hosts)


def _where_clients_ask(router: Router) -> None:
    """Answer at `/mcp/` too instead of redirecting, and to no GET: nothing is sent that nobody asked for."""
    [mcp] = [route for route in router.routes if isinstance(route, Route) and route.path == _PATH]
    router.routes.remove(mcp)
    router.routes += [Route(path, mcp.endpoint, methods=["POST"]) for path in (_PATH, f"{_PATH}/")]
    router.redirect_slashes = False


def _authority(settings: ServerSettings) -> tuple[AuthSettings, TokenVerifier] | tuple[None, None]:
    if settings.mcp_issuer:
        verifier = IssuerTokens(IssuerKeys(settings.mcp_issuer), settings.mcp_resource)
        return _auth(settings.mcp_issuer, AnyHttpUrl(settings.mcp_resource)), verifier
    if settings.mcp_token.get_secret_value():
        # The SDK wants an issuer in any case; without a resource it tells nobody about it.
        return _auth("http://localhost", None), SharedToken(settings.mcp_token)
    return None, None


def _auth(issuer: str, resource: AnyHttpUrl | None) -> AuthSettings:
    # The verifier checks the audience itself.
    return AuthSettings(issuer_url=AnyHttpUrl(issuer), resource_server_url=resource, validate_token_resource=False)


async def _health(_: Request) -> Response:
    return Response("ok\n", media_type="text/plain")
