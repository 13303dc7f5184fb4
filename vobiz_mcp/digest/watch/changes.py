"""What a look at a call tells somebody who has looked before, and how far they have read with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, get_args

from vobiz_mcp.digest.tokens.cost import UNIT, cost
from vobiz_mcp.digest.watch.cursor import Cursor, Source, mark, marks_of_beginnings
from vobiz_mcp.digest.watch.snapshot import Fact, Snapshot
from vobiz_mcp.digest.watch.story import Event, Story, event_line, happened

MOST_TOKENS: Final = 1200
"""What the turns and tools of one answer may cost; older ones give way to newer."""
FIRST_EVENTS: Final = 4
"""So many of them does the first look tell: where the talk stands."""
MOST_ALIKE: Final = 2
"""So many facts of one group are told in full; of the others, these are the worst or the first."""
MOST_NAMED: Final = 8
MOST_MARKED: Final = 8
"""So many facts of one group are known one by one, the latest; those before them all together."""
UNKNOWN_S: Final = 60
"""A record (CDR) is written seconds after a call ends: one that nobody knows for so long was never made."""


@dataclass(frozen=True)
class Changes:
    """What a look tells that `known` does not hold."""

    look: Snapshot
    known: Cursor

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.facts or self.events)

    @property
    def unknown_since(self) -> int:
        """Epoch seconds since when no API knows the call; 0 where one does."""
        return (self.known.unknown_since or int(self.look.moment)) if self.look.is_unknown else 0

    @property
    def is_given_up(self) -> bool:
        """Whether nobody has known the call for so long that nobody will."""
        return self.look.is_unknown and self.look.moment - self.unknown_since >= UNKNOWN_S

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.look.is_over or (self.is_given_up and self.look.agent_is_over)

    @cached_property
    def facts(self) -> list[Fact]:
        """States and findings that are new."""
        new = [fact for fact in self.look.facts if not self.known.has(fact.source, fact.key)]
        known = {id(fact) for group in _groups(new).values() for fact in group[: self._in_rest(group)]}
        return [fact for fact in new if id(fact) not in known]

    def _in_rest(self, group: Sequence[Fact]) -> int:
        """How many of a group, from the first on, were told and are known all together."""
        marks = marks_of_beginnings([fact.key for fact in group])
        return max((n for n, rest in enumerate(marks, 1) if rest in self.known.rests), default=0)

    def fact_lines(self) -> Iterator[str]:
        """The facts in words; where many are alike, the first in full and the rest by name."""
        groups: dict[str, list[Fact]] = {}
        for fact in self.facts:
            groups.setdefault(fact.group or fact.key, []).append(fact)
        for group, alike in groups.items():
            yield from (fact.line for fact in alike[:MOST_ALIKE])
            if rest := alike[MOST_ALIKE:]:
                names = ", ".join(fact.name for fact in rest[:MOST_NAMED] if fact.name)
                yield f"… {len(rest)} more {group}: {names}{', …' if len(rest) > MOST_NAMED else ''}"

    @cached_property
    def story(self) -> Story:
        """What was said and done, beside what was told of it."""
        return Story(happened(self.look.told), self.known)

    @property
    def events(self) -> list[Event]:
        """Turns that are new or read otherwise, and tools that are new or have answered."""
        return self.story.events

    def newest(self) -> Sequence[Event]:
        """The last of the events, as many as one answer takes."""
        room, count = MOST_TOKENS * UNIT, 0
        for event in reversed(self.events):
            room -= cost(event_line(event, self.look.told) + "\n")
            if room < 0 or (not self.known.marks and count == FIRST_EVENTS):
                break
            count += 1
        return self.events[len(self.events) - count :]

    def cursor(self) -> Cursor:
        """How far everything is read with this; what could not be learnt stays as it was."""
        keys: dict[Source, list[str]] = {source: [] for source in get_args(Source)}
        count, keys["agent"] = self.story.told()
        rests = set()
        for group in _groups(self.look.facts).values():
            rest, latest = group[:-MOST_MARKED], group[-MOST_MARKED:]
            keys[latest[0].source] += [fact.key for fact in latest]
            rests |= set(marks_of_beginnings([fact.key for fact in rest])[-1:])
        keep: set[Source] = {*self.look.failures, *(("agent",) if self.story.is_behind else ())}
        marks = {source: frozenset(map(mark, told)) | self._kept(source, keep) for source, told in keys.items()}
        if keep:
            rests |= self.known.rests
        told = self.known.told if "agent" in keep or not count else count
        return Cursor(told, self.unknown_since, marks, frozenset(rests))

    def _kept(self, source: Source, keep: set[Source]) -> frozenset[str]:
        return self.known.marks.get(source, frozenset()) if source in keep else frozenset()


def _groups(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """Facts by their group, those that stand alone by themselves; in a group in the order in which they came about."""
    groups: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: fact.order):
        groups.setdefault(fact.group or fact.key, []).append(fact)
    return groups
