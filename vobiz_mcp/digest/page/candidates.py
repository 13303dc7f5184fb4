"""What a page may say: sentences and values of tool calls, with their worth to whoever must act on the call."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple, TypeAlias

from vobiz_mcp.digest.page.lines import Line
from vobiz_mcp.digest.speech.values import Key

Picks: TypeAlias = tuple[tuple[Line, tuple[int, ...]], ...]
"""Parts of lines that are only told together, such as an answer and the question that it answers."""


class Candidate(NamedTuple):
    """Something that a page may say.

    Attributes:
        picks: what taking it puts on the page.
        turn: where it belongs.
        worth: what it tells besides values.
        values: the values that it tells, each with its worth where nothing has told it yet.
        factor: multiplies both.
        repeats: what of the same kind tells little a second time, such as a sentence said again.
        bearing: how much it bears on a question, up to 1.
    """

    picks: Picks
    turn: int
    worth: float
    values: tuple[tuple[Key, float], ...] = ()
    factor: float = 1.0
    repeats: Hashable = None
    bearing: float = 1.0
