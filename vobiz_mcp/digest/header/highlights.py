"""The findings of a call in few lines: the worst in words, the other kinds by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from vobiz_mcp.digest.findings.finding import RANK, Finding
from vobiz_mcp.digest.speech.cutting import clipped
from vobiz_mcp.digest.tokens.cost import cost
from vobiz_mcp.digest.wording.phrases import place

_RULE: Final = re.compile(r" \(rules?:[^()]*\)")
_FAILURES: Final = frozenset(("tool_failed", "tool_soft_failure"))
"""Findings that the tool lines below tell with more."""
_LONGEST: Final = 160
_SHORTEST: Final = 90
"""Characters of the worst finding's detail where the room is small: what was said, and which tool says otherwise."""


def highlights(findings: Sequence[Finding], room: int) -> list[str]:
    """One line for each kind while `room` lasts, in units of `tokens.cost`, and one that names the other kinds.

    The worst kind has its line even where it takes a little more; failed tools never, as they stand below.
    """
    most = room * 3 // 2
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    lines: list[str] = []
    named: list[list[Finding]] = []
    for code, same in kinds.items():
        line = _line(same)
        if not lines and cost(line + "\n") > most:
            line = _line(same, _SHORTEST)
        if code in _FAILURES or cost(line + "\n") > (room if lines else most):
            named.append(same)
        else:
            lines.append(line)
            room -= cost(line + "\n")
    others = f"{'also' if lines else 'findings'}: {_names(named)}"
    if cost(others) > most:
        others = f"findings: {_names(named[:1])}, and {len(named) - 1} more kinds"
    return [*lines, others] if named else lines


def _line(same: list[Finding], longest: int = _LONGEST) -> str:
    """`critical dead_air, worst of 19, t52 12:39: nobody spoke …`: findings of a kind come worst first."""
    worst = same[0]
    where = f"{worst.severity} {worst.code}"
    where += f", worst of {len(same)}," if len(same) > 1 else ""
    where += f" t{worst.turn}" if worst.turn else ""
    where += "" if worst.at_s is None else f" {place(worst.at_s)}"
    return f"{where}: {clipped(_RULE.sub('', worst.detail).split('; ')[0], longest)}"


def _names(kinds: list[list[Finding]]) -> str:
    """`warn slow_reply, tool_failed (10); info handed_over`."""
    by_severity = groupby(sorted(kinds, key=lambda same: RANK[same[0].severity]), lambda same: same[0].severity)
    return "; ".join(f"{severity} {', '.join(map(_name, of))}" for severity, of in by_severity)


def _name(same: list[Finding]) -> str:
    return same[0].code + (f" ({len(same)})" if len(same) > 1 else "")
