from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from http_requests import bearer, listed, loopback_server
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.client.replicas.allowance import quota
from vobiz_mcp.serving.http.clients import client_of

TOKEN = "a-token-of-thirty-two-characters"
OWN_PROXIES = (ip_network("10.0.0.0/8"), ip_network("2001:db8:1::/48"))


def test_who_asks_too_fast_is_told_when_to_come_again_and_others_are_served() -> None:
    with loopback_server("--rate", "0.01", environment={"VOBIZ_MCP_TOKEN": TOKEN}) as url:
        assert listed(url, bearer(TOKEN)).status_code == 200
        refused = listed(url, {**bearer(TOKEN), "X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"})
        assert listed(url, bearer(TOKEN), local_address="127.0.0.2").status_code == 200
        assert listed(url).status_code == 401, "who has no token does not use up the allowance of who has"
        assert listed(url).status_code == 429, "and guesses are limited too"
    wait = int(refused.headers["Retry-After"])
    assert refused.status_code == 429
    assert 90 <= wait <= 100
    assert refused.json() == {
        "jsonrpc": "2.0",
        "id": None,
        "error": {
            "code": -32029,
            "message": (
                f"rate_limited: this server limits how fast one client may ask. Wait {wait} s, then ask again."
            ),
            "data": {"code": "rate_limited", "retry_after": wait},
        },
    }


def test_behind_a_trusted_proxy_every_client_has_a_rate_of_its_own_and_nobody_else_is_believed() -> None:
    with loopback_server("--rate", "0.01", environment={"VOBIZ_MCP_TRUSTED_PROXIES": "127.0.0.1"}) as url:

        def asked_for(client: str, proxy: str = "127.0.0.1") -> int:
            return listed(url, {"X-Forwarded-For": client}, local_address=proxy).status_code

        assert [asked_for("203.0.113.1"), asked_for("203.0.113.2")] == [200, 200]
        assert [asked_for("203.0.113.1"), asked_for("9.9.9.9, 203.0.113.2")] == [429, 429], "whatever a client claims"
        assert [asked_for("9.9.9.1", "127.0.0.2"), asked_for("9.9.9.2", "127.0.0.2")] == [200, 429]


@pytest.mark.parametrize(
    ("peer", "told", "client"),
    [
        pytest.param("192.0.2.1", [], "192.0.2.1", id="nobody between"),
        pytest.param("192.0.2.1", ["9.9.9.9"], "192.0.2.1", id="not a proxy of ours"),
        pytest.param("10.0.0.2", ["192.0.2.1"], "192.0.2.1", id="a proxy of ours"),
        pytest.param("10.0.0.2", ["9.9.9.9, 192.0.2.1, 10.0.0.3"], "192.0.2.1", id="two proxies, and a client's claim"),
        pytest.param("10.0.0.2", ["9.9.9.9", "192.0.2.1", "10.0.0.3"], "192.0.2.1", id="a line for each"),
        pytest.param("10.0.0.2", ["9.9.9.9,10.0.0.9,192.0.2.1"], "192.0.2.1", id="a claim to be a proxy"),
        pytest.param("10.0.0.2", [], "10.0.0.2", id="a proxy that says nothing"),
        pytest.param("10.0.0.2", ["unknown"], "10.0.0.2", id="a proxy that does not know"),
        pytest.param("10.0.0.2", ["9.9.9.9, unknown"], "10.0.0.2", id="a claim before what it does not know"),
        pytest.param("10.0.0.2", ["10.0.0.7"], "10.0.0.7", id="a client in the proxies' network"),
        pytest.param("10.0.0.2", ["192.0.2.1:4711"], "192.0.2.1", id="with a port"),
        pytest.param("::ffff:10.0.0.2", ["192.0.2.1"], "192.0.2.1", id="a proxy that reaches us by IPv6"),
        pytest.param("::ffff:192.0.2.1", [], "192.0.2.1", id="IPv4 inside IPv6"),
        pytest.param("2001:db8:1::5", ["[2001:db8::1]:443"], "2001:db8::/64", id="IPv6 with a port"),
        pytest.param("2001:db8::1", [], "2001:db8::/64", id="the network that one customer is given"),
        pytest.param("fe80::1%eth0", [], "fe80::/64", id="an interface"),
        pytest.param("10.0.0.2", ["\x00, 1.2.3.4.5, ::g, ,[,", "300.1.1.1"], "10.0.0.2", id="what is no address"),
    ],
)
def test_a_client_is_the_last_address_that_no_proxy_of_ours_has(peer: str, told: list[str], client: str) -> None:
    headers = [(b"x-forwarded-for", line.encode()) for line in told]
    scope: dict[str, Any] = {"type": "http", "client": (peer, 1), "headers": headers}
    assert client_of(scope, OWN_PROXIES) == repr((None, client))


@given(st.floats(1e-4, 1e6))
def test_the_rate_that_is_counted_is_the_one_that_was_asked_for(rate: float) -> None:
    counted = quota(rate)
    assert counted.fill_rate == pytest.approx(rate, rel=0.01)
    assert counted.burst == max(1, int(2 * rate))
