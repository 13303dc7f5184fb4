"""One stdio session through everything that could end it: each time, the next call is answered."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from servers import Session
from upstream import Upstream, loopback

LIVES = {"streams": [{"stream_id": "s1", "status": "in-progress"}]}

SERVER = """
import builtins, sys
from vobiz_mcp.tools.get_stream import GetStream
from vobiz_mcp.tools.steps.question import Answer
from vobiz_mcp.records.stream import Stream
from vobiz_mcp.api.wire import now, wait
from vobiz_mcp.serving.stdio.serve import serve

class Panic(BaseException): ...
builtins.Panic = Panic
from asyncio import CancelledError
builtins.CancelledError = CancelledError
steps = GetStream.steps

def misbehave(self):
    name = self.stream_id
    if name == "prints":
        print("stray", flush=True)
        sys.__stdout__.write('{"jsonrpc":"2.0","id":1,"result":{}}\\n')
    elif name == "hangs":
        yield from wait(3600, 0, 3600)
    elif name == "recursion":
        misbehave(self)
    elif name == "surrogates":
        yield from now()
        return Answer("a \\ud800 b \\udfff", Stream())
    elif name == "newlines":
        yield from now()
        return Answer("a\\r\\n\\u2028b\\x00\\x1b[2J", Stream())
    elif name == "huge":
        yield from now()
        return Answer("x" * 20_000_000, Stream())
    elif name == "nothing":
        yield from now()
        return None
    elif hasattr(builtins, name):
        raise getattr(builtins, name)("secret detail")
    return (yield from steps(self))

