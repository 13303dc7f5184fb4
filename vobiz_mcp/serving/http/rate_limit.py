"""How often each client may ask. Who asks more is told when to come again, and costs nothing more than that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from throttled.asyncio import MemoryStore, Quota, RateLimiterType, Throttled, rate_limiter

from vobiz_mcp.errors import RateLimited
from vobiz_mcp.serving.http.clients import client_of
from vobiz_mcp.settings import LOOPBACK, Network

REQUESTS_PER_SECOND = 100.0
"""Far above what models and pipelines ask, far below what one client could take from all others."""

BURST_S = 2
"""A client may use up the allowance of so many seconds at once."""

MOST_CLIENTS = 10_000
"""Clients that are remembered; of more, those are forgotten that have been quiet longest."""

_LONGEST_S = 1_000_000
"""Between two requests that are granted, at most."""

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
        rate: requests per second and client.
        proxies: whose word is taken for a client's address.
    """

    def __init__(self, app: ASGIApp, rate: float, proxies: Sequence[Network]) -> None:
        self._app = app
        self._proxies = proxies
        self._allowances = Throttled(
            using=RateLimiterType.GCRA.value,
            quota=quota(rate),
            store=MemoryStore(options={"MAX_SIZE": MOST_CLIENTS}),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            spent = await self._allowances.limit(client_of(scope, self._proxies))
            if spent.limited:
                await _refusal(spent.state.retry_after)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def quota(rate: float) -> Quota:
    """The rate in whole requests per whole seconds, as the library counts."""
    exact = Fraction(rate).limit_denominator(_LONGEST_S) or Fraction(1, _LONGEST_S)
    requests, seconds = exact.numerator, exact.denominator
    return rate_limiter.per_duration(timedelta(seconds=seconds), requests, burst=max(1, int(BURST_S * rate)))


def _refusal(wait: float) -> JSONResponse:
    seconds = max(1, math.ceil(wait))
    error = RateLimited("this server limits how fast one client may ask", seconds)
    data = {"code": error.code, "retry_after": seconds}
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": CODE, "message": str(error), "data": data}}
    return JSONResponse(body, 429, {"Retry-After": str(seconds)})
