"""Calls in any form as rows: pure, picklable, and an error is a row like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from vobiz_mcp.errors import VobizError, kind_and_place
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.reviews.row import Row
from vobiz_mcp.reviews.row_of_call import row_of
from vobiz_mcp.saved_calls import Call, as_record, calls_of

Sent: TypeAlias = Call | bytes
"""A call as `condense` takes it, or a saved body with one call or a list of them."""


def review(call: Call, source: str = "") -> Row:
    """The row of a call; what is no call gives a row that says so in `error`.

    Nothing that was said on a call is part of its row, so nothing is masked.

    Args:
        source: where it was read from, for the row.
    """
    try:
        return row_of(as_record(call), source)
    except VobizError as error:
        return Row(source=source, error=error.message)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one call of many, the others are still to be read
        return Row(source=source, error=f"it could not be examined ({kind_and_place(error)})")


def review_many(calls: Iterable[Sent], source: str = "") -> Iterator[Row]:
    """The row of each call, in order; a saved body gives as many as it holds calls.

    It is what an engine maps over a part of its data: Dask's `map_partitions`, Spark's `mapInPandas`, Ray's
    `map_batches`.
    """
    for sent in calls:
        yield from _rows_of_body(sent, source) if isinstance(sent, bytes) else (review(sent, source),)


def _rows_of_body(content: bytes, source: str) -> Iterator[Row]:
    try:
        found = calls_of(content)
    except VobizError as error:
        yield Row(source=source, error=error.message)
        return
    for call in found:
        yield review(call, source) if isinstance(call, AgentCall) else Row(source=source, error=call.message)
