"""One agent call as a row: what of it is worth counting among many, and nothing that was said on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final, Literal, NamedTuple, Self, TypeAlias

from vobiz_mcp.digest.findings.finding import RANK, Severity
from vobiz_mcp.glossary.findings import FINDINGS

Outcome: TypeAlias = Literal["ok", "failed", "failed softly", "no result"]
Then: TypeAlias = Literal["went on", "asked again", "hung up"]

CODES: Final = tuple(entry.word for entry in FINDINGS)
"""Every code that a finding may have."""
SLOW_REPLY_S: Final = 2.0
"""A reply later than this is felt as a gap."""


class Found(NamedTuple):
    """One finding of a call: `turn` as the transcript counts them, `at` in seconds from the call's start."""

    code: str
    severity: Severity
    turn: int | None
    at: float | None


class Used(NamedTuple):
    """One tool call: how it ended, how long it took in seconds, and what the caller did after it."""

    name: str
    outcome: Outcome
    seconds: float | None
    turn: int
    then: Then


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One call among many. Times are in seconds; None and "" where nothing was sent.

    Attributes:
        source: the file that it was read from, or "".
        error: why it could not be read; then nothing else is known of it.
        started: epoch seconds.
        caller: the number of the person, to tell callers apart; "" of those who withhold it.
        version: the agent's version, from `agent_version` of the body or of its metadata.
        opted_out: whether the organisation asked that speech is not kept.
        ended_as: the class of its end: normal, error, handed over, voicemail, never connected; "" while it goes on.
        end_reason: `disconnection_reason` in snake_case.
        first_word: until the agent's first word, from the answer on.
        replies: each time that the caller waited for the agent, measured.
        reported_p50: e2e p50 as the platform reports it.
        agent_spoke: how long the agent spoke, by word times; `caller_spoke` the caller.
        interruptions: how often both spoke at once for longer than a `mhm`, or as the platform logged them.
        resolved: `call_analysis.call_successful`, the platform's own opinion.
        left_waiting: whether the caller hung up after a long silence.
        cost: `call_cost.combined_cost`, in no unit that the API states.
    """

    source: str = ""
    error: str = ""
    call_id: str = ""
    agent_id: str = ""
    agent_name: str = ""
    version: str = ""
    direction: str = ""
    caller: str = ""
    started: float | None = None
    duration: float | None = None
    opted_out: bool = False
    ended_as: str = ""
    end_reason: str = ""
    turns: int = 0
    has_word_times: bool = False
    found: tuple[Found, ...] = ()
    tools: tuple[Used, ...] = ()
    first_word: float | None = None
    replies: tuple[float, ...] = ()
    reported_p50: float | None = None
    agent_spoke: float = 0.0
    caller_spoke: float = 0.0
    interruptions: int = 0
    resolved: bool | None = None
    handed_over: bool = False
    left_waiting: bool = False
    cost: float | None = None

    @property
    def worst(self) -> Found | None:
        """The worst finding."""
        return min(self.found, key=lambda found: RANK[found.severity], default=None)

    @property
    def ended_well(self) -> bool:
        """Whether it ended as calls should, nothing critical was found, and the platform does not say otherwise."""
        critical = self.worst is not None and self.worst.severity == "critical"
        return self.ended_as == "normal" and not critical and self.resolved is not False

    @property
    def reply_p50(self) -> float | None:
        """The measured median of its replies."""
        return round(median(self.replies), 3) if self.replies else None

    def flat(self) -> dict[str, str | float | bool | None]:
        """The call as columns of plain values; `finding_dead_air` and its like tell how often."""
        worst = self.worst
        return {
            **{name: getattr(self, name) for name in self.__slots__ if name not in _NESTED},
            "worst_severity": worst.severity if worst else "",
            "worst_code": worst.code if worst else "",
            "ended_well": self.ended_well,
            "reply_count": len(self.replies),
            "reply_p50": self.reply_p50,
            "reply_worst": max(self.replies, default=None),
            "reply_slow": sum(seconds > SLOW_REPLY_S for seconds in self.replies),
            "tool_calls": len(self.tools),
            "tool_calls_failed": sum(tool.outcome == "failed" for tool in self.tools),
            "tool_calls_failed_softly": sum(tool.outcome == "failed softly" for tool in self.tools),
            **{f"finding_{code}": sum(found.code == code for found in self.found) for code in CODES},
        }

    def line(self) -> dict[str, Any]:
        """The row as JSON has it: its flat columns, and beside them its findings, tools and replies."""
        found = [each._asdict() for each in self.found]
        tools = [each._asdict() for each in self.tools]
        return self.flat() | {"found": found, "tools": tools, "replies": list(self.replies)}

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> Self:
        """The row of such a line."""
        own = {name: line[name] for name in cls.__slots__ if name not in _NESTED}
        found = tuple(Found(**each) for each in line["found"])
        tools = tuple(Used(**each) for each in line["tools"])
        return cls(**own, found=found, tools=tools, replies=tuple(line["replies"]))


_NESTED: Final = frozenset(("found", "tools", "replies"))
