"""What tools did, as lines and candidates: the ledger of what was changed, then what was only looked up."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vobiz_mcp.digest.claims.evidence.movements import calculates
from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.deeds.detail import ECHO, TRIED, Detail, asked, found
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.page.lines import Line, Table, ToolCallLine, ToolLine
from vobiz_mcp.digest.page.selection import Candidate
from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.timeline.handover import may_hand_over
from vobiz_mcp.digest.timeline.items import ToolCall
from vobiz_mcp.digest.tokens.cost import UNIT, cost

_TABLE_FROM: Final = 3
"""Calls of one tool with the same arguments that are worth a table."""
_DONE: Final = 2.5
"""How much more a value of a deed is worth than one that was only said."""
_EMPTY_HANDED: Final = 2.0
"""Worth of a lookup that failed or found nothing."""
_WORKED_OUT, _LONGEST_SUM = 1.0, 24
"""Worth of a sum, and characters of what it makes."""
_FOUND, _OF_LOOKUP = 0.025, 0.5
"""Of a lookup's values, of which mostly one was used; and of its line."""
_LEAST_ROOM: Final = 8 * UNIT
"""Less than any value takes."""
_MOST_ASKED: Final = 3
_MOST_NAMES: Final = 8
"""Tools that only looked something up which are named; the others are counted."""
_LONGEST_CORE: Final = 40 * UNIT
"""An argument that costs more must earn its place like anything else."""
_FEW_KINDS: Final = 4
"""Tools up to which those are named whose calls have no line at all."""
_MOST_FAILED: Final = 4
"""Failures whose turns are named where no line tells of one."""
_FEW: Final = 12
"""Deeds of a call up to which each is told with its only word of answer."""
_SHORTEST_NAME: Final = 5
_SHARED: Final = 0.25
"""Share of the deeds that ask with one value, such as the caller's account, from which on it tells none apart."""


