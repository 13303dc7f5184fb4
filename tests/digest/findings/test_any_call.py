from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from planted_calls import (
    START_MS,
    Body,
    record,
)
from planted_faults import ERRORS, FAILED

from vobiz_mcp.digest.examine import examine

TIMES = st.one_of(
    st.none(),
    st.floats(-5, 4000),
    st.floats(allow_nan=False),
    st.integers(START_MS, START_MS + 600_000),
    st.just(1e308),
)


TEXTS = st.one_of(
    st.none(), st.text(max_size=40), st.sampled_from([FAILED, "Is it?", "So the", "{}", "[1]", "\ud800", "error"])
)


WORDS = st.lists(st.fixed_dictionaries({"word": TEXTS, "start": TIMES, "end": TIMES}), max_size=6)


ROLES = st.sampled_from(
    [
        "agent",
        "assistant",
        "user",
        "tool_call_invocation",
        "tool_call_result",
        "dtmf",
        "sms",
        "transfer_target",
        "?",
        None,
    ]
)


ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"role": ROLES},
        optional={
            "content": TEXTS, "words": WORDS, "timestamp": TIMES, "time_sec": TIMES, "name": TEXTS, "arguments": TEXTS,
            "tool_call_id": st.sampled_from(["a", "b", None]), "successful": st.sampled_from([True, False, None]),
            "type": TEXTS,
        },
    ),
    max_size=12,
)  # fmt: skip


STATS = st.dictionaries(
    st.sampled_from(["min", "p50", "p90", "p95", "p99", "max", "num", "values"]),
    st.one_of(st.none(), st.floats(allow_nan=False), st.integers(-5, 5000), st.lists(st.floats(), max_size=3)),
)


CALLS = st.fixed_dictionaries(
    {},
    optional={
        "call_status": st.sampled_from(["ENDED", "ongoing", "error", None]),
        "start_timestamp": TIMES, "end_timestamp": TIMES, "duration_ms": TIMES,
        "disconnection_reason": st.one_of(TEXTS, st.sampled_from([*ERRORS.split(), "inactivity"])),
        "transcript": TEXTS, "transcript_object": ENTRIES, "transcript_with_tool_calls": ENTRIES,
        "latency": st.dictionaries(st.sampled_from(["e2e", "llm", "tts", "s2s", "\n"]), STATS),
        "events": st.lists(st.fixed_dictionaries({"event": st.just("Call started"), "timestamp": TIMES}), max_size=2),
        "call_analysis": st.one_of(st.none(), st.fixed_dictionaries({"in_voicemail": st.booleans()})),
    },
)  # fmt: skip


@given(CALLS)
def test_any_tree_is_examined_without_an_error_and_twice_alike(tree: Body) -> None:
    call = record(tree)
    lines = [finding.line() for finding in examine(call)]
    assert lines == [finding.line() for finding in examine(call)]
    assert all(line.isprintable() for line in lines)
