"""The stretches of a long call: from one close or change of subject to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.timeline.items import Utterance


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


def stretches(shown: ShownCall, most: int) -> list[Stretch]:
    """At most `most` stretches, which together are the call."""
    turns, breaks = shown.told.utterances, shown.changes_of_subject
    cuts: list[int] = []
    apart = len(turns) / (most * 3)
    for cut in sorted(breaks, key=lambda cut: (-breaks[cut], cut)):
        if len(cuts) < most - 1 and all(abs(cut - other) >= apart for other in (0, len(turns), *cuts)):
            cuts.append(cut)
    return [Stretch(turns[start:end]) for start, end in pairwise([0, *sorted(cuts), len(turns)])]
