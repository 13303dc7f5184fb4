"""How often each client may ask. Who asks more is told when to come again, and costs nothing more than that."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from mcp.server.auth.provider import principal_components
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from vobiz_mcp.errors import RateLimited

BURST_S = 2.0
"""A client may use up the allowance of so many seconds at once."""

MOST_CLIENTS = 10_000
"""Clients that are remembered; of more, those are forgotten that have been quiet longest."""

_SHORTEST_WAIT_S = 1e-6
"""Less than this is an error of rounding."""

CODE = -32029
"""JSON-RPC's code of the refusal, out of the range that it leaves to servers."""


@dataclass
class Allowances:
    """Requests per second and client, as the moment at which each client's past requests will be paid off (GCRA)."""

    rate: float
    clock: Callable[[], float] = time.monotonic
    _paid_off: OrderedDict[Hashable, float] = field(default_factory=OrderedDict)

    def spend(self, client: Hashable) -> float:
        """Take one request from a client's allowance; gives 0, or the seconds after which there will be one."""
        now = self.clock()
        paid_off = max(now, self._paid_off.pop(client, now))
        wait = paid_off + 1 / self.rate - now - max(BURST_S, 1 / self.rate)
        granted = wait < _SHORTEST_WAIT_S
        self._paid_off[client] = paid_off + 1 / self.rate if granted else paid_off
        if len(self._paid_off) > MOST_CLIENTS:
            self._paid_off.popitem(last=False)
        return 0.0 if granted else wait


class RateLimit:
    """Answers in place of the application while a client's allowance is used up."""

    def __init__(self, app: ASGIApp, rate: float) -> None:
        self._app = app
        self._allowances = Allowances(rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        wait = self._allowances.spend(client_of(scope)) if scope["type"] == "http" else 0
        await (_refusal(wait) if wait else self._app)(scope, receive, send)


def client_of(scope: Scope) -> Hashable:
    """Who asks: the subject of a token where it names one, else the address, together with a shared token."""
    user = scope.get("user")
    principal = principal_components(user.access_token) if isinstance(user, AuthenticatedUser) else None
    if principal and principal[2]:
        return principal
    return principal, _address(scope)


def _address(scope: Scope) -> str:
    """The client's address; of IPv6 the /64, which is what one customer is given."""
    host = str((scope.get("client") or ("",))[0])
    if ":" not in host:
        return host
    return str(ipaddress.IPv6Network(f"{host.partition('%')[0]}/64", strict=False))


def _refusal(wait: float) -> JSONResponse:
    seconds = math.ceil(wait)
    error = RateLimited("this server limits how fast one client may ask", seconds)
    data = {"code": error.code, "retry_after": seconds}
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": CODE, "message": str(error), "data": data}}
    return JSONResponse(body, 429, {"Retry-After": str(seconds)})
