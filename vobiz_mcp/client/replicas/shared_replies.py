"""One request for all replicas that ask the same at once, and the reply again for those that ask soon after."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from vobiz_mcp.client.address import HttpRequest
from vobiz_mcp.client.exchange import Reply
from vobiz_mcp.client.replicas.sealing import Seal, Stored
from vobiz_mcp.client.replicas.valkey import Away, Valkey
from vobiz_mcp.client.sharing import FINAL_S, TICK_S

if TYPE_CHECKING:
    from redis.asyncio import Redis

LARGEST = 8 * 2**20
"""Bytes of a body that is shared."""
LEASE_S = 3.0
"""How long the others believe that a replica is asking after it last said so: one that is killed costs so much."""
LANDED_S = 0.5
"""How long a reply lies there at least, however long it took: for those who have waited for it."""
_LOOK_S = 0.02
_ASKING, _PRIVATE = b"asking", b"private"


class SharedReplies:
    """Asks through a Valkey server: whoever comes first asks the API, the others wait for what it brings.

    What opted out of storage is not stored there either, and no failure is: then each replica asks for itself.

    Args:
        ticks: the monotonic clock by which replies age.
    """

    def __init__(self, valkey: Valkey, ticks: Callable[[], float]) -> None:
        self._valkey, self._ticks = valkey, ticks
        self._storing: set[asyncio.Task[None]] = set()

    async def reply(self, http: HttpRequest, max_age_s: float, send: Callable[[], Awaitable[Reply]]) -> Reply:
        """The reply to a request, whichever replica makes it. Raises what `send` raises."""
        seal = Seal(http)
        try:
            found = await self._found_or_ours(seal, max_age_s)
        except Away:
            return await send()
        return found or await self._asked(seal, send)

    async def _found_or_ours(self, seal: Seal, max_age_s: float) -> Reply | None:
        """What another replica has brought; None where this one is to ask.

        What was being asked for when this one came will do however old it is once it is there, as in one process.
        """
        begun = self._ticks()
        while True:
            looked = self._ticks()
            sealed, left_ms, asking = await self._valkey.use(lambda redis: _look(redis, seal.name))
            stored = seal.opened(sealed) if sealed else None
            if stored:
                since_s = stored.lasts_s - left_ms / 1000
                age_s = stored.age_s + since_s
                if age_s < (FINAL_S if stored.is_final else max_age_s) or since_s < looked - begun:
                    reply = Reply(stored.status, stored.headers, stored.content, looked - age_s)
                    reply.is_elsewhere = True
                    return reply
            if asking == _PRIVATE:
                return None
            if not asking and await self._valkey.use(lambda redis: _lease(redis, seal.name)):
                return None
            await self._until_nobody_asks(seal.name)

    async def _until_nobody_asks(self, name: str) -> None:
        """Look only for that: the reply that lies there meanwhile is too old, and may be large."""
        asking: bytes | str | None = _ASKING
        while asking == _ASKING:
            await asyncio.sleep(_LOOK_S)
            asking = await self._valkey.use(lambda redis: redis.get(f"vobiz:asking:{name}"))

    async def _asked(self, seal: Seal, send: Callable[[], Awaitable[Reply]]) -> Reply:
        renewing = asyncio.create_task(self._renew(seal.name))
        is_private = False
        try:
            reply = await send()
            is_private = not reply.may_be_kept
            if reply.is_success and not is_private:
                await self._store(seal, reply, is_final=False)
            return reply
        finally:
            renewing.cancel()
            with suppress(Away):
                await self._valkey.use(lambda redis: _end(redis, seal.name, is_private=is_private))

    async def _renew(self, name: str) -> None:
        with suppress(Away):
            while True:
                await asyncio.sleep(LEASE_S / 3)
                await self._valkey.use(lambda redis: redis.pexpire(f"vobiz:asking:{name}", int(LEASE_S * 1000)))

    def store_final(self, http: HttpRequest, reply: Reply) -> None:
        """Store a reply that will not change, for as long as it is given again; nobody waits for it."""
        if reply.is_elsewhere:
            return
        reply.is_elsewhere = True
        task = asyncio.create_task(self._store(Seal(http), reply, is_final=True))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)

    async def _store(self, seal: Seal, reply: Reply, *, is_final: bool) -> None:
        age_s = self._ticks() - reply.sent
        lasts_s = max((FINAL_S if is_final else TICK_S) - age_s, LANDED_S)
        if len(reply.content) > LARGEST:
            return
        headers = {name.lower(): value for name, value in reply.headers.items()}
        sealed = seal.closed(Stored(reply.status, headers, reply.content, age_s, lasts_s, is_final))
        with suppress(Away):
            await self._valkey.use(lambda redis: redis.set(f"vobiz:reply:{seal.name}", sealed, px=int(lasts_s * 1000)))

    async def aclose(self) -> None:
        """Let what is being stored get there."""
        await asyncio.gather(*self._storing)
        await self._valkey.aclose()


async def _look(redis: Redis, name: str) -> tuple[bytes | None, int, bytes | None]:
    pipe: Any = redis.pipeline(transaction=False)
    pipe.get(f"vobiz:reply:{name}").pttl(f"vobiz:reply:{name}").get(f"vobiz:asking:{name}")
    sealed, left_ms, asking = await pipe.execute()
    return sealed, left_ms, asking


async def _lease(redis: Redis, name: str) -> bool:
    return bool(await redis.set(f"vobiz:asking:{name}", _ASKING, nx=True, px=int(LEASE_S * 1000)))


async def _end(redis: Redis, name: str, *, is_private: bool) -> None:
    if is_private:
        await redis.set(f"vobiz:asking:{name}", _PRIVATE, px=int(FINAL_S * 1000))
    else:
        await redis.delete(f"vobiz:asking:{name}")
