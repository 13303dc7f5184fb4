"""An event loop for callers that have none."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
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
        future = asyncio.run_coroutine_threadsafe(work(running.resident), running.loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
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

    def stop(self) -> None:
        if self.is_alive():
            self.loop.call_soon_threadsafe(self._stopped.set)
