"""The server behind its door: name, token, rate, in this order, then MCP."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mcp.server.auth.provider import TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.lowlevel import Server
from pydantic import AnyHttpUrl
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from vobiz_mcp.serving.http.issuer import IssuerKeys
from vobiz_mcp.serving.http.limit import RateLimit
from vobiz_mcp.serving.http.names import OwnNamesOnly, names
from vobiz_mcp.serving.http.tokens import IssuerTokens, SharedToken
from vobiz_mcp.settings import ServerSettings


def behind_door(server: Server[Any], settings: ServerSettings, allowed_hosts: Iterable[str], rate: float) -> ASGIApp:
    """Streamable HTTP at `/mcp`, and `/health`, which says that the process runs and nothing else.

    Args:
        settings: whose tokens are let in; without any, everybody is who comes under an accepted name.
        allowed_hosts: names that the server answers to besides those of this machine.
        rate: requests per second that one client may make.
    """
    security = names(allowed_hosts)
    auth, verifier = _authority(settings)
    app = server.streamable_http_app(
        transport_security=security,
        auth=auth,
        token_verifier=verifier,
        custom_starlette_routes=[Route("/health", _health)],
    )
    # Innermost: only behind the SDK's authentication is it known whose allowance a request is taken from.
    app.user_middleware.append(Middleware(RateLimit, rate=rate))
    return OwnNamesOnly(app, security)


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
