from __future__ import annotations

import json

from vobiz_mcp.digest.deeds.deeds import deeds, lookups
from vobiz_mcp.digest.deeds.detail import ECHO
from vobiz_mcp.digest.timeline.items import Timeline, ToolCall


def tool(name: str, asked: object, result: object, turn: int, *, successful: bool = True) -> ToolCall:
    return ToolCall(name, json.dumps(asked), turn, result=json.dumps(result), successful=successful)


def test_only_tools_that_change_something_are_deeds() -> None:
    read, change = tool("get_order", {"id": "A1"}, {"state": "open"}, 1), tool("cancel_order", {"id": "A1"}, {}, 2)
    told = Timeline([read, change])
    assert [deed.tool for deed in deeds(told)] == [change]
    assert lookups(told) == [read]


def test_failures_in_a_row_for_one_reason_are_one_deed() -> None:
    tries = [tool("book", {"slot": f"{n}"}, {"error": "full"}, n) for n in (3, 5, 9)]
    (deed,) = deeds(Timeline([*tries]))
    assert deed.begin == "t3-9 FAILED ×3 book"
    assert [detail.text for detail in deed.came_back] == ["error: full"]


def test_what_differs_from_the_request_is_worth_most_and_what_repeats_it_least() -> None:
    booked = tool("book", {"hour": "16:15", "car": "Sedan"}, {"hour": "16:30", "car": "Sedan", "price": "38"}, 1)
    (deed,) = deeds(Timeline([booked]))
    ranked = sorted(deed.came_back, key=lambda detail: -detail.worth)
    assert [detail.text for detail in ranked] == ["hour: 16:30 (16:15 was asked for)", "price: 38", "car: Sedan"]


def test_one_time_in_two_spellings_is_no_difference() -> None:
    booked = tool("book", {"hour": "16:15", "fee": "40"}, {"hour": "16:15:00", "fee": "40.00"}, 1)
    (deed,) = deeds(Timeline([booked]))
    assert not any("asked" in detail.text for detail in deed.came_back)


def test_what_an_earlier_record_of_the_thing_held_is_no_news() -> None:
    record = {"id": "A1", "owner": "Ana Duarte", "city": "Lisbon", "price": "412"}
    before, after = (
        tool("get_order", {"id": "A1"}, record, 1),
        tool("cancel_order", {"id": "A1"}, {**record, "state": "cancelled"}, 2),
    )
    (deed,) = deeds(Timeline([before, after]))
    assert max(deed.came_back, key=lambda detail: detail.worth).text == "state: cancelled"
    assert [detail.text for detail in deed.came_back if detail.worth > 0.1] == ["state: cancelled"]


def test_a_refund_says_what_it_went_to_also_where_an_earlier_record_held_that() -> None:
    paid = {"id": "A1", "status": "booked", "payments": [{"payment_id": "card_7", "amount": 90}]}
    refunded = {**paid, "status": "cancelled", "payments": [*paid["payments"], {"payment_id": "card_7", "amount": -90}]}
    *_, deed = deeds(Timeline([tool("get", {"id": "A1"}, paid, 1), tool("cancel", {"id": "A1"}, refunded, 3)]))
    told = [detail.text for detail in deed.came_back if detail.worth > ECHO]
    assert told == ["status: cancelled", "payment_id: card_7", "amount: -90 (a refund)"]


def test_a_failure_without_a_word_says_so_and_one_that_went_through_later_says_when_and_with_what() -> None:
    failed = tool("book", {"id": "A1", "slot": "1", "day": "9"}, [], 3, successful=False)
    again = tool("book", {"id": "A1", "slot": "2", "day": "9"}, {"ok": True}, 7)
    first, _ = deeds(Timeline([failed, again]))
    assert [detail.text for detail in first.came_back] == ["no reason given"]
    assert first.end == "; went through at t7 only with slot: 2"


def test_a_change_that_its_result_does_not_show_is_told_as_still_what_it_was() -> None:
    record = {"id": "A1", "owner": "Ana Duarte", "city": "Lisbon", "cabin": "economy"}
    before = tool("get_order", {"id": "A1"}, record, 1)
    after = tool("update_order", {"id": "A1", "cabin": "business"}, {**record, "amount": "90"}, 2)
    (deed,) = deeds(Timeline([before, after]))
    best = max(deed.came_back, key=lambda detail: detail.worth)
    assert best.text == "cabin: still economy (business was asked for)"


def test_values_of_several_records_say_which_record_they_are_of() -> None:
    legs = [{"flight_number": "HAT072", "price": "130"}, {"flight_number": "HAT278", "price": "187"}]
    (deed,) = deeds(Timeline([tool("change_flights", {"id": "A1"}, {"flights": legs, "amount": "-186"}, 1)]))
    assert [detail.text for detail in deed.came_back] == [
        "flight_number: HAT072",
        "price of HAT072: 130",
        "flight_number: HAT278",
        "price of HAT278: 187",
        "amount: -186 (a refund)",
    ]


def test_a_failure_that_went_through_for_less_says_without_what() -> None:
    first = tool("change", {"id": "A1", "out": "HAT030", "home": "HAT052"}, "Error: no HAT030", 1)
    (deed, _) = deeds(Timeline([first, tool("change", {"id": "A1", "home": "HAT052"}, {"price": "125"}, 3)]))
    assert deed.end == "; went through at t3 only without out: HAT030"


def test_a_failure_that_was_not_tried_again_says_so_and_shows_what_came_back_with_it() -> None:
    (deed,) = deeds(Timeline([tool("book", {"hour": "12:15"}, {"hour": "12:00"}, 3, successful=False)]))
    offered = "no reason given; the result offers hour: 12:00 (12:15 was asked for)"
    assert deed.line == f"t3 FAILED book(hour: 12:15) → {offered}; not tried again"
