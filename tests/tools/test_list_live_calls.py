import random
import uuid
from typing import Any

import httpx2
import o200k
import pytest
from asking import client, sample
from inline_snapshot import snapshot

from vobiz_mcp.errors import NotFound, RateLimited
from vobiz_mcp.records.live_call import LiveCallList
from vobiz_mcp.tools.list_live_calls import ListLiveCalls
from vobiz_mcp.tools.steps.question import Answer

FLAT = sample("live_flat")


class Carrier:
    """An API with calls that are live and queued; a call's detail may be a body or a status."""

    def __init__(self, live: Any = (), queued: Any = (), details: dict[str, Any] | None = None) -> None:
        self.lists = {"live": live, "queued": queued}
        self.details = details or {}
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        uuid = request.url.path.rstrip("/").rpartition("/")[2]
        self.asked.append(uuid)
        if uuid != "Call":
            detail = self.details.get(uuid, FLAT | {"call_uuid": uuid})
        else:
            listed = self.lists[request.url.params["status"]]
            detail = {"api_id": "x", "calls": list(listed)} if isinstance(listed, tuple) else listed
        return httpx2.Response(detail, json={}) if isinstance(detail, int) else httpx2.Response(200, json=detail)

    def answer(self, limit: int = 20) -> Answer:
        with client(self) as vobiz:
            return vobiz.answer(ListLiveCalls(limit=limit))

    def told(self, limit: int = 20) -> str:
        return self.answer(limit).text


def test_counts_come_first_then_a_line_each() -> None:
    older = sample("live_older")
    carrier = Carrier(("a", "b"), ("q",), {"b": {"calls": [older["calls"][0] | {"call_uuid": "b"}]}})
    assert carrier.told() == snapshot("""\
2 live, 1 queued · each with when it began, 2026-03-02, zone not stated
a in-progress outbound 912245678901→919812345670 09:27:18
b ACTIVE outbound +912245678901→+919812345670 09:27:18
q queued\
""")


def test_no_call_at_all_is_said_in_one_line() -> None:
    assert Carrier().told() == snapshot("no call is live or queued")


def test_a_null_is_an_empty_list() -> None:
    assert Carrier({"calls": None}, {"calls": None}).told() == "no call is live or queued"


def test_an_id_that_is_listed_twice_is_one_call() -> None:
    assert Carrier(("a", "a")).told().startswith("1 live, 0 queued")


def test_an_api_without_the_lists_is_an_error_that_says_what_works_without_them() -> None:
    with pytest.raises(NotFound, match="get_live_call works with a call_uuid that is known"):
        Carrier(404, 404).told()


def test_a_call_that_ended_in_between_is_gone_and_counted() -> None:
    record = sample("live_finished")
    carrier = Carrier(("a", "b", "c"), (), {"a": 404, "c": record})
    assert carrier.told() == snapshot("""\
1 live (2 more ended while asked), 0 queued · each with when it began, 2026-03-02, zone not stated
b in-progress outbound 912245678901→919812345670 09:27:18\
""")


def test_a_call_whose_details_cannot_be_read_keeps_its_line_and_every_reason_is_told_once() -> None:
    assert Carrier(("a", "b", "c"), (), {"a": 503, "c": 503}).told() == snapshot("""\
3 live, 0 queued · each with when it began, 2026-03-02, zone not stated
a live, details not read: upstream_broken
b in-progress outbound 912245678901→919812345670 09:27:18
c live, details not read: upstream_broken
upstream_broken: the API failed (HTTP 503), after 7 tries. Ask again in a few seconds; if it stays, look at the vendor's status page.\
""")


def test_only_the_first_calls_are_asked_for_and_the_rest_is_counted() -> None:
    carrier = Carrier(tuple("abcdef"), ("q", "r"))
    assert carrier.told(2) == snapshot("""\
6 live, 2 queued · each with when it began, 2026-03-02, zone not stated
a in-progress outbound 912245678901→919812345670 09:27:18
b in-progress outbound 912245678901→919812345670 09:27:18
4 more live, 2 more queued: limit=8\
""")
    assert sorted(carrier.asked) == ["Call", "Call", "a", "b"]


def test_queued_calls_have_the_lines_that_are_left() -> None:
    assert Carrier(("a",), ("q", "r")).told(2).splitlines()[-2:] == snapshot(["q queued", "1 more queued: limit=3"])


def test_a_line_whose_call_ended_is_not_given_to_a_call_that_was_not_asked_for() -> None:
    carrier = Carrier(("a", "b", "c"), (), {"a": 404})
    assert [line.split()[0] for line in carrier.told(2).splitlines()[1:]] == ["b", "1"]


