"""How often something may be done by everybody who shares an allowance: one process, or all replicas together."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr
from throttled.asyncio import BaseStore, MemoryStore, Quota, RateLimiterType, RedisStore, Throttled, rate_limiter

from vobiz_mcp.client.replicas.valkey import Away, Valkey

if TYPE_CHECKING:
    from redis.asyncio import Redis

BURST_S = 2
"""The allowance of so many seconds may be used up at once."""
MOST_NAMES = 10_000
"""Whose allowances are remembered; of more, those are forgotten that have been quiet longest."""
_LONGEST_S = 1_000_000
"""Between two that are granted, at most."""


class _Shared(RedisStore):
    """The library's store over connections of ours: its own are not bounded, and wait for a server that is away."""

    def __init__(self, redis: Redis) -> None:
        super().__init__()
        backend: Any = self._backend
        backend._client = redis  # noqa: SLF001 - it takes nothing but a URL


class Allowance:
    """So many a second for each name.

    Args:
        rate: a second.
        valkey_url: where replicas count together; "" counts for this process alone, as is done when that fails.
    """

    def __init__(self, rate: float, valkey_url: SecretStr) -> None:
        self._own = _counted(rate, MemoryStore(options={"MAX_SIZE": MOST_NAMES}))
        self._valkey = Valkey(valkey_url) if valkey_url.get_secret_value() else None
        self._shared = _counted(rate, _Shared(self._valkey.redis)) if self._valkey else self._own

    async def wait_s(self, name: str) -> float:
        """Seconds until there is one more for this name; 0 where there is one, which is taken."""
        if self._valkey is not None:
            with suppress(Away):
                return await self._valkey.use(lambda _: _spent(self._shared, name))
        return await _spent(self._own, name)

    async def aclose(self) -> None:
        """Let go of the connections."""
        if self._valkey is not None:
            await self._valkey.aclose()


async def _spent(counted: Throttled, name: str) -> float:
    """Names are keys, addresses and people: none of them is written down."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    spent = await counted.limit(f"vobiz:{digest}")
    return max(0.001, spent.state.retry_after) if spent.limited else 0.0


def _counted(rate: float, store: BaseStore) -> Throttled:
    return Throttled(using=RateLimiterType.GCRA.value, quota=quota(rate), store=store)


def quota(rate: float) -> Quota:
    """The rate in whole requests per whole seconds, as the library counts."""
    exact = Fraction(rate).limit_denominator(_LONGEST_S) or Fraction(1, _LONGEST_S)
    requests, seconds = exact.numerator, exact.denominator
    return rate_limiter.per_duration(timedelta(seconds=seconds), requests, burst=max(1, int(BURST_S * rate)))
