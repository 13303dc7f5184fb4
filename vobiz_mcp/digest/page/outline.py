"""The stretches of a long call: from one close or change of subject to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.timeline.items import Utterance

_BEFORE, _CLOSE, _SURE = 8, 1.0, 4.0
"""Turns in which somebody says what they want before an account is looked up; what a change of words alone never
reaches; and how sure it is that a part begins."""


@dataclass(frozen=True)
class Stretch:
    """Some turns of a call that are about one thing."""

    turns: Sequence[Utterance]

    @property
    def first(self) -> int:
        """The number of the first turn."""
        return self.turns[0].turn

    @property
    def last(self) -> int:
        """The number of the last turn."""
        return self.turns[-1].turn


def stretches(shown: ShownCall, most: int, others: Sequence[int]) -> list[Stretch]:
    """At most `most` stretches, which together are the call; by turn `others` it is somebody else's business."""
    turns, breaks = shown.told.utterances, dict(shown.changes_of_subject)
    for turn in others:
        near = [cut for cut in range(max(1, turn - _BEFORE), turn) if breaks.get(cut, 0.0) > _CLOSE]
        cut = max(near, key=breaks.__getitem__, default=turn - 1)
        breaks[cut] = breaks.get(cut, 0.0) + _SURE
    cuts: list[int] = []
    apart = len(turns) / (most * 3)
    for cut in sorted(breaks, key=lambda cut: (-breaks[cut], cut)):
        if len(cuts) < most - 1 and all(abs(cut - other) >= apart for other in (0, len(turns), *cuts)):
            cuts.append(cut)
    return [Stretch(turns[start:end]) for start, end in pairwise([0, *sorted(cuts), len(turns)])]
