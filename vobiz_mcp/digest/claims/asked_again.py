"""The agent asks for what the caller has given already, and nothing since has put it in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.evidence.slots import (
    ASK_HINTS,
    GIVE_HINTS,
    THINGS,
    asked,
    given,
    introduced,
    is_answer,
    names_another,
    of_the_person,
    which_kind,
)
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.timeline.items import Utterance

_OPENING: Final = 6
"""Turns in which a caller says who they are."""
_EITHER: Final = re.compile(r"\b(?:or|either|alternatively)\b", re.IGNORECASE)


class _Given(NamedTuple):
    turn: int
    value: str


def asked_again(held: Held) -> Iterator[Finding]:
    """The agent asks for what the caller gave already in the same conversation, and nothing since put in doubt."""
    known: dict[str, _Given] = {}
    open_slots: list[str] = []
    for said in held.turns:
        if said.turn in held.begins:
            known, open_slots = {}, []
        if said.speaker == "agent":
            if ASK_HINTS.isdisjoint(held.words(said)):
                continue
            slots = asked(said.text)
            again = next((slot for slot in slots if slot in known), None)
            is_either = any(slot not in known for slot in slots) and _EITHER.search(said.text)
            if again and not is_either:
                yield _finding(held, said, again, known[again])
            if not THINGS.isdisjoint(held.words(said)):
                yield from _which(held, said)
            open_slots = [*slots, *([] if slots else open_slots)]
        elif said.speaker == "caller":
            if known and names_another(said.text):
                known = {slot: value for slot, value in known.items() if of_the_person(slot)}
            known |= {slot: _Given(said.turn, value) for slot, value in _given(held, said).items()}
            if len(open_slots) == 1 and is_answer(said.text, open_slots[0]):
                known[open_slots[0]] = _Given(said.turn, said.text)
            open_slots = []


def _given(held: Held, said: Utterance) -> dict[str, str]:
    """What a caller gives by its name, or as an introduction at the beginning."""
    early = introduced(said.text) if said.turn < held.begin(said.turn) + _OPENING else {}
    by_name = not GIVE_HINTS.isdisjoint(held.words(said)) or "@" in said.text
    return early | (given(said.text) if by_name else {})


def _finding(held: Held, said: Utterance, slot: str, before: _Given) -> Finding:
    detail = (
        f"agent: {held.quote(said.text, 90)} · the caller had given the {slot} at t{before.turn}: "
        f"{held.quote(before.value, 60)}"
    )
    return held.found("asked_again", "info", said.turn, detail)


def _which(held: Held, said: Utterance) -> Iterator[Finding]:
    """`Which card?` after `my debit card`, with no tool in between that could have shown several."""
    begin = held.begin(said.turn)
    if any(tool.after_turn >= begin for tool in held.until(said.turn)):
        return
    earlier = [other for other in held.caller if begin <= other.turn < said.turn]
    found = which_kind(said.text, [other.text for other in earlier])
    if found:
        place, words = found
        detail = (
            f"agent: {held.quote(said.text, 90)} · the caller had said {held.quote(words)} at t{earlier[place].turn}"
        )
        yield held.found("asked_again", "info", said.turn, detail)