class Done:
    """The tool lines of a page, and the candidates that they hold."""

    def __init__(self, shown: ShownCall, findings: Sequence[Finding], *, tables: bool = True) -> None:
        self._values = shown.values
        self.deeds, self.lookups = list(_compared(shown.deeds, findings)), shown.lookups
        self._shared = Counter(detail.value for deed in self.deeds for detail in deed.asked)
        self._ledger = list(_ledger(self.deeds, _TABLE_FROM if tables else len(self.deeds) + 1))
        first = sorted(self._ledger, key=lambda entry: _urgency(entry[1][0]))
        self.reasons = [self._candidate(line, (line.asked,), _DONE) for line, of in first if of[0].tool.failed]
        """Why something failed, which no page may leave out."""
        self.cores = [self._core(line) for line, _ in first]
        self.returns = [*filter(None, (self._best_return(line) for line, _ in first))]
        """What came back of each deed that is worth most."""
        details = [candidate for line, _ in self._ledger for candidate in self._details(line)]
        self.candidates = [candidate for candidate in details if candidate.worth > ECHO * _DONE]
        self.repeats = [candidate for candidate in details if candidate.worth <= ECHO * _DONE]
        """What results only repeat: nothing for a page, but an answer to who asks for it."""
        self._names_all, self._names_lookups = False, True
        self._looked_up: dict[int, ToolLine] = {}
        brief = [(tool, self._briefly(tool)) for tool in self.lookups if _is_brief(tool)]
        self.candidates += [candidate for _, candidate in brief]
        self.in_vain = [candidate for tool, candidate in brief if _is_in_vain(tool)]
        """What was looked for and not found, which is why something was not done."""

    def _core(self, line: ToolCallLine) -> Candidate:
        """What tells a deed from others, with all that came back where that is a word."""
        new = [part for part in range(line.asked) if line.worths[part] > TRIED] or range(line.asked)
        core = sorted(new, key=lambda part: (*self._distinction(line.texts(part)), -part))[-1:]
        core = [part for part in core if line.cost(part) <= _LONGEST_CORE * len(line.texts(part))]
        is_all = (
            len(self.deeds) <= _FEW
            and len(line.parts) == line.asked + 1
            and line.cost(line.asked) <= _LONGEST_CORE // 4
        )
        if is_all:
            core.append(line.asked)
        return self._candidate(line, tuple(core or range(min(1, len(line.parts)))), _DONE)

    def _best_return(self, line: ToolCallLine) -> Candidate | None:
        back = max(range(line.asked, len(line.parts)), key=line.worths.__getitem__, default=None)
        return None if back is None or line.worths[back] <= ECHO else self._candidate(line, (back,), _DONE)

    def _distinction(self, values: Sequence[str]) -> tuple[float, bool]:
        """How well an argument tells one deed from another: names and ids do, what many deeds share hardly."""
        is_named = all(any(map(str.isalpha, value)) and len(value) > _SHORTEST_NAME for value in values)
        is_shared = sum(self._shared[value] for value in values) / len(values) > len(self.deeds) * _SHARED
        return (0.0 if is_shared else len(set(values)) / len(values)), is_named

    def _details(self, line: ToolCallLine) -> Iterator[Candidate]:
        for part, worth in enumerate(line.worths):
            yield self._candidate(line, (part,), worth * _DONE)

    def _candidate(self, line: ToolCallLine, parts: tuple[int, ...], worth: float) -> Candidate:
        """A tool value has no worth of its own, but what is told here need not be said again."""
        keys = dict.fromkeys(key for part in parts for text in line.texts(part) for key in self._values.keys(text))
        return Candidate(((line, parts),), line.turn, worth, tuple((key, 0.0) for key in keys))

    def _lookup(self, tool: ToolCall) -> ToolLine:
        """The line of a lookup, made when it may be told: most are only counted."""
        if id(tool) not in self._looked_up:
            self._looked_up[id(tool)] = _lookup_line(tool)
        return self._looked_up[id(tool)]

    def _briefly(self, tool: ToolCall) -> Candidate:
        """A lookup that failed or found nothing, which is why something was not done; or a sum and what it makes."""
        line = self._lookup(tool)
        worth = _WORKED_OUT if calculates(tool) else _EMPTY_HANDED
        return self._candidate(line, (*_asked_parts(line), *range(line.asked, len(line.parts))[:1]), worth)

    def findings(self) -> Iterator[Candidate]:
        """What lookups found, value by value, each with what was asked."""
        for line in map(self._lookup, self.lookups):
            core = _asked_parts(line)
            for part, worth in enumerate(line.worths):
                parts = tuple(sorted({*core, part}))
                yield Candidate(((line, parts),), line.turn, _FOUND * (_OF_LOOKUP + worth))

    def fill_lookups(self, room: int, least: float = ECHO) -> int:
        """Tell what lookups found beyond `least`, short results first and of each the best; what is left of `room`."""
        for tool in sorted(self.lookups, key=lambda tool: len(tool.result or "")):
            line = self._lookup(tool)
            back = sorted(range(line.asked, len(line.parts)), key=lambda part: -line.worths[part])
            for part in (part for part in back if line.worths[part] > least):
                parts = (*_asked_parts(line), part)
                if (price := line.price(parts)) <= room:
                    line.taken.update(parts)
                    room -= price
                elif room < _LEAST_ROOM:
                    return room
        return room

    def tool_lines(self) -> list[tuple[list[ToolCall], Line]]:
        """Every line with the tool calls that it tells of."""
        done = [([tool for deed in of for tool in deed.tools], line) for line, of in self._ledger]
        return [*done, *(([tool], self._lookup(tool)) for tool in self.lookups)]

    def name_all(self, most: int) -> None:
        """Name the deeds that are not told in a line at least, where all the names take no more than `most`."""
        self._names_all = cost(self._named()) <= most

    def name_lookups(self, most: int) -> None:
        """Name the tools that only looked something up where that takes no more than `most`; else count them."""
        self._names_lookups = cost(self.lookup_head()) <= most

    def _named(self) -> str:
        """`t52, t82 cancel; t90 FAILED book`: the deeds without a line, the turns of each tool together."""
        turns: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for deed in (deed for line, of in self._ledger if not line.taken for deed in of):
            turns[_label(deed)][deed.turns] += len(deed.tools)
        told = (f"{', '.join(itertools.starmap(_counted, of.items()))} {label}" for label, of in turns.items())
        named = "; ".join(told)
        return f"  without their details: {named}" if named else ""

    def head(self) -> str:
        """How much was changed, so that a reader can tell what was not."""
        count = sum(len(deed.tools) for deed in self.deeds)
        if not count:
            return "no tool was used" if not self.lookups else "no tool changed anything"
        failed = sum(len(deed.tools) for deed in self.deeds if deed.tool.failed)
        shown = count if self._names_all else sum(len(d.tools) for line, of in self._ledger if line.taken for d in of)
        share = f"all {count}" if shown == count else f"{shown} of {count}"
        share += " tool calls that change"
        if not shown:
            changes = f"{count} tool calls change" if count > 1 else "one tool call changes"
            return f"{changes} something{f', {failed} FAILED ({self._failures()})' if failed else ''}; none shown here"
        if count == shown == 1:
            share = "the only tool call that changes"
        of_all = f" of the {count}" if shown < count else ""
        of_them = "" if not failed else f", {failed}{of_all} FAILED" if count > 1 else ", FAILED"
        rest = self._not_shown() if shown < count else ""
        return f"{share} something{of_them}{rest}, after turn:"

    def _not_shown(self) -> str:
        """Which tools have calls without a line, where those are few; "" where they are many."""
        missing = [tool for line, of in self._ledger if not line.taken for deed in of for tool in deed.tools]
        counts = Counter(whole(tool.name) for tool in missing)
        names = ", ".join(_counted(name, count) for name, count in counts.items())
        return f" (not shown: {names})" if len(counts) <= _FEW_KINDS else ""

    def _failures(self) -> str:
        """`t32, t183, …`: where tools failed to change something."""
        turns = [f"t{deed.tool.after_turn}" for deed in self.deeds if deed.tool.failed]
        return ", ".join([*turns[:_MOST_FAILED], *(["…"] if len(turns) > _MOST_FAILED else [])])

    def lookup_head(self) -> str:
        """How often something was only looked up; "" where it was never."""
        counts = Counter(whole(tool.name) for tool in self.lookups)
        most = sorted(counts.items(), key=lambda item: -item[1])[:_MOST_NAMES]
        names = ", ".join(_counted(name, count) for name, count in most)
        names += f" and {len(counts) - len(most)} more" if len(counts) > len(most) else ""
        if not self._names_lookups:
            names = f"{len(self.lookups)} times, with {len(counts)} tools"
        told = sum(bool(line.taken) for line in self._looked_up.values())
        some = "" if not told else ":" if told == len(self.lookups) else f"; {told} of them:"
        return f"only looked up: {names}{some}" if names else ""

    def lines(self) -> list[str]:
        """All of it as it stands on the page."""
        looked_up = [self._looked_up[id(tool)] for tool in self.lookups if id(tool) in self._looked_up]
        heads = [self.head()], [head] if (head := self.lookup_head()) else []
        rest = [named] if self._names_all and (named := self._named()) else []
        return [*heads[0], *_texts([line for line, _ in self._ledger]), *rest, *heads[1], *_texts(looked_up)]


