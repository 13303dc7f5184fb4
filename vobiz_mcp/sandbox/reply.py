"""What the sandbox answers: a status, headers and JSON bytes, and the vendors' error bodies."""

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

JsonValue: TypeAlias = "bool | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = dict[str, JsonValue]


@dataclass(frozen=True)
class Reply:
    """One HTTP response; its headers always say that it comes from the sandbox."""

    status: int
    headers: dict[str, str]
    body: bytes


def reply(status: int, body: JsonObject) -> Reply:
    """Return the response that carries `body` as JSON."""
    return packed(status, packed_json(body))


def packed(status: int, body: bytes) -> Reply:
    """Return the response that carries JSON bytes made earlier."""
    return Reply(status, {"Content-Type": "application/json", "X-Vobiz-Sandbox": "1"}, body)


def packed_json(body: JsonObject) -> bytes:
    """Write a body as compact UTF-8 JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def api_id(target: str) -> str:
    """Return the correlation id of a request: the same for the same target, so that a run can be repeated."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"sandbox:{target}"))


def refused() -> Reply:
    """Wrong telephony credentials, or a path whose case is wrong: the carrier does not tell them apart."""
    return reply(401, {"error": "invalid credentials"})


def missing(target: str, error: str) -> Reply:
    """Something below a call that the carrier does not know."""
    return reply(404, {"api_id": api_id(target), "error": error})


def standard_error(status: int, code: str, message: str) -> Reply:
    """Return the carrier's documented error envelope, which only part of its API uses."""
    return reply(status, {"status": "error", "error": {"code": code, "message": message}})


def agent_error(status: int, message: str, error: str) -> Reply:
    """Return an error of the agent-call API: its envelope, without a `data` key."""
    return reply(status, {"message": message, "status": "error", "error": error})


def not_allowed() -> Reply:
    """Any method but GET: the sandbox only reads."""
    answer = reply(405, {"error": "method not allowed"})
    return Reply(answer.status, answer.headers | {"Allow": "GET"}, answer.body)
