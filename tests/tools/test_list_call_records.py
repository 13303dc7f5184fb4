import random
import uuid
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import o200k
import pytest
from asking import asked, client, sample
from inline_snapshot import snapshot
from shared import needs_shared, payload

from vobiz_mcp.errors import InvalidArguments, UnreadableAnswer
from vobiz_mcp.records.call_record import CallRecordList
from vobiz_mcp.tools.list_call_records import ListCallRecords

FIRST = sample("records_page")["data"][0]


def told(body: object = None, **arguments: Any) -> str:
    return asked(ListCallRecords(**arguments), {"cdr": sample("records_page") if body is None else body}).text


def page(records: list[dict[str, Any]], **pagination: Any) -> dict[str, Any]:
    return {"data": records, "pagination": pagination, "success": True}


def query(**arguments: Any) -> dict[str, str]:
    """What the API is asked with."""
    asked_for: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked_for.append(request.url.query.decode())
        return httpx2.Response(200, json=page([], total=0))

    with client(handler) as vobiz:
        vobiz.answer(ListCallRecords.of(arguments))
    [only] = asked_for
    return dict(parse_qsl(only))


def test_how_many_there_are_comes_first_then_a_line_each() -> None:
    assert told() == snapshot("""\
41 calls, page 1, more: page=2
2026-03-… UTC, from … to …, seconds talked, cost INR, outbound, normal ending unless said
02 09:27 +912245678901 +919812345670 96 1.02 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90
02 09:11 +912245678901 +919812345671 rang 31 nobody answered c6a1f3d2-90be-4a57-8d14-7b2e5f60a9c3
02 08:40 inbound +919812345672 +912245678901 733 7.41 0e9b7f15-3c48-4d2a-b6f0-a4d8c1e25937
01 17:05 +912245678901 +919812345673 rang 2 blocked as spam 7f24d8b6-e15a-4093-9c7e-5d3b80f6a1e4\
""")


def test_on_a_full_page_the_summary_of_all_is_told_as_reported() -> None:
    body = sample("records_page")
    body["data"] *= 5
    assert told(body).splitlines()[0] == snapshot(
        "41 calls, page 1, more: page=2 · as reported 53.7 % answered, cost 31.44"
    )


def test_an_older_list_is_read_in_its_own_naming() -> None:
    assert told(sample("record_older")) == snapshot("""\
1 call
2026-03-02 UTC, from +912245678901 to +919812345670, cost USD, outbound, normal ending
09:27 102 with ringing 0.05 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90\
""")


def test_a_list_with_costs_as_text_and_no_times_is_read() -> None:
    assert told(sample("record_text_cost")) == snapshot("""\
1 call
from +912245678901 to +919812345670, seconds talked, cost (currency not stated), outbound, normal ending
25 0.10 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90\
""")


def test_what_differs_from_row_to_row_stands_in_the_rows() -> None:
    other = FIRST | {"start_time": "2025-12-31T23:59:00+05:30", "currency": "USD", "call_direction": "sideways"}
    assert told(page([FIRST, other], total=2)) == snapshot("""\
2 calls
from +912245678901 to +919812345670, seconds talked, cost, outbound, normal ending unless said
2026-03-02 09:27 UTC 96 1.02 INR 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90
2025-12-31 23:59 +05:30 sideways 96 1.02 USD 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90\
""")


def test_a_row_without_anything_is_still_a_row() -> None:
    assert told(page([{"uuid": "u1"}, {"start_time": "noonish", "duration": 4, "billsec": 0}], total=2)) == snapshot("""\
2 calls
from … to …
cause not stated u1
noonish rang 4 cause not stated no call_uuid\
""")


# Asking.


def test_only_the_filters_that_were_given_are_asked_with() -> None:
    assert query() == {"page": "1", "per_page": "20"}
    assert query(
        from_number="+9122",
        to_number="98123",
        start_date="2026-03-01",
        end_date="2026-03-02",
        call_direction="inbound",
        min_duration=30,
        hangup_cause="user_busy",
        limit=100,
        page=3,
    ) == {
        "from_number": "9122",
        "to_number": "98123",
        "start_date": "2026-03-01",
        "end_date": "2026-03-02",
        "call_direction": "inbound",
        "min_duration": "30",
        "hangup_cause": "USER_BUSY",
        "page": "3",
        "per_page": "100",
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"start_date": "2026-03-01"}, "start_date and end_date come in pairs, and end_date is missing. Give both; "),
        ({"end_date": "2026-03-01"}, "start_date and end_date come in pairs, and start_date is missing. Give both; "),
        ({"start_date": "2026-03-02", "end_date": "2026-03-01"}, "start_date is later than end_date. "),
        (
            {"start_date": "2026-02-30", "end_date": "2026-03-01"},
            "start_date takes a day of the calendar as YYYY-MM-DD, ",
        ),
        (
            {"start_date": "20260301", "end_date": "2026-03-01"},
            "start_date takes a day of the calendar as YYYY-MM-DD, ",
        ),
    ],
)
def test_dates_that_make_no_range_are_refused_before_anything_is_asked(arguments: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidArguments) as failure:
        query(**arguments)
    assert str(failure.value).startswith(f"invalid_arguments: {said}")


