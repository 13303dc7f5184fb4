"""The agent asks for what the caller has given already, and nothing since has put it in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
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
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.items import Utterance

_OPENING: Final = 6
"""Turns in which a caller says who they are."""
_EITHER: Final = Phrase(r"\b(?:or|either|alternatively)\b")


class _Given(NamedTuple):
    turn: int
    value: str


@dataclass
class _Conversation:
    """What a caller has given by its name since turn `begin`, and what the agent asked for last."""

    begin: int = 1
    known: dict[str, _Given] = field(default_factory=dict)
    open_slots: list[str] = field(default_factory=list)

    def ask(self, said: Utterance) -> str | None:
        """What the agent asks for although it was given; nothing where it may be something else that is asked for."""
        slots = asked(said.text)
        again = next((slot for slot in slots if slot in self.known), None)
        is_either = any(slot not in self.known for slot in slots) and _EITHER.search(said.text)
        self.open_slots = slots or self.open_slots
        return None if is_either else again

    def hear(self, said: Utterance, *, may_name: bool) -> None:
        """Keeps what a caller gives: as an introduction, by its name, or as the answer to what was asked for."""
        kept = of_the_person(self.known)
        if len(kept) < len(self.known) and names_another(said.text):
            self.known = {slot: self.known[slot] for slot in kept}
        if said.turn < self.begin + _OPENING:
            self._keep(said, introduced(said.text))
        if may_name:
            self._keep(said, given(said.text))
        if len(self.open_slots) == 1 and is_answer(said.text, self.open_slots[0]):
            self._keep(said, {self.open_slots[0]: said.text})
        self.open_slots = []

    def _keep(self, said: Utterance, values: dict[str, str]) -> None:
        self.known |= {slot: _Given(said.turn, value) for slot, value in values.items()}


def asked_again(held: Held) -> Iterator[Finding]:
    """The agent asks for what the caller gave already in the same conversation, and nothing since put in doubt."""
    asking, choosing, naming = map(held.hinting, (ASK_HINTS, THINGS, GIVE_HINTS))
    begins = frozenset(held.begins)
    talk = _Conversation()
    for said in held.turns:
        if said.turn in begins:
            talk = _Conversation(said.turn)
        if said.speaker == "caller":
            talk.hear(said, may_name=said.turn in naming or "@" in said.text)
        elif said.speaker == "agent" and said.turn in asking:
            if again := talk.ask(said):
                yield _finding(held, said, again, talk.known[again])
            if said.turn in choosing:
                yield from _which(held, said)


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
