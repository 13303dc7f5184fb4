"""Every way in which a key could come out, with keys made up for each: `python tests/bench/leaks.py [RENDERINGS]`.

An upstream (or the network in its place) fails in some way, and says the keys that it was sent in all that it says:
headers, reasons, bodies, exceptions. What then can be read of it, as errors, logs at DEBUG, reprs, tracebacks, dumps and
doctor's report, is searched for the keys, as they are and encoded. Printed: renderings, and those that held a key.
"""

from __future__ import annotations

import asyncio
import base64
import copy
import io
import json
import logging
import os
import pickle
import random
import re
import ssl
import string
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch
from urllib.parse import quote, quote_plus

import httpx2
from pydantic import SecretStr

sys.path[:0] = [str(Path(__file__).parents[1])]
from asking import AT_ONCE
from injection import valid_arguments
from upstream import loopback

from vobiz_mcp.api.wire import Api
from vobiz_mcp.cli import run
from vobiz_mcp.cli.doctor import examine_api
from vobiz_mcp.client import AsyncVobiz, Vobiz
from vobiz_mcp.errors import VobizError
from vobiz_mcp.serving import server
from vobiz_mcp.settings import ServerSettings, Settings, WrongSettings, from_environment, read
from vobiz_mcp.tools import TOOLS

SECRETS = ("auth_id", "auth_token", "agent_api_key", "agent_api_secret")
HEADER_SAFE = [chr(code) for code in range(0x21, 0x7F)]
ID_SAFE = string.ascii_letters + string.digits + "_-"
Rendering = tuple[str, str]
"""What it is, and what it says."""


def keys(rng: random.Random) -> dict[str, str]:
    """Keys that occur nowhere else, with any sign that a header may carry."""
    return {
        name: "".join(rng.choices(ID_SAFE if name == "auth_id" else HEADER_SAFE, k=rng.randint(16, 60)))
        for name in SECRETS
    }


def forms(key: str) -> set[str]:
    """The key as it may be written: plain, escaped, percent, hex and base64 at any offset."""
    raw = key.encode()
    shifted = [
        base64.b64encode(b"x" * offset + raw).decode()[4 * bool(offset) :].rstrip("=")[:-1] for offset in range(3)
    ]
    return {
        key, repr(key)[1:-1], json.dumps(key)[1:-1], quote(key), quote(key, safe=""), quote_plus(key), key[::-1],
        raw.hex(), raw.hex().upper(), raw.hex(" "), *shifted, *(text.replace("+", "-").replace("/", "_") for text in shifted),
    }  # fmt: skip


