from collections.abc import Callable
from typing import Any

import httpx2
import o200k
import pytest
from asking import LEG, NOW, asked, client, sample
from inline_snapshot import snapshot
from shared import needs_shared, payload

from vobiz_mcp.records.stream import StreamList
from vobiz_mcp.tools.list_streams import MOST_PAGES, PAGE, ListStreams

LIST = f"Call/{LEG}/Stream/"


def told(name: str, **arguments: Any) -> str:
    return asked(ListStreams(call_uuid=LEG, **arguments), {LIST: sample(name)}).text


def many(count: int) -> list[dict[str, Any]]:
    """Streams `s0`, `s1`, …, of which every third is running."""
    one = sample("stream_current")
    end = {"status": "completed", "end_time": "2026-03-02T09:28:30Z"}
    return [one | {"stream_id": f"s{n}"} | ({} if n % 3 == 0 else end) for n in range(count)]


def page(offset: int, limit: int, count: int = 45) -> dict[str, Any]:
    return {"page": 1, "per_page": limit, "total": count, "objects": many(count)[offset : offset + limit]}


UPSTREAMS: dict[str, Callable[[int, int], Any]] = {
    "pages as asked": page,
    "pages capped at 20": lambda offset, limit: page(offset, min(limit, 20)),
    "pages capped and no total": lambda offset, limit: page(offset, min(limit, 20))["objects"],
    "everything at once": lambda _, __: many(45),
    "a total as text": lambda offset, limit: page(offset, min(limit, 20)) | {"total": "45"},
    "overlapping pages": lambda offset, limit: page(max(0, offset - 3), min(limit, 20)),
}


def through(upstream: Callable[[int, int], Any], **arguments: Any) -> tuple[str, list[str], StreamList]:
    """The answer, the ids of its lines, and its record."""
    asked_for: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked_for.append(str(request.url))
        return httpx2.Response(200, json=upstream(int(request.url.params["offset"]), int(request.url.params["limit"])))

    with client(handler) as vobiz:
        answer = vobiz.answer(ListStreams(call_uuid=LEG, **arguments))
    assert isinstance(answer.record, StreamList)
    assert len(asked_for) == len(set(asked_for)) <= MOST_PAGES
    return answer.text, [line.split()[0] for line in answer.text.splitlines() if line[0] == "s"], answer.record


@pytest.mark.parametrize("name", ["streams_page", "streams_meta", "streams_bare_list"])
def test_counts_come_first_then_a_line_each(name: str) -> None:
    assert told(name) == snapshot("""\
1 running, 1 ended
a1f4b0c2-77de-4f19-8a35-c0de5a6b7e81 in-progress · bidirectional, track inbound · wss://agent.example.com/media/v2 · since 2026-03-02 09:27:30 UTC (2 min 48 s)
billed-audio ended · one-way, track both · wss://recorder.example.com/in · from 2026-03-02 14:57:30 +05:30 (34 s)\
""")


def test_a_list_that_is_a_single_stream_is_a_list_of_one() -> None:
    assert told("streams_one") == snapshot("""\
0 running, 1 ended
billed-audio ended · one-way, track both · wss://recorder.example.com/in · from 2026-03-02 14:57:30 +05:30 (34 s)\
""")


def test_a_call_without_streams_is_said_to_have_none() -> None:
    assert told("streams_none") == snapshot("no streams on this call")


def test_a_null_is_an_empty_list() -> None:
    body = {"page": 1, "per_page": 20, "total": 0, "objects": None}
    answer = asked(ListStreams(call_uuid=LEG), {f"Call/{LEG}/Stream/": body})
    assert answer.text == "no streams on this call"


@pytest.mark.parametrize(("state", "ids"), [("any", "ab"), ("running", "a"), ("ended", "b")])
def test_the_filter_filters_and_the_counts_stay_of_the_whole_call(state: str, ids: str) -> None:
    first, *rest = told("streams_page", state=state).splitlines()
    assert first == "1 running, 1 ended"
    assert [line[0] for line in rest] == list(ids)


