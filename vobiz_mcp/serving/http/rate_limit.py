"""How often each client may ask. Who asks more is told when to come again, and costs nothing more than that."""

from __future__ import annotations

import math
from collections.abc import Sequence

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from vobiz_mcp.client.replicas.allowance import Allowance
from vobiz_mcp.errors import RateLimited
from vobiz_mcp.serving.http.clients import client_of
from vobiz_mcp.settings import LOOPBACK, Network

REQUESTS_PER_SECOND = 100.0
"""Far above what models and pipelines ask, far below what one client could take from all others."""

CODE = -32029
"""JSON-RPC's code of the refusal, out of the range that it leaves to servers."""


def usual_rate(host: str, proxies: Sequence[Network]) -> float:
    """Requests per second and client for a server that listens on `host`, where nobody asks for another rate.

    On loopback, but behind a proxy, there is one user, whose pipeline may ask as fast as this process answers.
    """
    return math.inf if host in LOOPBACK and not proxies else REQUESTS_PER_SECOND


class RateLimit:
    """Answers in place of the application while a client's allowance is used up.

    Args:
        allowance: of each client.
        proxies: whose word is taken for a client's address.
    """

    def __init__(self, app: ASGIApp, allowance: Allowance, proxies: Sequence[Network]) -> None:
        self._app, self._allowance, self._proxies = app, allowance, proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            wait_s = await self._allowance.wait_s(f"client {client_of(scope, self._proxies)}")
            if wait_s:
                await _refusal(wait_s)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _refusal(wait: float) -> JSONResponse:
    seconds = max(1, math.ceil(wait))
    error = RateLimited("this server limits how fast one client may ask", seconds)
    data = {"code": error.code, "retry_after": seconds}
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": CODE, "message": str(error), "data": data}}
    return JSONResponse(body, 429, {"Retry-After": str(seconds)})