@pytest.mark.parametrize("written", ["+1 (212) 555-0177", "+1-212-555-0177", "001 212 555 0177", "12125550177"])
def test_a_number_is_asked_for_as_the_api_has_it_however_it_is_written(written: str) -> None:
    assert query(from_number=written) == {"from_number": "12125550177", "page": "1", "per_page": "20"}


@pytest.mark.parametrize("number", ["zzz", "alice", "+", "12125550177 or so"])
def test_what_is_no_number_is_refused_with_an_example(number: str) -> None:
    with pytest.raises(InvalidArguments, match=r"from_number takes a phone number or part of one, such as \+1 \(212\)"):
        ListCallRecords.of({"from_number": number})


def test_that_there_are_none_is_said_with_what_was_asked_for_as_it_was_understood() -> None:
    answer = told(page([], total=0), to_number="+44 20 7946 0018", hangup_cause="busy")
    assert answer == snapshot("""\
no finished calls with to_number 442079460018, hangup_cause BUSY
BUSY is no published cause; the nearest: USER_BUSY
calls that are still on are in list_live_calls\
""")


def test_a_cause_is_read_in_any_spelling_and_one_that_nobody_published_gets_the_nearest() -> None:
    assert "no published" not in told(page([], total=0), hangup_cause="user busy")
    assert query(hangup_cause="normal-clearing")["hangup_cause"] == "NORMAL_CLEARING"
    assert "NO_ANSWR is no published cause; the nearest: NO_ANSWER" in told(page([], total=0), hangup_cause="no answr")


def test_the_code_of_a_cause_is_refused_with_what_is_taken() -> None:
    with pytest.raises(
        InvalidArguments, match="hangup_cause takes a cause by its name in the records, not by its code"
    ):
        query(hangup_cause="4000")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_as_any_other(day: str) -> None:
    assert "4 of 4 that it sent do not fit" in told(start_date=day, end_date=day)


# A filter that the API does not apply.


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        ({"from_number": "+91 22 4567-8901"}, [0, 1, 3]),
        ({"from_number": "0091 2245678901"}, [0, 1, 3]),
        ({"from_number": "9812345672"}, [2]),
        ({"to_number": "34567"}, [0, 1, 3]),
        ({"from_number": "+91 (22) 4567-8901"}, [0, 1, 3]),
        ({"to_number": "098123 45670"}, [0]),
        ({"call_direction": "inbound"}, [2]),
        ({"min_duration": 100}, [0, 2]),
        ({"hangup_cause": "no_answer"}, [1]),
        ({"start_date": "2026-03-03", "end_date": "2026-03-03"}, [0, 1, 2]),
        ({"start_date": "2026-02-28", "end_date": "2026-02-28"}, [3]),
        ({"start_date": "2026-03-01", "end_date": "2026-03-02"}, [0, 1, 2, 3]),
        ({"call_direction": "outbound", "min_duration": 33}, [0]),
    ],
)
def test_a_filter_that_the_api_ignores_is_applied_here_and_said(arguments: dict[str, Any], kept: list[int]) -> None:
    body = sample("records_page")
    answer = asked(ListCallRecords(**arguments), {"cdr": body})
    assert isinstance(answer.record, CallRecordList)
    assert [record.uuid for record in answer.record.records] == [body["data"][place]["uuid"] for place in kept]
    shown = [line.split()[-1] for line in answer.text.splitlines() if len(line.split()[-1]) == len(FIRST["uuid"])]
    assert shown == [record.uuid for record in answer.record.records]
    assert ("check: the API did not apply " in answer.text) == (len(kept) < 4)


def test_what_was_left_out_is_counted_and_the_next_page_still_offered() -> None:
    assert told(call_direction="inbound", min_duration=900) == snapshot("""\
41 calls, page 1, more: page=2
check: the API did not apply call_direction, min_duration: 4 of 4 that it sent do not fit and are left out, but counted above\
""")


