"""What a look at a call tells somebody who has looked before, and how far they have read with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias, get_args

from vobiz_mcp.digest.timeline.items import ToolCall, Utterance
from vobiz_mcp.digest.tokens.cost import UNIT, cost
from vobiz_mcp.digest.verbatim.lines import item_line
from vobiz_mcp.digest.watch.cursor import Cursor, Source, mark
from vobiz_mcp.digest.watch.snapshot import Fact, Look

Event: TypeAlias = Utterance | ToolCall
"""What is told in its order: what was said, and the tools between."""

MOST_TOKENS: Final = 1200
"""What the turns and tools of one answer may cost; older ones give way to newer."""
FIRST_EVENTS: Final = 4
"""So many of them does the first look tell: where the talk stands."""


UNSETTLED: Final = 3
"""So many of the last turns may still grow, be joined or be worded anew in a live transcript."""
MOST_ALIKE: Final = 2
"""So many facts of one group are told in full; of the others, these are the worst or the first."""
MOST_NAMED: Final = 8


@dataclass(frozen=True)
class Changes:
    """What a look tells that `known` does not hold."""

    look: Look
    known: Cursor

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.facts or self.events)

    @property
    def facts(self) -> list[Fact]:
        """States and findings that are new."""
        return [fact for fact in self.look.facts if not self.known.has(fact.source, fact.key)]

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
    def events(self) -> list[Event]:
        """Turns that are new or have grown, and tools that are new or have answered."""
        turns = [turn for turn in self._turns if self._is_new(turn)]
        tools = {id(tool) for number, tool in enumerate(self._tools, 1) if self._is_news(number, tool)}
        new = {id(turn) for turn in turns} | tools
        return [item for item in self.look.told.items if id(item) in new and isinstance(item, Event)]

    @cached_property
    def _turns(self) -> list[Utterance]:
        return self.look.told.utterances

    @cached_property
    def _tools(self) -> list[ToolCall]:
        return self.look.told.tool_calls

    def _is_new(self, turn: Utterance) -> bool:
        may_change = turn.turn > self.known.turns - UNSETTLED
        return may_change and not self.known.has("agent", _spoken(turn))

    def _is_news(self, number: int, tool: ToolCall) -> bool:
        answered = tool.result is not None and self.known.has("agent", _waiting(number))
        return number > self.known.tools or answered

    def newest(self) -> Sequence[Event]:
        """The last of the events, as many as one answer takes."""
        room, count = MOST_TOKENS * UNIT, 0
        for event in reversed(self.events):
            room -= cost(item_line(event) + "\n")
            if room < 0 or (not self.known.marks and count == FIRST_EVENTS):
                break
            count += 1
        return self.events[len(self.events) - count :]

    def cursor(self) -> Cursor:
        """How far everything is read with this; what could not be learnt stays as it was."""
        waiting = [_waiting(number) for number, tool in enumerate(self._tools, 1) if tool.result is None]
        keys: dict[Source, list[str]] = {source: [] for source in get_args(Source)}
        keys["agent"] += [*map(_spoken, self._turns[-UNSETTLED:]), *waiting]
        for fact in self.look.facts:
            keys[fact.source].append(fact.key)
        known, failed = self.known.marks, self.look.failures
        marks = {
            source: frozenset(map(mark, told)) | (known.get(source, frozenset()) if source in failed else frozenset())
            for source, told in keys.items()
        }
        return Cursor(len(self._turns) or self.known.turns, len(self._tools) or self.known.tools, marks)


def _spoken(turn: Utterance) -> str:
    return f"turn {turn.turn} {turn.text}"


def _waiting(number: int) -> str:
    return f"tool {number} waits"