class Search:
    """Looks for keys in a text."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._pattern = re.compile("|".join(re.escape(form) for key in secrets.values() for form in forms(key)))

    def finds(self, text: str) -> bool:
        return bool(self._pattern.search(text))


def told(request: httpx2.Request) -> str:
    """All that the other side knows, as it came and encoded."""
    text = f"{request.method} {request.url} {dict(request.headers)}"
    return f"{text} {base64.b64encode(text.encode()).decode()} {text.encode().hex()} {quote(text)}"


def _raises(kind: type[Exception], cause: Exception | None = None) -> Callable[[httpx2.Request], httpx2.Response]:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise kind(told(request)) from (cause or ValueError(told(request)))

    return fail


def _says(status: int, body: Callable[[str], object], **headers: str) -> Callable[[httpx2.Request], httpx2.Response]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        said = told(request)
        content = body(said)
        echoed = {"X-Echo": said, **{name.replace("_", "-"): value or said for name, value in headers.items()}}
        return httpx2.Response(
            status,
            headers=echoed,
            content=content.encode() if isinstance(content, str) else json.dumps(content).encode(),
            extensions={"reason_phrase": said.encode()},
        )

    return answer


FAILURES: dict[str, Callable[[httpx2.Request], httpx2.Response]] = {
    **{
        kind.__name__: _raises(kind)
        for kind in (
            httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ReadTimeout, httpx2.ReadError, httpx2.WriteError,
            httpx2.PoolTimeout, httpx2.RemoteProtocolError, httpx2.LocalProtocolError, httpx2.DecodingError,
            httpx2.UnsupportedProtocol, httpx2.TooManyRedirects,
        )
    },
    "TLS": _raises(httpx2.ConnectError, ssl.SSLError("certificate verify failed")),
    **{f"HTTP {status}": _says(status, lambda said: {"message": said, "error": {"code": said, "message": said}})
       for status in (400, 401, 402, 403, 404, 409, 410, 418, 422, 429, 500, 502, 503)},
    "a code": _says(400, lambda said: {"error": {"code": "INVALID_CREDENTIALS", "message": said}}),
    "a redirect": _says(302, str, Location=""),
    "too fast": _says(429, str, Retry_After=""),
    "HTML": _says(500, lambda said: f"<html>{said}"),
    "no JSON": _says(200, lambda said: f"{{{said}"),
    "an error inside": _says(200, lambda said: {"status": "error", "message": said, "error": said}),
    "another shape": _says(200, lambda said: [said, {"x": said}]),
    "a bare string": _says(200, lambda said: said),
    "nothing": _says(200, lambda _: ""),
    "an encoding": _says(200, str, Content_Encoding="gzip"),
    "a charset": _says(401, str, Content_Type=""),
}  # fmt: skip


@dataclass
class Log:
    """Everything that any logger said."""

    stream: io.StringIO

    def take(self) -> str:
        said = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return said


@contextmanager
def logged() -> Iterator[Log]:
    """Loggers as a program sets them that wants to know everything."""
    root, stream = logging.getLogger(), io.StringIO()
    handler, before = logging.StreamHandler(stream), root.level
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s %(pathname)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield Log(stream)
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


def settings_of(secrets: Mapping[str, str], base_url: str = "https://api.test") -> Settings:
    held: dict[str, Any] = {name: SecretStr(value) for name, value in secrets.items()}
    return Settings.model_construct(**held, base_url=base_url, agent_base_url=base_url)


def of_error(error: BaseException) -> Iterator[Rendering]:
    """All that can be read of an exception without a debugger."""
    yield "str", str(error)
    yield "repr", f"{error!r} {error.args!r} {vars(error)}"
    yield "traceback", "".join(traceback.format_exception(error))
    chain = traceback.TracebackException.from_exception(error)
    yield "chain", f"{chain} {error.__cause__!r}"
    yield "pickle", f"{pickle.dumps(error)!r} {copy.deepcopy(error)!r}"


def of_settings(settings: Settings) -> Iterator[Rendering]:
    yield "settings", f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    yield "settings, field by field", " ".join(f"{name}={value!r} {value}" for name, value in settings)


def of_client(client: Vobiz | AsyncVobiz) -> Iterator[Rendering]:
    yield "client", f"{client} {client!r} {client.settings!r} {list(vars(client).items())}"


class Clock:
    """A time that passes only where somebody waits."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        return self._now

    def pass_by(self, seconds: float) -> None:
        self._now += seconds


def of_questions(rng: random.Random, secrets: Mapping[str, str], log: Log, failure: str) -> Iterator[Rendering]:
    """One tool asked both ways while everything fails in one way."""
    tool = rng.choice(TOOLS)
    arguments = valid_arguments(tool.input_schema())
    transport = httpx2.MockTransport(FAILURES[failure])
    settings = settings_of(secrets)
    clock = Clock()
    with Vobiz(settings, transport=transport, clock=clock, sleep=clock.pass_by, pace=AT_ONCE) as client:
        try:
            client.answer(tool.of(arguments))
        except VobizError as error:
            yield from of_error(error)
        yield from of_client(client)
        report = [finding for api in get_args(Api) for finding in examine_api(client, settings, api)]
        yield "doctor", f"{report}"
    yield from of_settings(settings)
    yield "answer", asyncio.run(served(settings, transport, tool.tool_name(), arguments))
    yield "log", log.take()


