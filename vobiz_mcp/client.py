"""The only I/O: two drivers that answer a question's steps, one synchronous, one asynchronous."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import httpx2

from vobiz_mcp.errors import NotConfigured, UpstreamUnreachable, VobizError
from vobiz_mcp.records.record import Record
from vobiz_mcp.settings import Settings, from_environment, variable
from vobiz_mcp.wire import Api, Now, R, Request, Step, Together, Wait, decipher

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

DEADLINE_S = 20.0
"""How long one tool call may take in all."""

_LIMITS = httpx2.Limits(max_connections=64, max_keepalive_connections=20)
"""A pipeline asks about fifty calls at once; with fewer connections they would stand in line for each other."""

NEEDED: Mapping[Api, tuple[str, ...]] = {
    "telephony": ("auth_id", "auth_token"),
    "agent": ("agent_api_key", "agent_api_secret", "agent_base_url"),
}
"""The settings that each API cannot do without."""


class Asks(Protocol[T_co]):
    """Anything with steps: yields requests, receives records, returns an answer, and does no I/O itself."""

    def steps(self) -> Generator[Step, Any, T_co]:
        """The conversation with the driver."""


def missing(settings: Settings, api: Api) -> list[str]:
    """The variables that an API still needs, by name."""
    return [variable(field) for field in NEEDED[api] if not _plain(settings, field)]


class _Connection:
    """What both drivers share: which URL and which keys a request gets."""

    def __init__(self, settings: Settings | None, clock: Callable[[], float]) -> None:
        self.settings = from_environment() if settings is None else settings
        self.clock = clock

    def prepare(self, request: Request[R]) -> tuple[str, dict[str, str]]:
        """URL and headers. Raises `NotConfigured` when the request's API has no keys."""
        absent = missing(self.settings, request.api)
        if absent:
            raise NotConfigured(f"the {request.api} API needs {' and '.join(absent)}")
        settings = self.settings
        if request.api == "agent":
            keys = {
                "X-API-KEY": settings.agent_api_key.get_secret_value(),
                "X-API-SECRET": settings.agent_api_secret.get_secret_value(),
            }
            return settings.agent_base_url + request.path, keys
        account = settings.auth_id.get_secret_value()
        keys = {"X-Auth-ID": account, "X-Auth-Token": settings.auth_token.get_secret_value()}
        return f"{settings.base_url}/api/v1/{_account_path(account, request.path)}", keys


def _account_path(account: str, path: str) -> str:
    return path.removeprefix("/") if path.startswith("/") else f"Account/{account}/{path}"


class Vobiz(_Connection):
    """The synchronous client. Use it as a context manager, or call `close`.

    Args:
        settings: read from the environment when None.
        transport: replaces the network, as the embedded sandbox does.
        clock: epoch seconds.
        sleep: lets seconds pass on that clock.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: httpx2.BaseTransport | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(settings, clock)
        self._sleep = sleep
        self._http = httpx2.Client(transport=transport, timeout=DEADLINE_S, limits=_LIMITS, trust_env=False)

    def answer(self, question: Asks[T]) -> T:
        """Drive a question to its answer.

        Raises:
            VobizError: one that the question does not handle itself.
        """
        steps = question.steps()
        try:
            step = next(steps)
            while True:
                try:
                    result = self._take(step)
                except VobizError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as done:
            answer: T = done.value
            return answer

    def _take(self, step: Step) -> object:
        if isinstance(step, Now):
            return self.clock()
        if isinstance(step, Wait):
            self._sleep(step.seconds)
            return None
        if isinstance(step, Together):
            return tuple(self._outcome(request) for request in step.requests)
        return self.fetch(step)

    def _outcome(self, request: Request[Any]) -> Record | VobizError:
        try:
            record: Record = self.fetch(request)
        except VobizError as error:
            return error
        return record

    def fetch(self, request: Request[R]) -> R:
        """Make one request. Raises the `VobizError` that its failure amounts to."""
        url, keys = self.prepare(request)
        try:
            response = self._http.request(
                request.method, url, params=request.query or None, headers=keys, json=request.body
            )
        except httpx2.HTTPError as error:
            raise _unreachable(request.api, error) from None
        return decipher(request, response.status_code, response.headers, response.content)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncVobiz(_Connection):
    """The asynchronous client; its arguments are those of `Vobiz`. One belongs to one event loop."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        super().__init__(settings, clock)
        self._sleep = sleep
        self._http = httpx2.AsyncClient(transport=transport, timeout=DEADLINE_S, limits=_LIMITS, trust_env=False)

    async def answer(self, question: Asks[T], on_wait: Callable[[Wait], Awaitable[None]] | None = None) -> T:
        """Drive a question to its answer within the deadline, to which the time that it asks to wait is added.

        Args:
            on_wait: told of each wait before it begins.

        Raises:
            VobizError: one that the question does not handle itself.
        """
        try:
            async with asyncio.timeout(DEADLINE_S) as deadline:
                return await self._drive(question.steps(), deadline, on_wait)
        except TimeoutError:
            raise UpstreamUnreachable(f"the API did not answer within {DEADLINE_S:g} s") from None

    async def _drive(
        self,
        steps: Generator[Step, Any, T],
        deadline: asyncio.Timeout,
        on_wait: Callable[[Wait], Awaitable[None]] | None,
    ) -> T:
        try:
            step = next(steps)
            while True:
                if isinstance(step, Wait):
                    deadline.reschedule((deadline.when() or 0) + step.seconds)
                    if on_wait:
                        await on_wait(step)
                try:
                    result = await self._take(step)
                except VobizError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as done:
            answer: T = done.value
            return answer

    async def _take(self, step: Step) -> object:
        if isinstance(step, Now):
            return self.clock()
        if isinstance(step, Wait):
            await self._sleep(step.seconds)
            return None
        if isinstance(step, Together):
            return tuple(await asyncio.gather(*map(self._outcome, step.requests)))
        return await self.fetch(step)

    async def _outcome(self, request: Request[Any]) -> Record | VobizError:
        try:
            record: Record = await self.fetch(request)
        except VobizError as error:
            return error
        return record

    async def fetch(self, request: Request[R]) -> R:
        """Make one request. Raises the `VobizError` that its failure amounts to."""
        url, keys = self.prepare(request)
        try:
            response = await self._http.request(
                request.method, url, params=request.query or None, headers=keys, json=request.body
            )
        except httpx2.HTTPError as error:
            raise _unreachable(request.api, error) from None
        return decipher(request, response.status_code, response.headers, response.content)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _unreachable(api: Api, error: httpx2.HTTPError) -> UpstreamUnreachable:
    if isinstance(error, httpx2.TimeoutException):
        return UpstreamUnreachable(f"the {api} API did not answer in time")
    if isinstance(error, httpx2.DecodingError):
        return UpstreamUnreachable(f"the {api} API's answer was damaged on the way")
    if isinstance(error.__cause__, ssl.SSLError) or "SSL" in type(error.__cause__).__name__:
        return UpstreamUnreachable(f"the {api} API's TLS certificate or handshake is not acceptable")
    return UpstreamUnreachable(f"the {api} API cannot be reached ({type(error).__name__})")


def _plain(settings: Settings, field: str) -> str:
    value = getattr(settings, field)
    return value if isinstance(value, str) else str(value.get_secret_value())
