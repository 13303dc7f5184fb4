"""Which upstream the process talks to: the APIs that the environment names, or the embedded sandbox."""

from __future__ import annotations

from collections.abc import Callable

from vobiz_mcp.client import AsyncVobiz, Vobiz


def connector(*, sandbox: bool) -> Callable[[], AsyncVobiz]:
    """What makes a client once an event loop runs. Raises `WrongSettings` now rather than then."""
    if sandbox:
        from vobiz_mcp.sandbox import Sandbox
        from vobiz_mcp.sandbox.transport import connect_async

        embedded = Sandbox()
        return lambda: connect_async(embedded)
    from vobiz_mcp.settings import from_environment

    settings = from_environment()
    return lambda: AsyncVobiz(settings)


def connect(*, sandbox: bool) -> Vobiz:
    """A synchronous client."""
    if sandbox:
        from vobiz_mcp.sandbox import Sandbox
        from vobiz_mcp.sandbox.transport import connect as connect_sandbox

        return connect_sandbox(Sandbox())
    return Vobiz()
