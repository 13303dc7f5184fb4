import json
import random
from collections.abc import Callable
from typing import Any

import httpx2
import o200k
import pytest
from asking import NOW, client, sample
from inline_snapshot import snapshot

from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.tools.list_agent_calls import ListAgentCalls
from vobiz_mcp.tools.steps.agent_search import MOST_PAGES
from vobiz_mcp.tools.steps.question import Answer

MINUTE_MS = 60_000
NOON_MS = 1_772_445_600_000
"""10:00 UTC of the day of the samples."""


def call(number: int, **changes: Any) -> dict[str, Any]:
    """A call as a slim list has it; a higher number began earlier, and every third has failed."""
    start = NOON_MS - number * MINUTE_MS
    slim = {
        "call_id": f"c{number}",
        "agent_id": "agent_1",
        "call_status": "ERROR" if number % 3 == 2 else "ENDED",
        "direction": "OUTBOUND",
        "from_number": "+912245678901",
        "to_number": "+919812345670",
        "start_timestamp": start,
        "end_timestamp": start + 95_000,
        "call_duration": 95_000,
    }
    return slim | changes


def many(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [call(number, **changes) for number in range(count)]


class Platform:
    """An API with these calls, in pages; `applies` are the filters that it applies, None where it does not say."""

    def __init__(self, calls: list[dict[str, Any]], applies: tuple[str, ...] | None = (), **paging: Any) -> None:
        self.calls = calls
        self.applies = applies
        self.paging = paging
        self.refuses: dict[str, int] = {}
        self.ignores: dict[str, int] = {}
        self.asked: list[dict[str, Any]] = []
        self.whole: dict[str, dict[str, Any]] = {}
        self.opened: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if opened := request.url.path.partition("/api/calls/")[2]:
            self.opened.append(opened)
            whole = self.whole.get(opened) or next(
                one for one in self.calls if isinstance(one, dict) and one["call_id"] == opened
            )
            return httpx2.Response(200, json={"data": whole})
        query: dict[str, Any] = {
            name: int(value) if value.isdecimal() else value for name, value in request.url.params.items()
        }
        sent = (json.loads(request.content or b"null") or query) | self.ignores
        self.asked.append({"method": request.method, **sent})
        if status := self.refuses.get(request.method):
            return httpx2.Response(status, json={})
        filters = {
            name: value for name, value in sent.get("filter_criteria", {}).items() if name in (self.applies or ())
        }
        found = [one for one in self.calls if all(passes(one, *each) for each in filters.items())]
        page = found[sent["page"] * sent["limit"] :][: sent["limit"]]
        paging = {"page": sent["page"], "limit": sent["limit"], "total_count": len(found)} | self.paging
        applied = {} if self.applies is None else {"applied_filters": filters}
        return httpx2.Response(200, json={"data": {"calls": page, "pagination": paging, **applied}})

    def answer(self, **arguments: Any) -> Answer:
        with client(self) as vobiz:
            return vobiz.answer(ListAgentCalls.of(arguments))

    def told(self, **arguments: Any) -> str:
        return self.answer(**arguments).text

    def ids(self, **arguments: Any) -> list[str]:
        record = self.answer(**arguments).record
        assert isinstance(record, AgentCallList)
        return [str(one.call_id) for one in record.calls]


def passes(one: dict[str, Any], name: str, wanted: Any) -> bool:
    if name == "transcript_search":
        return wanted in one.get("transcript", "")
    return one[name].lower() in (wanted if isinstance(wanted, list) else [wanted])


def test_calls_are_told_newest_first_in_a_line_each() -> None:
    whole = sample("agent_zudu")["data"] | {"agent_name": "Front desk"}
    going = call(1, call_status="ONGOING", end_timestamp=None, call_duration=None, start_timestamp=(NOW - 75) * 1000)
    failed = call(2, disconnection_reason="DIAL_BUSY", start_timestamp=NOON_MS - 86_400_000)
    web = {"call_id": "w", "call_type": "WEB_CALL", "call_status": "REGISTERED", "agent_id": "agent_1"}
    assert Platform([failed, whole, web, going]).told() == snapshot("""\
4 of 4 calls · newest first, starts 2026-03-02 UTC, lengths min:sec
09:29 outbound +919812345670 1:15 so far ONGOING A c1
09:27 inbound +919812345670 0:21 USER_HANGUP warn tool_failed B call_clinic
2026-03-01 10:00 outbound +919812345670 1:35 ERROR DIAL_BUSY A c2
web_call REGISTERED A w
agents: A agent_1 on +912245678901, B agent_desk (Front desk) on +912245678901
check: the API sends the oldest first, the newest are on its last pages\
""")


def test_without_calls_it_says_so() -> None:
    assert Platform([]).told() == snapshot("no calls")
    assert Platform([]).told(text="+12125550177").splitlines()[1] == snapshot(
        "text searches what was said; for a number ask list_call_records from_number=+12125550177"
    )
    assert Platform(many(3)).told(agent_id="agent_nobody").splitlines()[1:] == snapshot(
        ["agent_id applied here: the API did not, or does not say so", "the newest calls are of agent_1"]
    )
    assert Platform(many(3)).told(page=4) == snapshot("page 4: none of 3 calls")
    assert Platform(many(3)).told(page=4, status="ended") == snapshot("""\
page 4: no calls with status ended
status applied here: the API did not, or does not say so\
""")


def test_filters_that_the_api_applies_are_left_to_it() -> None:
    platform = Platform(many(9, transcript="about a refund"), ("call_status", "agent_id", "transcript_search"))
    assert platform.told(status="ERROR", agent_id="agent_1", text="refund", limit=2) == snapshot("""\
2 of 3 calls with status error, agent_id agent_1, text "refund" · newest first, starts 2026-03-02 UTC, lengths min:sec
09:58 outbound +919812345670 1:35 ERROR c2
09:55 outbound +919812345670 1:35 ERROR c5
agent: agent_1 on +912245678901
1 more: page=1\
""")
    assert [sent["filter_criteria"] for sent in platform.asked] == [
        {"call_status": ["error"], "agent_id": ["agent_1"], "transcript_search": "refund"}
    ]


@pytest.mark.parametrize(
    "platform",
    [
        pytest.param(lambda: Platform(many(12), ()), id="says that it applied none"),
        pytest.param(lambda: Platform(many(12), None), id="does not say"),
    ],
)
def test_a_filter_that_the_api_did_not_apply_is_applied_here_and_said(platform: Callable[[], Platform]) -> None:
    assert platform().told(status="error", limit=4) == snapshot("""\
4 calls with status error among all 12 · newest first, starts 2026-03-02 UTC, lengths min:sec
09:58 outbound +919812345670 1:35 ERROR c2
09:55 outbound +919812345670 1:35 ERROR c5
09:52 outbound +919812345670 1:35 ERROR c8
09:49 outbound +919812345670 1:35 ERROR c11
agent: agent_1 on +912245678901
status applied here: the API did not, or does not say so\
""")


def test_an_api_that_takes_no_filter_at_all_is_filtered_here() -> None:
    platform = Platform([call(n, agent_id=f"agent_{n % 2}", transcript=f"Order {n} REFUND now") for n in range(6)])
    platform.calls.append(call(7, transcript="an order alone"))
    platform.refuses = {"POST": 405}
    assert platform.ids(agent_id="agent_1", text="refund order") == ["c1", "c3", "c5"]
    assert [sent["method"] for sent in platform.asked] == ["POST", "POST", "GET"]
    assert platform.told(agent_id="agent_1", text="refund order").splitlines()[-1] == snapshot(
        "agent_id and text applied here: the API did not, or does not say so"
    )


@pytest.mark.parametrize("paging", [{}, {"total_count": None}, {"total_count": None, "has_next_page": True}])
@pytest.mark.parametrize("limit", [3, 4, 7, 20])
def test_pages_of_a_filter_that_is_applied_here_skip_no_call_and_repeat_none(limit: int, paging: Any) -> None:
    wanted = {2, 9, 10, 11, 12, 13, 20, 21, 22, 23, 24, 39, 40, 41, 58}
    calls = [call(n, call_status="ONGOING" if n in wanted else "ENDED") for n in range(60)]
    platform = Platform(calls, (), **paging)
    ids: list[str] = []
    page = 0
    while page <= 60:
        told = platform.told(status="ongoing", limit=limit, page=page)
        found = platform.ids(status="ongoing", limit=limit, page=page)
        assert len(found) <= limit
        ids += found
        page = int(told.rpartition(": page=")[2]) if ": page=" in told else 61
    assert ids == [f"c{n}" for n in sorted(wanted)]


def test_what_the_api_found_by_its_own_search_is_not_searched_again() -> None:
    class Searches(Platform):
        def __call__(self, request: httpx2.Request) -> httpx2.Response:
            filters = {"transcript_search": "refunds"}
            return httpx2.Response(200, json={"data": {"calls": self.calls, "applied_filters": filters}})

    assert Searches([call(0, transcript="I want a refund")]).ids(text="refunds") == ["c0"]


class SlimWhenFiltered(Platform):
    """An API whose list brings transcripts, but not where a filter is asked for."""

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        response = super().__call__(request)
        body = json.loads(response.content)
        for listed in body["data"].get("calls", []) if request.method == "POST" else ():
            listed.pop("transcript_with_tool_calls", None), listed.pop("transcript_object", None)
        return httpx2.Response(200, json=body)


@pytest.mark.parametrize("asked", [{"status": "ended"}, {"agent_id": "agent_desk"}, {"text": "appointment"}])
def test_rows_are_the_same_with_every_filter(asked: dict[str, str]) -> None:
    whole = sample("agent_zudu")["data"] | {"transcript": "about my appointment"}
    unfiltered = SlimWhenFiltered([whole]).told().splitlines()[1]
    platform = SlimWhenFiltered([whole], applies=("call_status", "agent_id", "transcript_search"))
    assert platform.told(**asked).splitlines()[1] == unfiltered
    assert "warn tool_failed" in unfiltered
    assert platform.opened == ["call_clinic"]


def test_what_the_list_brings_whole_is_not_asked_for_again() -> None:
    platform = Platform([sample("agent_zudu")["data"], call(1, call_status="SCHEDULED")])
    platform.told()
    assert platform.opened == []


def test_a_transcript_that_cannot_be_read_is_said_and_loses_no_row() -> None:
    platform = Platform(many(3))
    platform.whole["c1"] = {"error": "gone"}
    text = platform.told()
    assert [row.split()[-1] for row in text.splitlines()[1:4]] == ["c0", "c1", "c2"]
    assert "worst finding of 1 call not known: unreadable_answer: the API answered without a call." in text


def test_a_call_that_goes_on_for_days_is_not_given_a_length() -> None:
    stale = call(0, call_status="ONGOING", end_timestamp=None, call_duration=None, start_timestamp=NOON_MS - 9 * 10**8)
    assert "so far" not in Platform([stale]).told()


def test_what_only_explains_a_call_is_no_worst_finding() -> None:
    said = [{"role": "agent", "content": "I put you through."}, {"role": "user", "content": "Thanks."}]
    assert Platform([call(0, transcript_object=said, disconnection_reason="CALL_TRANSFER")]).told() == snapshot("""\
1 of 1 calls · starts 2026-03-02 UTC, lengths min:sec
10:00 outbound +919812345670 1:35 CALL_TRANSFER c0
agent: agent_1 on +912245678901\
""")


def test_an_agent_on_several_numbers_is_told_with_their_count() -> None:
    calls = [call(0), call(1, from_number="+912200000000"), call(2, agent_id=None, direction=None)]
    assert Platform(calls).told() == snapshot("""\
3 of 3 calls · newest first, starts 2026-03-02 UTC, lengths min:sec
10:00 outbound +919812345670 1:35 ENDED A c0
09:59 outbound +919812345670 1:35 ENDED A c1
09:58 +912245678901→+919812345670 1:35 ERROR B c2
agents: A agent_1 on 2 numbers, B not stated
no transcript in turns of 2 calls: nothing could be found there\
""")


def test_no_more_than_a_few_pages_are_looked_through_for_one_question() -> None:
    platform = Platform(many(500))
    assert platform.told(status="scheduled", limit=20) == snapshot("""\
no calls with status scheduled among 100 of 500 looked through
status applied here: the API did not, or does not say so
400 more to look through: page=5\
""")
    assert len(platform.asked) == MOST_PAGES


def test_a_filter_that_nothing_can_be_checked_for_is_never_taken_as_applied() -> None:
    spoken = call(1, transcript="no such word")
    silent = call(2, call_status=None)
    assert Platform([call(0), spoken, silent]).told(text="refund") == snapshot("""\
no calls with text "refund" among all 3, 2 of them not checked · newest first, starts 2026-03-02 UTC, lengths min:sec
10:00 outbound +919812345670 1:35 ENDED c0 text?
09:58 outbound +919812345670 1:35 state not stated c2 text?
agent: agent_1 on +912245678901
no transcript in turns of 2 calls: nothing could be found there
text applied here: the API did not, or does not say so
text? may not match: the API sends nothing of them that could tell\
""")


def test_what_was_said_on_an_opted_out_call_is_neither_searched_nor_kept() -> None:
    private = call(0, transcript="my diagnosis", opt_out_sensitive_data_storage=True)
    answer = Platform([private]).answer(text="diagnosis")
    assert "c0 text?" in answer.text
    assert "my diagnosis" not in answer.record.model_dump_json()


def test_an_api_that_pages_in_its_own_size_is_read_on() -> None:
    platform = Platform(many(25))
    platform.ignores = {"limit": 10}
    assert platform.ids(limit=20) == [f"c{n}" for n in range(20)]
    assert platform.told(limit=20).splitlines()[-1] == "5 more: page=2"


def test_an_api_that_ignores_the_page_is_not_read_twice() -> None:
    platform = Platform(many(25))
    platform.ignores = {"page": 0}
    assert platform.ids(status="error", limit=20) == ["c2", "c5", "c8", "c11", "c14", "c17"]


def test_an_api_that_ignores_the_limit_loses_none_of_what_it_sent() -> None:
    class Whole(Platform):
        def __call__(self, request: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(200, json=many(5))

    assert Whole([]).told(limit=2) == snapshot("""\
2 calls · newest first, starts 2026-03-02 UTC, lengths min:sec
10:00 outbound +919812345670 1:35 ENDED c0
09:59 outbound +919812345670 1:35 ENDED c1
agent: agent_1 on +912245678901
3 more on this page: limit=5
worst finding of 2 calls not known: unreadable_answer: the API answered without a call. Ask again; if it stays, the base URL may lead to something that is not this API.\
""")


def test_an_api_that_sorts_the_other_way_is_said_to() -> None:
    told = Platform(many(3)[::-1]).told()
    assert [line.split()[-1] for line in told.splitlines()[1:4]] == ["c0", "c1", "c2"]
    assert "check: the API sends the oldest first, the newest are on its last pages" in told


def test_a_later_page_that_fails_does_not_hide_the_earlier_ones() -> None:
    class Tired(Platform):
        def __call__(self, request: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(429) if len(self.asked) == 2 else super().__call__(request)

    assert Tired(many(90)).told(status="error", limit=6) == snapshot("""\
4 calls with status error among 12 of 90 looked through · newest first, starts 2026-03-02 UTC, lengths min:sec
09:58 outbound +919812345670 1:35 ERROR c2
09:55 outbound +919812345670 1:35 ERROR c5
09:52 outbound +919812345670 1:35 ERROR c8
09:49 outbound +919812345670 1:35 ERROR c11
agent: agent_1 on +912245678901
status applied here: the API did not, or does not say so
stopped early: rate_limited: the API limits how fast it may be asked, after 7 tries. Wait a minute, then ask again.
78 more to look through: page=2
worst finding of 4 calls not known: rate_limited: the API limits how fast it may be asked, after 5 tries. Wait a minute, then ask again.\
""")


def test_what_cannot_be_read_is_named_of_every_page() -> None:
    calls: list[Any] = many(6)
    calls[1] = 5
    assert Platform(calls).told(status="error", limit=3).splitlines()[-1] == snapshot(
        "1 of 6 calls could not be read and is left out"
    )


def test_other_peoples_words_cannot_break_a_line() -> None:
    told = Platform([call(0, agent_name="A\nignore all", call_status="X\r\nY", call_id="c\u202e0")]).told()
    assert told == snapshot("""\
1 of 1 calls · starts 2026-03-02 UTC, lengths min:sec
10:00 outbound +919812345670 1:35 X Y c0
agent: agent_1 (A ignore all) on +912245678901\
""")


@pytest.mark.parametrize("status", ["ONGOING", " ended ", "Error", "registered", "scheduled"])
def test_a_status_may_be_written_in_any_case(status: str) -> None:
    assert ListAgentCalls.of({"status": status}).status == status.strip().lower()


def test_a_status_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(InvalidArguments, match="status takes one of registered, ongoing, ended, error, scheduled"):
        ListAgentCalls.of({"status": "failed"})


@pytest.mark.parametrize("count", [1, 5, 20, 50])
def test_a_list_costs_at_most_40_tokens_and_45_a_row(count: int) -> None:
    random.seed(count)
    calls = [
        sample("agent_zudu")["data"]
        | call(n)
        | {
            "call_id": f"call_{random.getrandbits(48):012x}",
            "agent_id": f"agent_{n % 3}{random.Random(n % 3).getrandbits(30):09}",
            "from_number": f"+91{random.randrange(10**9, 10**10)}",
            "to_number": f"+1{random.randrange(10**9, 10**10)}",
            "disconnection_reason": random.choice(["USER_HANGUP", "AGENT_HANGUP", "CALL_TRANSFER", "DIAL_NO_ANSWER"]),
        }
        for n in range(count + 1)
    ]
    told = Platform(calls).told(limit=count)
    assert "1 more: page=1" in told
    assert o200k.count(told) <= 40 + 45 * count


def test_a_call_that_nobody_may_look_into_is_no_clean_call() -> None:
    private = call(0, transcript="agent: hello", opt_out_sensitive_data_storage=True)
    assert "not judged (opted out) c0" in Platform([private]).told()


def test_calls_without_a_transcript_are_counted_as_calls_on_which_nothing_could_be_found() -> None:
    spoken = call(1, transcript_object=[{"role": "agent", "content": "Hello."}, {"role": "user", "content": "Hi."}])
    assert "no transcript in turns of 1 call: nothing could be found there" in Platform([call(0), spoken]).told()


def test_how_several_words_are_looked_for_is_said() -> None:
    calls = [call(0, transcript="refund the order")]
    applied = Platform(calls, applies=("transcript_search",)).told(text="order refund")
    assert applied == snapshot('no calls with text "order refund" (as the API matches it, perhaps as one phrase)')
    here = Platform(calls).told(text="order refund")
    assert 'text "order refund" (each of the words)' in here


@pytest.mark.parametrize("agent_id", ["", "agent_1"])
def test_calls_that_are_newer_than_the_period_are_passed_over(agent_id: str) -> None:
    platform = Platform(many(3000))
    asked = {"since": "2026-03-01T09:00", "until": "2026-03-01T09:05", "limit": 2, "agent_id": agent_id}
    told = platform.told(**asked).splitlines()
    assert [line.split()[-1] for line in told[1:3]] == ["c1496", "c1497"]
    assert told[-1] == "1502 more to look through: page=749"
    assert len(platform.asked) < 20
    assert platform.told(**asked, page=749).splitlines()[1].split()[-1] == "c1498"
    assert Platform(many(3000)).told(until="2026-02-01").startswith("no calls that began before 2026-02-02 00:00 UTC")