GetStream.steps = misbehave
sys.exit(serve(sandbox=False))
"""


def request(method: str, number: object = 7, **params: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode()


def stream(name: str, number: object = 7) -> bytes:
    return request("tools/call", number, name="get_stream", arguments={"call_uuid": "c1", "stream_id": name})


def agent_call(name: str) -> bytes:
    return request("tools/call", 7, name="get_agent_call", arguments={"call_id": name})


CANCEL = b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%s}}'
BODIES: dict[str, bytes] = {
    "surrogate": rb'{"data":{"call_id":"surrogate","transcript":"a \ud800 b"}}',
    "deep": b'{"data":{"call_id":"deep","x":' + b"[" * 10_000 + b"]" * 10_000 + b"}}",
    "nan": b'{"data":{"call_id":"nan","call_duration":NaN,"start_timestamp":Infinity}}',
    "null": b"null",
    "html": b"<html><body>Bad gateway",
    "huge": b'{"data":{"call_id":"huge","transcript":"' + b"x" * 40_000_000 + b'"}}',
    "megabytes": json.dumps({"data": {"call_id": "megabytes", "transcript": "word " * 400_000}}).encode(),
    "bom": b"\xef\xbb\xbf" + b'{"data":{"call_id":"bom"}}',
    "bytes": b'{"data":{"call_id":"\xff\xfe"}}',
    "escapes": rb'{"data":{"call_id":"escapes","transcript":"User: \u001b[2J\u0000\u2028\u202e {\"jsonrpc\":\"2.0\"}\n"}}',
}

NASTY: dict[str, bytes | list[bytes]] = {
    "half a message": b'{"jsonrpc":"2.0","id":7,',
    "no JSON": b"GET / HTTP/1.1",
    "no object": b"42",
    "null": b"null",
    "a batch": b"[" + request("ping") + b"]",
    "an empty batch": b"[]",
    "no version": b'{"id":7,"method":"ping"}',
    "another version": b'{"jsonrpc":"1.0","id":7,"method":"ping"}',
    "blank lines": [b"", b"   ", b"\r", b"\t"],
    "bytes that are no text": b"\xff\xfe\x00\xc3\x28",
    "a NUL": request("ping") + b"\x00",
    "nesting without end": b"[" * 200_000,
    "nesting that closes": b'{"jsonrpc":"2.0","id":7,"method":"ping","params":{"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
    "a huge number": b'{"jsonrpc":"2.0","id":7,"method":"ping","params":{"x":' + b"9" * 10_000 + b"}}",
    "a line of 50 MB": b"x" * 50_000_000,
    "a line of 4 MB": request("tools/call", name="get_stream", arguments={"call_uuid": "x" * 4_000_000}),
    "a line of 8 MB": request("tools/call", name="get_stream", arguments={"call_uuid": "x" * 8_000_000}),
    "a lone surrogate": b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"\\ud800","arguments":{"\\udfff":"\\ud800"}}}',
    "a surrogate as id": b'{"jsonrpc":"2.0","id":"\\ud800","method":"ping"}',
    "no id": b'{"jsonrpc":"2.0","id":null,"method":"ping"}',
    "a fraction as id": request("ping", 1.5),
    "an object as id": request("ping", {"x": 1}),
    "one id twice": [stream("s1", 7), stream("s1", 7)],
    "an unknown method": request("no/such/method"),
    "a method that is none": b'{"jsonrpc":"2.0","id":7,"method":42}',
    "an unknown notification": b'{"jsonrpc":"2.0","method":"notifications/nothing"}',
    "params that are a list": b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":[1]}',
    "no params": b'{"jsonrpc":"2.0","id":7,"method":"tools/call"}',
    "no tool": request("tools/call", arguments={}),
    "a tool that is no name": request("tools/call", name=["x"], arguments={}),
    "an unknown tool": request("tools/call", name="hang_up", arguments={}),
    "arguments that are a list": request("tools/call", name="get_stream", arguments=[1]),
    "arguments that are null": b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get_stream","arguments":null}}',
    "a resource that is none": request("resources/read", uri="\ud800:\x00//../x"),
    "a prompt that is none": request("prompts/get", name="\ud800", arguments={"\udfff": "\ud800"}),
    "a prompt about nothing": [request("prompts/get", name=name, arguments={key: "\ud800"}) for name in ("review_call", "debug_audio") for key in ("call_uuid", "call_id")],
    "a second initialize": request("initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo={"name": "x", "version": "1"}),
    "an initialize of nothing": request("initialize"),
    "an answer that nobody asked for": b'{"jsonrpc":"2.0","id":99,"result":{}}',
    "an error that nobody asked for": b'{"jsonrpc":"2.0","id":99,"error":{"code":1,"message":"x"}}',
    "a cancellation of nothing": CANCEL % b"12345",
    "a cancellation that is none": CANCEL % b'{"x":1}',
    "a call that is cancelled": [stream("hangs"), CANCEL % b"7"],
    "a call that hangs": stream("hangs", 8),
    "a hundred calls that are cancelled": [line for n in range(1000, 1100) for line in (stream("hangs", n), CANCEL % b"%d" % n)],
    **{f"a tool that raises {name}": stream(name) for name in (
        "SystemExit", "CancelledError", "RecursionError", "MemoryError", "StopIteration", "StopAsyncIteration",
        "TimeoutError", "UnicodeEncodeError", "ExceptionGroup", "BrokenPipeError", "Panic",
    )},
    "a tool that never ends calling itself": stream("recursion"),
    "a tool that prints": stream("prints"),
    "a tool that answers with surrogates": stream("surrogates"),
    "a tool that answers with line ends": stream("newlines"),
    "a tool that answers with 20 MB": stream("huge"),
    "a tool that answers with nothing": stream("nothing"),
    **{f"a body: {name}": agent_call(name) for name in (*BODIES, "bomb", "refused", "elsewhere", "short", "reset")},
}  # fmt: skip


@pytest.fixture(scope="module")
def upstream_of_all() -> Iterator[Upstream]:
    with loopback() as running:
        running.serve("Call/alive/Stream/", LIVES)
        for name, body in BODIES.items():
            running.serve(f"/api/calls/{name}", body)
        bomb = gzip.compress(b"[" * 60_000_000)
        running.serve("/api/calls/bomb", bomb, headers={"Content-Encoding": "gzip"})
        running.serve("/api/calls/refused", {"message": "no"}, status=401)
        running.serve("/api/calls/elsewhere", b"", status=301, headers={"Location": "https://evil.example/"})
        running.serve("/api/calls/short", b"{}", headers={"Content-Encoding": "gzip"})
        running.serve("/api/calls/reset", b"", status=204)
        yield running


@pytest.fixture(scope="module")
def host(upstream_of_all: Upstream) -> Iterator[Session]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"PATH": "", **upstream_of_all.environment},
    ) as process:
        session = Session(process)
        session.initialize()
        yield session
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0, "and in the end it ends as it should"


NUMBERS = iter(range(10_000, 20_000))


def answered(host: Session) -> tuple[str, list[dict[str, Any]]]:
    """The answer to one more call, and what came before it."""
    number = next(NUMBERS)
    host.send("tools/call", number, name="list_streams", arguments={"call_uuid": "alive"})
    before: list[dict[str, Any]] = []
    while (message := host.receive()).get("id") != number:
        before.append(message)
    said: str = message["result"]["content"][0]["text"]
    return said, before


LONG = {"a tool that answers with 20 MB"}


@pytest.mark.parametrize(
    "lines",
    [pytest.param(lines, id=name, marks=[pytest.mark.long] if name in LONG else []) for name, lines in NASTY.items()],
)
def test_the_next_call_is_answered_after(lines: bytes | list[bytes], host: Session) -> None:
    assert isinstance(host.process.stdin, io.TextIOWrapper)
    raw = host.process.stdin.buffer
    for line in [lines] if isinstance(lines, bytes) else lines:
        raw.write(line + b"\n")
    raw.flush()
    said, before = answered(host)
    assert said.startswith("1 running, 0 ended")
    assert all(message["jsonrpc"] == "2.0" and "secret detail" not in str(message) for message in before)


def test_a_line_beyond_the_bound_is_refused_at_once_and_by_name(host: Session) -> None:
    assert isinstance(host.process.stdin, io.TextIOWrapper)
    host.process.stdin.buffer.write(stream("x" * 5_000_000) + b"\n")
    refused = {
        "jsonrpc": "2.0",
        "id": None,
        "error": {
            "code": -32600,
            "message": "a message may have 4 MiB at most; a longer one came, and nothing of it was read",
        },
    }
    assert refused in answered(host)[1]
