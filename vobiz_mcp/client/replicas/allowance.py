"""How often something may be done by everybody who shares an allowance: one process, or all replicas together."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from fractions import Fraction
from typing import Any

from pydantic import SecretStr
from throttled.asyncio import BaseStore, MemoryStore, Quota, RateLimiterType, RedisStore, Throttled, rate_limiter

from vobiz_mcp.client.replicas.valkey import AWAY_S, PATIENCE_S, library_url
from vobiz_mcp.errors import kind_and_place

logger = logging.getLogger(__name__)

BURST_S = 2
"""The allowance of so many seconds may be used up at once."""
MOST_NAMES = 10_000
"""Whose allowances are remembered; of more, those are forgotten that have been quiet longest."""
_LONGEST_S = 1_000_000
"""Between two that are granted, at most."""


class _Shared(RedisStore):
    async def aclose(self) -> None:
        redis: Any = self._backend.get_client()
        await redis.aclose(close_connection_pool=True)


class Allowance:
    """So many a second for each name.

    Args:
        rate: a second.
        valkey_url: where replicas count together; "" counts for this process alone, as is done when that fails.
    """

    def __init__(self, rate: float, valkey_url: SecretStr) -> None:
        self._own = _counted(rate, MemoryStore(options={"MAX_SIZE": MOST_NAMES}))
        self._away_until = 0.0
        self._server, self._shared = None, None
        if valkey_url.get_secret_value():
            limits = {"SOCKET_TIMEOUT": PATIENCE_S, "SOCKET_CONNECT_TIMEOUT": PATIENCE_S}
            self._server = _Shared(server=library_url(valkey_url), options=limits)
            self._shared = _counted(rate, self._server)

    async def wait_s(self, name: str) -> float:
        """Seconds until there is one more for this name; 0 where there is one, which is taken."""
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                return await _spent(self._shared, name)
            except Exception as error:  # noqa: BLE001 - whatever it is, this process counts for itself
                self._away_until = time.monotonic() + AWAY_S
                logger.warning("the server of VOBIZ_VALKEY_URL cannot be used (%s)", kind_and_place(error))
        return await _spent(self._own, name)

    async def aclose(self) -> None:
        """Let go of the connections."""
        if self._server is not None:
            await self._server.aclose()


async def _spent(counted: Throttled, name: str) -> float:
    spent = await counted.limit(name)
    return max(0.001, spent.state.retry_after) if spent.limited else 0.0


def _counted(rate: float, store: BaseStore) -> Throttled:
    return Throttled(using=RateLimiterType.GCRA.value, quota=quota(rate), store=store)


def quota(rate: float) -> Quota:
    """The rate in whole requests per whole seconds, as the library counts."""
    exact = Fraction(rate).limit_denominator(_LONGEST_S) or Fraction(1, _LONGEST_S)
    requests, seconds = exact.numerator, exact.denominator
    return rate_limiter.per_duration(timedelta(seconds=seconds), requests, burst=max(1, int(BURST_S * rate)))
