"""Turns and tools of a watched call beside what was told of them before: which are new, reworded or answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeAlias

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.derived import Derived
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


class Happened:
    """All that is said and done on a call now, as everybody who watches it needs it.

    Attributes:
        events: in their order.
        waiting: the places of tools that have not answered.
        answered: the places of those that have.
    """

    def __init__(self, told: Timeline) -> None:
        self.events: list[Event] = [item for item in told.items if isinstance(item, Event)]
        tools = [(place, event) for place, event in enumerate(self.events) if isinstance(event, ToolCall)]
        self.waiting = [place for place, tool in tools if tool.result is None]
        self.answered = [place for place, tool in tools if tool.result is not None]

    @cached_property
    def keys(self) -> list[str]:
        """What tells each event from the others, whatever number it has: its words, and which of its kind it is."""
        seen: Counter[str] = Counter()
        keys = []
        for event in self.events:
            words = _words(event)
            seen[words] += 1
            keys.append(f"{seen[words]} {words}")
        return keys

    @cached_property
    def beginnings(self) -> list[str]:
        """For each beginning, the first event, the first two and so on, a long mark of all its keys."""
        return marks_of_beginnings(self.keys)


happened: Final = Derived[Timeline, Happened](Happened)
"""The same for all who watch the same timeline."""


@dataclass(frozen=True)
class Story:
    """What is said and done on a call now, and how far a watcher knows it."""

    happened: Happened
    known: Cursor

    @property
    def _all(self) -> list[Event]:
        return self.happened.events

    @property
    def _keys(self) -> list[str]:
        return self.happened.keys

    @cached_property
    def _unchanged(self) -> int:
        """How many of the first events read as they did when they were told."""
        vouched = (n for n in _checkpoints(self.known.told) if n <= len(self._keys))
        return max((n for n in vouched if self.known.has("agent", self._beginning(n))), default=0)

    def _beginning(self, count: int) -> str:
        return f"first {count} {self.happened.beginnings[count - 1]}"

    @cached_property
    def _untold(self) -> list[int]:
        """The places of events that are new or read otherwise."""
        places = range(self._unchanged, len(self._keys))
        return [place for place in places if not self.known.has("agent", self._keys[place])]

    def _wait(self, place: int) -> str:
        return f"waits {self._keys[place]}"

    @cached_property
    def events(self) -> list[Event]:
        """Turns and tools that are new or read otherwise, and tools that have answered."""
        answered = {place for place in self.happened.answered if self.known.has("agent", self._wait(place))}
        return [
            _answer(self._all[place]) if place in answered else self._all[place]
            for place in sorted(answered.union(self._untold))
        ]

    @property
    def rewritten(self) -> str:
        """Which turns were told before and read otherwise now, in a line; "" where none do."""
        places = (place for place in self._untold if place < self.known.told)
        turns = [event.turn for place in places if isinstance(event := self._all[place], Utterance)]
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
        return count, [
            *self._keys[-RECENT:],
            *(self._beginning(n) for n in _checkpoints(count)),
            *map(self._wait, self.happened.waiting[-MOST_WAITING:]),
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
