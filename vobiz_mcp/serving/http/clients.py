"""Who asks: the subject of a token where it names one, else an address, which trusted proxies may tell."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from mcp.server.auth.provider import principal_components
from starlette.types import Scope

from vobiz_mcp.settings import Network

Address = IPv4Address | IPv6Address
ONE_CUSTOMER = 64
"""Bits of an IPv6 address that tell customers apart; the others one customer chooses at will."""


def client_of(scope: Scope, proxies: Iterable[Network] = ()) -> str:
    """A name for whoever asks, as long as requests come from the same side.

    Args:
        scope: of a request, behind the SDK's authentication.
        proxies: whose word is taken for the address of the client that they ask for.
    """
    user = scope.get("user")
    principal = principal_components(user.access_token) if isinstance(user, AuthenticatedUser) else None
    if principal and principal[2]:
        return repr(principal)
    return repr((principal, _network(_address(scope, tuple(proxies)))))


def _address(scope: Scope, proxies: tuple[Network, ...]) -> Address | None:
    """The last address that no trusted proxy has; the last proxy's where it does not tell one."""
    address = _parsed((scope.get("client") or ("",))[0])
    for told in reversed(_forwarded_for(scope)):
        before = _parsed(told)
        if address is None or before is None or not any(address in network for network in proxies):
            break
        address = before
    return address


def _forwarded_for(scope: Scope) -> list[str]:
    """Each proxy adds at the end whom it was asked by."""
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return ",".join(lines).split(",") if lines else []


def _parsed(text: str) -> Address | None:
    """An address as proxies write it, with a port or without; IPv4 inside IPv6 as what it is."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address


def _network(address: Address | None) -> str:
    return str(IPv6Network((address, ONE_CUSTOMER), strict=False) if isinstance(address, IPv6Address) else address)
