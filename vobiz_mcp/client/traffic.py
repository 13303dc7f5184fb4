"""How many requests went out on behalf of one piece of work: the client counts, whoever opened the count reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Traffic:
    """A running count; tasks that the work starts add to the same one."""

    requests: int = 0


_open: ContextVar[Traffic | None] = ContextVar("traffic", default=None)


@contextmanager
def counted() -> Iterator[Traffic]:
    """Count the requests that are sent inside."""
    traffic = Traffic()
    outer = _open.set(traffic)
    try:
        yield traffic
    finally:
        _open.reset(outer)


def sent() -> None:
    """Told by the client of every request that it sends, each try of it included."""
    traffic = _open.get()
    if traffic is not None:
        traffic.requests += 1
