"""Where a request goes, and with which keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from vobiz_mcp.api.wire import Api, Request
from vobiz_mcp.errors import NotConfigured
from vobiz_mcp.server_info import VERSION
from vobiz_mcp.settings import Settings, variable

NEEDED: Mapping[Api, tuple[str, ...]] = {
    "telephony": ("auth_id", "auth_token"),
    "agent": ("agent_api_key", "agent_api_secret", "agent_base_url"),
}
"""The settings that each API cannot do without."""

_HEADERS = (("Accept", "application/json"), ("Accept-Encoding", "gzip"), ("User-Agent", f"vobiz-mcp/{VERSION}"))


class HttpRequest(NamedTuple):
    """All that a request is on the wire, keys included: two that are equal have the same answer."""

    method: str
    url: str
    query: tuple[tuple[str, str | int], ...]
    headers: tuple[tuple[str, str], ...]
    content: bytes | None

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The headers that tell whose it is."""
        return tuple(header for header in self.headers if header[0].startswith("X-"))


def missing(settings: Settings, api: Api) -> list[str]:
    """The variables that an API still needs, by name."""
    return [variable(field) for field in NEEDED[api] if not _plain(settings, field)]


def http_request(request: Request[Any], settings: Settings) -> HttpRequest:
    """The request as it is sent. Raises `NotConfigured` when its API has no keys."""
    absent = missing(settings, request.api)
    if absent:
        raise NotConfigured(f"the {request.api} API needs {' and '.join(absent)}")
    url, keys = _agent(request, settings) if request.api == "agent" else _telephony(request, settings)
    content = None if request.body is None else json.dumps(request.body).encode()
    kind = () if content is None else (("Content-Type", "application/json"),)
    return HttpRequest(request.method, url, tuple(request.query.items()), (*_HEADERS, *kind, *keys), content)


def _agent(request: Request[Any], settings: Settings) -> tuple[str, tuple[tuple[str, str], ...]]:
    key, secret = settings.agent_api_key.get_secret_value(), settings.agent_api_secret.get_secret_value()
    return settings.agent_base_url + request.path, (("X-API-KEY", key), ("X-API-SECRET", secret))


def _telephony(request: Request[Any], settings: Settings) -> tuple[str, tuple[tuple[str, str], ...]]:
    account = settings.auth_id.get_secret_value()
    keys = (("X-Auth-ID", account), ("X-Auth-Token", settings.auth_token.get_secret_value()))
    return f"{settings.base_url}/api/v1/{_account_path(account, request.path)}", keys


def _account_path(account: str, path: str) -> str:
    return path.removeprefix("/") if path.startswith("/") else f"Account/{account}/{path}"


def _plain(settings: Settings, field: str) -> str:
    value = getattr(settings, field)
    return value if isinstance(value, str) else str(value.get_secret_value())
