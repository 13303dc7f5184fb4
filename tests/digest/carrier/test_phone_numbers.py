from __future__ import annotations

import pytest

from vobiz_mcp.digest.carrier.phone_numbers import asked_number, may_match

WRITTEN = {
    "+1 (212) 555-0177": "12125550177",
    "+1-212-555-0177": "12125550177",
    "1.212.555.0177": "12125550177",
    "tel:+12125550177": "12125550177",
    "0044 20 7946 0018": "442079460018",
    "011 44 20 7946 0018": "442079460018",
    "+44 (0)20 7946 0018": "442079460018",
    "020 7946 0018": "2079460018",
    "+1-212-…": "1212",
    "5550177": "5550177",
    "0177": "0177",
    "९१ ९८७६५ ४३२१०": "919876543210",
    "sip:1001@trunk.example": "sip:1001@trunk.example",
}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_read_as_people_write_it(written: str) -> None:
    assert asked_number(written) == WRITTEN[written]


@pytest.mark.parametrize("written", ["zzz", "+", "-", "()", "alice", "12125550177 or so", "2026-11-21T09:30", "…"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert asked_number(written) is None


@pytest.mark.parametrize(
    ("sent", "asked", "matches"),
    [
        ("+12125550177", "12125550177", True),
        ("2125550177", "12125550177", True),
        ("+442079460018", "2079460018", True),
        ("+12125550177", "0177", True),
        ("+12125550178", "12125550177", False),
        ("sip:1001@trunk.example", "1001@trunk", True),
        ("sip:1001@trunk.example", "sip:1002@trunk.example", False),
        (None, "12125550177", True),
    ],
)
def test_a_number_matches_with_and_without_its_country_and_in_part(sent: str | None, asked: str, matches: bool) -> None:
    assert may_match(sent, asked) is matches
