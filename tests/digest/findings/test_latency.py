from __future__ import annotations

import pytest
from planted_calls import (
    Body,
    agent,
    caller,
    stats,
)
from planted_faults import chat, first, found, planted, replies, steady

from vobiz_mcp.records.json_value import Json

PLANTED: dict[str, tuple[Body, str]] = {
    "a p95 above two seconds is a tail": (steady(stats(900, 2001, 10)), "info latency_tail"),
    "a p95 of exactly two seconds is not": (steady(stats(900, 2000, 10)), ""),
    "a p95 of three medians is a tail": (steady(stats(500, 1500, 10)), "info latency_tail"),
    "a p95 of less than three medians is not": (steady(stats(501, 1500, 10)), ""),
    "nine replies have no tail": (steady(stats(500, 3000, 9)), ""),
    "a stage of half the time dominates": (steady(stats(1000), llm=stats(500), tts=stats(200)), "info dominated_by"),
    "a stage of less does not": (steady(stats(1000), llm=stats(499), tts=stats(200)), ""),
    "four replies are too few to tell": (steady(stats(1000, num=4), llm=stats(800), tts=stats(100)), ""),
    "a good headline over dead air misleads": (
        chat(
            agent("Let me look."),
            agent("Yes.", after=4.0),
            caller("Fine."),
            latency={"e2e": stats(836, max=900)},
        ),
        "info dead_air, info headline_misleads",
    ),
    "a good headline over slow replies misleads": (
        replies(1.5, 1.6, 1.5, latency={"e2e": stats(600, max=700)}),
        "info slow_reply, info headline_misleads",
    ),
    "a headline that reports the wait does not mislead": (
        replies(0.6, 0.6, 4.0, latency={"e2e": stats(900, max=4000)}),
        "info dead_air, info slow_reply",
    ),
    "a headline does not mislead because the caller thinks": (
        chat(agent("For when?"), caller("Tonight.", after=5.0), latency={"e2e": stats(600, max=700)}),
        "info dead_air",
    ),
    "a headline whose slowest reply comes close to the wait does not mislead": (
        replies(0.6, 0.6, 3.5, latency={"e2e": stats(900, max=2600)}),
        "info dead_air, info slow_reply",
    ),
    "a headline that is a little lower than what was measured does not mislead": (
        replies(1.2, 1.2, 1.2, latency={"e2e": stats(1000, max=1300)}),
        "info slow_reply",
    ),
    "a bad headline does not mislead": (replies(1.5, 1.6, 1.5, latency={"e2e": stats(1500)}), "info slow_reply"),
}


@planted(PLANTED)
def test_a_planted_latency_is_found_and_its_near_miss_is_not(body: Body, codes: list[str]) -> None:
    assert found(body) == codes


def test_a_dominating_stage_is_named_with_its_share_and_the_rest() -> None:
    detail = first(steady(stats(1000), llm=stats(600), tts=stats(150)), "dominated_by").detail
    assert detail.startswith(
        "llm p50 600 ms is 60% of e2e p50 1000 ms; the rest is tts 150 ms and 250 ms of endpointing"
    )


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"llm": stats(600)}, "no usable figures of tts were sent"),
        ({"llm": stats(600), "tts": stats(500)}, "sum to 1100 ms, more than e2e"),
        ({"llm": stats(600), "tts": stats(100), "s2s": stats(100)}, "s2s overlaps with llm and tts"),
        ({"llm": stats(600), "tts": stats(100, num=2)}, "no usable figures of tts were sent"),
    ],
)
def test_a_share_that_cannot_be_told_names_no_stage_and_says_why(others: dict[str, Json], reason: str) -> None:
    detail = first(steady(stats(1000), **others), "dominated_by").detail
    assert detail.startswith("no stage can be named: ")
    assert reason in detail
