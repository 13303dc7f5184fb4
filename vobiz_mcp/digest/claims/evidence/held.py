"""One call as the rules about claims see it: turns beside the tools that ran between them."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Final

from vobiz_mcp.digest.claims.evidence.amounts import money, numbers, said
from vobiz_mcp.digest.claims.evidence.records import Record, kinds_of, records
from vobiz_mcp.digest.claims.evidence.slots import ASK_HINTS, GIVE_HINTS, THINGS
from vobiz_mcp.digest.claims.evidence.speech_acts import REPORT_HINTS, words_in
from vobiz_mcp.digest.claims.evidence.words import (
    CORRECTED_HINTS,
    DEED_HINTS,
    PERSON_HINTS,
    REFERENCE_HINTS,
    UPSET_HINTS,
)
from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import Finding, Severity
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.speech.values import Key, values
from vobiz_mcp.digest.timeline.handover import ends_call, hands_over
from vobiz_mcp.digest.timeline.items import ToolCall, Utterance
from vobiz_mcp.digest.wording.safe_text import plain

_FIGURE: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[a-z]{3,}")
_OF_THE_AGENT: Final = REPORT_HINTS | REFERENCE_HINTS | ASK_HINTS | THINGS
_OF_THE_CALLER: Final = GIVE_HINTS | CORRECTED_HINTS | DEED_HINTS | PERSON_HINTS | UPSET_HINTS
_HINTS: Final = _OF_THE_AGENT | _OF_THE_CALLER
ROOT: Final = 4
"""Letters that two words must share to speak of one thing."""
_GREETS: Final = Phrase(r"^\W*(?:hi|hello|hey|bonjour|good (?:morning|afternoon|evening)|namaste)\b")


@dataclass(frozen=True, eq=False)
class Held(Case):
    """A call under examination whose words are held against its tools."""

    @cached_property
    def turns(self) -> list[Utterance]:
        """What was said; turn n at n - 1."""
        return self.told.utterances

    @cached_property
    def agent(self) -> list[Utterance]:
        """What the agent said."""
        return [said for said in self.turns if said.speaker == "agent"]

    @cached_property
    def caller(self) -> list[Utterance]:
        """What the caller said."""
        return [said for said in self.turns if said.speaker == "caller"]

    @cached_property
    def tools(self) -> list[ToolCall]:
        """The tools used, in order."""
        return self.told.tool_calls

    @cached_property
    def after(self) -> dict[int, list[ToolCall]]:
        """The tools that ran after each turn and before the next."""
        found: defaultdict[int, list[ToolCall]] = defaultdict(list)
        for tool in self.tools:
            found[tool.after_turn].append(tool)
        return found

    @cached_property
    def writes(self) -> list[ToolCall]:
        """The tools that change something, tried or done."""
        return [tool for tool in self.tools if not (tool.only_reads or ends_call(tool) or hands_over(tool))]

    @cached_property
    def done(self) -> list[ToolCall]:
        """The tools that changed something and did not fail."""
        return [tool for tool in self.writes if tool.result is not None and not tool.failed]

    @cached_property
    def tried(self) -> frozenset[int]:
        """The identities of the tools that change something, tried or done."""
        return frozenset(map(id, self.writes))

    @cached_property
    def did(self) -> frozenset[int]:
        """The identities of those that changed something and did not fail."""
        return frozenset(map(id, self.done))

    @cached_property
    def _records(self) -> dict[int, list[Record]]:
        return {}

    @cached_property
    def moves(self) -> dict[int, object]:
        """What each tool moved, once it was looked at."""
        return {}

    @cached_property
    def _money(self) -> dict[int, tuple[float, ...]]:
        return {}

    def money_in(self, tool: ToolCall) -> tuple[float, ...]:
        """The amounts in a tool's result, none below zero."""
        found = self._money.get(id(tool))
        if found is None:
            found = self._money[id(tool)] = tuple(abs(number) for _, number in money(tool.answered))
        return found

    @cached_property
    def place(self) -> dict[int, int]:
        """The place of each tool among the tools, by its identity."""
        return {id(tool): place for place, tool in enumerate(self.tools)}

    @cached_property
    def _hinted(self) -> dict[str, list[int]]:
        """The turns that hold each of the words that some rule looks at first."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for turn in self.turns:
            for word in _HINTS.intersection(words_in(turn.text)):
                found[word].append(turn.turn)
        return found

    def hinting(self, hints: frozenset[str]) -> set[int]:
        """The turns that hold one of these words."""
        return {turn for word in hints.intersection(self._hinted) for turn in self._hinted[word]}

    @cached_property
    def _values(self) -> dict[int, frozenset[Key]]:
        return {}

    def values_in(self, said: Utterance) -> frozenset[Key]:
        """The keys of the values in a turn, read once."""
        found = self._values.get(said.turn)
        if found is None:
            found = self._values[said.turn] = frozenset(value.key for value in values(said.text))
        return found

    def callers(self, hints: frozenset[str]) -> list[Utterance]:
        """The caller's turns that hold one of these words."""
        said = [self.turns[turn - 1] for turn in sorted(self.hinting(hints))]
        return [turn for turn in said if turn.speaker == "caller"]

    @cached_property
    def begins(self) -> list[int]:
        """The turns at which a conversation begins: the first, and where somebody greets anew after the others left."""
        return [
            1,
            *(said.turn for said in self.caller if said.turn > 3 and self._left(said) and _GREETS.match(said.text)),
        ]

    def _left(self, said: Utterance) -> bool:
        """Whether another caller, or nobody, spoke just before."""
        before = self.turns[said.turn - 2]
        return before.speaker in ("caller", "transfer target")

    @cached_property
    def kinds(self) -> dict[str, frozenset[str]]:
        """For each key that names a kind (cabin, plan, status), the values that the tools of this call returned."""
        return kinds_of(record for tool in self.tools for record in self.records_of(tool))

    @cached_property
    def latest_time(self) -> datetime | None:
        """The latest moment at which anything was made that the tools know of: it is no earlier now."""
        made = (record.made for tool in self.tools for record in self.records_of(tool))
        return max(filter(None, made), default=None)

    @cached_property
    def by_id(self) -> dict[str, list[Record]]:
        """The records of each id, in the order in which tools returned them."""
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for tool in self.tools:
            for record in self.records_of(tool):
                if name := record.id:
                    found[name].append(record)
        return found

    @cached_property
    def tool_numbers(self) -> set[float]:
        """Every number that a tool was asked or answered with."""
        values = {value for tool in self.tools for leaves in (tool.asked, tool.answered) for _, value in leaves}
        return set(numbers("\n".join(filter(_FIGURE.search, values))))

    def is_named_after(self, turn: int, roots: Container[str]) -> bool:
        """Whether the agent said a word of one of these beginnings after a turn, or asked a tool with one."""
        asked = (f"{tool.name} {tool.arguments}" for tool in self.tools if tool.after_turn >= turn)
        named = (_WORD.findall(text.lower().replace("_", " ")) for text in asked)
        spoken = (words_in(said.text) for said in self.agent if said.turn > turn)
        return any(word[:ROOT] in roots for words in chain(spoken, named) for word in words)

    @cached_property
    def figured(self) -> list[Utterance]:
        """The turns that hold a figure."""
        return [turn for turn in self.turns if _FIGURE.search(turn.text)]

    @cached_property
    def currency(self) -> str:
        """The currency that most amounts on the call are told in, as a sign; "" where none is."""
        told = Counter(amount.currency for turn in self.figured for amount in said(turn.text))
        return max(told, key=lambda sign: told[sign], default="")

    def begin(self, turn: int) -> int:
        """The turn at which the conversation that a turn belongs to began."""
        return self.begins[max(0, bisect(self.begins, turn) - 1)]

    def until(self, turn: int) -> Iterator[ToolCall]:
        """The tools that ran before a turn."""
        return (tool for tool in self.tools if tool.after_turn < turn)

    def reply(self, tool: ToolCall) -> Utterance | None:
        """What the agent said next after a tool."""
        return self._replies[tool.after_turn]

    @cached_property
    def _replies(self) -> list[Utterance | None]:
        """For each count of turns what the agent said next after so many."""
        found: list[Utterance | None] = [None]
        for turn in reversed(self.turns):
            found.append(turn if turn.speaker == "agent" else found[-1])
        return found[::-1]

    def before(self, turn: int, speaker: str) -> Utterance | None:
        """What somebody said last up to a turn."""
        while turn and self.turns[turn - 1].speaker != speaker:
            turn -= 1
        return self.turns[turn - 1] if turn else None

    def records_of(self, tool: ToolCall) -> list[Record]:
        """The records in a tool's result, read once."""
        found = self._records.get(id(tool))
        if found is None:
            found = self._records[id(tool)] = records(tool)
        return found

    def quote(self, text: str, limit: int = 110) -> str:
        """What somebody said, cut with a mark."""
        return super().quote(text, limit)

    def found(self, code: str, severity: Severity, turn: int, detail: str) -> Finding:
        """A finding at a turn."""
        return Finding(code, severity, turn, self.turns[turn - 1].start, detail)


def named(tool: ToolCall) -> str:
    """`update_order after t11`."""
    return f"{plain(tool.name, 60)} after t{tool.after_turn}"
