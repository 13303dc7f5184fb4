"""Lists of agent calls on the wire: the ways to ask for one, and the ways in which one comes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from asking import client, sample
from shared import needs_shared, payload

from vobiz_mcp.api import body
from vobiz_mcp.api.agent_calls import EVERY, Wanted, calls, newest
from vobiz_mcp.api.wire import Request
from vobiz_mcp.errors import InvalidArguments, NotFound, UnreadableAnswer, UpstreamBroken
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.tools.steps.question import Answer, Question, Steps

SLIM = {"call_id": "c1", "agent_id": "a1", "call_status": "ENDED", "start_timestamp": 1772443800000}
REFUNDS = Wanted("ended", "a1", "refund")


def read(tree: object, limit: int = 20, **changes: Any) -> AgentCallList:
    with client(lambda _: httpx2.Response(200, content=json.dumps(tree))) as vobiz:
        return vobiz.fetch(replace(calls(0, limit), **changes))


class Newest(Question):
    """Asks as a tool would."""

    def steps(self) -> Steps:
        found, style = yield from newest(2, 5, REFUNDS)
        return Answer(style, found)


def asked_of(refusals: dict[str, int]) -> tuple[str, list[tuple[str, Any]]]:
    """The style that an API takes which refuses others, and what it was asked."""
    asked: list[tuple[str, Any]] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        sent = json.loads(request.content or b"null") or dict(request.url.params)
        asked.append((request.method, sent))
        older = request.method == "POST" and sent["sort_by"] == "created_at"
        status = refusals.get("older POST" if older else request.method, 200)
        return httpx2.Response(status, json={"data": {"calls": []}})

    with client(handler) as vobiz:
        return vobiz.answer(Newest()).digest, asked


@pytest.mark.parametrize(
    "paging",
    [
        pytest.param({"total_count": 45, "total_pages": 3, "has_next_page": True}, id="newer"),
        pytest.param({"total": 45, "total_pages": 3}, id="older"),
        pytest.param({"total": 45}, id="a total alone"),
        pytest.param({"total": "45", "limit": None}, id="a total as text"),
    ],
)
def test_every_published_paging_tells_whether_there_is_more(paging: dict[str, Any]) -> None:
    found = read({"data": {"calls": [SLIM], "pagination": paging}})
    assert (found.total, found.has_more(0, 20), found.warnings) == (45, True, [])
    assert found.model_copy(update={"has_next_page": None}).has_more(2, 20) is False


@pytest.mark.parametrize(("limit", "more"), [(1, True), (2, False)])
def test_without_paging_a_full_page_is_taken_for_one_with_more_behind_it(limit: int, more: bool) -> None:
    for tree in ({"data": {"calls": [SLIM]}}, {"calls": [SLIM]}, {"data": [SLIM]}, [SLIM]):
        found = read(tree, limit)
        assert (found.calls[0].call_id, found.has_more(0, limit)) == ("c1", more)


def test_an_item_that_is_no_call_loses_only_itself() -> None:
    found = read({"data": {"calls": [5, SLIM]}})
    assert ([call.call_id for call in found.calls], found.warnings) == (["c1"], ["calls[0]"])


@pytest.mark.parametrize("tree", [{}, {"data": None}, {"data": {}}, {"data": {"call_id": "c1"}}, 5, None])
def test_an_answer_without_a_list_is_no_empty_list(tree: object) -> None:
    with pytest.raises(UnreadableAnswer):
        read(tree)


def test_the_fast_reading_of_a_list_gives_what_the_plain_one_gives() -> None:
    whole = [sample(name)["data"] for name in ("agent_zudu", "agent_minimal", "agent_zudu_lower_case")]
    page = {"status": "success", "data": {"calls": whole, "pagination": {"total": 9}}}
    fast, plain = read(page), read(page, parse=body.parse)
    assert fast.total == 9
    for quick, slow in zip(fast.calls, plain.calls, strict=True):
        assert quick.transcript_with_tool_calls == slow.transcript_with_tool_calls
        assert quick.model_dump(exclude={"transcript_object"}) == slow.model_dump(exclude={"transcript_object"})


@needs_shared
@pytest.mark.parametrize("name", ["zudu_03_list_calls_GET_ended_full", "zudu_05_list_calls_POST_older_pagination"])
def test_every_published_list_is_read(name: str) -> None:
    found = read(json.loads(payload(f"agent/{name}")))
    assert (len(found.calls), found.has_more(0, 20), found.warnings) == (1, True, [])


def test_a_filter_is_sent_in_the_words_of_each_version_until_one_is_taken() -> None:
    style, asked = asked_of({"POST": 422, "older POST": 405})
    order = {"page": 2, "limit": 5, "sort_order": "descending"}
    filters = {"call_status": ["ended"], "agent_id": ["a1"], "transcript_search": "refund"}
    older = {"call_status": ["ENDED"], "agent_id": "a1", "transcript_search": "refund"}
    assert style == "GET"
    assert asked == [
        ("POST", {**order, "sort_by": "start_timestamp", "filter_criteria": filters}),
        ("POST", {**order, "sort_by": "created_at", "filter_criteria": older}),
        ("GET", {"page": "2", "limit": "5", "sort_order": "descending", "sort_by": "start_timestamp"}),
    ]


def test_the_first_style_that_is_taken_is_the_last_that_is_asked() -> None:
    style, asked = asked_of({})
    assert (style, len(asked)) == ("POST", 1)


@pytest.mark.parametrize(("status", "error"), [(404, NotFound), (400, InvalidArguments)])
def test_an_api_that_refuses_every_style_is_told_as_its_first_refusal(status: int, error: type[Exception]) -> None:
    with pytest.raises(error, match="list of agent calls" if status == 404 else "HTTP 400"):
        asked_of({"POST": status, "older POST": 405, "GET": 404})


def test_a_failure_that_is_no_refusal_is_not_tried_again_in_another_style() -> None:
    with pytest.raises(UpstreamBroken):
        asked_of({"POST": 503})


def test_without_a_filter_nothing_but_a_get_is_sent_first() -> None:
    first = next(newest(wanted=EVERY))
    assert isinstance(first, Request)
    assert (first.method, first.body) == ("GET", None)
