from __future__ import annotations

from datetime import UTC, datetime

import pytest
from planted_fleets import WEEK, raised, rows, summary

from vobiz_mcp.reviews.changes.onset import onset
from vobiz_mcp.reviews.tool_summary import DAY_S

SEED = 9


def test_what_drifts_is_found_with_its_day_and_its_version() -> None:
    calls = rows(SEED, drifts=True)
    assert raised(calls) == {
        *("spiking: claim_without_deed", "than before: claim_without_deed"),
        *("failing: book_table", "than before: tool_soft_failure"),
        *("version 15: replies", "than before: replies"),
    }
    began = onset(summary(calls, WEEK).tools["book_table"].days)
    assert began is not None
    assert f"{datetime.fromtimestamp(began.day * DAY_S, UTC):%A}" == "Tuesday"


def test_the_same_weeks_without_a_drift_raise_no_alarm() -> None:
    assert raised(rows(SEED, drifts=False)) == set()


@pytest.mark.long
def test_of_ten_fleets_without_a_drift_none_raises_an_alarm_and_of_ten_with_one_all_are_found() -> None:
    seeds = range(20, 30)
    assert {seed: found for seed in seeds if (found := raised(rows(seed, drifts=False)))} == {}
    planted = {"than before: tool_soft_failure", "version 15: replies", "failing: book_table"}
    assert {seed: missed for seed in seeds if (missed := planted - raised(rows(seed, drifts=True)))} == {}
