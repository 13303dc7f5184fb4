from __future__ import annotations

import asyncio
import itertools
import ssl
from collections.abc import AsyncIterator, Callable, Generator
from typing import Any

import httpx2
import pytest
import virtual_time
from asking import LEG, sample
from inline_snapshot import snapshot
from upstream import Upstream, settings_for

from vobiz_mcp.api.telephony import live_call
from vobiz_mcp.api.wire import Request, Step, ask, wait
from vobiz_mcp.client import AsyncVobiz, Pace, Vobiz
from vobiz_mcp.client.reading import LARGEST
from vobiz_mcp.client.retrying import EARNED, MOST_SAVED, MOST_TRIES, Budget, after, pause
from vobiz_mcp.errors import RateLimited, UnreadableAnswer, UpstreamBroken, UpstreamUnreachable, VobizError
from vobiz_mcp.records.record import Record
from vobiz_mcp.server_info import VERSION

pytestmark = pytest.mark.anyio

Reply = httpx2.Response | Exception


class Scripted(httpx2.AsyncBaseTransport):
    """Gives replies in order, the last one for ever; what was asked is kept."""

    def __init__(self, *replies: Callable[[], Reply]) -> None:
        self.replies = list(replies)
        self.asked: list[httpx2.Request] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        reply = (self.replies.pop(0) if len(self.replies) > 1 else self.replies[0])()
        if isinstance(reply, Exception):
            raise reply
        return reply


def status(code: int, content: object = None, **headers: str) -> Callable[[], Reply]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: httpx2.Response(code, json={} if content is None else content, headers=named)


def broken() -> Reply:
    return httpx2.ReadError("gone")


GOOD = status(200, sample("live_flat"))


