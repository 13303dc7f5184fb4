"""Whatever a field of a body holds, a tool answers within its budget or says in a line that it cannot.

Every field of every sample body, one after the other, holds a value that no API should send.
"""

from __future__ import annotations

import asyncio
import copy
import itertools
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from asking import LEG, NOW, sample
from o200k import count
from upstream import settings_for

from vobiz_mcp.client import AsyncVobiz, Pace
from vobiz_mcp.digest.tokens.budget import MOST_TOKENS, USUAL_TOKENS
from vobiz_mcp.errors import VobizError
from vobiz_mcp.tools.diagnose_call import DiagnoseCall
from vobiz_mcp.tools.get_agent_call import GetAgentCall
from vobiz_mcp.tools.get_call_record import GetCallRecord
from vobiz_mcp.tools.get_live_call import GetLiveCall
from vobiz_mcp.tools.get_stream import GetStream
from vobiz_mcp.tools.list_agent_calls import ListAgentCalls
from vobiz_mcp.tools.list_call_records import ListCallRecords
from vobiz_mcp.tools.list_live_calls import ListLiveCalls
from vobiz_mcp.tools.list_streams import ListStreams
from vobiz_mcp.tools.steps.question import Question
from vobiz_mcp.tools.watch_call import WatchCall

Tree = Any
Path = tuple[str | int, ...]

ODD: dict[str, Tree] = {
    "1e308": 1e308,
    "-1e308": -1e308,
    "text 1e999999": "1e999999",
    "text 1e99999999": "1e99999999",
    "text -1e-99999999": "-1e-99999999",
    "a hundred digits": 10**99,
    "first day": "0001-01-01T00:00:00+14:00",
    "last day": "9999-12-31T23:59:59-12:00",
    "epoch beyond": 253_402_300_800_000,
    "negative": -1,
    "text NaN": "NaN",
    "a long word": "x" * 20_000,
    "long text": "so many words " * 2_000,
    "long lines": "agent: yes\n" * 2_000,
    "strange letters": "\u202e\ufdfa\U0001f9d1\u200d" * 2_000,
    "list": [[[]]],
    "object": {"": {"a": None}},
    "true": True,
}
SETTINGS = settings_for("https://api.test")
BODIES: dict[str, tuple[Tree, tuple[str, ...], tuple[Question, ...]]] = {
    "live call": (
        sample("live_older"),
        (f"Call/{LEG}/", "Call/"),
        (GetLiveCall(call_uuid=LEG, rate_per_minute=0.9), ListLiveCalls(), DiagnoseCall(call_uuid=LEG)),
    ),
    "record": (
        sample("record_current"),
        (f"cdr/{LEG}",),
        (GetCallRecord(call_uuid=LEG), GetLiveCall(call_uuid=LEG), DiagnoseCall(call_uuid=LEG)),
    ),
    "records": (sample("records_page"), ("cdr",), (ListCallRecords(start_date="2026-03-01", end_date="2026-03-02"),)),
    "stream": (sample("stream_billed"), (f"Call/{LEG}/Stream/s/",), (GetStream(call_uuid=LEG, stream_id="s"),)),
    "streams": (
        sample("streams_page"),
        (f"Call/{LEG}/Stream/",),
        (ListStreams(call_uuid=LEG), WatchCall(call_uuid=LEG, wait_seconds=0)),
    ),
    "agent call": (
        sample("agent_zudu"),
        ("/api/calls/c",),
        (GetAgentCall(call_id="c"), WatchCall(call_id="c", wait_seconds=0), DiagnoseCall(call_uuid=LEG, call_id="c")),
    ),
    "agent calls": (
        {"data": {"calls": [sample("agent_zudu")["data"]], "pagination": {"page": 0, "limit": 20, "total": 1}}},
        ("/api/calls",),
        (ListAgentCalls(),),
    ),
}
QUICK = ("live call", "record", "records", "stream", "streams")
"""Bodies that take little time; those of agent calls are long, and so is what is made of them."""
CASES = [
    pytest.param(body, odd, id=f"{body}, {odd}", marks=[] if body in QUICK else [pytest.mark.long])
    for body in BODIES
    for odd in ODD
]


def places(tree: Tree, path: Path = ()) -> Iterator[Path]:
    """Every field of a body, and the first items of its lists."""
    fields = tree.items() if isinstance(tree, dict) else enumerate(tree[:2]) if isinstance(tree, list) else ()
    for step, value in fields:
        yield (*path, step)
        yield from places(value, (*path, step))


def with_odd(tree: Tree, path: Path, odd: Tree) -> Tree:
    changed = copy.deepcopy(tree)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = odd
    return changed


def may_cost(question: Question) -> int:
    return USUAL_TOKENS if "max_tokens" in type(question).model_fields else MOST_TOKENS


@pytest.mark.parametrize(("body", "odd"), CASES)
def test_no_value_of_any_field_makes_an_answer_break_or_burst(body: str, odd: str) -> None:
    tree, paths, questions = BODIES[body]
    held: dict[str, bytes] = {}

    def handler(request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/api/v1/Account/MA_TEST/")
        return httpx2.Response(200, content=held["body"]) if path in paths else httpx2.Response(404, json={})

    async def ask_all() -> None:
        transport, pace = httpx2.MockTransport(handler), Pace(ticks=itertools.count(0, 100).__next__)
        async with AsyncVobiz(SETTINGS, transport=transport, clock=lambda: NOW, pace=pace) as vobiz:
            for place in places(tree):
                held["body"] = json.dumps(with_odd(tree, place, ODD[odd])).encode()
                for question in questions:
                    text = await told(vobiz, question)
                    assert len(text) <= may_cost(question) or count(text) <= may_cost(question), (place, question)

    asyncio.run(ask_all())


async def told(vobiz: AsyncVobiz, question: Question) -> str:
    """The answer, or the error in a line; a defect of ours is neither."""
    try:
        return (await vobiz.answer(question)).text
    except VobizError as error:
        return str(error)
