"""The pieces of a call that a condensed answer is made of: clauses of what was said, and the parts of tool calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from vobiz_mcp.digest.page.choose import Piece
from vobiz_mcp.digest.page.ledger import Ledger
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.speech.sentences import clauses, cores
from vobiz_mcp.digest.timeline.handover import may_hand_over
from vobiz_mcp.digest.timeline.items import Happening, Item, Timeline, ToolCall, Utterance
from vobiz_mcp.digest.timeline.later_success import LaterSuccesses
from vobiz_mcp.digest.tokens.cost import UNIT, cost
from vobiz_mcp.digest.verbatim.tool_lines import arguments, message, name, table_form, table_head, table_row
from vobiz_mcp.digest.wording.phrases import place

ROOT, ASKED = 0, 1
"""Parts of a tool call: its line's beginning, its arguments where they may be left out; values of its result follow."""
MENTION: Final = 1_000_000
"""Parts from here on are bare values of a turn, for the line of mentions."""
TABLE_FROM: Final = 3
"""Calls of one tool with the same simple arguments that are worth a table: their names are written once."""
MENTION_BLOCKS: Final = 30
"""Turn numbers in the line of mentions, at most: enough to open the right page with `turns`."""
_FAILED: Final = 2.0
"""How much more than others the arguments of a failed call are worth: they are where its cause is looked for."""
PERIODS: Final = 12
"""Printed times in a tight answer; a time on every line costs as much as every third value."""
_LONGEST_VALUE: Final = 300
"""Characters of a value in a result that may be shown. A longer one is a document, and is left out rather than cut."""
_MOST_RESULT_VALUES: Final = 80

Shares = tuple[tuple[Hashable, int], ...]


