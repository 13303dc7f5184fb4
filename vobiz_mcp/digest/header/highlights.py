"""The findings of a call in few lines: the worst in words, the other kinds by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from vobiz_mcp.digest.findings.finding import RANK, Finding
from vobiz_mcp.digest.speech.cutting import clipped
from vobiz_mcp.digest.tokens.cost import UNIT, cost
from vobiz_mcp.digest.wording.phrases import joined, place

_BELOW: Final = frozenset(("tool_failed", "tool_soft_failure", "handed_over"))
"""Findings that the tool lines below tell with more."""
_LONGEST: Final = 160
_SHORTEST: Final = 90
"""Characters of the worst finding's detail where the room is small: what was said, and which tool says otherwise."""
_WHOLE: Final = 300
"""Characters of one where there is room for all of it."""
_JOINT: Final = " · "
"""Stands between what was said and what a tool did."""
_CLAUSES: Final = re.compile(r".*(?: ·|[:;,]) ")
_LEAST_NAMES: Final = 32 * UNIT
"""What the names of kinds may take in any case."""
_MOST_PLACES: Final = 3
"""Places that a line names of several findings of one kind: the worst."""
_MEANINGS: Final = {
    "dead_air": "nobody spoke",
    "slow_reply": "late replies",
    "headline_misleads": "callers waited longer than the reported latency tells",
    "latency_tail": "a few replies far slower than the median",
    "agent_repeats": "the agent said one sentence again and again",
    "tool_repeated": "one tool called again with the same arguments",
    "unagreed_write": "changed otherwise than the caller had heard",
    "talk_over": "both spoke at once",
    "tool_soft_failure": "a result that tells of a failure though marked ok",
    "tool_unanswered": "a tool never answered",
    "dominated_by": "one stage takes most of the latency",
    "latency_inconsistent": "reported figures contradict each other",
    "clock_inconsistent": "reported times contradict each other",
    "transcript_incomplete": "more was said than was written down",
}
"""What a finding means that is only named: its code alone tells nobody anything. The others' codes say it."""


def highlights(findings: Sequence[Finding], room: int) -> list[str]:
    """One line for each kind while `room` lasts, in units of `tokens.cost`, and one that names the other kinds.

    The worst kind, and each that is critical, has its line even where it takes more, up to three times the room in all;
    failed tools never, as they stand below, nor a kind that states what another's line does. What hurt nobody yet is
    only counted where there is no room for its meaning.
    """
    most, grave = room * 3 // 2, room * 3
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    lines: list[str] = []
    named: list[list[Finding]] = []
    facts = set[str]()
    for code, same in kinds.items():
        is_grave = same[0].severity == "critical"
        allowed, longest = (min(most, grave), _SHORTEST) if is_grave or same[0] is findings[0] else (room, _LONGEST)
        fitting = (line for line in _shapes(same, longest) if line and cost(line + "\n") <= allowed)
        line = "" if code in _BELOW or _fact(same[0]) in facts else next(fitting, "")
        if line:
            lines.append(line)
            facts.update(filter(None, map(_fact, same)))
            room -= cost(line + "\n")
            grave -= cost(line + "\n")
        else:
            named.append(same)
    named.sort(key=lambda same: (RANK[same[0].severity], same[0].code in _BELOW))
    return [*lines, *_others(named, "also" if lines else "findings", max(room, _LEAST_NAMES))] if named else lines


def each(findings: Sequence[Finding], room: int) -> list[str]:
    """A line for each finding while `room` lasts, in units of `tokens.cost`, and one that counts the rest."""
    lines: list[str] = []
    for finding in findings:
        told = finding.brief or _clauses(finding.measured, _WHOLE)
        line = f"{joined([finding.severity, finding.code, _place(finding)], ' ')}: {told}"
        room -= cost(line + "\n")
        if room < 0:
            return [*lines, f"and {len(findings) - len(lines)} more; a larger max_tokens shows them"]
        lines.append(line)
    return lines


def _others(named: list[list[Finding]], word: str, room: int) -> list[str]:
    """A line that names kinds: with what each means, or those that hurt somebody and how many others, or the first."""
    grave = [same for same in named if same[0].severity != "info"]
    rest = f"{len(named) - len(grave)} more of info" if len(grave) < len(named) else ""
    tries = (
        _names(named, with_meaning=True),
        joined([_names(grave, with_meaning=True), rest], "; "),
        joined([_names(grave), rest], "; "),
        f"{_names(named[:1])}, and {len(named) - 1} more kinds",
    )
    return next(([f"{word}: {names}"] for names in tries if cost(names) <= room), [])


