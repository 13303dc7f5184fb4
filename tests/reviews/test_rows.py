from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from places import ROOT
from planted_calls import Body, Used, agent, caller, retell, zudu

from vobiz_mcp import Row, Summary, condense, examine, review, review_many
from vobiz_mcp.errors import NoAgentCall
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.sandbox import API_KEY, API_SECRET, SCENARIOS, Sandbox

NOW_MS = 1_795_262_400_000
KEYS = {"X-API-KEY": API_KEY, "X-API-SECRET": API_SECRET}
REFUND = retell(
    agent("Hello, how can I help you today?", 1.0),
    caller("I was charged twice for my order."),
    Used("issue_refund", '{"order": "A-17"}', '{"success": false, "error": "locked"}', takes=1.5),
    agent("I am sorry, that did not work.", 0.4),
    caller("Why not?"),
    agent("The order is locked until tomorrow morning.", 3.0),
    caller("All right."),
    from_number="+14155550142",
    agent_id="agent_billing",
    metadata={"agent_version": "15"},
    call_cost={"combined_cost": 0.12},
    call_analysis={"call_successful": False},
)


def bodies() -> list[bytes]:
    sandbox = Sandbox(lambda: 1_795_262_400.0)
    ids = [told.call_id for told in SCENARIOS]
    return [sandbox.answer("GET", f"/api/calls/{call_id}", KEYS).body for call_id in ids]


def test_a_row_has_what_is_worth_counting_of_a_call() -> None:
    row = review(REFUND, "saved/a.json")
    assert (row.source, row.error, row.caller, row.agent_id, row.version) == (
        "saved/a.json",
        "",
        "+14155550142",
        "agent_billing",
        "15",
    )
    assert [(used.name, used.outcome, used.seconds, used.then) for used in row.tools] == [
        ("issue_refund", "failed softly", 1.5, "asked again")
    ]
    assert (row.first_word, row.replies, row.turns) == (1.0, (2.0, 3.0), 6)
    assert ("tool_soft_failure", "warn") in [(found.code, found.severity) for found in row.found]
    assert (row.resolved, row.ended_as, row.ended_well, row.cost) == (False, "normal", False, 0.12)
    assert row.flat()["tool_calls_failed_softly"] == 1
    assert row.flat()["reply_slow"] == 1


@pytest.mark.parametrize("number", ["Anonymous", "sip:anonymous@anonymous.invalid", "+266696687", "Restricted", None])
def test_callers_who_withhold_their_number_are_not_one_person(number: str | None) -> None:
    calls = [
        review(REFUND | {"from_number": number, "start_timestamp": NOW_MS + hour * 3_600_000}) for hour in range(3)
    ]
    people = Summary.of(calls).people
    assert (len(people), people.back_within(1)) == (3, 0)


def test_both_shapes_of_a_call_give_one_row() -> None:
    assert review(zudu(REFUND)) == review(REFUND)


def test_a_row_goes_to_another_process_and_into_a_file_and_comes_back() -> None:
    for row in [*review_many(bodies()), review({"billsec": 3})]:
        assert pickle.loads(pickle.dumps(row)) == row
        assert Row.of(json.loads(json.dumps(row.line()))) == row


def test_nothing_that_was_said_is_part_of_a_row() -> None:
    spoken = 0
    for body in bodies():
        call = AgentCall.read(json.loads(body)["data"])
        [row] = review_many([body])
        told = json.dumps(row.line())
        said = [entry.content for entry in call.transcript_object if len((entry.content or "").split()) > 2]
        spoken += len(said)
        assert [text for text in said if text and text in told] == []
    assert spoken > 100


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (b"", "it is empty"),
        (b'{"data": ', "it is no JSON: line 1 breaks at character 10"),
        (b"PAR1", "it looks like a Parquet file, not JSON"),
        (b"[]", "it holds an empty list: no calls"),
        (b'{"billsec": 3}', "it looks like a finished call's record (CDR), not an agent call"),
        ({"billsec": 3}, "it looks like a finished call's record (CDR), not an agent call"),
    ],
)
def test_what_is_no_call_is_a_row_that_says_so(sent: bytes | Body, error: str) -> None:
    [row, after] = review_many([sent, REFUND], "file.json")
    assert (row.source, row.error, row.found) == ("file.json", error, ())
    assert not after.error


def test_a_defect_costs_one_row_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Row:
        raise ZeroDivisionError("4155550142")

    monkeypatch.setattr("vobiz_mcp.reviews.review.row_of", fails)
    [row] = review_many([REFUND])
    assert row.error.startswith("it could not be examined (ZeroDivisionError at vobiz_mcp.")
    assert "4155550142" not in row.error


def test_a_list_of_calls_gives_a_row_each() -> None:
    listed = json.dumps({"calls": [REFUND, {"billsec": 3}, REFUND]}).encode()
    assert [bool(row.error) for row in review_many([listed])] == [False, True, False]


def test_every_column_of_the_flat_row_stands_in_the_documentation() -> None:
    told = (ROOT / "docs/review.md").read_text()
    names = [name for name in Row().flat() if not name.startswith("finding_")]
    assert [name for name in names if f"`{name}`" not in told] == []


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (None, "it holds null where an agent call is an object"),
        ([], "it holds a list where an agent call is an object"),
        ({}, "it holds an empty object"),
        ({"data": {}}, "it holds an empty object"),
    ],
)
def test_what_is_no_call_is_a_row_with_an_error_and_no_all_clear(sent: Any, told: str) -> None:
    assert review(sent).error == told
    for ask in (examine, condense):
        with pytest.raises(NoAgentCall, match=told):
            ask(sent)