async def met(*replies: Callable[[], Reply], deadline_s: float = 20) -> tuple[object, int, list[float]]:
    """What a request came to, how often it was sent, and the waits between."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    transport, pace = Scripted(*replies), Pace(deadline_s, chance=lambda: 1.0)
    settings = settings_for("https://api.test")
    async with AsyncVobiz(settings, transport=transport, sleep=sleep, pace=pace) as client:
        try:
            outcome: object = await client.fetch(live_call(LEG))
        except VobizError as error:
            outcome = error
    return outcome, len(transport.asked), waits


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])
async def test_what_the_next_try_may_not_meet_is_tried_again(code: int) -> None:
    outcome, asked, waits = await met(status(code), broken, GOOD)
    assert isinstance(outcome, Record)
    assert (asked, waits) == (3, [0.1, 0.2])


@pytest.mark.parametrize("code", [204, 301, 400, 401, 402, 403, 404, 409, 410, 422, 501, 505, 525])
async def test_what_the_next_try_would_meet_too_is_not_tried_again(code: int) -> None:
    outcome, asked, waits = await met(status(code))
    assert isinstance(outcome, VobizError)
    assert (asked, waits) == (1, [])


async def test_waits_double_up_to_their_cap_and_the_error_says_how_often_it_was_tried() -> None:
    outcome, asked, waits = await met(status(503))
    assert (asked, waits) == (7, [0.1, 0.2, 0.4, 0.8, 1.6, 2.0])
    assert str(outcome) == snapshot(
        "upstream_broken: the API failed (HTTP 503), after 7 tries. Ask again in a few seconds; if it stays, look at the vendor's status page."
    )


async def test_a_connection_that_fails_every_time_says_how_often_it_was_tried() -> None:
    outcome, asked, _ = await met(broken)
    assert asked == MOST_TRIES
    assert str(outcome) == snapshot(
        "upstream_unreachable: the telephony API cannot be reached (ReadError), after 7 tries. Ask again in a few seconds; if it stays, `vobiz-mcp doctor` tells which API is down."
    )


@pytest.mark.parametrize(
    "limited",
    [
        status(429, Retry_After="3"),
        status(503, Retry_After="3"),
        status(429, Retry_After="Mon, 02 Mar 2026 09:30:03 GMT", Date="Mon, 02 Mar 2026 09:30:00 GMT"),
        status(429, {"error": {"code": "RATE_LIMIT_EXCEEDED", "details": {"retryAfter": 3}}}),
    ],
    ids=["header", "header of a 503", "date", "body"],
)
async def test_the_wait_that_the_api_asks_for_is_kept(limited: Callable[[], Reply]) -> None:
    outcome, asked, waits = await met(limited, GOOD)
    assert isinstance(outcome, Record)
    assert (asked, waits) == (2, [3.0])


async def test_a_wait_beyond_the_deadline_is_told_at_once() -> None:
    limited, asked, waits = await met(status(429, Retry_After="21"))
    assert (asked, waits) == (1, [])
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == 21
    down, asked, _ = await met(status(503, Retry_After="21"))
    assert asked == 1
    assert str(down) == snapshot("upstream_broken: the API failed (HTTP 503). Wait 21 s, then ask again.")


async def test_no_try_is_begun_that_the_deadline_would_not_outlast() -> None:
    outcome, asked, waits = await met(status(500), deadline_s=0.15)
    assert isinstance(outcome, UpstreamBroken)
    assert (asked, waits) == (2, [0.1])


async def test_when_the_deadline_ends_a_later_try_the_one_before_is_told() -> None:
    class Slower(Scripted):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            response = await super().handle_async_request(request)
            if len(self.asked) > 1:
                await asyncio.Event().wait()
            return response

    pace = Pace(0.05, chance=lambda: 0.0)
    async with AsyncVobiz(settings_for("https://api.test"), transport=Slower(status(429)), pace=pace) as client:
        with pytest.raises(RateLimited):
            await client.fetch(live_call(LEG))


async def test_an_api_that_is_down_uses_up_its_own_budget_and_not_the_others() -> None:
    transport = Scripted(status(503))
    pace = Pace(chance=lambda: 0.0)
    async with AsyncVobiz(settings_for("https://api.test"), transport=transport, pace=pace) as client:
        for number in range(30):
            with pytest.raises(UpstreamBroken):
                await client.fetch(live_call(f"c{number}"))
        assert len(transport.asked) == 30 + MOST_SAVED
        with pytest.raises(UpstreamBroken):
            await client.fetch(Request("agent", "/api/calls/c", "call", Record.read))
        assert len(transport.asked) == 30 + MOST_SAVED + MOST_TRIES


async def test_a_list_that_is_asked_for_with_a_post_is_retried_with_its_body() -> None:
    transport, pace = Scripted(status(502), status(200, {"a": 1})), Pace(chance=lambda: 0.0)
    async with AsyncVobiz(settings_for("https://api.test"), transport=transport, pace=pace) as client:
        await client.fetch(Request("agent", "/v2/list", "calls", Record.read, body={"limit": 5}))
    sent = [(request.method, request.headers["content-type"], request.content) for request in transport.asked]
    assert sent == [("POST", "application/json", b'{"limit": 5}')] * 2


async def test_a_redirect_is_never_followed() -> None:
    transport = Scripted(lambda: httpx2.Response(302, headers={"Location": "https://elsewhere.test/"}))
    async with AsyncVobiz(settings_for("https://api.test"), transport=transport) as client:
        with pytest.raises(UpstreamBroken, match="never followed"):
            await client.fetch(live_call(LEG))
    assert [request.url.host for request in transport.asked] == ["api.test"]


class Patient:
    """Waits longer than the deadline, then asks."""

    def steps(self) -> Generator[Step, Any, Record]:
        yield from wait(60, 0, 60)
        return (yield from ask(live_call(LEG)))


class Clock:
    """Stands in for the `time` of the synchronous client; goes on when somebody sleeps."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_the_time_that_a_question_asks_to_wait_is_no_part_of_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    settings, clock = settings_for("https://api.test"), Clock()

    async def answered() -> Record:
        async with AsyncVobiz(settings, transport=Scripted(GOOD), pace=Pace(0.5)) as client:
            return await client.answer(Patient())

    monkeypatch.setattr("vobiz_mcp.client.synchronous.time", clock)
    with Vobiz(settings, transport=Scripted(GOOD), sleep=clock.sleep, pace=Pace(0.5)) as client:
        assert client.answer(Patient()) == virtual_time.run(answered())
    assert clock.now == 60


