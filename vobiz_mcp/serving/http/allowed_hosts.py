"""Which hosts may reach the server: a page that leads its own name here (DNS rebinding) is turned away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from vobiz_mcp.settings import LOOPBACK

_AUTHORITY = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?")
_FOREIGN_NAME = (
    "This server does not answer to that name. Start it with --allowed-host and the name that clients use; "
    "a proxy before it must pass their Host header on (nginx: proxy_set_header Host $host).\n"
)
_FOREIGN_PAGE = "Pages of other names may not ask this server.\n"


class OwnNamesOnly:
    """Refuses every request with a foreign Host (421) or Origin (403), on every path, before anything else.

    Args:
        allowed: names and addresses to answer to besides those of this machine, each at any port.
    """

    def __init__(self, app: ASGIApp, allowed: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in (*LOOPBACK, *allowed))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        refusal = self._refusal(Headers(scope=scope)) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        if not self._is_own(headers.get("host", "")):
            return PlainTextResponse(_FOREIGN_NAME, 421)
        origin = headers.get("origin")
        scheme, _, authority = (origin or "").partition("://")
        if origin is not None and not (scheme in ("http", "https") and self._is_own(authority)):
            return PlainTextResponse(_FOREIGN_PAGE, 403)
        return None

    def _is_own(self, authority: str) -> bool:
        """Whether a name with or without a port, as Host and Origin write it, is one of ours."""
        found = _AUTHORITY.fullmatch(authority.lower())
        return found is not None and (found[1] or found[2]) in self._names
