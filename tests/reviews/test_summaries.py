from __future__ import annotations

import random
from dataclasses import replace
from functools import reduce

import pytest
from reviewed_rows import DAY_S, NOW, rows

from vobiz_mcp import Row, Summary
from vobiz_mcp.digest.findings.finding import Severity
from vobiz_mcp.reviews.changes.comparison import alarms
from vobiz_mcp.reviews.changes.onset import onset
from vobiz_mcp.reviews.changes.spikes import spikes
from vobiz_mcp.reviews.distribution import Distribution
from vobiz_mcp.reviews.groups import Groups
from vobiz_mcp.reviews.page.page import page
from vobiz_mcp.reviews.page.review_of_groups import review_of
from vobiz_mcp.reviews.period import period
from vobiz_mcp.reviews.row import Found, Used

CALLS = [*rows(300), Row(source="a.json", error="it is empty"), Row(source="b.json", error="it is empty")]


@pytest.mark.parametrize("seed", range(5))
def test_the_sum_of_shards_in_any_order_equals_one_run_exactly(seed: int) -> None:
    chance = random.Random(seed)
    shuffled = chance.sample(CALLS, len(CALLS))
    cuts = sorted(chance.sample(range(len(CALLS)), 7))
    shards = [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(CALLS)], strict=True)]
    assert reduce(Summary.__add__, map(Summary.of, shards), Summary()) == Summary.of(CALLS)


def test_adding_changes_neither_side() -> None:
    one, other = Summary.of(CALLS[:100]), Summary.of(CALLS[100:])
    both = one + other
    assert (one, other) == (Summary.of(CALLS[:100]), Summary.of(CALLS[100:]))
    assert both.unread == {"it is empty": 2}
    assert both.calls == 300


def test_a_call_counts_once_for_a_code_by_its_worst() -> None:
    row = Row(call_id="c", found=(Found("dead_air", "warn", 3, 1.0), Found("dead_air", "critical", 9, 2.0)))
    summary = Summary.of([row])
    assert (summary.found, summary.wrong("dead_air")) == ({("dead_air", "critical"): 1}, 1)
    assert summary.examples["dead_air"][2:] == ("c", 9)


def test_the_example_of_a_call_is_the_finding_that_it_names_first_of_the_worst() -> None:
    found = (Found("dead_air", "critical", 22, 90.0), Found("dead_air", "critical", 16, 60.0))
    assert Summary.of([Row(call_id="c", found=found)]).examples["dead_air"][2:] == ("c", 22)


def test_somebody_who_calls_again_counts_as_one_and_as_back() -> None:
    wrong = (Found("upset", "warn", 3, 1.0),)
    calls = [
        Row(call_id=f"c{at}", caller="+1", started=NOW + at * 3600, found=wrong, ended_as="normal") for at in (0, 5, 50)
    ]
    other = [Row(call_id="d", caller="+2", started=NOW), Row(call_id="e", started=NOW, found=wrong)]
    people = Summary.of([*calls, *other]).people
    assert (len(people), people.having("upset")) == (3, 2)
    assert (people.back_within(1), people.back_within(7)) == (1, 1)
    assert Summary.of([calls[0], calls[2]]).people.back_within(1) == 0


def test_what_happens_three_times_as_often_as_in_the_week_before_spikes() -> None:
    quiet = [replace(row, found=()) for row in rows(400, days=8)]
    today = [row for row in quiet if row.started and row.started > NOW - DAY_S]
    five = [replace(row, found=(Found("tool_failed", "warn", 2, 9.0),)) for row in today[:5]]
    rest = [row for row in quiet if row not in today[:5]]
    [spike] = spikes(Summary.of([*rest, *five]), NOW)
    assert (spike.code, spike.calls, spike.of, spike.is_new) == ("tool_failed", 5, len(today), True)
    assert list(spikes(Summary.of([*rest, *five[:4], replace(five[4], found=())]), NOW)) == []


@pytest.mark.parametrize(("hours_ago", "is_of_the_last_day"), [(0.01, True), (23.9, True), (24.1, False)])
def test_the_last_day_is_24_hours_where_it_ends_with_an_hour(hours_ago: float, *, is_of_the_last_day: bool) -> None:
    before = Row(call_id="before", started=NOW - 3 * DAY_S)
    wrong = Row(call_id="w", started=NOW - hours_ago * 3600, found=(Found("tool_failed", "warn", 2, 9.0),))
    assert [spike.calls for spike in spikes(Summary.of([before, *[wrong] * 5]), NOW)] == [5] * is_of_the_last_day


def test_what_is_new_names_a_call_of_the_last_day_and_none_from_after_the_period() -> None:
    def failed(name: str, hours_ago: float, severity: Severity) -> Row:
        found = (Found("tool_failed", severity, 2, 9.0),)
        return Row(call_id=name, started=NOW - hours_ago * 3600, ended_as="normal", turns=4, found=found)

    groups = Groups(period("7d", "", NOW))
    worst_of_old, after = failed("old", 220, "critical"), failed("after", -0.5, "warn")
    today = [failed(f"today{hours}", hours, "warn") for hours in (9, 2, 4, 6, 8)]
    for row in [worst_of_old, after, *today, Row(call_id="fine", started=NOW - 3 * DAY_S, ended_as="normal")]:
        groups.add(row)
    told = page(review_of(groups, period("7d", "", NOW)))
    assert "tool_failed (a tool failed) new: 5 of 5 (100 %), before 0 of 1 (0 %); today2 t2" in told


def test_the_day_since_which_a_tool_fails_is_found_and_none_where_it_always_did() -> None:
    def calls(failing_since: float | None) -> Summary:
        failed = Used("book_table", "failed", 1.0, 3, "went on")
        return Summary.of(
            replace(row, tools=(failed,))
            if number % (2 if failing_since and row.started and row.started > failing_since else 25) == 0
            else replace(row, tools=(Used("book_table", "ok", 1.0, 3, "went on"),))
            for number, row in enumerate(rows(400))
        )

    tuesday = NOW - 4.5 * DAY_S
    began = onset(calls(tuesday).tools["book_table"].days)
    assert began is not None
    assert began.day == int(tuesday // DAY_S)
    assert onset(calls(None).tools["book_table"].days) is None


def test_replies_that_come_later_are_sure_to_differ_and_chance_is_not() -> None:
    slow = [replace(row, replies=tuple(each + 0.3 for each in row.replies)) for row in rows(100)]
    assert list(alarms(Summary.of(slow), Summary.of(rows(100, seed=2)))) == ["replies"]
    assert list(alarms(Summary.of(rows(100, seed=3)), Summary.of(rows(100, seed=2)))) == []
    assert list(alarms(Summary.of(slow[:29]), Summary.of(rows(100)))) == []


@pytest.mark.parametrize("seconds", [-1.0, 1e308, float("inf")])
def test_what_is_no_duration_is_not_counted(seconds: float) -> None:
    times = Distribution()
    times.add([2.0, seconds])
    assert (len(times), times.percentile(99)) == (1, 2.0)