def _shapes(same: list[Finding], longest: int) -> Iterator[str]:
    """What a line may tell of findings of one kind, most first."""
    yield _several(same)
    detail = same[0].measured.split("; ")[0]
    for most in (_WHOLE, _LONGEST):
        yield _line(same, _clauses(detail, most))
    if same[0].brief:
        yield _line(same, f"{_MEANINGS[same[0].code]}: {same[0].brief}", with_turns=False)
    yield _line(same, _clauses(detail, longest), with_turns=longest > _SHORTEST)


def _several(same: list[Finding]) -> str:
    """`critical dead_air, the worst 3 of 17: nobody spoke: t52 12:39 13.3 s (no tool ran), …`; "" for a single one."""
    worst = same[0]
    if len(same) == 1 or not worst.brief:
        return ""
    if worst.instead:  # each stands with its deed
        return _line(same, f"{_MEANINGS[worst.code]}: {worst.brief}")
    each = "; ".join(f"{_place(finding)} {finding.brief}".lstrip() for finding in same[:_MOST_PLACES])
    return f"{worst.severity} {worst.code}, {_count(same)}: {_MEANINGS.get(worst.code, worst.code)}: {each}"


def _line(same: list[Finding], told: str, *, with_turns: bool = True) -> str:
    """`critical dead_air t52 12:39 (the worst of 17, also t7, t9, t12, …): nobody spoke …`: they come worst first."""
    worst, rest = same[0], same[1:]
    also = f"also {_turns(rest)}" if with_turns and _turns(rest) else ""
    count = f"the worst of {len(same)}" if len(rest) > _MOST_PLACES or (rest and not also) else ""
    hint = f'; find="{worst.code}" has all' if worst.instead and len(rest) > _MOST_PLACES else ""
    where = joined(
        [f"{worst.severity} {worst.code}", _place(worst), f"({joined([count, also], ', ')}{hint})" if rest else ""], " "
    )
    return f"{where}: {told}"


def _turns(findings: Sequence[Finding]) -> str:
    """`t7, t9, t12, …`: where the first of them are; "" where that is not known."""
    turns = list(dict.fromkeys(f"t{finding.turn}" for finding in findings if finding.turn))
    return ", ".join([*turns[:_MOST_PLACES], *(["…"] if len(turns) > _MOST_PLACES else [])])


def _clauses(detail: str, longest: int) -> str:
    """About `longest` characters of a detail, cut where a clause ends; at a word where that would lose most of it."""
    cut = clipped(detail, longest)
    clauses = _CLAUSES.match(cut) if cut.endswith("…") else None
    return f"{clauses[0]}…" if clauses and len(clauses[0]) * 2 > len(cut) else cut


def _fact(finding: Finding) -> str:
    """What a tool returned, by a finding that holds words against it: two findings may state the same; "" of others."""
    return next((clause for clause in finding.measured.split(_JOINT) if " returned " in clause), "")


def _count(same: list[Finding]) -> str:
    if len(same) <= _MOST_PLACES:
        return f"{len(same)} times"
    return f'the worst {_MOST_PLACES} of {len(same)} (find="{same[0].code}" has all)'


def _place(finding: Finding) -> str:
    """`t52 12:39`, as far as it is known."""
    turn = f"t{finding.turn}" if finding.turn else None
    return joined([turn, None if finding.at_s is None else place(finding.at_s)], " ")


def _names(kinds: list[list[Finding]], *, with_meaning: bool = False) -> str:
    """`warn slow_reply t7 (late replies), tool_failed t3, t9; info handed_over t12`."""
    by_severity = groupby(sorted(kinds, key=lambda same: RANK[same[0].severity]), lambda same: same[0].severity)
    return "; ".join(
        f"{severity} {', '.join(_name(same, with_meaning=with_meaning) for same in of)}" for severity, of in by_severity
    )


def _name(same: list[Finding], *, with_meaning: bool) -> str:
    with_meaning = with_meaning and same[0].code not in _BELOW
    meaning = _MEANINGS.get(same[0].code) if with_meaning else None
    count = f"×{len(same)}" if len(same) > 1 else ""
    return joined([same[0].code, count, _turns(same) if with_meaning else "", f"({meaning})" if meaning else ""], " ")
