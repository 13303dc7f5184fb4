import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from asking import AT_ONCE, LEG, NOW, asked, sample
from upstream import Upstream, settings_for

from vobiz_mcp.api.telephony import live_call, stream
from vobiz_mcp.api.wire import Step, ask, ask_together, now
from vobiz_mcp.client import AsyncVobiz, Pace, Vobiz
from vobiz_mcp.client.exchange import certificates
from vobiz_mcp.errors import NotConfigured, NotFound, RateLimited, UpstreamUnreachable, VobizError
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.stream import Stream
from vobiz_mcp.settings import Settings
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.steps.question import Question

Steps = Generator[Step, Any, object]


class Asking:
    """A question whose steps a test writes down."""

    def __init__(self, steps: Callable[[], Steps]) -> None:
        self.steps = steps


async def answered(settings: Settings, *questions: Any) -> list[Any]:
    async with AsyncVobiz(settings, clock=lambda: NOW, pace=AT_ONCE) as vobiz:
        return [await vobiz.answer(question) for question in questions]


def both(settings: Settings, question: Any) -> tuple[object, object]:
    """What the synchronous and the asynchronous client say: an answer, or the error."""
    with Vobiz(settings, clock=lambda: NOW, pace=AT_ONCE) as vobiz:
        try:
            said: object = vobiz.answer(question)
        except VobizError as error:
            said = (type(error), str(error))
    try:
        also: object = asyncio.run(answered(settings, question))[0]
    except VobizError as error:
        also = (type(error), str(error))
    return said, also


ROUTES = {
    "Call/?status=live": "live_ids",
    f"Call/{LEG}/?status=live": "live_flat",
    f"Call/{LEG}/Stream/": "streams_page",
    f"Call/{LEG}/Stream/billed-audio/": "stream_billed",
    "/api/calls/call_clinic": "agent_zudu",
    "cdr/gone": "record_current",
    "cdr": "records_page",
}


@pytest.fixture
def stocked(upstream: Upstream) -> Upstream:
    for path, name in ROUTES.items():
        upstream.serve(path, sample(name))
    upstream.serve("/api/calls", {"data": {"calls": [sample("agent_zudu")["data"]]}})
    upstream.serve("Call/busy/", {}, 429, {"Retry-After": "70"})
    return upstream


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("get_live_call", {"call_uuid": LEG, "rate_per_minute": 0.45}),
        ("get_live_call", {"call_uuid": "gone"}),
        ("get_live_call", {"call_uuid": "busy"}),
        ("get_call_record", {"call_uuid": "gone"}),
        ("get_call_record", {"call_uuid": "unknown"}),
        ("list_call_records", {"hangup_cause": "NO_ANSWER", "page": 2}),
        ("list_live_calls", {}),
        ("list_agent_calls", {"limit": 3}),
        ("list_streams", {"call_uuid": LEG}),
        ("list_streams", {"call_uuid": "unknown"}),
        ("get_stream", {"call_uuid": LEG, "stream_id": "billed-audio"}),
        ("get_agent_call", {"call_id": "call_clinic"}),
        ("get_agent_call", {"call_id": "unknown"}),
        ("watch_call", {"call_uuid": LEG, "wait_seconds": 0}),
        ("diagnose_call", {"call_uuid": LEG, "call_id": "call_clinic"}),
        ("review_calls", {"since": "2020-01-01", "max_tokens": 600}),
    ],
)
def test_both_clients_say_the_same(tool: str, arguments: dict[str, Any], stocked: Upstream) -> None:
    question = next(kind for kind in TOOLS if kind.tool_name() == tool).of(arguments)
    said, also = both(stocked.settings, question)
    assert said == also
    paths = [path for path, _ in stocked.requests]
    half = len(paths) // 2
    assert sorted(paths[:half]) == sorted(paths[half:]) != []


def test_every_tool_is_compared() -> None:
    marks = test_both_clients_say_the_same.pytestmark
    assert {row[0] for row in marks[0].args[1]} == {tool.tool_name() for tool in TOOLS}


def test_an_answer_over_the_wire_is_the_one_of_the_tree(stocked: Upstream) -> None:
    question: Question = next(kind for kind in TOOLS if kind.tool_name() == "get_live_call").of({"call_uuid": LEG})
    said, _ = both(stocked.settings, question)
    assert said == asked(question, {f"Call/{LEG}/": sample("live_flat")})


def test_one_event_loop_after_another_each_has_its_own_client(stocked: Upstream) -> None:
    question = Asking(lambda: ask(live_call(LEG)))
    first, second = (asyncio.run(answered(stocked.settings, question, question)) for _ in range(2))
    assert [call.call_uuid for call in first + second] == [LEG] * 4


def together() -> Steps:
    return (yield from ask_together(live_call(LEG), stream(LEG, "nothing"), stream(LEG, "billed-audio")))


