"""Logging: to standard error, and only what somebody must act on or has asked for."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from vobiz_mcp.errors import kind_and_place

_QUIET_S = 60.0
"""How long a complaint is not repeated."""
_HTTP = ("httpx2", *(f"httpcore2.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
_unlogged: ContextVar[bool] = ContextVar("unlogged", default=False)


def quiet(level: str = "") -> None:
    """Warnings of our own, errors of everybody else.

    Args:
        level: `info` adds a line per tool call (`vobiz_mcp.serving.audit`).
    """
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine())
    handler.addFilter(_OnceAMinute())
    logging.basicConfig(level=logging.ERROR, handlers=[handler])
    logging.getLogger("vobiz_mcp").setLevel(logging.INFO if level == "info" else logging.WARNING)


class _OneLine(logging.Formatter):
    """A line for a record, whoever wrote it; of an exception its kind and place, for its words may hold anything."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        message = record.getMessage().strip().partition("\n")[0] + (f" ({kind_and_place(error)})" if error else "")
        return f"vobiz-mcp: {record.levelname} {record.name}: {message}"


class _OnceAMinute(logging.Filter):
    """Lets each complaint through once a minute, however often somebody makes it come about."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[object, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        # What others write into their messages may differ each time; ours hold names from the code only.
        complaint = record.pathname, record.lineno, record.args if record.name.startswith("vobiz_mcp") else ()
        now = time.monotonic()
        due = now - self._said.get(complaint, -math.inf) >= _QUIET_S
        if due:
            self._said[complaint] = now
        return due


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
