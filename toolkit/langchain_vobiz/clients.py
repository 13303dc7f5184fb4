"""The clients that tools ask through: one for synchronous calls, and one for each running event loop."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncGenerator, Callable
from functools import cached_property

from vobiz_mcp.client import AsyncVobiz, Vobiz


class KeptClient:
    """The synchronous client: made at the first call, kept for all others, closed when nobody can ask any more."""

    def __init__(self, connect: Callable[[], Vobiz]) -> None:
        self._connect = connect

    def __call__(self) -> Vobiz:
        """The client."""
        return self._client

    @cached_property
    def _client(self) -> Vobiz:
        client = self._connect()
        weakref.finalize(self, client.close)
        return client


class ClientPerLoop:
    """The asynchronous clients: connections belong to the event loop that opened them, so each loop has its own."""

    def __init__(self, connect: Callable[[], AsyncVobiz]) -> None:
        self._connect = connect
        self._open: dict[asyncio.AbstractEventLoop, tuple[AsyncVobiz, AsyncGenerator[AsyncVobiz]]] = {}

    async def __call__(self) -> AsyncVobiz:
        """The client of the running loop."""
        loop = asyncio.get_running_loop()
        if loop not in self._open:
            self._open = {known: held for known, held in self._open.items() if not known.is_closed()}
            lifetime = self._lifetime(loop)
            self._open[loop] = await anext(lifetime), lifetime
        return self._open[loop][0]

    async def _lifetime(self, loop: asyncio.AbstractEventLoop) -> AsyncGenerator[AsyncVobiz]:
        # A loop that shuts down, as at the end of `asyncio.run`, closes the generators that were begun on it.
        async with self._connect() as client:
            try:
                yield client
            finally:
                self._open.pop(loop, None)
