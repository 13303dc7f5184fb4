"""The keys of a JWK set (RFC 7517) that an issuer may sign tokens with."""

from __future__ import annotations

from typing import Any

import jwt

ALGORITHMS = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
]  # fmt: skip
"""Signatures that only the issuer can make: none that a public key could be mistaken for the secret of."""


def signing_keys(key_set: dict[str, Any]) -> dict[str | None, jwt.PyJWK]:
    """By their names (`kid`): what is no key, no public one, or not for signatures is left out."""
    listed = key_set.get("keys")
    keys = [_signing_key(item) for item in listed] if isinstance(listed, list) else []
    return {key.key_id: key for key in keys if key is not None}


def _signing_key(item: object) -> jwt.PyJWK | None:
    if not isinstance(item, dict) or not isinstance(item.get("kid"), str | None) or not _is_for_signatures(item):
        return None
    try:
        key = jwt.PyJWK.from_dict(item)
    except Exception:  # noqa: BLE001 - one key that cannot be read takes nothing from the others
        return None
    return key if key.algorithm_name in ALGORITHMS else None


def _is_for_signatures(item: dict[str, Any]) -> bool:
    operations = item.get("key_ops", ["verify"])
    return item.get("use", "sig") == "sig" and isinstance(operations, list) and "verify" in operations
