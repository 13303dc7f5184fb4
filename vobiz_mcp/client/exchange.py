"""One request and its reply, tried as often as that is worth it."""

from __future__ import annotations

import asyncio
import math
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import count
from typing import Protocol

import httpx2

from vobiz_mcp.api.wire import Api, R, Request, decipher, may_be_kept, retry_after
from vobiz_mcp.client import traffic
from vobiz_mcp.client.address import HttpRequest
from vobiz_mcp.client.reading import Body
from vobiz_mcp.client.retrying import RETRIED, Budget, Pace, after, pause
from vobiz_mcp.client.sharing import SharedRequest
from vobiz_mcp.errors import RateLimited, UpstreamUnreachable, VobizError
from vobiz_mcp.logs import unlogged
from vobiz_mcp.records.record import Record

MOST_CONNECTIONS = 20
_LIMITS = httpx2.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS)

CONNECT_S = 5.0
"""How long one try to connect may take: a lost packet must not cost the whole deadline, which bounds all else."""

_TIMEOUTS = {"timeout": {"connect": CONNECT_S}}


@dataclass(eq=False)
class Reply:
    """What came back, or why nothing did.

    Attributes:
        sent: when the request was sent, on the client's monotonic clock.
        unreachable: why no whole response came; "" where one did.
        tried: what an error says of the tries before.
        record: what whoever asked first has read out of it, without secrets, for all who ask.
        number: another for each reply of this process.
        is_elsewhere: whether other replicas have it from where they share.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    sent: float
    unreachable: str = ""
    tried: str = ""
    record: Record | None = None
    number: int = field(default_factory=count().__next__)
    is_elsewhere: bool = False

    @property
    def is_success(self) -> bool:
        """Whether it holds what was asked for, as far as its status tells."""
        return 200 <= self.status < 300

    @cached_property
    def may_be_kept(self) -> bool:
        """Whether it may be given again. All of its body is gone through for that, once."""
        return may_be_kept(self.content)

    @property
    def worth_retrying(self) -> bool:
        """Whether the next try may end otherwise."""
        return bool(self.unreachable) or self.status in RETRIED

    def read(self, request: Request[R]) -> R:
        """The record that was asked for. Raises the `VobizError` that the reply amounts to."""
        if self.unreachable:
            raise UpstreamUnreachable(self.unreachable + self.tried)
        try:
            return decipher(request, self.status, self.headers, self.content)
        except VobizError as error:
            error.message += self.tried
            raise


class Allows(Protocol):
    """Who says how often the account may ask."""

    async def wait_s(self, name: str) -> float:
        """Seconds until there is one more for this name; 0 where there is one, which is taken."""
        ...

    async def aclose(self) -> None:
        """Let go of everything."""


@cache
def certificates() -> ssl.SSLContext:
    """Whom the system trusts, whatever the environment names: read once, in 30 ms of a processor, for all clients."""
    return httpx2.create_ssl_context(trust_env=False)


class Exchange:
    """The connections to both APIs, and a retry budget for each.

    Args:
        allowance: of each account; None where the APIs alone say when it is enough.
        sleep: how to wait before the next try.
        trust_env: whether the environment's proxies and certificates are used.
    """

    def __init__(
        self,
        transport: httpx2.AsyncBaseTransport | None,
        sleep: Callable[[float], Awaitable[None]],
        pace: Pace,
        allowance: Allows | None = None,
        *,
        trust_env: bool,
    ) -> None:
        self._allowance = allowance
        verify = True if transport or trust_env else certificates()
        self._http = httpx2.AsyncClient(transport=transport, verify=verify, limits=_LIMITS, trust_env=trust_env)
        self._sleep, self._pace = sleep, pace
        self._budgets: defaultdict[Api, Budget] = defaultdict(Budget)

    async def send(self, http: HttpRequest, api: Api, shared: SharedRequest[Reply]) -> Reply:
        """The reply to a request: a good one, or the last of several failures.

        Raises:
            UpstreamUnreachable: what came is damaged, or comes from somebody whose certificate is not acceptable.
            UnreadableAnswer: what came is not to be unpacked.
            RateLimited: the account's allowance is used up for longer than anybody waits.
        """
        now, budget = asyncio.get_running_loop().time, self._budgets[api]
        begun = now()
        while True:
            await self._allowed(http, shared)
            shared.tries += 1
            traffic.sent()
            with unlogged():
                reply = await self._try(http, api)
            if not reply.worth_retrying:
                budget.earn()
                return reply
            reply = shared.failed = replace(reply, tried=after(shared.tries, now() - begun))
            asked_for = retry_after(reply.headers, reply.content)
            wait = pause(shared.tries, self._pace.chance(), asked_for, shared.until - now())
            if wait is None or not budget.spend():
                return reply
            await self._sleep(wait)

    async def _allowed(self, http: HttpRequest, shared: SharedRequest[Reply]) -> None:
        if self._allowance is None:
            return
        while wait_s := await self._allowance.wait_s(f"upstream {http.keys}"):
            if wait_s > shared.until - asyncio.get_running_loop().time():
                raise RateLimited("this account's requests are limited by VOBIZ_UPSTREAM_RATE", math.ceil(wait_s))
            await self._sleep(wait_s)

    async def _try(self, http: HttpRequest, api: Api) -> Reply:
        sent = self._pace.ticks()
        request = httpx2.Request(
            http.method,
            http.url,
            params=http.query or None,
            headers=http.headers,
            content=http.content,
            extensions=_TIMEOUTS,
        )
        try:
            response = await self._http.send(request, stream=True)
            try:
                return Reply(response.status_code, response.headers, await _body(response), sent)
            finally:
                await response.aclose()
        except httpx2.RequestError as error:
            if _is_tls(error):
                raise UpstreamUnreachable(f"the {api} API's TLS certificate or handshake is not acceptable") from None
            return Reply(0, {}, b"", sent, _unreachable(api, error))

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()
        if self._allowance is not None:
            await self._allowance.aclose()


async def _body(response: httpx2.Response) -> bytes:
    body = Body(response.headers.get("content-encoding", ""))
    assert isinstance(response.stream, httpx2.AsyncByteStream)  # for mypy: it is asynchronous  # noqa: S101  # nosec B101
    async for raw in response.stream:
        body.add(raw)
    return body.whole()


def _unreachable(api: Api, error: httpx2.RequestError) -> str:
    late = isinstance(error, httpx2.TimeoutException)
    return f"the {api} API {'did not answer in time' if late else f'cannot be reached ({type(error).__name__})'}"


def _is_tls(error: BaseException | None) -> bool:
    """Whether a failure began with TLS, which the next try would meet again."""
    return error is not None and (isinstance(error, ssl.SSLError) or _is_tls(error.__cause__ or error.__context__))
