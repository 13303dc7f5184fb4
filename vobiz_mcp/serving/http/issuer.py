"""The public keys of an OAuth issuer, asked for when the first token comes and again when they may have changed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
import jwt

from vobiz_mcp.api import body
from vobiz_mcp.errors import UnreadableAnswer
from vobiz_mcp.settings import LOOPBACK

logger = logging.getLogger(__name__)

ALGORITHMS = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
]  # fmt: skip
"""Signatures that only the issuer can make: none that a public key could be mistaken for the secret of."""

FRESH_S = 3600.0
"""How long keys are used without asking again, and so how long a withdrawn key is still good."""

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
        self._asked: float | None = None
        self._fetched: float | None = None
        self._asking = asyncio.Lock()

    async def find(self, name: str | None) -> jwt.PyJWK | None:
        """The key of this name (`kid`), or the only one where a token names none."""
        async with self._asking:
            if self._due(name):
                await self._refresh()
        if self._fetched is None or self._clock() - self._fetched > 2 * FRESH_S:
            return None
        if name is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(name)

    def _due(self, name: str | None) -> bool:
        now = self._clock()
        if self._asked is not None and now - self._asked < PATIENCE_S:
            return False
        return self._fetched is None or now - self._fetched > FRESH_S or (name is not None and name not in self._keys)

    async def _refresh(self) -> None:
        """Ask anew; what was known stays when the issuer fails."""
        self._asked = self._clock()
        try:
            async with httpx2.AsyncClient(transport=self._transport, timeout=_TIMEOUT_S, trust_env=False) as client:
                async with asyncio.timeout(2 * _TIMEOUT_S):
                    self.issuer, keys = await self._fetch(client)
        except (
            _IssuerError,
            httpx2.HTTPError,
            httpx2.InvalidURL,
            TimeoutError,
            jwt.PyJWTError,
            UnreadableAnswer,
        ) as error:
            logger.warning("the keys of VOBIZ_MCP_ISSUER cannot be had (%s)", type(error).__name__)
            return
        self._keys, self._fetched = keys, self._clock()

    async def _fetch(self, client: httpx2.AsyncClient) -> tuple[str, dict[str | None, jwt.PyJWK]]:
        document = await self._document(client)
        issuer, location = document.get("issuer"), document.get("jwks_uri")
        if not isinstance(issuer, str) or issuer.rstrip("/") != self._url:
            raise _IssuerError("the document is another issuer's")
        if not isinstance(location, str) or not _trustworthy(location):
            raise _IssuerError("the keys are not at a safe address")
        found = jwt.PyJWKSet.from_dict(await _json(client, location))
        return issuer, {key.key_id: key for key in found.keys if key.algorithm_name in ALGORITHMS}

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
