"""Turns and tools of a watched call beside what was told of them before: which are new, reworded or answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeAlias

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.timeline.items import Timeline, ToolCall, Utterance
from vobiz_mcp.digest.verbatim.lines import item_line
from vobiz_mcp.digest.watch.cursor import Cursor, marks_of_beginnings
from vobiz_mcp.digest.wording.phrases import place

Event: TypeAlias = Utterance | ToolCall
"""What is told in its order: what was said, and the tools between."""

RECENT: Final = 8
"""So many of the last events are known one by one: in a live transcript they may grow, be joined or worded anew."""
MOST_WAITING: Final = 20
MOST_NAMED: Final = 8


@dataclass(frozen=True)
class Story:
    """What is said and done on a call now, and how far a watcher knows it."""

    happened: Timeline
    known: Cursor

    @cached_property
    def _all(self) -> list[Event]:
        return [item for item in self.happened.items if isinstance(item, Event)]

    @cached_property
    def _keys(self) -> list[str]:
        """What tells each event from the others, whatever number it has: its words, and which of its kind it is."""
        seen: Counter[str] = Counter()
        keys = []
        for event in self._all:
            words = _words(event)
            seen[words] += 1
            keys.append(f"{seen[words]} {words}")
        return keys

    @cached_property
    def _beginnings(self) -> list[str]:
        return marks_of_beginnings(self._keys)

    @cached_property
    def _unchanged(self) -> int:
        """How many of the first events read as they did when they were told."""
        vouched = (n for n in _checkpoints(self.known.told) if n <= len(self._keys))
        return max((n for n in vouched if self.known.has("agent", self._beginning(n))), default=0)

    def _beginning(self, count: int) -> str:
        return f"first {count} {self._beginnings[count - 1]}"

    def _is_told(self, place: int) -> bool:
        return place < self._unchanged or self.known.has("agent", self._keys[place])

    def _has_answered(self, place: int) -> bool:
        event = self._all[place]
        return isinstance(event, ToolCall) and event.result is not None and self.known.has("agent", self._wait(place))

    def _wait(self, place: int) -> str:
        return f"waits {self._keys[place]}"

    @cached_property
    def events(self) -> list[Event]:
        """Turns and tools that are new or read otherwise, and tools that have answered."""
        places = range(len(self._all))
        return [
            _answer(self._all[place]) if self._has_answered(place) else self._all[place]
            for place in places
            if not self._is_told(place) or self._has_answered(place)
        ]

    @property
    def rewritten(self) -> str:
        """Which turns were told before and read otherwise now, in a line; "" where none do."""
        places = range(min(self.known.told, len(self._all)))
        turns = [
            event.turn
            for place in places
            if isinstance(event := self._all[place], Utterance) and not self._is_told(place)
        ]
        if not turns:
            return ""
        names = ", ".join(f"t{turn}" for turn in turns[:MOST_NAMED])
        more = f" and {len(turns) - MOST_NAMED} more" if len(turns) > MOST_NAMED else ""
        shorter = "the transcript has become shorter; " if len(self._all) < self.known.told else ""
        return f"{shorter}rewritten since told: {names}{more}"

    @property
    def is_behind(self) -> bool:
        """Whether this is an older state of what was told already: some replica of the API has not heard the rest."""
        return len(self._all) < self.known.told and not self.events

    def told(self) -> tuple[int, list[str]]:
        """How many events there are with these, and the keys by which they will be known."""
        count = len(self._all)
        waiting = [n for n, event in enumerate(self._all) if isinstance(event, ToolCall) and event.result is None]
        return count, [
            *self._keys[-RECENT:],
            *(self._beginning(n) for n in _checkpoints(count)),
            *map(self._wait, waiting[-MOST_WAITING:]),
        ]


def _checkpoints(count: int) -> list[int]:
    """How long the beginnings are that are vouched for: all but the recent events, and every power of two below."""
    settled = max(0, count - RECENT)
    return sorted({settled, *(2**power for power in range(settled.bit_length()))} - {0})


def _words(event: Event) -> str:
    if isinstance(event, Utterance):
        return f"{event.speaker} {event.text}"
    return f"tool {event.name} {event.arguments}"


def _answer(event: Event) -> Event:
    """A lookup that was told when it was asked, without what it was asked; a deed is told whole."""
    return replace(event, arguments="…") if isinstance(event, ToolCall) and event.only_reads else event


def event_line(event: Event, told: Timeline) -> str:
    """Something said or looked up as it stands in a transcript; a deed as in the ledger, with what came back."""
    if isinstance(event, Utterance) or event.only_reads or not event.result:
        return item_line(event)
    before = tuple(told.tool_calls[: told.tool_calls.index(event)])
    at = "" if event.start is None else f" {place(event.start)}"
    return f"  {'tried' if event.failed else 'change'}{at}: {Deed((event,), before).news}"
