"""Logging: to standard error, and only what somebody must act on."""

from __future__ import annotations

import logging


def quiet() -> None:
    """Warnings of our own, errors of everybody else. HTTP clients' request lines, which carry account ids, never."""
    logging.basicConfig(level=logging.ERROR, format="vobiz-mcp: %(levelname)s %(name)s: %(message)s")
    logging.getLogger("vobiz_mcp").setLevel(logging.WARNING)
    for name in ("httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
