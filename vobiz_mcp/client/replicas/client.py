"""A client of one replica among several."""

from __future__ import annotations

import time

from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.client.replicas.allowance import Allowance
from vobiz_mcp.client.replicas.shared_replies import SharedReplies
from vobiz_mcp.client.replicas.valkey import Valkey
from vobiz_mcp.settings import ServerSettings, Settings


def replica(settings: Settings, shared: ServerSettings) -> AsyncVobiz:
    """The client, with what it shares. Raises `WrongSettings` where the library for it is not installed."""
    has_server = bool(shared.valkey_url.get_secret_value())
    return AsyncVobiz(
        settings,
        replicas=SharedReplies(Valkey(shared.valkey_url), time.monotonic) if has_server else None,
        allowance=Allowance(shared.upstream_rate, shared.valkey_url) if shared.upstream_rate else None,
    )
