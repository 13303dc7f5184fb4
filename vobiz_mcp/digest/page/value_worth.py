"""What telling a value of a call is worth: by its kind, and by what tools and people did with it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.deeds.detail import ECHO
from vobiz_mcp.digest.speech.call_values import CallValues
from vobiz_mcp.digest.speech.values import Key

_KINDS: Final = {
    "date": 0.8, "time": 0.8, "mail": 1.2, "url": 0.6, "id": 1.3, "number": 0.7, "name": 1.0, "known": 1.0,
    "day": 0.6, "span": 0.7, "when": 0.5, "unit": 0.8,
}  # fmt: skip
"""A name is the measure."""
_SMALL_NUMBER: Final = 0.4
"""Of a number below 100: mostly a count that its sentence explains."""
_IN_TOOLS: Final = 1.5
"""A value that was spoken and that a tool knew is one that something depended on."""
_OF_DEED: Final = 1.8
"""A value that a tool changed something with, said on the way there."""
_WAY, _AFTER = 10, 2
"""Turns before and after a deed in which its values are said on its way."""
_TAKEN_UP, _PASSED = 1.3, 0.4
"""What the agent offers is worth more where the caller or a tool takes it up, and less where nobody does."""
_TAKEN_WITHIN, _GIVEN_BEFORE = 8, 4


class Worth:
    """Rates values by where they are said; fed by turn with what the caller says."""

    def __init__(self, values: CallValues, deeds: Sequence[Deed]) -> None:
        self._values = values
        self._deeds: defaultdict[Key, set[int]] = defaultdict(set)
        for deed in deeds:
            for detail in (*deed.asked, *deed.came_back):
                for key in values.keys(detail.value) if detail.worth > ECHO else ():
                    self._deeds[key].add(deed.tool.after_turn)
        self._by_caller: defaultdict[Key, list[int]] = defaultdict(list)

    def hear(self, key: Key, turn: int) -> None:
        """The caller said it at `turn`."""
        self._by_caller[key].append(turn)

    def was_given(self, key: Key, turn: int) -> bool:
        """Whether the caller said it shortly before `turn`."""
        return self._is_heard(key, turn - _TAKEN_WITHIN - _GIVEN_BEFORE, turn - 1)

    def _is_heard(self, key: Key, first: int, last: int) -> bool:
        """Whether the caller said it from turn `first` to turn `last`."""
        said = self._by_caller.get(key, ())
        place = bisect_left(said, first)
        return place < len(said) and said[place] <= last

    def of(self, key: Key, turn: int, *, by_agent: bool, is_taken_up: bool = False) -> float:
        """What telling `key` at `turn` is worth while nothing else has told it.

        Args:
            is_taken_up: the caller answers what the agent said there by agreeing, or by putting it off.
        """
        worth = _KINDS.get(key.kind, 0.5)
        if key.kind == "number" and len(key.value) < len("100"):
            worth *= _SMALL_NUMBER
        if key in self._values.in_tools:
            worth *= _IN_TOOLS
        deeds = self._deeds.get(key, ())
        if deeds and any(-_AFTER <= deed - turn <= _WAY for deed in deeds):
            worth *= _OF_DEED
        if by_agent:
            done = deeds and any(-1 <= deed - turn <= _WAY + _AFTER for deed in deeds)
            taken = is_taken_up or done or self._is_heard(key, turn + 1, turn + _TAKEN_WITHIN)
            worth *= _TAKEN_UP if taken else _PASSED
        return worth
