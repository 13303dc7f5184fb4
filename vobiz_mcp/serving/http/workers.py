"""Several processes that accept at one socket, so that more than one core answers; one that dies is begun anew."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

_SOON_S = 2.0
"""A worker that ends so soon would do so again."""
_PATIENCE = 5
"""So many in a row that end so soon are enough."""
_STOPPING = (signal.SIGTERM, signal.SIGINT)


class Workers:
    """Copies of this process, each serving until it is told to stop; they end with this one, whatever ends it.

    Args:
        serve: what each of them does.
    """

    def __init__(self, count: int, serve: Callable[[], None]) -> None:
        self._count, self._serve = count, serve
        self._begun: dict[int, float] = {}
        self._is_stopping = False
        self._lifeline, self._held = os.pipe()

    def run(self) -> int:
        """Keep all of them running until a signal comes; gives the exit code."""
        for number in _STOPPING:
            signal.signal(number, self._stop)
        for _ in range(self._count):
            self._begin()
        failures = 0
        while self._begun:
            ended, _ = os.wait()
            lived = time.monotonic() - self._begun.pop(ended, 0.0)
            if self._is_stopping:
                continue
            failures = failures + 1 if lived < _SOON_S else 0
            if failures == _PATIENCE:
                sys.stderr.write("vobiz-mcp: workers end as soon as they begin; stopping\n")
                self._stop()
            else:
                self._begin()
        return 1 if failures == _PATIENCE else 0

    def _stop(self, _: int = 0, __: FrameType | None = None) -> None:
        self._is_stopping = True
        for worker in self._begun:
            with suppress(ProcessLookupError):  # it has just ended by itself
                os.kill(worker, signal.SIGTERM)

    def _begin(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)  # a signal in between would meet half a worker
        if not self._is_stopping:
            worker = os.fork()
            if not worker:
                self._work()
            self._begun[worker] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)

    def _work(self) -> None:
        """What a copy does; it never returns."""
        for number in _STOPPING:
            signal.signal(number, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        os.close(self._held)
        threading.Thread(target=self._end_with_parent, daemon=True).start()
        code = 1
        try:
            self._serve()
            code = 0
        except KeyboardInterrupt:
            code = 0
        except BaseException:  # noqa: BLE001 - a copy must never go on with what its parent was about to do
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _end_with_parent(self) -> None:
        os.read(self._lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)
