"""What many agent calls come to, for programs: counts, each with its interval and a call to open."""

from __future__ import annotations

from vobiz_mcp.records.record import Part, Record


class Example(Part):
    """A call to open, and the turn to look at; 0 for the whole call."""

    call_id: str = ""
    turn: int = 0


class CodeCount(Part):
    """How many calls something went wrong on, by the code of the finding.

    `low` and `high` bound the share of `calls` in `of` at 95 % (Wilson).
    """

    code: str
    words: str = ""
    calls: int = 0
    critical: int = 0
    of: int = 0
    low: float = 0.0
    high: float = 1.0
    calls_before: int = 0
    of_before: int = 0
    example: Example = Example()


class CodeDifference(Part):
    """The share of people something went wrong for on both sides, and the interval of the difference (Newcombe)."""

    code: str
    people: int = 0
    of: int = 0
    other_people: int = 0
    other_of: int = 0
    low: float = -1.0
    high: float = 1.0
    is_sure: bool = False


class ReplyDifference(Part):
    """By how many milliseconds a call's median reply is later than on the other side, and its interval (Welch)."""

    by_ms: float
    low: float
    high: float
    is_sure: bool = False


class ToolCount(Part):
    """All calls of one tool; durations in seconds, `failing_since` a date in UTC, `then` what callers did next."""

    name: str
    calls: int = 0
    failed: int = 0
    failed_softly: int = 0
    p50: float | None = None
    p95: float | None = None
    failing_since: str = ""
    then: dict[str, int] = {}
    example: Example | None = None


class AgentCount(Part):
    """How many of the calls were spoken on by one version of one agent."""

    agent_id: str = ""
    version: str = ""
    name: str = ""
    calls: int = 0


class Waits(Part):
    """Many waits in seconds, and how many there were, and how many of them over 2 s."""

    count: int = 0
    over_2_s: int = 0
    p50: float | None = None
    p90: float | None = None
    p95: float | None = None
    p99: float | None = None


class CallReview(Record):
    """The calls of a period, counted. Times are epoch seconds, costs as reported in no unit that the API states.

    `missing` tells what is not known of them, and why, a line each.
    """

    since: float = 0.0
    until: float = 0.0
    side: str = ""
    calls: int = 0
    unread: dict[str, int] = {}
    missing: list[str] = []
    agents: list[AgentCount] = []
    codes: list[CodeCount] = []
    spiking: list[str] = []
    tools: list[ToolCount] = []
    other_side: str = ""
    other_calls: int = 0
    differences: list[CodeDifference] = []
    replies_differ: ReplyDifference | None = None
    resolved: int = 0
    unresolved: int = 0
    ended_well: int = 0
    handed_over: int = 0
    left_waiting: int = 0
    numbers: int = 0
    back_within_a_day: int = 0
    back_within_a_week: int = 0
    first_words: Waits = Waits()
    replies: Waits = Waits()
    reported_p50s: Waits = Waits()
    agent_spoke: float = 0.0
    caller_spoke: float = 0.0
    interruptions: int = 0
    ends: dict[str, int] = {}
    cost: float = 0.0
    costed: int = 0
