"""One process beside the server, as the server sees it: started when first needed, spoken to in turns."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import weakref
from contextlib import suppress
from typing import NamedTuple

from vobiz_mcp.client.exchange import Reply
from vobiz_mcp.errors import Overloaded, VobizError
from vobiz_mcp.serving.pool.messages import HEAD, Begin, Body, Drop, Forget, GoOn, Start, Turn, packed, unpacked
from vobiz_mcp.settings import Settings

logger = logging.getLogger(__name__)

LONGEST_TURN_S = 30.0
"""A process that says nothing for so long about one message never will."""
_PATIENCE_S = 2.0
"""How long a process may take to end by itself."""
_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from vobiz_mcp.serving.pool.process import main; main()"
)
"""Run with this process's own places to import from: never from the working directory, which may be anybody's."""


class Outcome(NamedTuple):
    """What the last step of a job came to, before it is known which replies the process has already."""

    job: int
    result: float | tuple[Reply | VobizError, ...] | None


class Ended(Exception):  # noqa: N818 - named after the fact, as all errors are here
    """The process is gone, with all that it knew."""


class NotStarted(Exception):  # noqa: N818
    """The system lets us have no process."""


class Worker:
    """A process, with one message under way at a time.

    Attributes:
        wanted: how many answers are wanted of it.
        is_over: whether it will answer nothing any more.
        longest_turn_s: how long one message may take.
    """

    def __init__(self, settings: Settings) -> None:
        self.wanted = 0
        self.is_over = False
        self.longest_turn_s = LONGEST_TURN_S
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._loop = asyncio.get_running_loop()
        self._turn = asyncio.Lock()
        self._has: set[int] = set()

    async def take(self, message: Begin | Outcome, until: float) -> Turn:
        """How far a message brings a job, `until` then on the event loop's clock.

        Raises:
            Overloaded: it took too long; says whether this job or others before it.
            Ended: the process is gone.
            NotStarted: there cannot be one.
        """
        self.wanted += 1
        before = self.wanted - 1
        try:
            async with asyncio.timeout_at(until):
                await self._turn.acquire()
            before = 0
            exchange = asyncio.create_task(self._exchange(message))
            exchange.add_done_callback(self._end_turn)  # also when nobody waits for it any more
            async with asyncio.timeout_at(until):
                return await asyncio.shield(exchange)
        except TimeoutError:
            raise Overloaded(
                f"{before} answers about long calls were before this one, and the time for it ran out"
                if before
                else "this long call could not be read in the time for an answer"
            ) from None
        finally:
            self.wanted -= 1

    def knows(self, reply: Reply) -> bool:
        """Whether the process has had a reply."""
        return reply.number in self._has

    def tell(self, message: Drop | Forget) -> None:
        """Say what wants no answer."""
        if self._process is not None and self._process.stdin is not None and not self.is_over:
            with suppress(ConnectionError, RuntimeError):
                self._process.stdin.write(packed(message))

    async def aclose(self) -> None:
        """End the process."""
        self.is_over = True
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._process.wait()
        except TimeoutError:
            self._kill()  # it ends at once; what it was about to say is not read any more

    async def _exchange(self, message: Begin | Outcome) -> Turn:
        try:
            async with asyncio.timeout(self.longest_turn_s):
                process = self._process = self._process or await self._started()
                assert process.stdin is not None  # for mypy: they are pipes  # noqa: S101  # nosec B101
                assert process.stdout is not None  # noqa: S101  # nosec B101
                process.stdin.write(packed(message if isinstance(message, Begin) else self._sent(message)))
                await process.stdin.drain()
                (length,) = HEAD.unpack(await process.stdout.readexactly(HEAD.size))
                turn: Turn = unpacked(await process.stdout.readexactly(length))
                return turn
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            logger.warning("a process that answers about long calls has ended; the next answer starts another")
            self._kill()
            raise Ended from None

    async def _started(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-P", "-c", _CODE, json.dumps(sys.path))
        try:
            process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
        except OSError:
            self.is_over = True
            raise NotStarted from None
        assert process.stdin is not None  # for mypy  # noqa: S101  # nosec B101
        log = "info" if logger.isEnabledFor(logging.INFO) else ""
        process.stdin.write(packed(Start(self._settings, log)))
        return process

    def _sent(self, outcome: Outcome) -> GoOn:
        result = outcome.result
        if not isinstance(result, tuple):
            return GoOn(outcome.job, result)
        return GoOn(outcome.job, tuple(one if isinstance(one, VobizError) else self._body(one) for one in result))

    def _body(self, reply: Reply) -> Body:
        """The reply, its content only for the first time; the process forgets it when nobody here knows it any more."""
        content = None if reply.number in self._has else reply.content
        if content is not None:
            self._has.add(reply.number)
            weakref.finalize(reply, self._forget_soon, reply.number).atexit = False
        return Body(reply.number, reply.status, dict(reply.headers), content, reply.unreachable, reply.tried)

    def _forget_soon(self, number: int) -> None:
        self._has.discard(number)
        with suppress(RuntimeError):  # the loop is closed, and the process about to end
            self._loop.call_soon_threadsafe(self.tell, Forget(number))

    def _end_turn(self, exchange: asyncio.Task[Turn]) -> None:
        self._turn.release()
        if not exchange.cancelled():
            exchange.exception()  # seen, also by those who had just stopped waiting for it

    def _kill(self) -> None:
        self.is_over = True
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
