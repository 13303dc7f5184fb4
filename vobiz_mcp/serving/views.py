"""That tools name views, told also to hosts that begin with `initialize`: the SDK tells it only where a host probes."""

from __future__ import annotations

from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext

from vobiz_mcp.server_info import VIEWS


async def tell_of_views(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """The capability in an answer to `initialize`, of whose version the SDK writes only what that names."""
    result = await call_next(ctx)
    if ctx.method == "initialize" and isinstance(result, dict):
        capabilities = {**result["capabilities"], "extensions": {VIEWS: {}}}
        return {**result, "capabilities": capabilities}
    return result
