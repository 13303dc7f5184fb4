"""The asynchronous driver of a question's steps."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Generator
from types import TracebackType
from typing import Any, Protocol, Self, TypeAlias, TypeVar, cast

import httpx2

from vobiz_mcp.api.wire import Api, Now, Progress, R, Recall, Request, Step, Together, Wait
from vobiz_mcp.client.address import HttpRequest, http_request
from vobiz_mcp.client.exchange import Allows, Exchange, Reply
from vobiz_mcp.client.retrying import USUAL_PACE, Pace
from vobiz_mcp.client.sharing import TICK_S, Kept, SharedRequest, SharedRequests
from vobiz_mcp.errors import UpstreamUnreachable, VobizError
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.record import Record
from vobiz_mcp.settings import Settings, from_environment

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


OnWait: TypeAlias = Callable[[Wait | Progress], Awaitable[None]]
"""Is told of each wait before it begins, and of progress."""


class Asks(Protocol[T_co]):
    """Anything with steps: yields requests, receives records, returns an answer, and does no I/O itself."""

    def steps(self) -> Generator[Step, Any, T_co]:
        """The conversation with the driver."""


class Answers(Protocol):
    """Who answers questions: a client, or what stands before one."""

    async def answer(self, question: Asks[T], on_wait: OnWait | None = None) -> T:
        """The answer. Raises `VobizError`."""
        ...


class Shares(Protocol):
    """Whoever makes one request for all replicas of a server."""

    async def reply(self, http: HttpRequest, max_age_s: float, send: Callable[[], Awaitable[Reply]]) -> Reply:
        """The reply to a request, whichever replica makes it. Raises what `send` raises."""
        ...

    def store_final(self, http: HttpRequest, reply: Reply) -> None:
        """Have a reply that will not change given again."""

    async def aclose(self) -> None:
        """Let go of everything."""


class TooLargeHere(Exception):  # noqa: N818 - no error, but the news that another process should answer
    """A body came that takes longer to read and condense than others should wait."""

    def __init__(self, http: HttpRequest, reply: Reply) -> None:
        super().__init__()
        self.http, self.reply = http, reply


class AsyncVobiz:
    """The asynchronous client. Use it as a context manager, or call `aclose`. One belongs to one event loop.

    Args:
        settings: read from the environment when None.
        transport: replaces the network, as the embedded sandbox does.
        clock: epoch seconds.
        sleep: lets seconds pass on that clock.
        pace: the deadline, and by what retries and the age of answers are measured.
        replicas: makes one request for all of them; None where there is one.
        allowance: how often the account may ask.
    """

    def __init__(  # noqa: PLR0913 - all but one or two are what they usually are
        self,
        settings: Settings | None = None,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        pace: Pace = USUAL_PACE,
        replicas: Shares | None = None,
        allowance: Allows | None = None,
    ) -> None:
        self.settings = from_environment() if settings is None else settings
        self.clock = clock
        self.deadline_s = pace.deadline_s
        self._sleep = sleep
        self._exchange = Exchange(transport, sleep, pace, allowance, trust_env=self.settings.trust_env)
        self._replicas = replicas
        self._memory: dict[Callable[[], object], object] = {}
        self._requests, self._kept = SharedRequests[Reply](), Kept[Reply](pace.ticks)
        self._sweeping: asyncio.TimerHandle | None = None

    async def answer(self, question: Asks[T], on_wait: OnWait | None = None, most_bytes: float = math.inf) -> T:
        """Drive a question to its answer within the deadline, to which the time that it asks to wait is added.

        Args:
            on_wait: told of each wait before it begins, and of progress.
            most_bytes: of a body that is read here.

        Raises:
            VobizError: one that the question does not handle itself.
            TooLargeHere: a larger body came.
        """
        now = asyncio.get_running_loop().time
        steps, until = question.steps(), now() + self.deadline_s
        try:
            step = next(steps)
            while True:
                if isinstance(step, Wait):
                    until += step.seconds
                if on_wait and isinstance(step, Wait | Progress):
                    await on_wait(step)
                try:
                    result = await self._take(step, until - now(), most_bytes)
                except VobizError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as done:
            answer: T = done.value
            return answer

    async def _take(self, step: Step, left_s: float, most_bytes: float) -> object:
        if isinstance(step, Recall):
            return self._memory.setdefault(step.kind, step.kind())
        if isinstance(step, Together):
            return await self.fetch_all(step, left_s, most_bytes)
        if isinstance(step, Now | Wait | Progress):
            return await self.pass_time(step)
        return await self.fetch(step, left_s, most_bytes)

    async def pass_time(self, step: Now | Wait | Progress) -> float | None:
        """The time, or nothing once others have had theirs."""
        if isinstance(step, Now):
            return self.clock()
        if isinstance(step, Progress):
            await asyncio.sleep(0)
            return None
        await self._sleep(step.seconds)
        return None

    async def fetch_all(
        self, together: Together, left_s: float | None = None, most_bytes: float = math.inf
    ) -> tuple[Record | VobizError, ...]:
        """Make several requests at once; gives each one's record or error."""
        return tuple(await asyncio.gather(*(self._outcome(each, left_s, most_bytes) for each in together.requests)))

    async def _outcome(self, request: Request[Any], left_s: float | None, most_bytes: float) -> Record | VobizError:
        try:
            record: Record = await self.fetch(request, left_s, most_bytes)
        except VobizError as error:
            return error
        return record

    async def fetch(self, request: Request[R], left_s: float | None = None, most_bytes: float = math.inf) -> R:
        """The record of one request: of an answer that is fresh enough, of one on its way, or of a new one.

        Whoever asks the same is given the same record: it was read and masked once, and nobody changes it.

        Args:
            left_s: until the deadline; None for a whole one.
            most_bytes: of a body that is read here.

        Raises:
            VobizError: what the failure amounts to.
            TooLargeHere: a larger body came.
        """
        http = http_request(request, self.settings)
        reply = await self.reply(http, request.api, request.max_age_s, left_s)
        if reply.record is None:
            if len(reply.content) > most_bytes:
                raise TooLargeHere(http, reply)
            reply.record = masked(reply.read(request), self.settings.privacy)
            self.keep(http, reply, is_final=reply.record.is_final)
        return cast("R", reply.record)  # the same request reads the same kind of record

    def keep(self, http: HttpRequest, reply: Reply, *, is_final: bool) -> None:
        """Keep a reply for whoever asks soon, unless nobody may."""
        if reply.may_be_kept:
            self._kept.keep(http, reply, reply.sent, len(reply.content), final=is_final)
            if self._sweeping is None:
                self._sweep()
            if is_final and self._replicas is not None:
                self._replicas.store_final(http, reply)

    def _sweep(self) -> None:
        """Forget what is old, also when nobody asks for anything."""
        self._kept.forget_old()
        later = asyncio.get_running_loop().call_later
        self._sweeping = later(TICK_S, self._sweep) if self._kept else None

    async def reply(self, http: HttpRequest, api: Api, max_age_s: float, left_s: float | None = None) -> Reply:
        """The reply to a request: one that is fresh enough, one on its way, or a new one. Raises `VobizError`."""
        kept = self._kept.get(http, max_age_s)
        if kept is not None:
            return kept
        until = asyncio.get_running_loop().time() + (self.deadline_s if left_s is None else left_s)
        shared = self._requests.join(http, until, lambda shared: self._send(http, api, max_age_s, shared))
        try:
            return await self._requests.answer(http, shared, until)
        except TimeoutError:
            if shared.failed is not None:
                return shared.failed
            raise UpstreamUnreachable(f"the {api} API did not answer within {self.deadline_s:g} s") from None

    async def _send(self, http: HttpRequest, api: Api, max_age_s: float, shared: SharedRequest[Reply]) -> Reply:
        if self._replicas is None:
            return await self._exchange.send(http, api, shared)
        return await self._replicas.reply(http, max_age_s, lambda: self._exchange.send(http, api, shared))

    async def aclose(self) -> None:
        """Let go of the connections; who still waits for an answer is told that there will be none."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        await self._requests.cancel()
        await self._exchange.aclose()
        if self._replicas is not None:
            await self._replicas.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
