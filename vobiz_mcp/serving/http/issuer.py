"""The public keys of an OAuth issuer, asked for when the first token comes and again when they may have changed."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
import jwt

from vobiz_mcp.api import body
from vobiz_mcp.errors import kind_and_place
from vobiz_mcp.serving.http.signing_keys import signing_keys
from vobiz_mcp.settings import LOOPBACK

logger = logging.getLogger(__name__)

FRESH_S = 3600.0
"""How long keys are used without asking again, and so how long a withdrawn key is still good."""

EARLY_S = 600.0
"""How long before that they are asked for while nobody has to wait for them."""

PATIENCE_S = 30.0
"""How long after asking the issuer is not asked again, whatever keys tokens name."""

_TIMEOUT_S = 5.0
_LONGEST = 1 << 20


class _IssuerError(Exception):
    """The issuer cannot be reached, or what it says is not to be trusted."""


class IssuerKeys:
    """The keys that an issuer signs with.

    Attributes:
        issuer: as its tokens write it, which may end in a slash that the setting leaves out.
    """

    def __init__(
        self,
        url: str,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.issuer = url
        self._url = url
        self._transport = transport
        self._clock = clock
        self._keys: dict[str | None, jwt.PyJWK] = {}
        self._asked = self._fetched = -math.inf
        self._asking: asyncio.Task[None] | None = None
        self._fails = False

    async def find(self, name: str | None) -> jwt.PyJWK | None:
        """The key of this name (`kid`), or the only one where a token names none.

        Who names a key that is known does not wait for an issuer that is slow, nor for others who name what is none.
        """
        unknown = name is not None and name not in self._keys
        if (unknown or self._age() > FRESH_S - EARLY_S) and self._clock() - self._asked >= PATIENCE_S:
            self._asked = self._clock()
            self._asking = asyncio.create_task(self._refresh())
        if self._asking is not None and (unknown or self._age() > (2 * FRESH_S if self._fails else FRESH_S)):
            await asyncio.shield(self._asking)
        if self._age() > 2 * FRESH_S:
            return None
        if name is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(name)

    def _age(self) -> float:
        return self._clock() - self._fetched

    async def _refresh(self) -> None:
        """Ask anew; what was known stays when the issuer fails."""
        try:
            async with httpx2.AsyncClient(transport=self._transport, timeout=_TIMEOUT_S, trust_env=False) as client:
                async with asyncio.timeout(2 * _TIMEOUT_S):
                    self.issuer, self._keys = await self._fetch(client)
            self._fetched, self._fails = self._clock(), False
        except Exception as error:  # noqa: BLE001 - whatever an issuer answers, tokens are refused and no more
            self._fails = True
            logger.warning("the keys of VOBIZ_MCP_ISSUER cannot be had (%s)", kind_and_place(error))

    async def _fetch(self, client: httpx2.AsyncClient) -> tuple[str, dict[str | None, jwt.PyJWK]]:
        document = await self._document(client)
        issuer, location = document.get("issuer"), document.get("jwks_uri")
        if not isinstance(issuer, str) or issuer.rstrip("/") != self._url:
            raise _IssuerError("the document is another issuer's")
        if not isinstance(location, str) or not _trustworthy(location):
            raise _IssuerError("the keys are not at a safe address")
        keys = signing_keys(await _json(client, location))
        if not keys:
            raise _IssuerError("there is no key that could sign")
        return issuer, keys

    async def _document(self, client: httpx2.AsyncClient) -> dict[str, Any]:
        """What the issuer says about itself, where OpenID Connect puts it or where RFC 8414 does."""
        try:
            return await _json(client, f"{self._url}/.well-known/openid-configuration")
        except _IssuerError:
            parts = urlsplit(self._url)
            root = f"{parts.scheme}://{parts.netloc}"
            return await _json(client, f"{root}/.well-known/oauth-authorization-server{parts.path}")


def _trustworthy(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


async def _json(client: httpx2.AsyncClient, url: str) -> dict[str, Any]:
    content = bytearray()
    async with client.stream("GET", url) as response:
        if response.status_code != 200:
            raise _IssuerError("there is no such document")
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > _LONGEST:
                raise _IssuerError("the document is too long")
    tree = body.parse(bytes(content))
    if not isinstance(tree, dict):
        raise _IssuerError("the document is no object")
    return tree