def test_a_time_of_another_day_or_zone_says_so() -> None:
    other = {
        name: FLAT | {"call_uuid": name, "session_start": time}
        for name, time in (
            ("b", "2026-03-01 23:59:00"),
            ("c", "2026-03-02T09:20:00Z"),
            ("d", "soon"),
            ("e", None),
        )
    }
    assert Carrier(tuple("abcde"), (), other).told() == snapshot("""\
5 live, 0 queued · each with when it began, 2026-03-02, zone not stated
a in-progress outbound 912245678901→919812345670 09:27:18
b in-progress outbound 912245678901→919812345670 2026-03-01 23:59:00
c in-progress outbound 912245678901→919812345670 09:20:00 UTC
d in-progress outbound 912245678901→919812345670 soon
e in-progress outbound 912245678901→919812345670\
""")


def test_whatever_could_not_be_read_is_named() -> None:
    carrier = Carrier(("a",), ("q", 5), {"a": FLAT | {"call_uuid": "a", "direction": ["x"]}})
    assert carrier.told().splitlines()[-1] == snapshot("fields that could not be read and are left out: a.direction")


def test_a_full_queue_may_be_longer_than_the_api_lists() -> None:
    assert Carrier((), tuple(f"q{n}" for n in range(20))).told(1) == snapshot("""\
0 live, 20 or more queued
q0 queued
19 more queued: limit=20\
""")


def test_a_call_that_is_in_both_lists_is_live() -> None:
    assert Carrier(("a",), ("a",)).told().startswith("1 live, 0 queued")


def test_more_calls_than_any_limit_lists_are_still_counted() -> None:
    assert Carrier(tuple(f"c{n}" for n in range(130))).told(100).splitlines()[-1] == snapshot(
        "30 more live: 100 lines at most"
    )


@pytest.mark.parametrize(
    ("carrier", "first"),
    [
        pytest.param(Carrier(503, ("q",)), "live calls: not known, 1 queued", id="live"),
        pytest.param(Carrier(("a",), 503), "1 live, queued calls: not known", id="queued"),
    ],
)
def test_a_list_that_fails_is_said_and_does_not_hide_the_other(carrier: Carrier, first: str) -> None:
    told = carrier.told().splitlines()
    assert told[0].startswith(first)
    assert told[-1].startswith("upstream_broken: the API failed (HTTP 503)")


def test_when_both_lists_fail_the_question_fails() -> None:
    with pytest.raises(RateLimited):
        Carrier(429, 503).told()


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param({"objects": ["a"]}, id="objects"),
        pytest.param(["a"], id="a bare list"),
        pytest.param({"data": [{"call_uuid": "a"}]}, id="objects with an id"),
    ],
)
def test_every_wrapping_of_a_list_is_read(listed: Any) -> None:
    assert Carrier(listed, [], {}).told().splitlines()[1].startswith("a in-progress ")


def test_a_list_that_has_the_details_is_not_asked_again() -> None:
    carrier = Carrier({"calls": [FLAT | {"call_uuid": "a"}]})
    assert carrier.told().splitlines()[1].startswith("a in-progress ")
    assert carrier.asked == ["Call", "Call"]


def test_details_of_another_call_are_not_taken_for_the_ones_asked_for() -> None:
    assert Carrier(("a",), (), {"a": FLAT}).told() == snapshot("""\
1 live, 0 queued · each with when it began, 2026-03-02, zone not stated
a live, details not read: unreadable_answer
unreadable_answer: the API answered about another call. Ask again; if it stays, the base URL may lead to something that is not this API.\
""")


def test_what_is_no_call_is_named_and_an_id_that_could_reach_another_path_is_not_followed() -> None:
    carrier = Carrier(("../x", 5))
    assert carrier.told() == snapshot("""\
1 live, 0 queued
../x live
1 of 2 calls could not be read and is left out\
""")
    assert carrier.asked == ["Call", "Call"]


def test_the_record_holds_the_details_and_what_became_of_the_rest() -> None:
    record = Carrier(("a", "b", "c"), ("q",), {"a": 404, "b": 503}).answer().record
    assert isinstance(record, LiveCallList)
    assert [call.call_uuid for call in record.calls + record.queued] == ["b", "c", "q"]
    assert (record.ended, list(record.failed)) == (["a"], ["b"])


@pytest.mark.parametrize("count", [1, 5, 20, 100])
def test_a_list_costs_at_most_40_tokens_and_45_a_row(count: int) -> None:
    random.seed(count)
    uuids = tuple(str(uuid.UUID(int=random.getrandbits(128), version=4)) for _ in range(count + 3))
    details = {
        name: FLAT
        | {
            "call_uuid": name,
            "from": f"+91{random.randrange(10**9, 10**10)}",
            "to": f"+1{random.randrange(10**9, 10**10)}",
            "direction": random.choice(["inbound", "outbound"]),
            "session_start": f"2026-03-02 09:{random.randrange(10, 30)}:{random.randrange(10, 60)}.586839",
        }
        for name in uuids
    }
    told = Carrier(uuids, ("q",), details).told(count)
    assert told.count("\n") == count + 1
    assert o200k.count(told) <= 40 + 45 * count
