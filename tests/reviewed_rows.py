"""Rows of calls that never were, for sums and pages: as many as are wanted, the same for the same seed."""

from __future__ import annotations

import random

from vobiz_mcp.reviews.row import Found, Row, Used

NOW = 1_795_262_400.0
"""2026-11-21 12:00 UTC, a Saturday."""
DAY_S = 86_400.0
_FOUND = (
    "error_end",
    "instruction_like_text",
    "slow_reply",
    "agent_repeats",
    "latency_tail",
    "latency_inconsistent",
    "contradicts_tool",
    "corrected",
)


def rows(count: int, seed: int = 1, days: float = 16) -> list[Row]:
    """Calls of the last days, in which nothing changes."""
    chance = random.Random(seed)
    return [_row(number, chance, days) for number in range(count)]


def _row(number: int, chance: random.Random, days: float) -> Row:
    slow = chance.random() < 0.1
    found = [
        Found(code, "critical" if chance.random() < 0.3 else "warn", chance.randrange(1, 30), chance.random() * 200)
        for code in _FOUND
        if chance.random() < 0.06
    ]
    return Row(
        call_id=f"call_{number:05}",
        agent_id=chance.choice(["agent_billing", "agent_front_desk"]),
        version=chance.choice(["14", "15"]),
        caller=f"+1415555{chance.randrange(400):04}",
        started=NOW - chance.random() * days * DAY_S,
        duration=120.0,
        ended_as="normal",
        end_reason="user_hangup",
        turns=30,
        has_word_times=True,
        found=tuple(sorted(found)),
        tools=(Used("find_slot", "ok", round(chance.uniform(0.3, 1.5), 2), 4, "went on"),),
        first_word=round(chance.uniform(0.4, 1.4), 2),
        replies=tuple(round(chance.gauss(0.9, 0.2) + 2 * slow, 2) for _ in range(12)),
        reported_p50=0.8,
        agent_spoke=60.0,
        caller_spoke=40.0,
        interruptions=int(slow),
        resolved=chance.random() < 0.9,
        cost=0.0431,
    )
