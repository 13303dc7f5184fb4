"""Words that people use for each other when they ask about a call: who asks was mostly not there to hear the words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vobiz_mcp.digest.speech.topic_words import stem

_ALIKE: Final = """
    money charge charged cost costs price fee fare amount sum total bill invoice paid pay payment expensive rate
    refund refunded returned reimburse reimbursed credited credit back compensation
    cancel cancelled canceled off terminate undo revoke
    book booked reserve reserved reservation order ordered buy bought purchase purchased hire rent rental arranged
    change changed modify modified update updated switch switched move moved alter alteration amend swap
    refuse refused reject rejected decline declined deny denied bounce bounced turned fail failed failure error
    cannot unable unfortunately block blocked impossible fail failed prevented stopped
    accepted succeeded success worked
    person human agent colleague representative operator supervisor manager staff transfer
    house home lodging stay accommodation apartment hotel place room property
    car vehicle hire rental
    bus coach
    flight plane trip leg journey travel ticket
    ticket seat seats show event
    restaurant dining meal table food eat
    date day when month week
    time hour clock when
    address where located location street
    phone number contact call
    promise promised told expect expected assured within
    upgrade class cabin
    bag baggage luggage suitcase
    insurance cover covered insured protection
    complain complaint upset frustrated angry unhappy annoyed
    wait waiting delay late slow slowest silence pause
    send sent deliver delivery delivered ship shipped mail email arrive
    card bank credit debit
    lost missing stolen
    appointment visit viewing slot meeting
    fix repair engineer technician
    plan subscription contract tariff
    """
_GROUPS: Final = tuple(frozenset(map(stem, line.split())) for line in _ALIKE.strip().splitlines())


def alike(stems: Iterable[str]) -> set[str]:
    """The stems that may mean much the same as one of `stems`."""
    asked = set(stems)
    return {word for group in _GROUPS if not asked.isdisjoint(group) for word in group}
