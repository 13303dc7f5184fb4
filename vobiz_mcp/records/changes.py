"""What changed on a call between two looks: ours, made from the records of both APIs."""

from __future__ import annotations

from typing import Literal

from vobiz_mcp.records.record import Part, Record


class Change(Part):
    """One thing that is so now and was not known at the cursor."""

    kind: Literal["call", "stream", "agent call", "turn", "tool", "finding"]
    line: str
    """As the digest says it; what was said is other people's text."""


class CallChanges(Record):
    """What a watcher learns from one wait."""

    changes: list[Change] = []
    """States first, then findings, then what was said and done, each in the order it happened."""
    left_out: int = 0
    """How many turns and tools did not fit and are not in `changes`."""
    cursor: str = ""
    """To pass next time."""
    is_over: bool = False
    """Whether nothing will change any more."""
