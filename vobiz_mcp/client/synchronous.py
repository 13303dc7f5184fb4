"""The synchronous driver of a question's steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

import httpx2

from vobiz_mcp.api.wire import Now, Progress, R, Recall, Request, Step, Together, Wait
from vobiz_mcp.client.asynchronous import Asks, AsyncVobiz
from vobiz_mcp.client.background import Background
from vobiz_mcp.client.retrying import USUAL_PACE, Pace
from vobiz_mcp.errors import VobizError
from vobiz_mcp.settings import Settings, from_environment

T = TypeVar("T")


class Vobiz:
    """The synchronous client, for any number of threads. Use it as a context manager, or call `close`.

    Its requests are made by an `AsyncVobiz` in the background. It takes the same arguments, but for a `sleep` that lets
    the time pass which a question asks to wait, in the thread that asks.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        pace: Pace = USUAL_PACE,
    ) -> None:
        known = self.settings = from_environment() if settings is None else settings
        self.clock = clock
        self._deadline_s = pace.deadline_s
        self._sleep = sleep
        self._memory: dict[Callable[[], object], object] = {}
        self._requests = Background(lambda: AsyncVobiz(known, transport=transport, pace=pace))

    def answer(self, question: Asks[T]) -> T:
        """Drive a question to its answer within the deadline, to which the time that it asks to wait is added.

        Raises:
            VobizError: one that the question does not handle itself.
        """
        steps, until = question.steps(), time.monotonic() + self._deadline_s
        try:
            step = next(steps)
            while True:
                if isinstance(step, Wait):
                    until += step.seconds
                try:
                    result = self._take(step, until - time.monotonic())
                except VobizError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as done:
            answer: T = done.value
            return answer

    def _take(self, step: Step, left_s: float) -> object:
        if isinstance(step, Now):
            return self.clock()
        if isinstance(step, Wait):
            self._sleep(step.seconds)
            return None
        if isinstance(step, Progress):
            return None
        if isinstance(step, Recall):
            return self._memory.setdefault(step.kind, step.kind())
        if isinstance(step, Together):
            return self._requests.run(lambda client: client.fetch_all(step, left_s))
        return self.fetch(step, left_s)

    def fetch(self, request: Request[R], left_s: float | None = None) -> R:
        """The record of one request, as `AsyncVobiz.fetch` gives it."""
        return self._requests.run(lambda client: client.fetch(request, left_s))

    def close(self) -> None:
        """Let go of the connections and of the thread that keeps them."""
        self._requests.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
