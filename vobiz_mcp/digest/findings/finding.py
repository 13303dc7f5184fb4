"""What went wrong, as a value and as a line."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from vobiz_mcp.digest.wording.phrases import joined, place

Severity: TypeAlias = Literal["info", "warn", "critical"]

_RULE: Final = re.compile(r" \(rules?:[^()]*\)")

RANK: dict[Severity, int] = {"critical": 0, "warn": 1, "info": 2}
"""Worst first."""


def graded(measured: float, warn_from: float, critical_from: float = math.inf) -> Severity:
    """How bad something measured is: what is only a little beyond the usual explains, and hurt nobody yet."""
    return "critical" if measured >= critical_from else "warn" if measured >= warn_from else "info"


class Instead(NamedTuple):
    """Under a `name`, what the agent had `offered` and what a tool then returned instead."""

    name: str
    offered: str
    returned: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is worth knowing about a call.

    Attributes:
        code: what it is, such as `dead_air`.
        severity: `info` explains, `warn` hurt the caller or may have, `critical` is likely what broke the call.
        turn: the turn it is about, as the transcript counts them; for a silence or a tool the turn before it.
        at_s: seconds from the start of the call.
        detail: one line: what was measured, the rule that fired and the evidence.
        brief: a few words of it, for a line that names several of one kind; "" where one line a kind is enough.
        instead: where a tool did other than the agent had offered, what of it; it did so after `turn`.
    """

    code: str
    severity: Severity
    turn: int | None
    at_s: float | None
    detail: str
    brief: str = ""
    instead: Instead | None = None

    @property
    def measured(self) -> str:
        """The detail without the rule that fired."""
        return _RULE.sub("", self.detail)

    def line(self) -> str:
        """`critical dead_air t6 0:20: nobody spoke for 11.3 s (rule: 3 s, critical from 8 s) while …`."""
        turn = f"t{self.turn}" if self.turn else None
        at = None if self.at_s is None else place(self.at_s)
        return f"{joined([self.severity, self.code, turn, at], ' ')}: {self.detail}"
