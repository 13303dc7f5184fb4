"""Claims against deeds: forty planted pairs, each a fault and its near miss, and what the findings say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from planted_calls import Line, agent, answer, caller, retell
from planted_claims import BYE, HELLO, PAIRS, Pair, used

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


def severity_of_a_refused_price(*tools: Line) -> str:
    """How grave it is that 14 was told where the tool wanted 28."""
    script = (
        HELLO,
        caller("Give me the newer ticket instead."),
        agent("The total is $14. Shall I cancel the old one and book it?"),
        caller("Yes, do."),
        *tools,
        agent("That did not work, sorry."),
        *BYE,
    )
    return next(f.severity for f in examine(retell(*script)) if f.code == "contradicts_tool")


def test_a_wrong_price_is_critical_once_something_was_cancelled_between_it_and_its_refusal() -> None:
    cancelled = used("cancel_ticket", answer(ticket="T1", status="cancelled"), ticket="T1")
    refused = used("book_ticket", "Error: the total is 28, but paid 14", ticket="T2", amount=14)
    assert severity_of_a_refused_price(cancelled, refused) == "critical"
    assert severity_of_a_refused_price(refused) == "warn"
    assert severity_of_a_refused_price(refused, cancelled) == "warn"
    assert severity_of_a_refused_price(used("cancel_ticket", "Error: no such ticket", ticket="T1"), refused) == "warn"
    assert severity_of_a_refused_price(used("find_ticket", answer(ticket="T1"), ticket="T1"), refused) == "warn"


def test_a_price_that_was_refused_before_anybody_spoke_is_held_against_what_is_said_then() -> None:
    refused = used("book_ticket", "Error: the total is 28, but paid 14", ticket="T2", amount=14)
    assert found([refused, agent("The total is $14."), caller("Fine."), *BYE]) == "contradicts_tool 1"
