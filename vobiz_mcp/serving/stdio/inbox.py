"""Lines handed over from the thread that reads them to the event loop that may not run yet."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


class Inbox:
    """Lines in the order in which they came, as an asynchronous iterator; they wait until an event loop is attached."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._early: list[str | None] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queue: asyncio.Queue[str | None] | None = None

    def put(self, line: str | None) -> None:
        """From any thread: the next line, or None for the end."""
        with self._lock:
            if self._loop is None or self._queue is None:
                self._early.append(line)
                return
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._queue.put_nowait, line)

    def end(self) -> None:
        """End the session as the client would end it: with the end of the input."""
        self.put(None)

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Deliver to this loop from now on, what came early first."""
        import asyncio

        queue: asyncio.Queue[str | None] = asyncio.Queue()
        with self._lock:
            for line in self._early:
                queue.put_nowait(line)
            self._queue, self._loop = queue, loop

    def __aiter__(self) -> Inbox:
        return self

    async def __anext__(self) -> str:
        line = None if self._queue is None else await self._queue.get()
        if line is None:
            raise StopAsyncIteration
        return line
