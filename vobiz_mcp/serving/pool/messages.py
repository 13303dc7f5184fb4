"""What the server and a process that answers for it say to each other: pickles of these, each behind its length."""

from __future__ import annotations

import pickle  # nosec B403 - both ends are this program, and what they write to is a pipe
import struct
from typing import Any, NamedTuple, TypeAlias

from vobiz_mcp.api.wire import Api, Now, Progress, Wait
from vobiz_mcp.client.address import HttpRequest
from vobiz_mcp.client.asynchronous import Asks
from vobiz_mcp.errors import VobizError
from vobiz_mcp.settings import Settings

HEAD = struct.Struct("!I")


class Start(NamedTuple):
    """The first message: how requests are made and what is hidden, and how much is logged."""

    settings: Settings
    log: str


class Begin(NamedTuple):
    """A question to be answered. `job` is a number that all messages about it carry."""

    job: int
    question: Asks[Any]


class Body(NamedTuple):
    """A reply of an API; `content` is None where the process has had it before, under the same number."""

    number: int
    status: int
    headers: dict[str, str]
    content: bytes | None
    unreachable: str
    tried: str


class GoOn(NamedTuple):
    """What the last step of a job came to: the time, or what was asked for."""

    job: int
    outcome: float | tuple[Body | VobizError, ...] | None


class Drop(NamedTuple):
    """A job that nobody waits for any more. It is not answered."""

    job: int


class Forget(NamedTuple):
    """A reply that nobody will be told of again. It is not answered."""

    number: int


class Want(NamedTuple):
    """A request that the server is to make."""

    http: HttpRequest
    api: Api
    max_age_s: float


class Done(NamedTuple):
    """The end of a job: its answer, or the error that the question came to."""

    answer: Any


Step: TypeAlias = Now | Wait | Progress | tuple[Want, ...] | Done | VobizError


class Turn(NamedTuple):
    """How far a job has come, and which replies were read on the way: whether they may still change, by number."""

    step: Step
    is_final: dict[int, bool]


def packed(message: Start | Begin | GoOn | Drop | Forget | Turn) -> bytes:
    """A message as it is written."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(content)) + content


def unpacked(content: bytes) -> Any:  # noqa: ANN401 - whichever message it is
    """A message as it was before."""
    return pickle.loads(content)  # noqa: S301 - see above  # nosec B301
