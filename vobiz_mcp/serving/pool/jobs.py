"""Questions as a process answers them: all but the requests, which the server makes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from vobiz_mcp.api import wire
from vobiz_mcp.client.address import HttpRequest, http_request
from vobiz_mcp.client.asynchronous import Asks
from vobiz_mcp.client.exchange import Reply
from vobiz_mcp.errors import VobizError
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.record import Record
from vobiz_mcp.serving.pool.error_boundary import only_vobiz_errors
from vobiz_mcp.serving.pool.messages import Begin, Body, Done, Drop, Forget, GoOn, Step, Turn, Want
from vobiz_mcp.settings import Settings
from vobiz_mcp.tools.steps.question import SANDBOX_MARK, Answer


@dataclass
class _Job:
    """A question on its way.

    Attributes:
        asked: what its last step asked for, with the request or why none can be made.
        is_together: whether it takes failures as results.
        told: the replies that it has had; None once anything else than these decides its answer.
    """

    question: Asks[Any]
    steps: Generator[wire.Step, Any, Any]
    asked: list[tuple[wire.Request[Any], HttpRequest | VobizError]] = field(default_factory=list)
    is_together: bool = False
    told: tuple[int, ...] | None = ()


class Jobs:
    """The questions under way, the replies that they are about, and answers that need not be made twice."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs: dict[int, _Job] = {}
        self._replies: dict[int, Reply] = {}
        self._answers: dict[tuple[Asks[Any], tuple[int, ...]], Any] = {}
        self._is_final: dict[int, bool] = {}
        self._memory: dict[Callable[[], object], object] = {}

    def take(self, message: Begin | GoOn | Drop | Forget) -> Turn | None:
        """The answer to a message; None for one that wants none."""
        if isinstance(message, Drop):
            self._jobs.pop(message.job, None)
            return None
        if isinstance(message, Forget):
            self._forget(message.number)
            return None
        self._is_final = {}
        step = self._step(message)
        if isinstance(step, Done | VobizError):
            self._jobs.pop(message.job, None)
        return Turn(step, self._is_final)

    def _step(self, message: Begin | GoOn) -> Step:
        try:
            with only_vobiz_errors("an answer about a long call"):
                if isinstance(message, Begin):
                    steps = message.question.steps()
                    job = self._jobs[message.job] = _Job(message.question, steps)
                    return self._sent(job, None)
                return self._gone_on(self._jobs[message.job], message.outcome)
        except VobizError as error:
            return error

    def _gone_on(self, job: _Job, outcome: float | tuple[Body | VobizError, ...] | None) -> Step:
        if not isinstance(outcome, tuple):
            job.told = None
            return self._sent(job, outcome)
        bodies = iter(outcome)
        told = [http if isinstance(http, VobizError) else next(bodies) for _, http in job.asked]
        numbers = tuple(one.number for one in told if isinstance(one, Body))
        job.told = None if job.told is None or len(numbers) < len(told) else job.told + numbers
        for body in told:
            if isinstance(body, Body) and body.content is not None:
                self._replies[body.number] = Reply(
                    body.status, body.headers, body.content, 0.0, body.unreachable, body.tried
                )
        if job.told is not None and (job.question, job.told) in self._answers:
            return Done(self._answers[job.question, job.told])
        records = [self._read(request, one) for (request, _), one in zip(job.asked, told, strict=True)]
        return self._sent(job, tuple(records) if job.is_together else records[0])

    def _read(self, request: wire.Request[Any], told: Body | VobizError) -> Record | VobizError:
        if isinstance(told, VobizError):
            return told
        reply = self._replies[told.number]
        try:
            if reply.record is None:
                reply.record = masked(reply.read(request), self._settings.privacy)
                self._is_final[told.number] = reply.record.is_final
                reply.content = b""
        except VobizError as error:
            return error
        return reply.record

    def _sent(self, job: _Job, outcome: object) -> Step:
        """The next step of a job whose last one came to this."""
        try:
            step = job.steps.throw(outcome) if isinstance(outcome, VobizError) else job.steps.send(outcome)
        except StopIteration as done:
            answer = _portable(done.value)
            if job.told is not None:
                self._answers[job.question, job.told] = answer
            return Done(answer)
        if isinstance(step, wire.Recall):
            job.told = None
            return self._sent(job, self._memory.setdefault(step.kind, step.kind()))
        if isinstance(step, wire.Now | wire.Wait | wire.Progress):
            return step
        job.is_together = isinstance(step, wire.Together)
        job.asked = [(request, self._address(request)) for request in _requests(step)]
        return tuple(
            Want(http, request.api, request.max_age_s)
            for request, http in job.asked
            if not isinstance(http, VobizError)
        )

    def _address(self, request: wire.Request[Any]) -> HttpRequest | VobizError:
        try:
            return http_request(request, self._settings)
        except VobizError as error:
            return error

    def _forget(self, number: int) -> None:
        self._replies.pop(number, None)
        self._answers = {key: answer for key, answer in self._answers.items() if number not in key[1]}


def _requests(step: wire.Request[Any] | wire.Together) -> Sequence[wire.Request[Any]]:
    return step.requests if isinstance(step, wire.Together) else (step,)


def _portable(answer: Any) -> Any:  # noqa: ANN401 - whatever a question answers
    """The answer without the record, which stays where it was read: its text is all that is handed on from here."""
    if not isinstance(answer, Answer):
        return answer
    mark = SANDBOX_MARK if answer.record.sandbox else ""
    return Answer(answer.text.removeprefix(mark), Record(sandbox=answer.record.sandbox), most_tokens=None)
