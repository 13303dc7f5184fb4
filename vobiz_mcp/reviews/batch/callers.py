"""Stand-ins for callers' numbers: they tell callers apart, and only who has the key could find a number out."""

from __future__ import annotations

import secrets
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from vobiz_mcp.reviews.row import Row

_KEY_BYTES = 32


def unnamed(row: Row, secret: bytes) -> Row:
    """The row with a stand-in for the caller's number; as it is where there is no key."""
    if not (secret and row.caller):
        return row
    return replace(row, caller=f"caller_{blake2b(row.caller.encode(), key=secret, digest_size=8).hexdigest()}")


def key_in(folder: Path | None) -> bytes:
    """The key that belongs to a folder of rows, made where there is none; without a folder one for this once."""
    key = secrets.token_bytes(_KEY_BYTES)
    if folder is None:
        return key
    file = folder / "callers.key"
    file.touch(mode=0o600)
    if file.stat().st_size != _KEY_BYTES:  # new, or of a run that was killed here
        file.write_bytes(key)
    return file.read_bytes()
