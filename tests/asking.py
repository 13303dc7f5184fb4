"""Questions put to an upstream that holds what a test says, at a time that the test says; no network, no clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx2
from places import TESTS
from upstream import Upstream, settings_for

from vobiz_mcp.client import Pace, Vobiz
from vobiz_mcp.tools.steps.question import Answer, Question

LEG = "5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90"
"""The call of every sample body."""
NOW = datetime(2026, 3, 2, 9, 30, 18, tzinfo=UTC).timestamp()
"""Three minutes after that call began."""

AT_ONCE = Pace(chance=lambda: 0.0)
"""The next try comes without a wait."""

_SAMPLES = TESTS / "samples"

Handler = Callable[[httpx2.Request], httpx2.Response]


def sample(name: str) -> Any:
    """A body of the shape that its name says, as a tree that the test may change."""
    return json.loads(_SAMPLES.joinpath(f"{name}.json").read_bytes())


def client(handler: Handler, at: float = NOW) -> Vobiz:
    """A client whose every request `handler` answers."""
    transport = httpx2.MockTransport(handler)
    return Vobiz(settings_for("https://api.test"), transport=transport, clock=lambda: at, pace=AT_ONCE)


def asked(question: Question, routes: Mapping[str, object], at: float = NOW) -> Answer:
    """The answer from an upstream with these bodies by path; every other path is a 404."""
    upstream = Upstream()
    for path, body in routes.items():
        upstream.serve(path, body)

    def handler(request: httpx2.Request) -> httpx2.Response:
        canned = upstream.find(request.url.raw_path.decode())
        return httpx2.Response(canned.status, headers=canned.headers, content=canned.body)

    with client(handler, at) as connected:
        return connected.answer(question)
