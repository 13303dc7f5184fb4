"""The findings of a page in few lines."""

from __future__ import annotations

from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.header.highlights import highlights
from vobiz_mcp.digest.tokens.cost import UNIT

CHARGED = "update_order after t11 returned payment 1194"


def told(detail: str, turn: int, code: str = "contradicts_tool", brief: str = "") -> Finding:
    return Finding(code, "critical", turn, None, detail, brief)


def test_what_two_kinds_state_is_told_once_and_the_other_kind_is_named_with_its_turn() -> None:
    lines = highlights(
        [
            told(f'agent: "597 has been applied." · {CHARGED}', 12),
            told(f'agent: "It will be 597." · {CHARGED}', 10),
            told(f"t10 named 597 · {CHARGED}", 11, "unagreed_write"),
        ],
        100 * UNIT,
    )
    assert lines == [
        f'critical contradicts_tool t12 (also t10): agent: "597 has been applied." · {CHARGED}',
        "also: critical unagreed_write t11 (changed otherwise than the caller had heard)",
    ]


def test_a_detail_that_is_too_long_ends_where_a_clause_does() -> None:
    offered = "t6 offered a Buick with automatic gears and an open roof"
    got = "reserve_car after t25 returned a Volvo with three doors"
    detail = f'{offered} · {got} · agent t26 does not say so "{"It is booked for you. " * 20}"'
    (line,) = highlights([told(detail, 25, "unagreed_write")], 32 * UNIT)
    assert line == f"critical unagreed_write t25: {offered} · {got} · …"


def test_several_of_one_kind_have_a_clause_each_where_there_is_room() -> None:
    same = [told(f"{n} · {n} returned {n}", n, "unagreed_write", f"hour {n} offered, hour 9 returned") for n in (7, 3)]
    (line,) = highlights(same, 100 * UNIT)
    assert line == (
        "critical unagreed_write, 2 times: changed otherwise than the caller had heard: "
        "t7 hour 7 offered, hour 9 returned; t3 hour 3 offered, hour 9 returned"
    )


def test_what_explains_takes_no_line_from_what_is_critical_and_that_is_told_in_its_fewest_words() -> None:
    grave = told("hour 7 offered · " + "long-evidence " * 30, 7, "unagreed_write", "hour 7 offered, hour 9 returned")
    mild = Finding("dead_air", "info", 3, None, "nobody spoke for 5.8 s while the caller waited for the agent")
    assert highlights([grave, mild], 22 * UNIT) == [
        "critical unagreed_write t7: changed otherwise than the caller had heard: hour 7 offered, hour 9 returned",
        "also: info dead_air t3 (nobody spoke)",
    ]
