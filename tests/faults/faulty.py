"""A loopback upstream that fails in every way known, each below an id of its own: `python tests/faults/faulty.py`.

`GET …/Call/{call_uuid}/Stream/{fault}/` meets the fault; any other stream is answered well.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import re
import socket
import subprocess
import sys
import zlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

FOREIGN = "http://127.0.0.1:9/stolen"
"""Where redirects lead."""

Play = Callable[[str, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """One way to fail.

    Attributes:
        ends_in: the code of the error that it must end in, or `record`.
        play: what the upstream does with a connection that asked for it.
        scheme: the one that the client uses.
    """

    ends_in: str
    play: Play
    scheme: str = "http"


def stream(stream_id: str, **more: object) -> dict[str, object]:
    """A good body."""
    return {"stream_id": stream_id, "status": "completed", "start_time": "2026-03-02T09:00:00Z", **more}


def response(body: bytes, status: int = 200, headers: str = "", length: int | None = None) -> bytes:
    """A whole response."""
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status} Said\r\nContent-Length: {size}\r\n{headers}\r\n".encode() + body


def says(raw: bytes | Callable[[str], bytes], *, then_closes: bool = False) -> Play:
    """The same bytes every time."""

    async def play(fault: str, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(raw(fault) if callable(raw) else raw)
        if then_closes:
            writer.close()

    return play


def body(content: bytes, status: int = 200, headers: str = "") -> Play:
    return says(response(content, status, headers))


def tree(content: object, status: int = 200, headers: str = "") -> Play:
    return body(json.dumps(content).encode(), status, headers)


def aborts(before: bytes) -> Play:
    """Says so much, then resets the connection."""

    async def play(_: str, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        await writer.drain()
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        writer.transport.abort()

    return play


def repeats(head: bytes, piece: bytes, pause: float = 0.0, times: int = 10**9) -> Play:
    """A head, then the same piece again and again."""

    async def play(_: str, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        for _number in range(times):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return play


async def silent(_: str, reader: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    await reader.read()


def packed(layers: int, declared: str, content: bytes = b'{"stream_id": "x"}') -> Play:
    for _ in range(layers):
        content = gzip.compress(content)
    return body(content, headers=f"Content-Encoding: {declared}\r\n")


def bomb() -> Play:
    """Three gigabytes of spaces in three megabytes."""
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"

    async def play(_: str, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        pack = zlib.compressobj(wbits=31)
        for _number in range(3 * 1024):
            piece = pack.compress(b" " * 2**20)
            if piece:
                writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                await writer.drain()

    return play


def chunk(size: int) -> bytes:
    return f"{size:x}\r\n".encode() + b" " * size + b"\r\n"


TLS_HELLO = b"\x16"
HTML = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
GOOD = json.dumps(stream("x")).encode()
LIMIT = {"error": {"code": "RATE_LIMIT_EXCEEDED", "details": {"retryAfter": 3600}}}

FAULTS: dict[str, Fault] = {
    "refused": Fault("upstream_unreachable", silent, "refused"),
    "tls-of-a-plain-port": Fault("upstream_unreachable", silent, "https"),
    "reset-at-once": Fault("upstream_unreachable", aborts(b"")),
    "reset-in-headers": Fault("upstream_unreachable", aborts(b"HTTP/1.1 200 OK\r\nContent-")),
    "reset-in-body": Fault("upstream_unreachable", aborts(response(GOOD, length=500))),
    "closed-without-a-word": Fault("upstream_unreachable", says(b"", then_closes=True)),
    "no-http": Fault("upstream_unreachable", says(b"SSH-2.0-OpenSSH_9.6\r\n", then_closes=True)),
    "silent": Fault("upstream_unreachable", silent),
    "slow-header": Fault("upstream_unreachable", repeats(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a", 0.02)),
    "slow-body": Fault("upstream_unreachable", repeats(response(b"", length=10**6), b" ", 0.02)),
    "slow-chunks": Fault("upstream_unreachable", repeats(CHUNKED, chunk(1), 0.02)),
    "endless-100-continue": Fault("upstream_unreachable", repeats(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01)),
    "header-of-a-megabyte": Fault(
        "upstream_unreachable", says(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 2**20 + b"\r\nContent-Length: 0\r\n\r\n")
    ),
    "half-a-body": Fault("upstream_unreachable", says(response(GOOD, length=500), then_closes=True)),
    "length-too-small": Fault("unreadable_answer", says(response(GOOD, length=10))),
    "length-no-number": Fault("upstream_unreachable", says(b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n" + GOOD)),
    "two-lengths": Fault(
        "upstream_unreachable", says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n" + GOOD)
    ),
    "bad-chunk": Fault("upstream_unreachable", says(CHUNKED + b"zz\r\n")),
    "answers-twice": Fault("record", says(lambda _: response(GOOD) + response(json.dumps(stream("evil")).encode()))),
    "closes-after-answer": Fault("record", says(response(GOOD), then_closes=True)),
    "3-GB-in-chunks": Fault("unreadable_answer", repeats(CHUNKED, chunk(2**20), times=3 * 1024)),
    "3-GB-of-length": Fault("unreadable_answer", repeats(response(b"", length=3 * 2**30), b" " * 2**20, times=3072)),
    "3-GB-of-error": Fault(
        "unreadable_answer", repeats(response(b"", 404, length=3 * 2**30), b" " * 2**20, times=3072)
    ),
    "gzip-bomb": Fault("unreadable_answer", bomb()),
    "gzip-of-gzip": Fault("unreadable_answer", packed(2, "gzip, gzip")),
    "gzip-within-gzip-unsaid": Fault("unreadable_answer", packed(2, "gzip")),
    "gzip-unsaid": Fault("unreadable_answer", packed(1, "identity")),
    "gzip-that-is-none": Fault("upstream_unreachable", packed(0, "gzip")),
    "gzip-cut-off": Fault(
        "upstream_unreachable", body(gzip.compress(GOOD)[:-9], headers="Content-Encoding: gzip\r\n")
    ),
    "brotli-unasked": Fault("unreadable_answer", packed(0, "br")),
    "html-from-a-gateway": Fault("unreadable_answer", body(HTML, headers="Content-Type: text/html\r\n")),
    "empty-200": Fault("unreadable_answer", body(b"")),
    "null": Fault("unreadable_answer", body(b"null")),
    "a-number": Fault("unreadable_answer", body(b"42")),
    "cut-json": Fault("unreadable_answer", body(GOOD[:-5])),
    "latin-1": Fault("record", body('{"stream_id": "x", "status": "läuft"}'.encode("latin-1"))),
    "utf-16": Fault("unreadable_answer", body(GOOD.decode().encode("utf-16"))),
    "byte-order-mark": Fault("record", body(b"\xef\xbb\xbf" + GOOD)),
    "NaN": Fault("record", body(b'{"stream_id": "x", "sampling_rate": NaN, "billed_amount": Infinity}')),
    "lone-surrogate": Fault("record", body(b'{"stream_id": "x", "status": "\\ud800 \\udfff", "\\ud83d": 1}')),
    "depth-10000": Fault("unreadable_answer", body(b'{"stream_id":"x","a":' + b"[" * 10_000 + b"]" * 10_000 + b"}")),
    "duplicate-keys": Fault("record", body(b'{"stream_id": "y", "stream_id": "x", "status": 1, "status": "failed"}')),
    "id-of-a-megabyte": Fault("record", tree(stream("x" * 2**20))),
    "all-types-wrong": Fault("record", tree({"stream_id": "x", "status": {}, "bidirectional": [], "sampling_rate": "?"})),
    "another-streams-body": Fault("record", tree(stream("somebody-elses"))),
    "no-content": Fault("unreadable_answer", says(b"HTTP/1.1 204 No Content\r\n\r\n")),
    "moved-to-another-host": Fault("upstream_broken", body(b"", 301, f"Location: {FOREIGN}\r\n")),
    "moved-in-a-circle": Fault("upstream_broken", body(b"", 307, "Location: \r\n")),
    "401-for-a-wrong-case": Fault("bad_credentials", tree({"message": "Unauthorized"}, 401)),
    "402": Fault("account_blocked", tree({"error": {"code": "INSUFFICIENT_BALANCE"}}, 402)),
    "403": Fault("account_blocked", body(HTML, 403)),
    "404-empty": Fault("not_found", body(b"", 404)),
    "404-html": Fault("not_found", body(HTML, 404)),
    "404-json": Fault("not_found", tree({"error": "not found"}, 404)),
    "404-enveloped": Fault("not_found", tree({"success": False, "error": {"code": "NOT_FOUND"}}, 404)),
    "408": Fault("upstream_broken", body(b"", 408)),
    "409": Fault("invalid_arguments", tree({"error": "conflict"}, 409)),
    "422": Fault("invalid_arguments", tree({"error": {"code": "VALIDATION_ERROR"}}, 422)),
    "429": Fault("rate_limited", tree({}, 429)),
    "429-in-seconds": Fault("rate_limited", tree({}, 429, "Retry-After: 3600\r\n")),
    "429-until-a-date": Fault("rate_limited", tree({}, 429, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n")),
    "429-in-the-body": Fault("rate_limited", tree(LIMIT, 429)),
    "500-html": Fault("upstream_broken", body(HTML, 500)),
    "502": Fault("upstream_broken", body(HTML, 502)),
    "503": Fault("upstream_broken", body(b"", 503)),
    "503-for-an-hour": Fault("upstream_broken", body(b"", 503, "Retry-After: 3600\r\n")),
    "522": Fault("upstream_broken", body(b"error code: 522", 522)),
    "error-inside-200": Fault("upstream_broken", tree({"error": "something broke"})),
    "not-found-inside-200": Fault("not_found", tree({"status": "error", "message": "Stream not found"})),
}  # fmt: skip


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Every request on one connection."""
    with contextlib.suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        while True:
            first = await reader.readexactly(1)
            if first == TLS_HELLO:
                writer.write(response(b"The plain HTTP request was sent to HTTPS port", 400))
                break
            head = first + await reader.readuntil(b"\r\n\r\n")
            found = re.search(rb"/Stream/([^/ ]*)", head)
            name = found[1].decode() if found else ""
            fault = FAULTS.get(name)
            play = fault.play if fault else tree(stream(name))
            await play(name, reader, writer)
            await writer.drain()
    writer.close()


async def serve() -> None:
    """Say on standard output where it listens, then answer until standard input ends."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def faulty_upstream() -> Iterator[int]:
    """The port of one in a process of its own, so that its memory and its processor time are not the client's."""
    with subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve())
