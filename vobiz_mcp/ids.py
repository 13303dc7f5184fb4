"""What an id looks like in both APIs: call_uuid, stream_id, call_id, agent_id, account. They are not always UUIDs."""

from __future__ import annotations

import re
from typing import Final

ID: Final = r"[A-Za-z0-9_-]{1,128}"
"""A regular expression; what fits it can reach no other path of an API."""


def is_id(value: str) -> bool:
    """Whether a text is an id, and nothing besides."""
    return re.fullmatch(ID, value) is not None
