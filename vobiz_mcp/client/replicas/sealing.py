"""Replies as they lie on a server that replicas share: nobody reads or makes one who has not the account's keys."""

from __future__ import annotations

import hashlib
import os
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vobiz_mcp.client.address import HttpRequest

_NONCE_BYTES = 12


class Stored(NamedTuple):
    """A reply, and how old it was when it was stored for so long, both in seconds."""

    status: int
    headers: dict[str, str]
    content: bytes
    age_s: float
    lasts_s: float
    is_final: bool


class Seal:
    """What belongs to one request: the name that its reply lies under, and the key that closes it.

    Both are made from all that the request is on the wire, the account's keys among it.
    """

    def __init__(self, http: HttpRequest) -> None:
        whole = repr(tuple(http)).encode()
        self.name = hashlib.sha256(b"name" + whole).hexdigest()
        self._key = AESGCM(hashlib.sha256(b"key" + whole).digest())

    def closed(self, stored: Stored) -> bytes:
        """The reply as it is stored."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._key.encrypt(nonce, msgspec.msgpack.encode(stored), self.name.encode())

    def opened(self, sealed: bytes) -> Stored | None:
        """The reply as it was; None where it was not closed with this key."""
        try:
            whole = self._key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], self.name.encode())
            return msgspec.msgpack.decode(whole, type=Stored)
        except (InvalidTag, ValueError, msgspec.DecodeError):
            return None
