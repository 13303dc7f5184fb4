"""Which upstream the process talks to: the APIs that the environment names, or the embedded sandbox."""

from __future__ import annotations

from collections.abc import Callable

from vobiz_mcp.client import AsyncVobiz, Vobiz


def connector(*, sandbox: bool, workers: int = 1) -> Callable[[], AsyncVobiz]:
    """What makes the client of each worker once an event loop runs. Raises `WrongSettings` now rather than then."""
    if sandbox:
        from vobiz_mcp.sandbox import Sandbox
        from vobiz_mcp.sandbox.transport import connect_async
        from vobiz_mcp.settings import PrivacySettings, read

        embedded, privacy = Sandbox(), read(PrivacySettings).privacy
        return lambda: connect_async(embedded, privacy)
    from vobiz_mcp.settings import ServerSettings, from_environment, read

    settings, server = from_environment(), read(ServerSettings)
    if not (server.valkey_url.get_secret_value() or server.upstream_rate):
        return lambda: AsyncVobiz(settings)
    shared = server.model_copy(update={"upstream_rate": server.of_each(workers, server.upstream_rate)})
    from vobiz_mcp.client.replicas.client import replica

    replica(settings, shared)
    return lambda: replica(settings, shared)


def connect(*, sandbox: bool) -> Vobiz:
    """A synchronous client."""
    if sandbox:
        from vobiz_mcp.sandbox import Sandbox
        from vobiz_mcp.sandbox.transport import connect as connect_sandbox
        from vobiz_mcp.settings import PrivacySettings, read

        return connect_sandbox(Sandbox(), read(PrivacySettings).privacy)
    return Vobiz()
