"""The sandbox as the client's transport: no network, no credentials of anybody's."""

from __future__ import annotations

import httpx2
from pydantic import SecretStr

from vobiz_mcp.client import AsyncVobiz, Pace, Vobiz
from vobiz_mcp.policy import Privacy
from vobiz_mcp.sandbox import API_KEY, API_SECRET, AUTH_ID, AUTH_TOKEN, Sandbox
from vobiz_mcp.settings import Settings


class SandboxTransport(httpx2.AsyncBaseTransport):
    """Hands each request to the sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The sandbox's reply as a response; it never waits."""
        target, body = request.url.raw_path.decode("ascii"), request.read()
        reply = self._sandbox.answer(request.method, target, request.headers, body)
        return httpx2.Response(reply.status, headers=reply.headers, content=reply.body)


def sandbox_settings(privacy: Privacy = "standard") -> Settings:
    """Settings whose keys open the sandbox and nothing else; the environment has no say."""
    return Settings.model_construct(
        privacy=privacy,
        auth_id=SecretStr(AUTH_ID),
        auth_token=SecretStr(AUTH_TOKEN),
        base_url="https://sandbox.invalid",
        agent_api_key=SecretStr(API_KEY),
        agent_api_secret=SecretStr(API_SECRET),
        agent_base_url="https://sandbox.invalid",
    )


def connect(sandbox: Sandbox, privacy: Privacy = "standard") -> Vobiz:
    """A synchronous client of the sandbox, on its clock."""
    clock = sandbox.clock
    return Vobiz(sandbox_settings(privacy), transport=SandboxTransport(sandbox), clock=clock, pace=Pace(ticks=clock))


def connect_async(sandbox: Sandbox, privacy: Privacy = "standard") -> AsyncVobiz:
    """An asynchronous client of the sandbox, on its clock."""
    clock = sandbox.clock
    return AsyncVobiz(
        sandbox_settings(privacy), transport=SandboxTransport(sandbox), clock=clock, pace=Pace(ticks=clock)
    )
