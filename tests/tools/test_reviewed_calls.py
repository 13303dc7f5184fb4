"""What `review_calls` reads, keeps and says of an API that is large, slow, limited or odd."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import pytest
from asking import AT_ONCE
from inline_snapshot import snapshot
from mcp import Client
from mcp_types import TextContent
from planted_calls import Used, agent, caller, retell
from upstream import settings_for

from vobiz_mcp.client import AsyncVobiz, Vobiz
from vobiz_mcp.errors import InvalidArguments, RateLimited
from vobiz_mcp.reviews.page.call_review import CallReview
from vobiz_mcp.serving import server
from vobiz_mcp.tools.review_calls import ReviewCalls
from vobiz_mcp.tools.steps.agent_search import AT_ONCE as BODIES
from vobiz_mcp.tools.steps.call_reading import PAGE, READING_S
from vobiz_mcp.tools.steps.known_rows import KnownRows
from vobiz_mcp.tools.steps.question import Answer

NOW = 1_795_262_400.0
"""2026-11-21 12:00 UTC."""
HOUR_S = 3600
OK = retell(agent("Hello, how can I help?", 0.5), caller("Move it to Friday."), Used("find_slot"), agent("Done.", 0.3))


def body(number: int, hours_ago: float, **changes: Any) -> dict[str, Any]:
    start = round((NOW - hours_ago * HOUR_S) * 1000)
    about = {
        "call_id": f"call_{number:03}",
        "agent_id": "agent_front_desk",
        "start_timestamp": start,
        "end_timestamp": start + 20_000,
        "from_number": f"+1415555{number:04}",
        "call_analysis": {"call_successful": True},
    }
    return OK | about | changes


def week(count: int = 60, **changes: Any) -> list[dict[str, Any]]:
    """Calls of a fortnight, one every few hours, the newest first."""
    return [body(number, 1 + number * 330 / count, **changes) for number in range(count)]


@dataclass
class Api:
    """An agent API with these calls; `whole` tells whether its list brings bodies, `limits` after how many requests
    it says that it is asked too fast, `takes_s` how long each answer takes on the clock."""

    calls: list[dict[str, Any]]
    whole: bool = True
    tells_total: bool = True
    limits: int = 10_000
    takes_s: float = 0.0
    now: float = NOW
    pages: list[int] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.now += self.takes_s
        if len(self.pages) + len(self.opened) >= self.limits:
            return httpx2.Response(429, headers={"Retry-After": "70"}, json={})
        opened = request.url.path.partition("/api/calls/")[2]
        if opened:
            self.opened.append(opened)
            return httpx2.Response(200, json={"data": next(each for each in self.calls if each["call_id"] == opened)})
        page, limit = int(request.url.params.get("page", 0)), int(request.url.params.get("limit", 20))
        if request.method == "POST":
            page = json.loads(request.content)["page"]
        self.pages.append(page)
        sent = self.calls[page * limit :][:limit]
        slim = [{k: v for k, v in each.items() if "transcript" not in k and k != "call_analysis"} for each in sent]
        paging = {"page": page, "limit": limit} | ({"total_count": len(self.calls)} if self.tells_total else {})
        return httpx2.Response(200, json={"data": {"calls": sent if self.whole else slim, "pagination": paging}})

    def client(self) -> Vobiz:
        return Vobiz(
            settings_for("https://api.test"),
            transport=httpx2.MockTransport(self),
            clock=lambda: self.now,
            pace=replace(AT_ONCE, ticks=lambda: self.now),
        )

    def answer(self, **arguments: Any) -> Answer:
        with self.client() as client:
            return client.answer(ReviewCalls.of(arguments))

    def told(self, **arguments: Any) -> str:
        return self.answer(**arguments).text


def test_a_review_reads_page_by_page_until_beyond_the_period() -> None:
    api = Api(week(200))
    assert api.told().splitlines()[0] == (
        "102 of 102 calls read, 2026-11-14 12:00 to 2026-11-21 12:00 UTC; "
        "before: 98, from 2026-11-07 12:00 to 2026-11-14 12:00 UTC"
    )
    assert api.pages == list(range(200 // PAGE))
    assert api.opened == []
    api.pages.clear()
    api.told(since="24h")
    assert len(api.pages) == 6


def test_bodies_are_asked_for_only_where_the_list_brings_none_and_a_few_at_once() -> None:
    api = Api(week(45), whole=False)
    together = 0

    def counting(request: httpx2.Request) -> httpx2.Response:
        nonlocal together
        together = max(together, len(api.opened) % PAGE)
        return Api.__call__(api, request)

    with Vobiz(
        settings_for("https://api.test"),
        transport=httpx2.MockTransport(counting),
        clock=lambda: NOW,
        pace=AT_ONCE,
    ) as client:
        answer = client.answer(ReviewCalls())
    assert isinstance(answer.record, CallReview)
    assert answer.record.calls == 23
    assert sorted(api.opened) == sorted(each["call_id"] for each in api.calls)
    assert together < PAGE == 2 * BODIES


def test_what_was_read_stays_read_but_for_what_may_change_or_may_not_be_kept() -> None:
    calls = week(30)
    calls[0] |= {"call_status": "ongoing", "end_timestamp": None, "duration_ms": None, "disconnection_reason": None}
    calls[1] |= {"opt_out_sensitive_data_storage": True}
    calls[2] |= {"call_analysis": None}
    api = Api(calls, whole=False)
    with api.client() as client:
        first = client.answer(ReviewCalls())
        api.opened.clear()
        api.now += 90
        again = client.answer(ReviewCalls(since="2026-11-14T12:00"))
    assert again.text.partition("\n")[2] == first.text.partition("\n")[2]
    known = client._memory[KnownRows]
    assert api.opened == ["call_000"]
    assert isinstance(known, KnownRows)
    kept = [bool(known.get(each["call_id"])) for each in calls]
    assert kept == [False, False, *[True] * 28]


def test_asked_again_the_list_is_read_only_where_it_is_not_known() -> None:
    calls = week(200)
    api = Api(calls)
    with api.client() as client:
        first = client.answer(ReviewCalls()).text
        api.pages.clear()
        api.now += 90
        api.calls = [body(999, 0.5), *calls]
        again = client.answer(ReviewCalls()).text
    assert first.startswith("102 of 102 calls read")
    assert again.startswith("103 of 103 calls read")
    assert api.pages == [0, 9, 10]


def test_a_shorter_period_asks_for_no_call_beyond_it_and_forgets_none() -> None:
    calls = week(200)
    for opted_out in calls[::5]:
        opted_out["opt_out_sensitive_data_storage"] = True
    api = Api(calls)
    with api.client() as client:
        first = client.answer(ReviewCalls(since="14d")).text
        for since, most in (("24h", 23), ("14d", 40)):
            api.pages.clear()
            api.opened.clear()
            again = client.answer(ReviewCalls(since=since)).text
            assert len(api.pages) <= 2
            assert len(api.opened) <= most
    assert again == first


def test_of_more_calls_than_are_kept_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vobiz_mcp.tools.steps.known_rows.MOST_ROWS", 50)
    calls = week(200)
    api = Api(calls, whole=False)
    with api.client() as client:
        first = client.answer(ReviewCalls(since="14d")).text
        api.opened.clear()
        api.now += 90
        client.answer(ReviewCalls(since="24h"))
        assert api.opened
        assert not {each["call_id"] for each in calls[:40]} & {*api.opened}
        assert client.answer(ReviewCalls(since="14d")).text.partition("\n")[2] == first.partition("\n")[2]


def test_when_the_time_is_up_it_answers_with_what_it_has_and_goes_on_when_asked_again() -> None:
    api = Api(week(200), takes_s=READING_S / 4)
    with api.client() as client:
        text = client.answer(ReviewCalls()).text
        assert text.splitlines()[:2] == snapshot(
            [
                "100 of at least 100 calls read, 2026-11-14 12:00 to 2026-11-21 12:00 UTC",
                "INCOMPLETE: read back to 2026-11-14 15:39 UTC, 100 calls of 200 on the list; the time was up. Asked again it goes on: what was read stays read",
            ]
        )
        assert "- not judged: the calls of 8 days are needed" in text
        api.takes_s = 0
        assert client.answer(ReviewCalls()).text.startswith("102 of 102 calls read")


def test_where_nothing_may_be_kept_it_does_not_say_that_it_goes_on() -> None:
    api = Api(week(200, opt_out_sensitive_data_storage=True), takes_s=READING_S / 4)
    with api.client() as client:
        told = [client.answer(ReviewCalls(since="14d")).text.splitlines()[1] for _ in range(2)]
    assert all("the time was up. Asked again it begins anew" in each for each in told)
    assert "100 calls of 200" in told[1]


def test_a_rate_limit_ends_the_reading_and_is_told_and_the_first_refusal_is_an_error() -> None:
    api = Api(week(200), limits=3)
    [_, missing, *_] = api.told().splitlines()
    assert missing == snapshot(
        "INCOMPLETE: read back to 2026-11-17 09:39 UTC, 60 calls of 200 on the list; rate_limited: the API limits how fast it may be asked. Wait 70 s, then ask again. Asked again it goes on: what was read stays read"
    )
    with pytest.raises(RateLimited, match="Wait 70 s"):
        Api(week(), limits=0).told()


def test_a_body_that_cannot_be_read_is_counted_with_its_reason() -> None:
    calls = week(30)
    api = Api(calls, whole=False, limits=9)
    first = api.told().splitlines()[0]
    assert first == snapshot(
        "8 of at least 10 calls read, 2 could not be (2 rate_limited: the API limits how fast it may be asked. Wait 70 s, then ask again.), 2026-11-14 12:00 to 2026-11-21 12:00 UTC"
    )


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"status": 404}, "not_found: "),
        ({"status": 500}, "upstream_broken: "),
        ({"call_id": "call_999"}, "unreadable_answer: the API answered about another call"),
    ],
)
def test_one_call_that_cannot_be_read_alone_stops_nobody(odd: dict[str, Any], reason: str) -> None:
    calls = week(60)
    calls[30] = {name: value for name, value in calls[30].items() if "transcript" not in name}
    api = Api(calls)

    def answer(request: httpx2.Request) -> httpx2.Response:
        if not request.url.path.endswith("/call_030"):
            return api(request)
        return httpx2.Response(odd.get("status", 200), json={"data": calls[30] | odd})

    with Vobiz(
        settings_for("https://api.test"), transport=httpx2.MockTransport(answer), clock=lambda: NOW, pace=AT_ONCE
    ) as client:
        text = client.answer(ReviewCalls(since="14d")).text
    first, *rest = text.splitlines()
    assert first.startswith(f"59 of 60 calls read, 1 could not be (1 {reason}")
    assert "INCOMPLETE" not in text
    assert not rest[0].startswith("the period is complete")


def test_one_agent_is_reviewed_and_an_agent_without_calls_is_told_who_has_some() -> None:
    calls = [*week(30), *(body(900 + number, 5 + number, agent_id="agent_billing") for number in range(4))]
    api = Api(sorted(calls, key=lambda each: -each["start_timestamp"]))
    assert api.told(agent_id="agent_billing").startswith("4 of 4 calls read of agent_billing")
    assert api.told(agent_id="nobody") == snapshot("""\
