"""An event loop on which an hour of waiting takes no time, and whose clock says that it took an hour."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _NoWait(selectors.DefaultSelector):
    """A selector that lets the clock run instead of waiting; nothing but timers may ever be due."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("everybody waits for what will never come")
        self.now += 0 if ready else max(timeout or 0, 0)
        return ready


class VirtualTime(asyncio.SelectorEventLoop):
    """The loop."""

    def __init__(self) -> None:
        self._selected = _NoWait()
        super().__init__(self._selected)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._selected.now


def run(main: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine, in virtual time."""
    with asyncio.Runner(loop_factory=VirtualTime) as runner:
        return runner.run(main)
