"""A small host of MCP Apps in a browser page: a real server behind it, and only what a profile of hosts allows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Frame, Page
from servers import Session, session

VIEW_TYPE = "text/html;profile=mcp-app"
SPECIFIED_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "media-src 'self' data:; connect-src 'none'"
)
"""What the specification lets a view do that asks for nothing."""
HOST = """
<!doctype html><meta http-equiv="Content-Security-Policy" content="POLICY"><title>host</title>
<style>body{margin:0} iframe{border:0;width:100%;height:720px;display:block}</style>
<iframe sandbox="allow-scripts" title="view"></iframe>
<script>
const frame = document.querySelector("iframe");
window.heard = [];
window.told = (method, params) => frame.contentWindow.postMessage({jsonrpc: "2.0", method, params}, "*");
addEventListener("message", async (event) => {
  const {id, method, params} = event.data;
  heard.push(event.data);
  if (id === undefined) { if (method === "ui/notifications/initialized") for (const [method, params] of await ready()) told(method, params); return; }
  const answer = await relay(method, params || {});
  if (!answer) return;
  frame.contentWindow.postMessage({jsonrpc: "2.0", id, ...answer}, "*");
});
</script>
"""

_NUMBERS = itertools.count(2)


@dataclass
class Profile:
    """What a host does: which requests of a view it passes on, whether it refuses the others or says nothing to them,
    and what of a result it hands over."""

    reads: bool = True
    calls: bool = True
    chats: bool = True
    refuses: bool = True
    hands_over_input: bool = True
    theme: str = "light"
    highest: int = 720

    @property
    def capabilities(self) -> dict[str, Any]:
        able = {"serverResources": self.reads, "serverTools": self.calls, "message": self.chats}
        return {name: {} for name, is_able in able.items() if is_able}


EVERYTHING = Profile()
CONTENT_ONLY = Profile(chats=False, hands_over_input=False)
"""As Claude Desktop: a result comes as its text alone."""
NO_CALLS = Profile(reads=False, calls=False, chats=False)
"""As Goose: a view may ask the server nothing."""


@dataclass
class Host:
    """A browser page that shows the view of one tool call."""

    page: Page
    server: Session
    profile: Profile
    tool: str
    arguments: dict[str, Any]
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def view(self) -> Frame:
        return self.page.frames[1]

    def open(self) -> None:
        """Call the tool, then show the view that its definition names."""
        listed = self._ask("tools/list")["result"]["tools"]
        uri = next(tool for tool in listed if tool["name"] == self.tool)["_meta"]["ui"]["resourceUri"]
        [content] = self._ask("resources/read", uri=uri)["result"]["contents"]
        assert content["mimeType"] == VIEW_TYPE
        self.result = self._ask("tools/call", name=self.tool, arguments=self.arguments)["result"]
        self.page.expose_function("relay", self._relay)
        self.page.expose_function("ready", self._ready)
        self.page.set_content(HOST.replace("POLICY", SPECIFIED_POLICY))
        self.page.evaluate("html => { document.querySelector('iframe').srcdoc = html }", content["text"])

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        number = next(_NUMBERS)
        answer = self.server.ask(method, number, **params)
        assert answer["id"] == number
        return answer

    def _ready(self) -> list[tuple[str, dict[str, Any]]]:
        """What a view is told once it is ready."""
        given = (
            [("ui/notifications/tool-input", {"arguments": self.arguments})] if self.profile.hands_over_input else []
        )
        return [*given, ("ui/notifications/tool-result", {"content": self.result["content"]})]

    def _relay(self, method: str, params: dict[str, Any]) -> dict[str, Any] | None:
        self.asked.append(method)
        if method == "ui/initialize":
            context = {
                "theme": self.profile.theme,
                "displayMode": "inline",
                "containerDimensions": {"maxHeight": self.profile.highest},
            }
            capable = {"hostCapabilities": self.profile.capabilities, "hostContext": context}
            return {"result": {"protocolVersion": "2026-01-26", "hostInfo": {"name": "h", "version": "1"}, **capable}}
        if method == "ui/message" and self.profile.chats:
            self.said.append(params["content"][0]["text"])
            return {"result": {}}
        if (method == "resources/read" and self.profile.reads) or (method == "tools/call" and self.profile.calls):
            answer = self._ask(method, **params)
            return {key: answer[key] for key in ("result", "error") if key in answer}
        return {"error": {"code": -32601, "message": "not here"}} if self.profile.refuses else None


@contextmanager
def sandboxed_server() -> Iterator[Session]:
    """A server on the sandbox that hosts have behind them, one after the other."""
    with session("--sandbox") as server:
        server.initialize()
        yield server


def host(page: Page, server: Session, profile: Profile, tool: str, **arguments: object) -> Host:
    """The view of one tool call, in a host of that profile."""
    shown = Host(page, server, profile, tool, arguments)
    shown.open()
    return shown
