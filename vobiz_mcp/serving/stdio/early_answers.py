"""What is answered at once, without the SDK: the questions that hosts begin with, and lines that are too long."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vobiz_mcp import server_info
from vobiz_mcp.serving.stdio.lines import LONGEST_LINE

_TOO_LONG = {
    "code": -32600,
    "message": f"a message may have {LONGEST_LINE >> 20} MiB at most; a longer one came, and nothing of it was read",
}


def discovery(*, sandbox: bool) -> dict[str, Any]:
    """What the SDK answers to `server/discover`; a test holds the two together."""
    return {
        "cacheScope": "private",
        "capabilities": {
            "extensions": {server_info.VIEWS: {}},
            "prompts": {"listChanged": False},
            "resources": {"listChanged": False, "subscribe": False},
            "tools": {"listChanged": False},
        },
        "instructions": server_info.instructions(sandbox=sandbox),
        "resultType": "complete",
        "supportedVersions": [server_info.MODERN_VERSION],
        "ttlMs": 0,
        "_meta": {
            "io.modelcontextprotocol/serverInfo": {
                "name": server_info.NAME,
                "title": server_info.TITLE,
                "version": server_info.VERSION,
            }
        },
    }


def listed_tools() -> dict[str, Any]:
    """What the SDK answers to `tools/list`; `tests/serving/test_definitions.py` writes it and compares the two."""
    listed: dict[str, Any] = json.loads(Path(__file__).with_name("tools_list.json").read_bytes())
    return listed


class EarlyAnswers:
    """Answers until the first request comes that only the SDK can answer, and so decides the session's era.

    Args:
        sandbox: whether the sandbox answers, which the instructions say.
    """

    def __init__(self, *, sandbox: bool) -> None:
        self._era_is_open = True
        self._sandbox = sandbox

    def reply(self, line: bytes | None) -> bytes | None:
        """The message to send at once, or None for a line that is the SDK's; a line is None where it was too long."""
        if line is None:
            return _message({"id": None, "error": _TOO_LONG})
        request = _request(line) if self._era_is_open else {}
        result = _result(request, sandbox=self._sandbox)
        if result is not None:
            return _message({"id": request["id"], "result": result})
        self._era_is_open = self._era_is_open and "id" not in request
        return None


def _message(content: dict[str, Any]) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **content}, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def _request(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def _result(request: dict[str, Any], *, sandbox: bool) -> dict[str, Any] | None:
    params = request.get("params")
    meta = params.get("_meta") if isinstance(params, dict) else None
    version = meta.get("io.modelcontextprotocol/protocolVersion") if isinstance(meta, dict) else None
    if version != server_info.MODERN_VERSION or not isinstance(request.get("id"), str | int):
        return None
    if request.get("method") == "server/discover":
        return discovery(sandbox=sandbox)
    return listed_tools() if request.get("method") == "tools/list" and params == {"_meta": meta} else None