@dataclass(frozen=True)
class Pieces:
    """All pieces of one call: clauses, or where room `is_tight` what stands near the values in them."""

    told: Timeline
    ledger: Ledger
    is_tight: bool

    @cached_property
    def all(self) -> list[Piece]:
        """In the order of the timeline."""
        return [piece for index, item in enumerate(self.told.items) for piece in self._of(index, item)]

    @cached_property
    def must(self) -> list[Piece]:
        """What no answer may leave out: each kind of failure once, and hand-overs."""
        return [piece for piece in self.all if piece.part == ROOT and piece.item in self.marked]

    @cached_property
    def marked(self) -> dict[int, str]:
        """Items that are told whatever they are worth, with their line's beginning."""
        found: dict[int, str] = {}
        seen: set[tuple[str, str]] = set()
        for index, item in enumerate(self.told.items):
            if isinstance(item, ToolCall) and (item.failed or may_hand_over(item)):
                why = message(item) if item.failed else ""
                if (item.name, why) not in seen:
                    seen.add((item.name, why))
                    found[index] = self._marked_text(item, why)
        return found

    def _marked_text(self, tool: ToolCall, why: str) -> str:
        if not tool.failed:
            return name(tool)
        same = [t for t in self.told.tool_calls if t.name == tool.name and t.failed and message(t) == why]
        times = f" ×{len(same)} until t{same[-1].after_turn}" if len(same) > 1 else ""
        amended = "" if self.is_tight else self._later_successes.told(same[-1])
        return f"FAILED{times} {name(tool)}: {why or 'no reason given'}{amended}"

    @cached_property
    def _later_successes(self) -> LaterSuccesses:
        return LaterSuccesses(self.told)

    @cached_property
    def tables(self) -> frozenset[tuple[str, ...]]:
        """Forms of the calls that are written as rows of a table."""
        forms = Counter(
            form for index, item in enumerate(self.told.items)
            if isinstance(item, ToolCall) and index not in self.marked and (form := table_form(item))
        )  # fmt: skip
        return frozenset(form for form, times in forms.items() if times >= TABLE_FROM)

    @cached_property
    def period(self) -> float:
        """Seconds from one printed time to the next."""
        return max(60.0, (self.told.duration or 0.0) / PERIODS) if self.is_tight else 60.0

    def parts(self, turn: Utterance) -> list[str]:
        """What was said, in the parts that may be left out alone."""
        line = whole(turn.text)
        return cores(line, self.ledger.patterns_in(line)) if self.is_tight else clauses(line)

    def _of(self, index: int, item: Item) -> Iterator[Piece]:
        match item:
            case Utterance():
                yield from self._spoken(index, item)
            case ToolCall():
                yield from self._asked(index, item)
                yield from self._answered(index, item)
            case Happening():
                text = f"  t{item.after_turn} {whole(item.kind)}: {whole(item.text)}"
                yield Piece(index, ROOT, text, cost(text + "\n"), (), next(self.ledger.told_by_speech([text])))

    def _spoken(self, index: int, turn: Utterance) -> Iterator[Piece]:
        omission = UNIT // 4 if self.is_tight else UNIT
        shares: Shares = ((("line", index), cost(f"t{turn.turn} {turn.speaker}:\n") + omission),)
        if turn.start is not None:
            shares = (*shares, (("time", int(turn.start // self.period)), cost(f" {place(turn.start)}")))
        parts = self.parts(turn)
        for part, (text, told) in enumerate(zip(parts, self.ledger.told_by_speech(parts), strict=True)):
            yield Piece(index, part, text, cost(" " + text) + omission, shares, told)

    @cached_property
    def mentions(self) -> list[Piece]:
        """The values in what was said, bare: the cheapest way to say where something was spoken of."""
        return [
            piece for index, item in enumerate(self.told.items) if isinstance(item, Utterance)
            for piece in self._mentioned(index, item)
        ]  # fmt: skip

    def block(self, index: int) -> int:
        """The first turn of the block that an item's mentions stand under: one turn, or in a long call several."""
        return self._blocks[index]

    @cached_property
    def _blocks(self) -> dict[int, int]:
        size = max(1, len(self.told.utterances) // MENTION_BLOCKS)
        turns = ((index, item.turn) for index, item in enumerate(self.told.items) if isinstance(item, Utterance))
        return {index: (turn - 1) // size * size + 1 for index, turn in turns}

    def _mentioned(self, index: int, turn: Utterance) -> Iterator[Piece]:
        line = whole(turn.text)
        block = self.block(index)
        shares: Shares = ((("mentions", block), cost(f"; t{block}+ ")),)
        for part, value in enumerate(self.ledger.found_in(line), MENTION):
            if not value.key.startswith(("maybe ", "span ", "when ")):
                text = line[value.start : value.end]
                yield Piece(index, part, text, cost(f", {text}"), shares, (value.key,))

    def _asked(self, index: int, tool: ToolCall) -> Iterator[Piece]:
        told = tuple(dict.fromkeys(key for _, leaf in tool.asked for key in self.ledger.values_in(leaf)))
        begin, form = f"  t{tool.after_turn} ", table_form(tool)
        if index in self.marked:
            text = self.marked[index]
            yield Piece(index, ROOT, text, cost(begin + text + "\n"), (), self.ledger.values_in(text))
            asked = f"({arguments(tool)})"
            yield Piece(index, ASKED, asked, cost(" " + asked), (), told, needs_root=True, bearing=_FAILED)
        elif form in self.tables:
            text = table_row(tool)
            shares: Shares = ((("table", form), cost(table_head(form) + "\n")),)
            yield Piece(index, ROOT, text, cost(begin + text + "\n"), shares, told)
        else:
            text = f"{name(tool)}({arguments(tool)})"
            yield Piece(index, ROOT, text, cost(begin + text + "\n"), (), told)

    def _answered(self, index: int, tool: ToolCall) -> Iterator[Piece]:
        seen = set(tool.asked)
        for part, leaf in enumerate(tool.answered[:_MOST_RESULT_VALUES], ASKED + 1):
            if leaf in seen or len(leaf[1]) > _LONGEST_VALUE or not (told := self._spoken_keys(leaf[1])):
                continue
            seen.add(leaf)
            text = whole(f"{leaf[0]}: {leaf[1]}" if leaf[0] else leaf[1])
            yield Piece(index, part, text, cost(f", {text}"), (), told, needs_root=True)

    def _spoken_keys(self, value: str) -> tuple[str, ...]:
        """Those of a value's keys that were spoken; a number of one or two figures is too likely to be another."""
        return tuple(
            key for key in self.ledger.values_in(value)
            if key in self.ledger.spoken and not (key.startswith("number ") and len(key) < len("number 100"))
        )  # fmt: skip