def _compared(deeds: Sequence[Deed], findings: Sequence[Finding]) -> Iterator[Deed]:
    """The deeds, each with what the agent had offered where a finding says that the tool did another thing."""
    found = [(finding.turn, finding.instead) for finding in findings if finding.instead]
    others = {(turn, instead.name, instead.returned): instead for turn, instead in found}
    for deed in deeds:
        mine = [others.get((deed.tool.after_turn, *leaf)) for leaf in deed.tool.answered]
        instead = next(filter(None, mine), None)
        yield replace(deed, offered=(instead.name, instead.offered)) if instead else deed


def _label(deed: Deed) -> str:
    """`FAILED send_text`, `send_text (no result)`: where there is no room for what it was asked and what came back."""
    verdict = "FAILED " if deed.tool.failed else ""
    return f"{verdict}{whole(deed.tool.name)}{' (no result)' if deed.tool.result is None else ''}"


def _counted(name: str, count: int) -> str:
    return f"{name} ×{count}" if count > 1 else name


def _texts(lines: Sequence[Line]) -> list[str]:
    return [line.text() for line in lines if line.taken]


def _urgency(deed: Deed) -> int:
    """Failures come first where there is no room for all, then what may hand the call over."""
    return 0 if deed.tool.failed else 1 if may_hand_over(deed.tool) else 2


def _ledger(deeds: Sequence[Deed], table_from: int) -> Iterator[tuple[ToolCallLine, Sequence[Deed]]]:
    """A line for each deed, or a table where several are alike, at the place of its first row."""
    alike: defaultdict[tuple[str, ...], list[Deed]] = defaultdict(list)
    for deed in deeds:
        alike[_form(deed)].append(deed)
    for deed in deeds:
        rows = alike[_form(deed)]
        if _form(deed) and len(rows) >= table_from:
            if deed is rows[0]:
                yield Table(rows), rows
        else:
            yield ToolLine(deed.tool.after_turn, deed.begin, deed.asked, deed.came_back, deed.end), (deed,)


def _form(deed: Deed) -> tuple[str, ...]:
    """What the rows of a table share: a tool and the names of its arguments; () for what needs a line of its own."""
    tree = deed.tool.asked_tree
    is_flat = isinstance(tree, dict) and bool(tree) and not any(isinstance(v, dict | list) for v in tree.values())
    is_plain = is_flat and not deed.tool.failed and deed.tool.result is not None
    return (deed.tool.name, *(tree if isinstance(tree, dict) else ())) if is_plain else ()


def _found_nothing(tool: ToolCall) -> bool:
    """Whether it answered with an empty list or object; a tool to think with answers with nothing at all."""
    return not tool.failed and isinstance(tool.answered_tree, dict | list) and not tool.answered


def _is_in_vain(tool: ToolCall) -> bool:
    return tool.failed or _found_nothing(tool)


def _is_brief(tool: ToolCall) -> bool:
    return _is_in_vain(tool) or (calculates(tool) and 0 < len(tool.result or "") <= _LONGEST_SUM)


def _asked_parts(line: ToolLine) -> tuple[int, ...]:
    return tuple(range(min(line.asked, _MOST_ASKED)))


def _lookup_line(tool: ToolCall) -> ToolLine:
    verdict = "FAILED " if tool.failed else ""
    nothing = [Detail("", "nothing found", 1.0)] if _found_nothing(tool) else []
    back = nothing or found(tool)
    return ToolLine(tool.after_turn, f"t{tool.after_turn} {verdict}{whole(tool.name)}", asked(tool), back)
