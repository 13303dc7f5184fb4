"""No failure of one answer ends the session that it was asked in, or the process that makes it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from vobiz_mcp.errors import VobizError, defect


@contextmanager
def only_vobiz_errors(what: str) -> Iterator[None]:
    """Turn whatever escapes from the block into a `VobizError`; only a real cancellation is let through.

    Args:
        what: whose block it is, in the words of the error: the name of a tool or a resource.
    """
    try:
        yield
    except VobizError:
        raise
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise defect(what, error) from None
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 - neither a defect nor a panic below Python may end the session
        raise defect(what, error) from None
