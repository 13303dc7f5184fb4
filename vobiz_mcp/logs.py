"""Logging: to standard error, and only what somebody must act on or has asked for."""

from __future__ import annotations

import logging


def quiet(level: str = "") -> None:
    """Warnings of our own, errors of everybody else. HTTP clients' request lines, which carry account ids, never.

    Args:
        level: `info` adds a line per tool call (`vobiz_mcp.audit`).
    """
    logging.basicConfig(level=logging.ERROR, format="vobiz-mcp: %(levelname)s %(name)s: %(message)s")
    logging.getLogger("vobiz_mcp").setLevel(logging.INFO if level == "info" else logging.WARNING)
    for name in ("httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
