"""One request for all who ask the same at once, and its answer again for those who ask soon after."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from vobiz_mcp.errors import UpstreamUnreachable

V = TypeVar("V")

FINAL_S = 60.0
"""How long an answer that will not change is handed out again."""
TICK_S = 2.0
"""How long one that may change is, at most: watchers look so often."""
MOST_KEPT, MOST_BYTES = 256, 32 * 2**20
"""Answers kept at most, and the bytes of their bodies."""


class SharedRequest(Generic[V]):
    """A request on its way.

    Attributes:
        until: the deadline of the most patient of those who wait, on the event loop's clock.
        tries: how often it has been sent.
        failed: what the last try came to, while the next one is under way.
        waiting: how many wait for it.
    """

    task: asyncio.Task[V]

    def __init__(self) -> None:
        self.until = 0.0
        self.tries = 0
        self.failed: V | None = None
        self.waiting = 0


class SharedRequests(Generic[V]):
    """Requests on their way, by what tells them apart.

    Each is a task of its own, so that nobody who stops waiting takes it away from the others; who stops last ends it.
    """

    def __init__(self) -> None:
        self._under_way: dict[Hashable, SharedRequest[V]] = {}

    def join(
        self, key: Hashable, until: float, start: Callable[[SharedRequest[V]], Coroutine[Any, Any, V]]
    ) -> SharedRequest[V]:
        """The request with this key, begun unless it is under way, for one more who will wait `until` then."""
        shared = self._under_way.get(key)
        if shared is None:
            shared = self._under_way[key] = SharedRequest()
            shared.task = asyncio.create_task(start(shared))
        shared.until = max(shared.until, until)
        shared.waiting += 1
        return shared

    async def answer(self, key: Hashable, shared: SharedRequest[V], until: float) -> V:
        """What the request brings. Raises `TimeoutError` when that takes too long, and whatever it raises."""
        try:
            async with asyncio.timeout_at(until):
                await asyncio.wait((shared.task,))
        except TimeoutError:
            if not shared.task.done():  # it came in time, and this process was busy with something else
                raise
        finally:
            shared.waiting -= 1
            if not shared.waiting:
                # Not a moment earlier: until its answer can be kept, whoever else asks joins what has already landed.
                del self._under_way[key]
                _end(shared.task)
        if shared.task.cancelled():
            raise UpstreamUnreachable("the client was closed while it asked")
        return shared.task.result()

    async def cancel(self) -> None:
        """End all of them."""
        tasks = [shared.task for shared in self._under_way.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _end(task: asyncio.Task[Any]) -> None:
    if not task.done():
        task.cancel()
    elif not task.cancelled():
        task.exception()  # seen, also by those who had just stopped waiting for it


@dataclass(frozen=True)
class _Kept(Generic[V]):
    answer: V
    sent: float
    size: int
    final: bool


class Kept(Generic[V]):
    """Answers of the last seconds, the oldest first; at most so many, of bodies of at most so many bytes.

    What may still change is kept for a tick, what is over for a minute.

    Args:
        ticks: a monotonic clock, in seconds.
    """

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._by_key: dict[Hashable, _Kept[V]] = {}
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._by_key)

    def get(self, key: Hashable, max_age_s: float) -> V | None:
        """The answer, if it is no older than the asker takes; one that will not change may be a minute old."""
        kept = self._by_key.get(key)
        if kept is None:
            return None
        limit = FINAL_S if kept.final else min(max_age_s, TICK_S)
        return kept.answer if 0 <= self._ticks() - kept.sent < limit else None

    def keep(self, key: Hashable, answer: V, sent: float, size: int, *, final: bool) -> None:
        """Keep an answer to a request that was `sent` then, and let go of the oldest where there is no room."""
        self._drop(key)
        if size <= MOST_BYTES:
            self._by_key[key] = _Kept(answer, sent, size, final)
            self._bytes += size
        while len(self._by_key) > MOST_KEPT or self._bytes > MOST_BYTES:
            self._drop(next(iter(self._by_key)))

    def forget_old(self) -> None:
        """Let go of what nobody will be given any more."""
        for key in [key for key in self._by_key if self.get(key, FINAL_S) is None]:
            self._drop(key)

    def _drop(self, key: Hashable) -> None:
        gone = self._by_key.pop(key, None)
        self._bytes -= gone.size if gone else 0
