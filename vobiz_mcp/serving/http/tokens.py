"""Whose bearer tokens are let in: one secret that is shared, or those of an OAuth issuer that are meant for us."""

from __future__ import annotations

import hashlib
import hmac
import logging
from typing import Any

import jwt
from mcp.server.auth.provider import AccessToken
from pydantic import SecretStr

from vobiz_mcp.errors import kind_and_place
from vobiz_mcp.serving.http.issuer import IssuerKeys
from vobiz_mcp.serving.http.signing_keys import ALGORITHMS

logger = logging.getLogger(__name__)

LEEWAY_S = 30
"""How far the issuer's clock may be off."""


class SharedToken:
    """One token that every client sends, compared in constant time."""

    def __init__(self, token: SecretStr) -> None:
        self._digest = _digest(token.get_secret_value())

    async def verify_token(self, token: str) -> AccessToken | None:
        """Who sent it, if it is the token."""
        if not hmac.compare_digest(_digest(token), self._digest):
            return None
        return AccessToken(token="", client_id="shared token", scopes=[])  # nobody needs it again  # nosec B106


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


class IssuerTokens:
    """Access tokens (JWT) that the issuer signed, for this server, and that have not expired."""

    def __init__(self, keys: IssuerKeys, resource: str) -> None:
        self._keys = keys
        self._resource = resource

    async def verify_token(self, token: str) -> AccessToken | None:
        """Whom the token speaks for, if everything about it is right."""
        try:
            key = await self._keys.find(jwt.get_unverified_header(token).get("kid"))
            return None if key is None else self._accepted(self._claims(token, key))
        except jwt.PyJWTError:
            return None
        except Exception as error:  # noqa: BLE001 - whatever a token holds, it lets nobody in, and that is all
            logger.warning("a token was refused that could not be read (%s)", kind_and_place(error))
            return None

    def _claims(self, token: str, key: jwt.PyJWK) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            issuer=self._keys.issuer,
            audience=[self._resource, f"{self._resource}/"],
            leeway=LEEWAY_S,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
        return claims

    def _accepted(self, claims: dict[str, Any]) -> AccessToken:
        return AccessToken(
            token="",  # as above  # nosec B106
            client_id=str(claims.get("client_id") or claims.get("azp") or ""),
            scopes=str(claims.get("scope") or "").split(),
            expires_at=int(claims["exp"]) + LEEWAY_S,
            resource=self._resource,
            subject=str(claims["sub"]),
            claims={"iss": claims["iss"]},
        )