no calls of nobody, 2026-11-14 12:00 to 2026-11-21 12:00 UTC
the newest calls are of agent_billing, agent_front_desk\
""")


def test_sides_are_agents_versions_and_periods_and_anything_else_is_refused() -> None:
    old = week(70, metadata={"agent_version": "14"})
    new = [body(500 + number, 2 + number * 3, metadata={"agent_version": "15"}) for number in range(40)]
    api = Api(sorted([*old, *new], key=lambda each: -each["start_timestamp"]))
    assert "\nagainst agent_front_desk version 14 (people" in api.told(compare="14")
    assert "of agent_front_desk version 15," in api.told(compare="v14").splitlines()[0]
    assert "\nagainst the period before (people" in api.told(compare="Previous")
    with pytest.raises(InvalidArguments, match="the agents are agent_front_desk; the versions are 14, 15"):
        api.told(compare="16")
    with pytest.raises(InvalidArguments, match="leaves no other calls"):
        api.told(compare="agent_front_desk")
    with pytest.raises(InvalidArguments, match="no call of nobody was read: the agents are agent_front_desk"):
        api.told(agent_id="nobody", compare="14")


def test_a_version_is_known_by_what_tells_it_apart_however_it_is_written() -> None:
    old = week(70, metadata={"agent_version": "v14-beta"})
    new = [body(500 + number, 2 + number * 3, metadata={"agent_version": "v15"}) for number in range(40)]
    api = Api(sorted([*old, *new], key=lambda each: -each["start_timestamp"]))
    for said in ("v14-beta", "14-beta", "Version 14-BETA"):
        assert api.told(compare=said).splitlines()[1].startswith("against agent_front_desk version v14-beta (people")


def test_versions_are_compared_on_the_calls_of_the_agents_that_have_both() -> None:
    both = week(70, metadata={"agent_version": "14"})
    new = [body(500 + number, 2 + number * 3, metadata={"agent_version": "15"}) for number in range(40)]
    others = [
        body(600 + number, 3 + number * 3, agent_id=f"agent_{version}", metadata={"agent_version": version})
        for version in ("14", "15")
        for number in range(20)
    ]
    api = Api(sorted([*both, *new, *others], key=lambda each: -each["start_timestamp"]))
    record = api.answer(compare="14").record
    assert isinstance(record, CallReview)
    assert (record.side, record.calls) == ("agent_front_desk version 15", 40)
    assert (record.other_side, record.other_calls) == ("agent_front_desk version 14", 36)
    api = Api(others)
    with pytest.raises(InvalidArguments, match="leaves no other calls"):
        api.told(compare="14")


def test_no_calls_are_one_line_and_no_all_clear() -> None:
    assert Api([]).told() == "no calls, 2026-11-14 12:00 to 2026-11-21 12:00 UTC"
    assert Api(week()).told(since="2020-01-01", until="2020-01-02") == (
        "no calls, 2020-01-01 00:00 to 2020-01-03 00:00 UTC"
    )


def test_dates_the_wrong_way_round_are_refused_before_anything_is_asked() -> None:
    api = Api(week())
    with pytest.raises(InvalidArguments, match="is not before until"):
        api.told(since="2026-11-20", until="2026-11-18")
    assert api.pages == []


@pytest.mark.parametrize("total", [True, False])
def test_a_period_of_long_ago_is_found_without_reading_all_that_is_newer(*, total: bool) -> None:
    api = Api(week(2000), tells_total=total)
    first = api.told(since="2026-11-10", until="2026-11-10").splitlines()[0]
    assert first.startswith("145 of 145 calls read, 2026-11-10 00:00 to 2026-11-11 00:00 UTC; before: 146, ")
    assert len(api.pages) < 45
    api = Api(week(2000), tells_total=total, takes_s=READING_S / 40)
    with api.client() as client:
        for _ in range(4):
            text = client.answer(ReviewCalls(since="2026-11-10", until="2026-11-10")).text
    assert text.splitlines()[0] == first


def test_a_list_with_the_oldest_first_is_read_to_its_end() -> None:
    assert Api(week(100)[::-1]).told().startswith("51 of 51 calls read")


@pytest.mark.anyio
async def test_progress_is_told_page_by_page() -> None:
    api, told = Api(week(60)), []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        told.append((progress, total, message))

    def connect() -> AsyncVobiz:
        return AsyncVobiz(
            settings_for("https://api.test"), transport=httpx2.MockTransport(api), clock=lambda: NOW, pace=AT_ONCE
        )

    async with Client(server.build(connect)) as client:
        result = await client.call_tool("review_calls", {}, progress_callback=note)
    assert isinstance(result.content[0], TextContent)
    assert told == snapshot(
        [
            (20, None, "20 calls read, back to 2026-11-17 02:30 UTC"),
            (40, None, "40 calls read, back to 2026-11-12 12:30 UTC"),
            (60, None, "60 calls read, back to 2026-11-07 22:30 UTC"),
        ]
    )
