from __future__ import annotations

from typing import Any

import pytest
from http_requests import Clock
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.serving.http import limit
from vobiz_mcp.serving.http.limit import BURST_S, Allowances, client_of


@given(st.sampled_from([0.01, 0.5, 3.0, 100.0]), st.lists(st.floats(0, 5), max_size=60))
def test_no_client_ever_gets_more_than_its_burst_and_its_rate(rate: float, pauses: list[float]) -> None:
    clock = Clock()
    allowances = Allowances(rate, clock)
    granted: list[float] = []
    for pause in pauses:
        clock.now += pause
        wait = allowances.spend("client")
        if not wait:
            granted.append(clock.now)
        else:
            clock.now += wait + 1e-6
            assert not allowances.spend("client"), "who waits as told is served"
            granted.append(clock.now)
    burst = max(1.0, BURST_S * rate)
    for first, begin in enumerate(granted):
        for last in range(first, len(granted)):
            assert last - first + 1 <= burst + (granted[last] - begin) * rate + 1e-3


def test_clients_without_number_take_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limit, "MOST_CLIENTS", 100)
    allowances = Allowances(1, Clock())
    while not allowances.spend("busy"):
        pass
    for number in range(1000):
        allowances.spend(number)
        assert allowances.spend("busy"), "who keeps asking is not forgotten"
    assert len(allowances._paid_off) == 100


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
    ],
)
def test_a_client_is_its_address_or_the_network_that_one_customer_is_given(one: str, other: str, *, same: bool) -> None:
    scopes: list[dict[str, Any]] = [{"type": "http", "client": (host, 1)} for host in (one, other)]
    assert (client_of(scopes[0]) == client_of(scopes[1])) is same
