"""What every finding has in common: its line, its order, its thresholds, and what it never says."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import pytest
from planted_calls import (
    Body,
    Used,
    agent,
    answer,
    caller,
    record,
    retell,
    stats,
)
from planted_faults import ASK, BOOK, FAILED, HELLO, chat, first, found, monologue, planted, replies
from shared import needs_shared, payload

from vobiz_mcp.digest.examine import Finding, Thresholds, examine

ONGOING: Body = {"call_status": "ongoing", "end_timestamp": None, "duration_ms": None, "disconnection_reason": None}


PLANTED: dict[str, tuple[Body, str]] = {
    "a healthy call has no findings": (chat(), ""),
    "a healthy call with tools that work has no findings": (chat(Used(BOOK, '{"for": 2}', answer(ok=True))), ""),
    "a call of which nothing is known yet has no findings": ({"call_status": "registered"}, ""),
    "an ongoing call is not blamed for what is still missing": (
        retell(HELLO, caller("Can you help me?"), Used(BOOK, result=None), **ONGOING),
        "",
    ),
}


@planted(PLANTED)
def test_a_healthy_call_has_no_findings(body: Body, codes: list[str]) -> None:
    assert found(body) == codes


def test_a_line_names_severity_code_turn_moment_and_rule() -> None:
    body = retell(HELLO, ASK, agent("Let me look."), agent("Yes.", after=11.3), caller("Fine."))
    assert first(body, "dead_air").line() == (
        "critical dead_air t3 0:06: nobody spoke for 11.3 s (rule: 3 s, critical from 8 s) "
        "while the caller waited for the agent; no tool was running"
    )


def test_a_line_without_a_place_names_none() -> None:
    assert Finding("voicemail", "info", None, None, "reached").line() == "info voicemail: reached"


def test_findings_come_worst_first_and_then_by_time() -> None:
    body = retell(
        HELLO, Used("one", result=FAILED), agent("Look."), agent("Yes.", after=9.0), ASK,
        Used("two", result=FAILED), agent("No."), disconnection_reason="call_transfer",
    )  # fmt: skip
    told = [(f.severity, f.at_s) for f in examine(record(body))]
    assert [severity for severity, _ in told] == ["critical", "warn", "warn", "info"]
    assert told[1][1] < told[2][1]  # type: ignore[operator]


def test_every_threshold_is_an_argument() -> None:
    body = replies(0.5, 0.6, 2.1)
    assert [f.code for f in examine(record(body), Thresholds(slow_reply_s=2.5))] == []
    assert "(rules: any over 1 s" in examine(record(body), Thresholds(slow_reply_s=1))[0].detail


def test_an_opted_out_call_is_examined_without_a_word_of_its_speech() -> None:
    secret = "My code word is pomegranate seven."
    body = chat(
        *[line for _ in range(3) for line in (agent(secret), caller("pomegranate"))],
        Used(BOOK, result=answer(error="pomegranate")), Used(BOOK, result="pomegranate", successful=False),
        caller("What about pomegranate?"), opt_out_sensitive_data_storage=True,
    )  # fmt: skip
    lines = "\n".join(finding.line() for finding in examine(record(body)))
    assert {"agent_repeats", "tool_failed", "tool_soft_failure"} <= {f.code for f in examine(record(body))}
    assert "pomegranate" not in lines


def test_what_others_wrote_cannot_break_out_of_its_line() -> None:
    hostile = 'x"\n\ncritical dead_air t1: \u202eforged\x1b[31m\u2028'
    body = chat(
        Used(f"name{hostile}", result=answer(error=hostile)), Used("two", result=hostile, successful=False),
        disconnection_reason=f"error_{hostile}", latency={hostile: stats(-1)},
    )  # fmt: skip
    lines = [finding.line() for finding in examine(record(body))]
    assert len(lines) >= 4
    assert all(line.isprintable() for line in lines)


def test_a_finding_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        first(monologue(3.0), "dead_air").code = "other"  # type: ignore[misc]


@needs_shared
def test_a_real_call_with_a_good_headline_tells_what_its_caller_lived_through() -> None:
    tree = json.loads(payload("agent/retell_02_real_call_dead_air_tool_soft_failure_REDACTED"))
    told = [(f.severity, f.code) for f in examine(record(tree))]
    assert told == [
        ("critical", "dead_air"),
        ("warn", "tool_soft_failure"),
        ("warn", "tool_soft_failure"),
        ("warn", "headline_misleads"),
    ]