async def test_a_certificate_that_is_not_acceptable_is_not_tried_again() -> None:
    def refused() -> Reply:
        error = httpx2.ConnectError("secret")
        error.__cause__ = OSError()
        error.__cause__.__cause__ = ssl.SSLCertVerificationError("secret")
        return error

    outcome, asked, _ = await met(refused)
    assert asked == 1
    assert str(outcome) == snapshot(
        "upstream_unreachable: the telephony API's TLS certificate or handshake is not acceptable. Ask again in a few seconds; if it stays, `vobiz-mcp doctor` tells which API is down."
    )


class Watched(httpx2.AsyncByteStream):
    """A body that says when it was let go of."""

    closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield bytes(LARGEST)
        yield b"!"

    async def aclose(self) -> None:
        self.closed = True


async def test_a_body_that_is_too_large_is_let_go_of() -> None:
    body = Watched()
    outcome, asked, _ = await met(lambda: httpx2.Response(200, stream=body))
    assert isinstance(outcome, UnreadableAnswer)
    assert (asked, body.closed) == (1, True)


async def test_a_request_says_what_it_takes_and_who_asks() -> None:
    transport = Scripted(GOOD)
    async with AsyncVobiz(settings_for("https://api.test"), transport=transport) as client:
        await client.fetch(live_call(LEG))
    assert dict(transport.asked[0].headers) == {
        "host": "api.test",
        "accept": "application/json",
        "accept-encoding": "gzip",
        "user-agent": f"vobiz-mcp/{VERSION}",
        "x-auth-id": "MA_TEST",
        "x-auth-token": "test-token",
    }


async def test_successes_earn_the_retries_of_an_api_that_fails_now_and_then() -> None:
    replies = [reply for _ in range(100) for reply in (status(503), GOOD, GOOD)]
    transport, pace = Scripted(*replies), Pace(chance=lambda: 0.0, ticks=itertools.count(step=10).__next__)
    async with AsyncVobiz(settings_for("https://api.test"), transport=transport, pace=pace) as client:
        for _ in range(200):
            await client.fetch(live_call(LEG))
    assert len(transport.asked) == 300


def test_the_last_moment_before_the_deadline_is_still_worth_a_try() -> None:
    assert pause(1, 1.0, None, 0.11) == 0.1
    assert pause(1, 1.0, None, 0.1) is None
    assert pause(6, 0.5, None, 20) == 1.0
    assert pause(7, 0.0, None, 20) is None
    assert pause(1, 1.0, 5, 20) == 5
    assert pause(1, 1.0, 0, 20) == 0.1


def test_a_budget_is_spent_by_retries_and_earned_by_successes() -> None:
    budget = Budget()
    assert [budget.spend() for _ in range(21)] == [True] * 20 + [False]
    budget.earn()
    assert not budget.spend()
    budget.earn()
    assert budget.spend()
    assert not budget.spend()
    for _ in range(1_000):
        budget.earn()
    assert sum(budget.spend() for _ in range(1_000)) == MOST_SAVED
    assert EARNED == 0.6


def test_tries_are_told_with_their_time_where_it_is_worth_telling() -> None:
    assert [after(1, 9), after(4, 6.2), after(2, 0.3)] == ["", ", after 4 tries in 6 s", ", after 2 tries"]


@pytest.mark.parametrize(("trusts", "through_proxy"), [(False, False), (True, True)])
def test_the_environments_proxy_is_used_only_when_asked(
    trusts: bool, through_proxy: bool, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", upstream.base_url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    nowhere = upstream.settings.model_copy(update={"base_url": "http://127.0.0.1:1", "trust_env": trusts})
    with Vobiz(nowhere, pace=Pace(chance=lambda: 0.0)) as client, pytest.raises((UpstreamUnreachable, VobizError)):
        client.fetch(live_call(LEG))
    assert bool(upstream.requests) == through_proxy
