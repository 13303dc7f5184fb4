"""Somebody who follows a call of the sandbox, or an upstream whose bodies a test changes meanwhile."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import httpx2
from asking import NOW
from upstream import settings_for

from vobiz_mcp.client import Pace, Vobiz
from vobiz_mcp.policy import Privacy
from vobiz_mcp.records.changes import CallChanges
from vobiz_mcp.sandbox import Sandbox, Scenario
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings
from vobiz_mcp.tools.watch_call import WatchCall

NOON = 1_795_262_400.0


LIVE = {"call_uuid": "live-leg", "call_id": "call_live"}


@dataclass
class Time:
    """A clock that only moves when somebody waits, or the test says so."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now

    @property
    def pace(self) -> Pace:
        return Pace(ticks=self, chance=lambda: 0.0)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class Watcher:
    """Somebody who follows one call of the sandbox from a moment on."""

    asked: dict[str, Any]
    time: Time = field(default_factory=Time)
    cursor: str = ""
    privacy: Privacy = "standard"

    def __post_init__(self) -> None:
        self.sandbox = Sandbox(self.time)
        self.settings = sandbox_settings().model_copy(update={"privacy": self.privacy})

    def watch(self, wait_seconds: int = 15) -> tuple[str, CallChanges]:
        """The next answer, through a client of its own each time: no server remembers anything."""
        transport, time = SandboxTransport(self.sandbox), self.time
        question = WatchCall.of({**self.asked, "cursor": self.cursor, "wait_seconds": wait_seconds})
        with Vobiz(self.settings, transport=transport, clock=time, sleep=time.sleep, pace=time.pace) as client:
            answer = client.answer(question)
        assert isinstance(answer.record, CallChanges)
        self.cursor = answer.record.cursor
        return answer.text, answer.record


class Flow:
    """An upstream whose bodies a test changes while somebody watches."""

    def __init__(self, **bodies: object) -> None:
        self.bodies: dict[str, object] = bodies
        self.asked: list[str] = []
        self.late_s = 0.0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        kind = "streams" if "/Stream/" in request.url.path else "agent" if "/api/calls" in request.url.path else "live"
        body = self.bodies.get("cdr" if "/cdr/" in request.url.path else kind)
        if isinstance(body, int):
            return httpx2.Response(body, json={})
        return httpx2.Response(200, json=body) if body else httpx2.Response(404, json={})

    def watch(self, cursor: str = "", **asked: Any) -> tuple[str, CallChanges]:
        time = Time(NOW + self.late_s)
        transport = httpx2.MockTransport(self)
        question = WatchCall.of({"cursor": cursor, "wait_seconds": 4, **asked})
        settings = settings_for("https://api.test")
        with Vobiz(settings, transport=transport, clock=time, sleep=time.sleep, pace=time.pace) as client:
            answer = client.answer(question)
        assert isinstance(answer.record, CallChanges)
        return answer.text, answer.record


def spoken(*texts: str, status: str = "ONGOING", **more: object) -> dict[str, object]:
    talk = [{"role": "agent", "content": text} for text in texts]
    return {"call_id": "c", "call_status": status, "transcript_object": talk, **more}


def _said(scenario: Scenario, watcher: Watcher) -> list[str]:
    """What was said on the call of a scenario, by the body of the sandbox."""
    return [entry["content"] for entry in _entries(scenario, watcher) if entry["role"] in ("assistant", "user")]


def _entries(scenario: Scenario, watcher: Watcher) -> list[dict[str, Any]]:
    keys = {"X-API-KEY": "sk_sandbox", "X-API-SECRET": "s3cr3t_sandbox"}
    body = json.loads(watcher.sandbox.answer("GET", f"/api/calls/{scenario.call_id}", keys).body)
    entries: list[dict[str, Any]] = body.get("data", {}).get("transcript_with_tool_calls", [])
    return entries