def test_requests_made_together_come_back_in_order_each_with_its_own_failure(stocked: Upstream) -> None:
    for outcomes in both(stocked.settings, Asking(together)):
        assert isinstance(outcomes, tuple)
        assert [type(outcome) for outcome in outcomes] == [LiveCall, NotFound, Stream]


@pytest.mark.anyio
async def test_requests_made_together_are_under_way_at_once() -> None:
    arrived: list[asyncio.Event] = [asyncio.Event(), asyncio.Event(), asyncio.Event()]
    waiting = iter(arrived)

    async def handler(_: httpx2.Request) -> httpx2.Response:
        next(waiting).set()
        await asyncio.gather(*(event.wait() for event in arrived))
        return httpx2.Response(404)

    async with AsyncVobiz(settings_for("https://api.test"), transport=httpx2.MockTransport(handler)) as vobiz:
        outcomes = await asyncio.wait_for(vobiz.answer(Asking(together)), 5)
    assert isinstance(outcomes, tuple)
    assert {type(outcome) for outcome in outcomes} == {NotFound}


def test_a_question_can_ask_for_the_time(upstream: Upstream) -> None:
    assert both(upstream.settings, Asking(now)) == (NOW, NOW)


def forgiving() -> Steps:
    try:
        yield from ask(live_call("gone"))
    except NotFound:
        return (yield from ask(live_call(LEG)))
    return None


def test_a_question_can_catch_a_failure_and_ask_on(stocked: Upstream) -> None:
    said, also = both(stocked.settings, Asking(forgiving))
    assert isinstance(said, LiveCall)
    assert said == also


def test_what_a_question_does_not_catch_is_raised(stocked: Upstream) -> None:
    def steps() -> Steps:
        try:
            return (yield from ask(live_call("busy")))
        except NotFound:
            return "that was no 404"

    said, also = both(stocked.settings, Asking(steps))
    assert said == also == (RateLimited, str(RateLimited("the API limits how fast it may be asked", 70)))


def test_a_defect_of_a_question_is_not_taken_for_a_failure_of_the_api(upstream: Upstream) -> None:
    def steps() -> Steps:
        return (yield from now()) / 0

    with Vobiz(upstream.settings) as vobiz, pytest.raises(ZeroDivisionError):
        vobiz.answer(Asking(steps))
    with pytest.raises(ZeroDivisionError):
        asyncio.run(answered(upstream.settings, Asking(steps)))


def test_nothing_is_asked_while_the_keys_are_missing() -> None:
    def handler(_: httpx2.Request) -> httpx2.Response:
        pytest.fail("a request was made")

    unset = Settings.model_construct(agent_base_url="https://api.test")
    vobiz = Vobiz(unset, transport=httpx2.MockTransport(handler))
    with vobiz, pytest.raises(NotConfigured, match="VOBIZ_AUTH_ID and VOBIZ_AUTH_TOKEN"):
        vobiz.fetch(live_call(LEG))


@contextmanager
def rude_server(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """A listener that treats each connection as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    behave(connection)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def hang_up(connection: socket.socket) -> None:
    connection.recv(65_536)


def reset(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def half_an_answer(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")


def no_http(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")


def false_gzip(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize("behave", [hang_up, reset, half_an_answer, no_http, false_gzip])
def test_an_upstream_that_breaks_off_is_unreachable(behave: Callable[[socket.socket], None]) -> None:
    with rude_server(behave) as base_url:
        said, also = both(settings_for(base_url), Asking(lambda: ask(live_call(LEG))))
    assert said == also
    assert said[0] is UpstreamUnreachable  # type: ignore[index]


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    said, also = both(settings_for(f"http://127.0.0.1:{port}"), Asking(lambda: ask(live_call(LEG))))
    assert said == also
    assert said[0] is UpstreamUnreachable  # type: ignore[index]


@pytest.mark.anyio
async def test_a_call_that_takes_too_long_ends_at_the_deadline() -> None:
    async def handler(_: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError

    soon, transport = Pace(deadline_s=0.01), httpx2.MockTransport(handler)
    async with AsyncVobiz(settings_for("https://api.test"), transport=transport, pace=soon) as vobiz:
        with pytest.raises(UpstreamUnreachable, match=r"did not answer within 0\.01 s"):
            await asyncio.wait_for(vobiz.answer(Asking(lambda: ask(live_call(LEG)))), 5)


def test_the_certificates_of_the_system_are_read_once_however_many_clients_there_are(
    upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[ssl.SSLContext] = []

    def reading(*, trust_env: bool) -> ssl.SSLContext:
        assert not trust_env
        read.append(ssl.create_default_context())
        return read[-1]

    certificates.cache_clear()
    monkeypatch.setattr(httpx2, "create_ssl_context", reading)
    for _ in range(3):
        both(upstream.settings, Asking(lambda: ask(live_call(LEG))))
    assert len(read) == 1
