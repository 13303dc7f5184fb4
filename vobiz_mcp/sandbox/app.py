"""The two APIs behind one door: credentials, routes, and the errors of each."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from vobiz_mcp.sandbox import agent_calls, call_lists, call_records, telephony
from vobiz_mcp.sandbox.fleet import fleet
from vobiz_mcp.sandbox.reply import (
    Reply,
    agent_error,
    api_id,
    missing,
    not_allowed,
    packed,
    packed_json,
    refused,
    reply,
    standard_error,
)
from vobiz_mcp.sandbox.scenario import Scenario, Scene
from vobiz_mcp.sandbox.scenarios import SCENARIOS

AUTH_ID = "MA_SANDBOX"
AUTH_TOKEN = "sandbox-token"  # it opens nothing but the sandbox  # noqa: S105  # nosec B105
API_KEY = "sk_sandbox"
API_SECRET = "s3cr3t_sandbox"  # as above  # noqa: S105  # nosec B105

_ACCOUNT = "/api/v1/Account/"
_AGENT_CALLS = "/api/calls/"
_BY_UUID = {scenario.call_uuid: scenario for scenario in SCENARIOS}


@cache
def _by_call_id() -> dict[str, Scenario]:
    """Every agent call; of the everyday ones the carrier tells nothing."""
    return {scenario.call_id: scenario for scenario in (*SCENARIOS, *fleet())}


@dataclass(frozen=True)
class _Ask:
    """One request, at the moment of asking."""

    method: str
    target: str
    headers: Mapping[str, str]
    now: float
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.target.partition("?")[2]))

    def carries(self, **headers: str) -> bool:
        sent = {name.lower().replace("-", "_"): value for name, value in self.headers.items()}
        return all(sent.get(name) == value for name, value in headers.items())


class Sandbox:
    """Both APIs, in memory: the same request at the same moment of its clock gets the same answer.

    Calls live relative to `started`, the clock's epoch seconds at construction: most ended before it,
    one is in progress, one begins with it.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.started = clock()
        self.clock = clock
        self._settled: dict[str, bytes] = {}

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Answer one request; `target` is the raw path with its query, header names may have any case."""
        ask = _Ask(method, target, headers, self.clock(), body)
        return self._agent_api(ask) if ask.path.startswith("/api/calls") else self._telephony_api(ask)

    def _agent_api(self, ask: _Ask) -> Reply:
        if not ask.carries(x_api_key=API_KEY, x_api_secret=API_SECRET):
            return agent_error(401, "Unauthorized", "Invalid API key or secret")
        if ask.path.rstrip("/") == "/api/calls":
            return self._agent_calls(ask)
        if ask.method != "GET":
            return not_allowed()
        return self._agent_call(ask.path.removeprefix(_AGENT_CALLS), ask.now)

    def _agent_calls(self, ask: _Ask) -> Reply:
        """List by GET whole calls, by POST slim ones that pass a filter, as the documentation shows the two."""
        if ask.method not in {"GET", "POST"}:
            return not_allowed()
        asked = call_lists.asked(dict(ask.query) if ask.method == "GET" else ask.body)
        if asked is None:
            return agent_error(400, "Validation error", "page, limit, sort and filter_criteria must be as documented")
        scenes = (Scene(scenario, self.started, ask.now) for scenario in _by_call_id().values())
        placed = [scene for scene in scenes if scene.is_placed]
        return reply(200, call_lists.page(placed, asked, whole=ask.method == "GET"))

    def _agent_call(self, call_id: str, now: float) -> Reply:
        scene = self._scene(_by_call_id(), call_id, now)
        if scene is None:
            return agent_error(404, "Call not found", f"Call with ID '{call_id}' does not exist")
        if not agent_calls.is_settled(scene):
            return reply(200, agent_calls.agent_call(scene))
        if call_id not in self._settled:
            self._settled[call_id] = packed_json(agent_calls.agent_call(scene))
        return packed(200, self._settled[call_id])

    def _telephony_api(self, ask: _Ask) -> Reply:
        if not ask.carries(x_auth_id=AUTH_ID, x_auth_token=AUTH_TOKEN):
            return refused()
        if ask.method != "GET":
            return not_allowed()
        if ask.path.rstrip("/") == "/api/v1/auth/me":
            return reply(200, telephony.account(AUTH_ID))
        if ask.path.startswith(_ACCOUNT):
            return self._account(ask)
        return _unknown_path(ask)

    def _account(self, ask: _Ask) -> Reply:
        auth_id, *rest = ask.path.removeprefix(_ACCOUNT).rstrip("/").split("/")
        if auth_id != AUTH_ID:
            return standard_error(403, "FORBIDDEN", "These credentials belong to another account")
        match rest:
            case ["Call", *ids] if len(ids) <= 1:
                return self._calls(ids, ask)
            case ["Call", call_uuid, "Stream", *ids] if len(ids) <= 1:
                return self._streams(call_uuid, ids, ask)
            case ["cdr"] | ["cdr", "search" | "recent"]:
                return self._records(rest[-1], ask)
            case ["cdr", call_uuid]:
                return self._record(call_uuid, ask)
        return _unknown_path(ask)

    def _calls(self, ids: list[str], ask: _Ask) -> Reply:
        status = ask.query.get("status")
        if status not in {"live", "queued"}:
            return _invalid("status must be live or queued")
        live = self._live(ask.now) if status == "live" else {}  # nothing ever waits in the sandbox's queue
        if not ids:
            return reply(200, {"api_id": api_id(ask.target), "calls": list(live)})
        if ids[0] not in live:
            return missing(ask.target, "Call not found")
        return reply(200, telephony.live_call(live[ids[0]], ask.target))

    def _live(self, now: float) -> dict[str, Scene]:
        scenes = (Scene(scenario, self.started, now) for scenario in SCENARIOS)
        return {scene.leg.uuid: scene for scene in scenes if telephony.is_live(scene)}

    def _streams(self, call_uuid: str, ids: list[str], ask: _Ask) -> Reply:
        scene = self._scene(_BY_UUID, call_uuid, ask.now)
        if not ids:
            return missing(ask.target, "Call not found") if scene is None else _stream_page(scene, ask.query)
        body = None if scene is None else telephony.stream(scene, ids[0])
        return missing(ask.target, "Stream not found") if body is None else reply(200, body)

    def _record(self, call_uuid: str, ask: _Ask) -> Reply:
        scene = self._scene(_BY_UUID, call_uuid, ask.now)
        if scene is None or not call_records.is_recorded(scene):
            return reply(404, {"error": "CDR not found"})
        return reply(200, {"data": call_records.call_record(scene, AUTH_ID), "success": True})

    def _records(self, kind: str, ask: _Ask) -> Reply:
        if wrong := call_records.complaint(ask.query):
            return _invalid(wrong)
        scenes = [Scene(scenario, self.started, ask.now) for scenario in SCENARIOS]
        return reply(200, call_records.listing(kind, scenes, ask.query, AUTH_ID))

    def _scene(self, scenarios: Mapping[str, Scenario], name: str, now: float) -> Scene | None:
        if name not in scenarios:
            return None
        scene = Scene(scenarios[name], self.started, now)
        return scene if scene.is_placed else None


def _stream_page(scene: Scene, query: Mapping[str, str]) -> Reply:
    limit, offset = query.get("limit", "20"), query.get("offset", "0")
    if not (limit.isdecimal() and offset.isdecimal() and int(limit)):
        return _invalid("limit and offset must be whole numbers")
    return reply(200, telephony.stream_page(scene, int(limit), int(offset)))


def _unknown_path(ask: _Ask) -> Reply:
    """Answer a path that no route takes: the carrier blames the keys when only its case is wrong."""
    cased = {"account": "Account", "call": "Call", "stream": "Stream"}
    parts = ask.path.split("/")
    wrong_case = any(part.lower() in cased and part != cased[part.lower()] for part in parts)
    return refused() if wrong_case else reply(404, {})


def _invalid(message: str) -> Reply:
    return standard_error(422, "VALIDATION_ERROR", message)
