"""Who answers: this process, and about long calls one of a few others, each call always the same one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from itertools import count
from typing import Any, TypeVar

from vobiz_mcp.api.wire import Now, Progress, Wait
from vobiz_mcp.client.address import HttpRequest
from vobiz_mcp.client.asynchronous import Asks, AsyncVobiz, OnWait, TooLargeHere
from vobiz_mcp.client.exchange import Reply
from vobiz_mcp.errors import InternalError, VobizError
from vobiz_mcp.resources import Document
from vobiz_mcp.serving.pool.messages import Begin, Done, Drop, Want
from vobiz_mcp.serving.pool.worker import Ended, NotStarted, Outcome, Worker
from vobiz_mcp.tools.steps.question import Question

T = TypeVar("T")

LARGE = 160 * 2**10
"""Bytes of a body that others need not wait for; of a call with word times, seven minutes."""
MOST_PROCESSES = 4
MOST_CALLS = 1000
"""Calls of which it is remembered who answers about them."""
_TRIES = 2


class Pool:
    """Answers questions with a client, and those about large bodies in other processes.

    There is none of these before the first large body comes, and at most as many as processors.

    Args:
        servers: how many have such a pool on this machine, and share that number.
    """

    def __init__(self, client: AsyncVobiz, servers: int = 1) -> None:
        self._client = client
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
        self._most = max(1, min(MOST_PROCESSES, processors) // servers)
        self._workers: list[Worker] = []
        self._homes: dict[str, Worker] = {}
        self._jobs = count()

    async def answer(self, question: Asks[T], on_wait: OnWait | None = None) -> T:
        """The answer, from wherever it is made; the record of one that is made elsewhere stays there.

        Raises:
            VobizError: one that the question does not handle itself, or `Overloaded`.
        """
        replies: dict[HttpRequest, Reply] = {}
        patience = _Patience(self._client.deadline_s, on_wait)
        if _subject(question) not in self._homes and not _asked(question).reads_many:
            try:
                return await self._client.answer(question, patience.tell, LARGE)
            except TooLargeHere as large:
                replies[large.http] = large.reply
        for _ in range(_TRIES):
            try:
                job = _Job(self._client, self._home(question), next(self._jobs), replies)
                answer: T = await job.answer(question, patience)
            except NotStarted:
                return await self._client.answer(question, on_wait)
            except Ended:
                continue
            return answer
        raise InternalError(f"the process that answers about long calls ended {_TRIES} times over this one")

    def _home(self, question: Asks[Any]) -> Worker:
        """Who knows what this question is about already, else who is least wanted, else somebody new."""
        subject = _subject(question)
        self._workers = [worker for worker in self._workers if not worker.is_over]
        known = self._homes.pop(subject, None)
        worker = known if known in self._workers and known else self._least_wanted()
        self._homes[subject] = worker
        if len(self._homes) > MOST_CALLS:
            del self._homes[next(iter(self._homes))]
        return worker

    def _least_wanted(self) -> Worker:
        least = min(self._workers, key=lambda worker: worker.wanted, default=None)
        if least is None or (least.wanted and len(self._workers) < self._most):
            least = Worker(self._client.settings)
            self._workers.append(least)
        return least

    async def aclose(self) -> None:
        """End all processes."""
        await asyncio.gather(*(worker.aclose() for worker in self._workers))


class _Patience:
    """How long a question may still take, however often it is begun anew.

    Attributes:
        until: the deadline, on the event loop's clock.
    """

    def __init__(self, deadline_s: float, on_wait: OnWait | None) -> None:
        self.until = asyncio.get_running_loop().time() + deadline_s
        self._on_wait = on_wait
        self._waited = 0.0

    async def tell(self, step: Wait | Progress) -> None:
        """Pass the news on; what the question asks to wait is not part of its deadline."""
        if isinstance(step, Wait):
            self.until += step.seconds
            self._waited = step.waited + step.seconds
        if self._on_wait is not None:
            await self._on_wait(step)

    def is_over(self, step: Wait) -> bool:
        """Whether so long was waited already, before the question was begun anew."""
        return step.waited + step.seconds <= self._waited


class _Job:
    """A question that a worker answers, while its requests are made and its time is kept here.

    Args:
        given: replies that have come already.
    """

    def __init__(self, client: AsyncVobiz, worker: Worker, number: int, given: Mapping[HttpRequest, Reply]) -> None:
        self._client, self._worker, self._number = client, worker, number
        self._given = dict(given)
        self._told: dict[int, tuple[HttpRequest, Reply]] = {}

    async def answer(self, question: Asks[Any], patience: _Patience) -> Any:  # noqa: ANN401 - whatever it answers
        try:
            turn = await self._worker.take(Begin(self._number, question), patience.until)
            while not isinstance(turn.step, Done):
                if isinstance(turn.step, VobizError):
                    raise turn.step
                result = await self._result(turn.step, patience)
                turn = await self._worker.take(Outcome(self._number, result), patience.until)
                for number, is_final in turn.is_final.items():
                    self._client.keep(*self._told[number], is_final=is_final)
            return turn.step.answer
        finally:
            self._worker.tell(Drop(self._number))

    async def _result(
        self, step: Now | Wait | Progress | tuple[Want, ...], patience: _Patience
    ) -> float | tuple[Reply | VobizError, ...] | None:
        if isinstance(step, tuple):
            self._told.clear()
            return tuple(await asyncio.gather(*(self._reply(want, patience.until) for want in step)))
        if isinstance(step, Wait) and patience.is_over(step):
            return None
        if not isinstance(step, Now):
            await patience.tell(step)
        return await self._client.pass_time(step)

    async def _reply(self, want: Want, until: float) -> Reply | VobizError:
        reply = self._given.pop(want.http, None)
        try:
            reply = reply or await self._client.reply(*want, until - asyncio.get_running_loop().time())
        except VobizError as error:
            return error
        if reply.is_success and len(reply.content) > LARGE and not self._worker.knows(reply):
            self._client.keep(want.http, reply, is_final=False)  # for those who ask before it has been read
        self._told[reply.number] = want.http, reply
        return reply


def _subject(question: Asks[Any]) -> str:
    """What a question is about: the call whose derived parts it needs."""
    asked = _asked(question)
    if asked.reads_many:
        return asked.tool_name()
    return str(getattr(asked, "call_id", "") or getattr(asked, "call_uuid", "") or asked)


def _asked(question: Asks[Any]) -> Question:
    asked = question.question if isinstance(question, Document) else question
    assert isinstance(asked, Question)  # a server asks nothing else  # noqa: S101  # nosec B101
    return asked
