"""A line per answer for whoever runs the server: when, which tool or resource, which ids, how it ended, what it took.

Never contents: of the arguments only ids are written, of the answer only its size. Off unless `VOBIZ_LOG=info`.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from vobiz_mcp.client.traffic import counted
from vobiz_mcp.digest.tokens.cost import estimate
from vobiz_mcp.errors import VobizError
from vobiz_mcp.ids import is_id

logger = logging.getLogger(__name__)

_ID_NAME = re.compile(r"(?:.*_)?(?:id|uuid)s?")
_PHONE_NUMBER = re.compile(r"\d{7,15}")
"""What may be a phone number where an id belongs."""


async def audited(name: str, arguments: Mapping[str, object], answering: Awaitable[str]) -> str:
    """What is awaited, and a line about how it came about, if anybody asked for lines. Arguments as of `auditing`."""
    with auditing(name, arguments) as answer:
        answer.text = await answering
        return answer.text


@dataclass
class Answered:
    """The answer whose size the line tells, once it is there."""

    text: str = ""


@contextmanager
def auditing(name: str, arguments: Mapping[str, object]) -> Iterator[Answered]:
    """Log a line about what is done inside, if anybody asked for lines.

    Args:
        name: a name of ours, not the caller's.
        arguments: with names of ours; ids are taken out of them, nothing else.
    """
    answer = Answered()
    if not logger.isEnabledFor(logging.INFO):
        yield answer
        return
    moment, begun = datetime.now(UTC), time.perf_counter()
    outcome = "ok"
    with counted() as traffic:
        try:
            yield answer
        except VobizError as error:
            outcome, answer.text = error.code, str(error)
            raise
        except BaseException as error:
            outcome = "cancelled" if isinstance(error, asyncio.CancelledError) else type(error).__name__
            raise
        finally:
            took = time.perf_counter() - begun
            figures = f"ms={took * 1000:.1f} requests={traffic.requests} tokens={estimate(answer.text)}"
            said = [moment.isoformat(timespec="milliseconds"), name, *_ids(arguments), f"outcome={outcome}", figures]
            logger.info("%s", " ".join(said))


def _ids(arguments: Mapping[str, object]) -> list[str]:
    named = [(name, value) for name, value in arguments.items() if _ID_NAME.fullmatch(name)]
    return [f"{name}={_shown(value)}" for name, value in named]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(_shown_id, value[:20])) + (",…" if len(value) > 20 else "")
    return _shown_id(value)


def _shown_id(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        return "?"
    return f"…{value[-2:]}" if _PHONE_NUMBER.fullmatch(value) else value