def test_a_filter_that_lets_nothing_through_says_so() -> None:
    assert asked(ListStreams(call_uuid=LEG, state="running"), {LIST: sample("streams_one")}).text == snapshot("""\
0 running, 1 ended
no running stream to list\
""")


@pytest.mark.parametrize("upstream", UPSTREAMS.values(), ids=UPSTREAMS)
@pytest.mark.parametrize(
    ("arguments", "ids", "last"),
    [
        pytest.param({}, range(20), "25 more: offset=20", id="the first page"),
        pytest.param({"offset": 40}, range(40, 45), None, id="the last page"),
        pytest.param({"offset": 10, "limit": 2}, range(10, 12), "33 more: offset=12", id="a page within"),
        pytest.param({"limit": 100}, range(45), None, id="all"),
        pytest.param({"state": "running"}, range(0, 45, 3), None, id="filtered"),
        pytest.param(
            {"state": "running", "limit": 3, "offset": 9}, (27, 30, 33), "3 more: offset=12", id="filtered page"
        ),
        pytest.param({"offset": 99}, (), "offset=99 is past the last of 45", id="past the end"),
    ],
)
def test_pages_and_filter_are_of_the_call_however_the_api_pages(
    upstream: Callable[[int, int], Any], arguments: Any, ids: Any, last: str | None
) -> None:
    text, shown, record = through(upstream, **arguments)
    assert text.splitlines()[0] == "15 running, 30 ended"
    assert shown == [f"s{n}" for n in ids]
    assert len(record.streams) == 45
    assert (text.splitlines()[-1] == last) == (last is not None)


def test_an_api_that_ignores_the_offset_ends_the_asking_and_is_told_on() -> None:
    text, shown, _ = through(lambda _, __: page(0, 20))
    assert text.splitlines()[0] == "7 running, 13 ended, 25 more not sent by the API"
    assert len(shown) == 20


def test_a_call_with_endless_streams_is_not_asked_about_endlessly() -> None:
    text, _, record = through(lambda offset, limit: page(offset, limit, 5000), limit=1)
    assert len(record.streams) == MOST_PAGES * PAGE
    assert text.splitlines()[0].endswith("4000 more not sent by the API")


def test_an_item_that_is_no_stream_is_named() -> None:
    assert asked(ListStreams(call_uuid=LEG), {LIST: [sample("stream_current"), 5]}).text == snapshot("""\
1 running, 0 ended
a1f4b0c2-77de-4f19-8a35-c0de5a6b7e81 in-progress · bidirectional, track inbound · wss://agent.example.com/media/v2 · since 2026-03-02 09:27:30 UTC (2 min 48 s)
1 of 2 streams could not be read and is left out\
""")


def test_a_stream_that_cannot_be_right_is_marked_for_a_closer_look() -> None:
    text, _, _ = through(lambda _, __: [sample("stream_current") | {"audio_track": "both"}])
    assert text.splitlines()[1].endswith(" · check it: get_stream")


@needs_shared
@pytest.mark.parametrize("name", ["01_single_object_seed", "02_page_per_page_total_objects", "03_plivo_meta_objects"])
def test_every_published_body_is_answered_within_its_tokens(name: str) -> None:
    answer = asked(ListStreams(call_uuid="c"), {"Call/c/Stream/": payload(f"vobiz/stream_list_{name}")}, NOW)
    assert isinstance(answer.record, StreamList)
    assert (answer.record.warnings, len(answer.record.streams)) == ([], 1)
    assert o200k.count(answer.text.partition("\ncheck: ")[0]) <= 40 + 60


def test_twenty_streams_cost_no_more_than_sixty_tokens_each() -> None:
    text, shown, _ = through(page)
    assert o200k.count(text) <= 40 + 60 * len(shown)


def test_a_stream_that_failed_is_counted_among_the_ended_and_by_itself() -> None:
    failed = many(3)[1] | {"status": "failed"}
    answer = asked(ListStreams(call_uuid=LEG), {LIST: {"objects": [*many(2), failed]}})
    assert answer.text.splitlines()[0] == "1 running, 2 ended (1 failed)"
