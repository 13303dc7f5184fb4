"""Standard input and output, taken away from everything else in the process that might print or read."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue

from vobiz_mcp.serving.stdio.lines import lines_of

_LAST_WORDS_S = 2.0
"""How long the end of the process waits for answers that are not written yet."""


class Wire:
    """Private copies of both descriptors, and a thread that writes, so that a slow client holds nobody up.

    Args:
        on_broken: called from that thread when nobody reads the output any more.
    """

    def __init__(self, on_broken: Callable[[], None]) -> None:
        self._in, self._out = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(2, 1)
        os.close(nothing)
        self._on_broken = on_broken
        self._unwritten: SimpleQueue[bytes | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write_all, name="stdout", daemon=True)
        self._writer.start()

    def lines(self) -> Iterator[bytes | None]:
        """What comes in, as `lines_of` has it, until the client closes the input; blocks."""
        return lines_of(self._in)

    def send(self, message: bytes) -> None:
        """Queue one message with its line end; it is written in its turn."""
        self._unwritten.put(message)

    async def write(self, text: str) -> None:
        """As `send`, for the SDK, which writes to a file."""
        self.send(text.encode("utf-8", "replace"))

    async def flush(self) -> None:
        """Nothing to do: the writing thread never holds anything back."""

    def close(self) -> None:
        """Write what is queued, for a while, and stop."""
        self._unwritten.put(None)
        self._writer.join(_LAST_WORDS_S)

    def _write_all(self) -> None:
        while (message := self._unwritten.get()) is not None:
            try:
                while message:
                    message = message[os.write(self._out, message) :]
            except OSError:
                self._on_broken()
                return
