"""An event loop for callers that have none."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class Closable(Protocol):
    """What lives on an event loop and is closed there."""

    async def aclose(self) -> None:
        """Let go of everything."""


C = TypeVar("C", bound=Closable)


class Background(Generic[C]):
    """Something asynchronous, used from any thread: it lives on an event loop in a thread of its own.

    Thread and resident are made when first used, made anew in a forked process, and gone when closed or forgotten.
    That way a synchronous caller has every bound of the asynchronous code, such as a deadline that no drip of bytes,
    slow name server or stuck handshake outlasts; a thread that is inside a socket call could not be stopped.

    Args:
        make: the resident.
    """

    def __init__(self, make: Callable[[], C]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._running: _Thread[C] | None = None

    def run(self, work: Callable[[C], Coroutine[Any, Any, T]]) -> T:
        """The result of work on the resident. Whoever is interrupted while waiting cancels it."""
        running = self._started()
        outcome: Future[T] = Future()  # made first: an interrupt may come before whoever starts the work has returned
        try:
            running.loop.call_soon_threadsafe(running.begin, work, outcome)
            return outcome.result()
        except BaseException:
            outcome.cancel()
            raise

    def _started(self) -> _Thread[C]:
        with self._lock:
            if self._running is None or not self._running.is_alive():
                self._running = _Thread(self._make())
                self._running.start()
                self._finalizer = weakref.finalize(self, self._running.stop)
            self._running.ready.result()
            return self._running

    def close(self) -> None:
        """Close the resident and end the thread; a later use starts both anew."""
        with self._lock:
            if self._running is not None and self._running.is_alive():
                self._finalizer()
                self._running.join()
            self._running = None


class _Thread(threading.Thread, Generic[C]):
    loop: asyncio.AbstractEventLoop

    def __init__(self, resident: C) -> None:
        super().__init__(name="vobiz-client", daemon=True)
        self.resident = resident
        self.ready: Future[None] = Future()

    def run(self) -> None:
        asyncio.run(self._live())

    async def _live(self) -> None:
        self.loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        self.ready.set_result(None)
        await self._stopped.wait()
        await self.resident.aclose()

    def begin(self, work: Callable[[C], Coroutine[Any, Any, T]], outcome: Future[T]) -> None:
        """Start work on the resident; called on the loop. Cancelling `outcome` cancels the work."""
        task = self.loop.create_task(work(self.resident))
        outcome.add_done_callback(lambda _: self.loop.call_soon_threadsafe(task.cancel))
        task.add_done_callback(partial(_tell, outcome))

    def stop(self) -> None:
        if self.is_alive():
            self.loop.call_soon_threadsafe(self._stopped.set)


def _tell(outcome: Future[T], task: asyncio.Task[T]) -> None:
    """Hand over what a finished task came to, unless nobody waits for it any more."""
    if task.cancelled():
        outcome.cancel()
    error = None if task.cancelled() else task.exception()
    if not outcome.set_running_or_notify_cancel():
        return
    if error is not None:
        outcome.set_exception(error)
    else:
        outcome.set_result(task.result())
