"""Claims against deeds: forty planted pairs, each a fault and its near miss, and what the findings say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from planted_calls import Line, retell
from planted_claims import PAIRS, Pair

from vobiz_mcp import examine

CODES = frozenset(
    (
        *("claim_without_deed", "contradicts_tool", "unagreed_write", "asked_again", "request_dropped"),
        *("person_refused", "corrected", "upset", "unsourced_figure"),
    )
)


def found(script: Sequence[Line]) -> str:
    """What is found of claims on a call: `code turn`, in the order of turns."""
    named = [finding for finding in examine(retell(*script)) if finding.code in CODES]
    return ", ".join(f"{f.code} {f.turn}" for f in sorted(named, key=lambda f: (f.turn or 0, f.code)))


def test_there_are_forty_pairs() -> None:
    assert len(PAIRS) >= 40


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS.keys())
def test_a_planted_fault_is_found_where_it_is(pair: Pair) -> None:
    assert found(pair.fault) == pair.found


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS.keys())
def test_its_near_miss_is_left_alone(pair: Pair) -> None:
    assert found(pair.near_miss) == ""