async def served(settings: Settings, transport: httpx2.MockTransport, tool: str, arguments: dict[str, Any]) -> str:
    """What the server would hand over."""
    clock = Clock()

    async def pass_by(seconds: float) -> None:
        clock.pass_by(seconds)

    async with AsyncVobiz(settings, transport=transport, clock=clock, sleep=pass_by, pace=AT_ONCE) as client:
        try:
            return await server.call(client, tool, arguments)
        except VobizError as error:
            return f"{error} {error!r}"


SPOILT: tuple[Callable[[str], str], ...] = (
    lambda key: f"{key[:9]} {key}", lambda key: f"{key[:9]}\n{key}", lambda key: f"{key}é", lambda key: f"{key}\x00",
    lambda key: f"{key}\u200b", lambda key: f"https://{key}@h", lambda key: f"http://{key}.test", lambda key: f"{key}\\",
)  # fmt: skip
FIELDS = {
    Settings: (*SECRETS, "base_url", "agent_base_url"),
    ServerSettings: ("mcp_token", "mcp_issuer", "mcp_resource", "log"),
}


def of_wrong_settings(rng: random.Random, secrets: Mapping[str, str]) -> Iterator[Rendering]:
    """Keys that were copied wrongly, or into the wrong variable."""
    for kind, fields in FIELDS.items():
        field, key = rng.choice(fields), rng.choice(list(secrets.values()))
        value = rng.choice(SPOILT)(key).replace("\x00", "\x01")
        with patch.dict(os.environ, {f"VOBIZ_{field.upper()}": value}):
            try:
                read(ServerSettings) if kind is ServerSettings else read(Settings)
            except WrongSettings as error:
                yield from of_error(error)


def of_commands(rng: random.Random, secrets: Mapping[str, str], base_url: str, log: Log) -> Iterator[Rendering]:
    """What the commands print, over real sockets."""
    variables = {f"VOBIZ_{name.upper()}": value for name, value in secrets.items()}
    variables |= {"VOBIZ_BASE_URL": base_url, "VOBIZ_AGENT_BASE_URL": base_url}
    out = io.StringIO()
    with patch.dict(os.environ, variables), redirect_stdout(out), redirect_stderr(out):
        tool = rng.choice(TOOLS)
        run(["doctor"])
        run(["call", tool.tool_name(), *(f"{k}={v}" for k, v in valid_arguments(tool.input_schema()).items())])
        with patch.dict(os.environ, {"VOBIZ_AUTH_TOKEN": f"{secrets['auth_token']} x"}):
            run(["doctor"])
            run(["serve", "--http", "--port", "0"])
        yield from of_settings(from_environment())
    yield "commands", out.getvalue()
    yield "log of commands", log.take()


def renderings(seed: int, base_url: str, log: Log) -> Iterator[tuple[Search, Rendering]]:
    """All renderings of one set of keys."""
    rng = random.Random(seed)
    secrets = keys(rng)
    search = Search(secrets)
    failure = list(FAILURES)[seed % len(FAILURES)]
    sources = [of_questions(rng, secrets, log, failure), of_wrong_settings(rng, secrets)]
    if seed % 25 == 0:
        sources.append(of_commands(rng, secrets, base_url, log))
    for source in sources:
        for what, said in source:
            yield search, (f"{what} ({failure})", said)


def leaks(count: int) -> Iterator[tuple[str, str | None]]:
    """Renderings by name, with their text where it holds a key."""
    made, seed = 0, 0
    with loopback() as upstream, logged() as log:
        while made < count:
            for search, (what, said) in renderings(seed, upstream.base_url, log):
                yield what, said if search.finds(said) else None
                made += 1
            seed += 1


def main() -> int:
    """How many leaked, of how many."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    begun, found, made, size = time.perf_counter(), 0, 0, 0
    for what, said in leaks(count):
        made += 1
        if said is not None:
            found += 1
            size += 1
            if found <= 5:
                print(f"leak in {what}: {said[:400]}")
    print(f"{made:,} renderings in {time.perf_counter() - begun:.0f} s, {len(FAILURES)} ways to fail: {found} leaks")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
