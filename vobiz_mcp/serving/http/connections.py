"""Connections: how many at once, and how long a client may keep one waiting."""

from __future__ import annotations

import asyncio
import math
import resource
import socket
from functools import partial
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 1000
"""At once; fewer where the process may not open twice as many descriptors."""

PATIENCE_S = 10.0
"""How long a client may take to send a whole request, or to take what it asked for."""

_DESCRIPTORS_BESIDES = 64
"""For the connections to the APIs, and whatever else the process opens."""


def listen(app: ASGIApp, listening: socket.socket) -> None:
    """Serve the application on a bound socket until a signal comes."""
    most = min(MOST_CONNECTIONS, (_descriptors() - _DESCRIPTORS_BESIDES) // 2)
    config = uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", partial(Connection, most=most)),
        ws="none",
        # So many are accepted before the first of them is counted.
        backlog=max(1, most // 4),
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _descriptors() -> int:
    """How many descriptors the process may open; first as many as are needed here, where the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = 2 * MOST_CONNECTIONS + _DESCRIPTORS_BESIDES
    if soft in range(enough):
        soft = enough if hard == resource.RLIM_INFINITY else min(enough, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return enough if soft == resource.RLIM_INFINITY else soft


class Connection(H11Protocol):
    """A connection that is given up when its client keeps us waiting, sooner when others need its place.

    Args:
        most: connections at once; one more takes the place of the one whose client keeps us waiting longest.
    """

    def __init__(self, *arguments: Any, most: int, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*arguments, **named)
        self._most = most
        self._give_up_at: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Wait for a request; where there are too many connections, give up the one that waits longest."""
        super().connection_made(transport)
        self._note_whose_turn_it_is()
        if len(self.connections) > self._most:
            min(cast("set[Connection]", self.connections), key=Connection.waits_until).give_up()

    def data_received(self, data: bytes) -> None:
        """Read on; a request that is whole now is ours to answer."""
        super().data_received(data)
        self._note_whose_turn_it_is()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._note_whose_turn_it_is()

    def pause_writing(self) -> None:
        """Wait for the client to take what was sent."""
        super().pause_writing()
        self._note_whose_turn_it_is()

    def resume_writing(self) -> None:
        """Go on answering."""
        super().resume_writing()
        self._note_whose_turn_it_is()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_waiting()
        super().connection_lost(exc)

    def waits_until(self) -> float:
        """When it is given up, in the event loop's time; never while we are the ones who are waited for."""
        return self._give_up_at.when() if self._give_up_at else math.inf

    def give_up(self) -> None:
        """Close it, whatever is under way, and count it no more."""
        self._stop_waiting()
        self.connections.discard(self)
        self.transport.abort()

    def _note_whose_turn_it_is(self) -> None:
        asked = self.cycle is not None and not self.cycle.more_body and not self.cycle.response_complete
        if asked and not self.flow.write_paused:
            self._stop_waiting()
        elif self._give_up_at is None and not self.transport.is_closing():
            self._give_up_at = self.loop.call_later(PATIENCE_S, self.give_up)

    def _stop_waiting(self) -> None:
        if self._give_up_at is not None:
            self._give_up_at.cancel()
            self._give_up_at = None
