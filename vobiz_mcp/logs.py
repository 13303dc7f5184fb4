"""Logging: to standard error, and only what somebody must act on or has asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_HTTP = ("httpx2", *(f"httpcore2.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
_unlogged: ContextVar[bool] = ContextVar("unlogged", default=False)


def quiet(level: str = "") -> None:
    """Warnings of our own, errors of everybody else.

    Args:
        level: `info` adds a line per tool call (`vobiz_mcp.serving.audit`).
    """
    logging.basicConfig(level=logging.ERROR, format="vobiz-mcp: %(levelname)s %(name)s: %(message)s")
    logging.getLogger("vobiz_mcp").setLevel(logging.INFO if level == "info" else logging.WARNING)


@contextmanager
def unlogged() -> Iterator[None]:
    """Whatever the program's loggers are set to, the HTTP library says nothing of the requests that are made inside.

    Their lines hold the account's id, and whatever the other side puts into its headers and reason phrase.
    """
    outer = _unlogged.set(True)
    try:
        yield
    finally:
        _unlogged.reset(outer)


def _is_to_be_logged(_: logging.LogRecord) -> bool:
    return not _unlogged.get()


for _name in _HTTP:
    logging.getLogger(_name).addFilter(_is_to_be_logged)
