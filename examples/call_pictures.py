"""A call's timeline under `/calls/ID/` of any ASGI application, and a policy by which its pages ask nobody else."""

from __future__ import annotations

import os
import re

from langchain_vobiz.clients import KeptClient
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vobiz_mcp import Vobiz
from vobiz_mcp.errors import VobizError
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.view.html import both, page
from vobiz_mcp.view.look import LookAt

POLICY = b"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"
"""No address but this server's own: Gradio's page is inline, and what it shows of others loads nothing."""


def account() -> Vobiz:
    """The account that VOBIZ_* settings name, or the sandbox."""
    configured = "VOBIZ_AUTH_ID" in os.environ or "VOBIZ_AGENT_API_KEY" in os.environ
    return Vobiz() if configured else connect(Sandbox())


class CallPictures:
    """Middleware: `/calls/ID/` is the page of a call, `/calls/ID/call` its data; all else is the application's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.client = app, KeptClient(account)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a call, or let the application answer; the policy stands in every answer's headers."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY)]
            await send(message)

        found = re.fullmatch(r"/calls/([\w-]{1,128})/(call)?", scope.get("path", ""), re.ASCII)
        if found is None:
            await self.app(scope, receive, sent)
        else:
            await (await self.look(found[1]) if found[2] else HTMLResponse(page("served")))(scope, receive, sent)

    async def look(self, call_id: str) -> Response:
        """What the page of a call is drawn from, as far as the call has come."""
        try:
            looked = await run_in_threadpool(self.client().answer, LookAt(call_id))
        except VobizError as error:
            return PlainTextResponse(str(error), 502)
        return Response(both(*looked), media_type="application/json")


def frame(call_id: str | None) -> str:
    """The page of a call inside another page, as HTML."""
    name = re.sub(r"[^\w-]", "", call_id or "", flags=re.ASCII)[:128] or "none"
    return f'<iframe title="Timeline of {name}" src="/calls/{name}/"></iframe>'
