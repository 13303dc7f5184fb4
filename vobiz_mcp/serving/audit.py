"""A line per answer for whoever runs the server: when, which tool or resource, which ids, how it ended, what it took.

Never contents: of the arguments only ids are written, of the answer only its size. Off unless `VOBIZ_LOG=info`.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from vobiz_mcp.api.wire import ID_PATTERN
from vobiz_mcp.client.traffic import Traffic, counted
from vobiz_mcp.digest.tokens.cost import estimate
from vobiz_mcp.errors import VobizError

logger = logging.getLogger(__name__)

_ID_NAME = re.compile(r"(?:.*_)?(?:id|uuid)s?")
_PHONE_NUMBER = re.compile(r"\d{7,15}")
"""What may be a phone number where an id belongs."""


@dataclass
class Entry:
    """One answer as it comes about.

    Attributes:
        outcome: `ok`, the code of an error, `cancelled`, or the kind of exception that was let through.
        answer: what the caller gets.
    """

    outcome: str = "ok"
    answer: str = ""


@contextmanager
def audited(name: str, arguments: Mapping[str, object]) -> Iterator[Entry]:
    """Write a line about what happens inside, if anybody asked for it.

    Args:
        name: a name of ours, not the caller's.
        arguments: with names of ours; ids are taken out of them, nothing else.
    """
    entry = Entry()
    if not logger.isEnabledFor(logging.INFO):
        yield entry
        return
    moment, begun = datetime.now(UTC), time.perf_counter()
    with counted() as traffic:
        try:
            yield entry
        except VobizError as error:
            entry.outcome, entry.answer = error.code, str(error)
            raise
        except BaseException as error:
            entry.outcome = "cancelled" if isinstance(error, asyncio.CancelledError) else type(error).__name__
            raise
        finally:
            said = [name, *_ids(arguments), *_figures(entry, traffic, time.perf_counter() - begun)]
            logger.info("%s %s", moment.isoformat(timespec="milliseconds"), " ".join(said))


def _ids(arguments: Mapping[str, object]) -> list[str]:
    named = [(name, value) for name, value in arguments.items() if _ID_NAME.fullmatch(name)]
    return [f"{name}={_shown(value)}" for name, value in named]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(_shown, value[:20])) + (",…" if len(value) > 20 else "")
    if not isinstance(value, str) or not re.fullmatch(ID_PATTERN.strip("^$"), value):
        return "?"
    return f"…{value[-2:]}" if _PHONE_NUMBER.fullmatch(value) else value


def _figures(entry: Entry, traffic: Traffic, seconds: float) -> list[str]:
    return [
        f"outcome={entry.outcome}",
        f"ms={seconds * 1000:.1f}",
        f"requests={traffic.requests}",
        f"tokens={estimate(entry.answer)}",
    ]
