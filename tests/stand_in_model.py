"""A model on loopback that speaks Anthropic's Messages and OpenAI's Responses: it asks one tool and repeats its answer."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOOL, ARGUMENTS = "get_agent_call", {"call_id": "call_dispute"}
SAID = "The tool said: "


@contextlib.contextmanager
def stand_in_model() -> Iterator[dict[str, str]]:
    """The environment by which the vendors' clients find it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield {
            "ANTHROPIC_BASE_URL": url,
            "ANTHROPIC_API_KEY": "sk-ant-stand-in",
            "OPENAI_BASE_URL": f"{url}/v1",
            "OPENAI_API_KEY": "sk-stand-in",
            "OPENAI_AGENTS_DISABLE_TRACING": "1",
            "ENABLE_TOOL_SEARCH": "false",
        }
    finally:
        server.shutdown()
        server.server_close()


class _Model(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "count_tokens" in self.path:
            self._send(json.dumps({"input_tokens": 1}))
        elif "responses" in self.path:
            self._send(json.dumps(_response(asked)))
        elif asked.get("stream"):
            self._send("".join(_events(_message(asked))), "text/event-stream")
        else:
            self._send(json.dumps(_message(asked)))

    def _send(self, body: str, kind: str = "application/json") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


def _found(tree: Any, kind: str) -> list[Any]:
    """Every object of a type, wherever it stands in what was sent."""
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    here = [tree] if isinstance(tree, dict) and tree.get("type") == kind else []
    return here + [found for branch in inner for found in _found(branch, kind)]


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(str(part.get("text", "")) for part in content)


def _tool(asked: Any) -> str | None:
    return next((tool["name"] for tool in asked.get("tools", ()) if str(tool.get("name")).endswith(TOOL)), None)


def _message(asked: Any) -> Any:
    results, tool = _found(asked["messages"], "tool_result"), _tool(asked)
    if results or not tool:
        content: Any = {"type": "text", "text": SAID + (_text(results[-1]["content"]) if results else "nothing")}
    else:
        content = {"type": "tool_use", "id": "toolu_1", "name": tool, "input": ARGUMENTS}
    why = "tool_use" if content["type"] == "tool_use" else "end_turn"
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": asked["model"], "content": [content]}
    return message | {"stop_reason": why, "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1}}


def _events(message: Any) -> Iterator[str]:
    [block] = message["content"]
    if block["type"] == "text":
        empty, delta = {**block, "text": ""}, {"type": "text_delta", "text": block["text"]}
    else:
        empty = {**block, "input": {}}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
    stop = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    for event in (
        {"type": "message_start", "message": {**message, "content": [], "stop_reason": None}},
        {"type": "content_block_start", "index": 0, "content_block": empty},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": stop, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    ):
        yield f"event: {event['type']}\ndata: {json.dumps(event)}\n\n"


def _response(asked: Any) -> Any:
    results, tool = _found(asked["input"], "function_call_output"), _tool(asked)
    if results or not tool:
        part = {"type": "output_text", "text": SAID + _text(results[-1]["output"]), "annotations": []}
        item = {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]}
    else:
        call = {"call_id": "call_1", "name": tool, "arguments": json.dumps(ARGUMENTS)}
        item = {"type": "function_call", "id": "fc_1", "status": "completed", **call}
    done = {"id": "resp_1", "object": "response", "created_at": 0, "status": "completed", "model": asked["model"]}
    return done | {"output": [item], "parallel_tool_calls": True, "tool_choice": "auto", "tools": []}