def test_a_call_that_does_not_say_is_not_left_out() -> None:
    bare = page([{"uuid": "u1"}], total=1)
    arguments = {"from_number": "1", "call_direction": "inbound", "min_duration": 5, "hangup_cause": "NO_ANSWER"}
    assert "u1" in told(bare, start_date="2026-03-01", end_date="2026-03-01", **arguments)


# Pages.


@pytest.mark.parametrize(
    ("body", "arguments", "first"),
    [
        pytest.param(page([], total=0), {}, "no finished calls", id="none"),
        pytest.param({"data": None, "success": True}, {}, "no finished calls", id="a null"),
        pytest.param(page([], total=41, pages=3), {"page": 9}, "41 calls, page 9 is past the last of 3", id="too far"),
        pytest.param(page([FIRST], total=1), {}, "1 call", id="the only one"),
        pytest.param(page([FIRST], total=41), {"page": 3}, "41 calls, page 3", id="the last page"),
        pytest.param(page([FIRST], total=41), {"page": 2}, "41 calls, page 2, more: page=3", id="a page within"),
        pytest.param(page([FIRST], total=41, has_next=False), {}, "41 calls", id="no next page, it says"),
        pytest.param(
            page([FIRST], total=41, page=2, pages=3),
            {},
            "41 calls, page 2 (asked for page 1, the API sent this one), more: page=3",
            id="another page than asked for",
        ),
        pytest.param(
            [FIRST], {"limit": 1}, "1 call here (how many in all is not stated), page 1, more: page=2", id="no total"
        ),
    ],
)
def test_pages_are_counted_and_the_next_one_is_offered(body: object, arguments: dict[str, Any], first: str) -> None:
    assert told(body, **arguments).splitlines()[0] == first


def test_an_api_that_sends_more_than_asked_for_is_not_passed_through() -> None:
    assert told(page([FIRST] * 3, total=3), limit=2).splitlines()[-1] == "1 more on this page: limit=100"


def test_an_answer_that_is_no_list_is_unreadable() -> None:
    with pytest.raises(UnreadableAnswer):
        told({"status": "ok"})


def test_an_item_that_is_no_record_is_named() -> None:
    assert told(page([FIRST, 5], total=2)).splitlines()[-1] == "1 of 2 records could not be read and is left out"  # type: ignore[list-item]


# Tokens.


def busy_day(count: int, seed: int) -> list[dict[str, Any]]:
    """Calls of a made-up account as the vendor's own summary has them: half answered, both ways, two own numbers."""
    chance = random.Random(seed)
    return [call_of(chance, place) for place in range(count)]


def call_of(chance: random.Random, place: int) -> dict[str, Any]:
    own, other = f"+91806548021{chance.randrange(2)}", f"+91{chance.randrange(7_000_000_000, 9_999_999_999)}"
    inbound, talk = chance.random() < 0.5, chance.randrange(1, 600) if chance.random() < 0.5 else 0
    row: dict[str, Any] = FIRST | {
        "uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "call_direction": "inbound" if inbound else "outbound",
        "caller_id_number": other if inbound else own,
        "destination_number": own if inbound else other,
        "start_time": f"2026-03-02T{23 - place // 5:02d}:{chance.randrange(60):02d}:00Z",
        "billsec": talk,
        "ring_time": 9,
        "total_cost": round(-(-talk // 60) * 0.45, 2),
        **({} if talk else {"hangup_cause": "NO_ANSWER", "hangup_cause_code": 3000}),
    }
    return row


@pytest.mark.parametrize("count", [1, 2, 5, 20, 100])
@pytest.mark.parametrize("seed", range(5))
def test_a_list_costs_at_most_45_tokens_a_row_and_40(count: int, seed: int) -> None:
    body = page(busy_day(count, seed), page=1, pages=225, total=4500, has_next=True)
    body["summary"] = sample("records_page")["summary"]
    assert o200k.count(told(body, limit=100)) <= 40 + 45 * count


@needs_shared
@pytest.mark.parametrize("name", ["list_current", "list_legacy_2026-03", "list_05_string_cost_cli_fixture"])
def test_every_published_list_is_answered_within_its_tokens(name: str) -> None:
    answer = asked(ListCallRecords(), {"cdr": payload(f"vobiz/cdr_{name}")})
    assert isinstance(answer.record, CallRecordList)
    assert (answer.record.warnings, len(answer.record.records)) == ([], 1)
    assert o200k.count(answer.text) <= 40 + 45
