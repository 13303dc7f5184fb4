"""Text as it may go into a message."""

from __future__ import annotations


def sendable(text: str) -> str:
    """The text without lone surrogates, one of which in a message would end the whole session on stdio."""
    return text.encode("utf-8", "replace").decode()
