"""Fixtures mounted on the real server: a name that the suite asks for is answered here, any other by ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from mcp import MCPError
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp_types import INVALID_PARAMS, InputRequest, InputRequiredResult, InputResponses

Context: TypeAlias = ServerRequestContext[Any]
Fixture: TypeAlias = Callable[[Context, Any], Awaitable[Any]]

STATE = "state made by the fixture server"


def mount(server: Server[Any], method: str, key: str, fixtures: Mapping[str, Fixture]) -> None:
    """Answer requests of `method` whose parameter `key` names a fixture."""
    ours = handler(server, method)

    async def answer(context: Context, params: Any) -> Any:
        return await fixtures.get(getattr(params, key), ours)(context, params)

    replace(server, method, answer)


def lengthen(server: Server[Any], method: str, field: str, more: list[Any]) -> None:
    """Add fixtures to a list that the server gives."""
    ours = handler(server, method)

    async def answer(context: Context, params: Any) -> Any:
        listed = await ours(context, params)
        return listed.model_copy(update={field: [*getattr(listed, field), *more]})

    replace(server, method, answer)


def handler(server: Server[Any], method: str) -> Fixture:
    entry = server.get_request_handler(method)
    assert entry
    return entry.handler


def replace(server: Server[Any], method: str, answer: Fixture) -> None:
    entry = server.get_request_handler(method)
    assert entry
    server.add_request_handler(method, entry.params_type, answer)


def missing(
    context: Context, params: Any, requests: dict[str, InputRequest], state: str | None = None
) -> InputRequiredResult | None:
    """What is still to be asked of the client, of what it says it can be asked; None when all of it is answered.

    A state that the server did not make is refused.
    """
    if params.request_state not in (None, state):
        raise MCPError(INVALID_PARAMS, "the state is not one that this server made")
    can = context.session.client_capabilities
    able = {
        "elicitation/create": can and can.elicitation,
        "sampling/createMessage": can and can.sampling,
        "roots/list": can and can.roots,
    }
    answers: InputResponses = params.input_responses or {}
    wanted = {name: one for name, one in requests.items() if able[one.method] is not None and name not in answers}
    return InputRequiredResult(input_requests=wanted, request_state=state) if wanted else None
