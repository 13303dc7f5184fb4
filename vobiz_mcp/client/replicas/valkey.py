"""A Valkey or Redis server that may be away: then it is left alone for a moment, and nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr

from vobiz_mcp.errors import kind_and_place
from vobiz_mcp.settings import WrongSettings

if TYPE_CHECKING:
    from redis.asyncio import Redis

logger = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_S = 0.5
"""How long one use may take; an answer is worth more than what it would save."""
AWAY_S = 2.0
"""How long the server is not asked again after it has failed."""
_MOST_CONNECTIONS = 32


class Away(Exception):  # noqa: N818 - named after the fact
    """The server cannot be used now."""


class Valkey:
    """The server at this URL. Raises `WrongSettings` where the library for it is not installed.

    Attributes:
        redis: the client, for who makes more of it; what is asked of it, `use` bounds.
    """

    def __init__(self, url: SecretStr) -> None:
        try:
            from redis.asyncio import BlockingConnectionPool, Redis  # noqa: PLC0415 - an extra
        except ImportError:
            raise WrongSettings("VOBIZ_VALKEY_URL needs the extra: pip install 'vobiz-mcp[valkey]'") from None
        pool = BlockingConnectionPool.from_url(
            _library_url(url),
            max_connections=_MOST_CONNECTIONS,
            timeout=PATIENCE_S,
            socket_timeout=PATIENCE_S,
            socket_connect_timeout=PATIENCE_S,
        )
        self.redis: Redis = Redis.from_pool(pool)
        self._away_until = 0.0

    async def use(self, work: Callable[[Redis], Awaitable[T]]) -> T:
        """What the work on the server comes to. Raises `Away`."""
        if time.monotonic() < self._away_until:
            raise Away
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await work(self.redis)
        except Exception as error:  # noqa: BLE001 - whatever it is, everything goes on without
            self._away_until = time.monotonic() + AWAY_S
            logger.warning("the server of VOBIZ_VALKEY_URL cannot be used (%s)", kind_and_place(error))
            raise Away from None

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self.redis.aclose()


def _library_url(url: SecretStr) -> str:
    """The URL as the library for it writes schemes."""
    plain = url.get_secret_value()
    return f"redis{plain.removeprefix('valkey')}" if plain.startswith("valkey") else plain
