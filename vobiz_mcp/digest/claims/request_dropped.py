"""The caller asks for something to be done on the side, and nobody comes back to it until the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.claims.evidence.held import ROOT, Held
from vobiz_mcp.digest.claims.evidence.speech_acts import sentences
from vobiz_mcp.digest.claims.evidence.words import ANSWERS_ANY, ASKS_DEED, CALLS_IT_OFF, DEED_HINTS
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.speech.topic_words import COMMON
from vobiz_mcp.digest.timeline.items import Utterance

_ASKS: Final = Phrase(ASKS_DEED)
_ANSWERS: Final = Phrase(ANSWERS_ANY)
_CALLS_OFF: Final = Phrase(CALLS_IT_OFF)
_BESIDES: Final = Phrase(r"\b(?:also|too|as well|by the way|one more thing|besides|additionally)\b")
_WORD: Final = re.compile(r"[a-z][a-z'’-]{2,}")
_ANY_THING: Final = frozenset(("new", "another", "one", "ones", "copy", "else", "different", "extra"))


def request_dropped(held: Held) -> Iterator[Finding]:
    """The caller asks for a deed on the side that neither the agent nor a tool comes back to until the end."""
    if not held.is_over:
        return
    for said in held.callers(DEED_HINTS):
        for sentence in _on_the_side(said):
            match = _ASKS.search(sentence)
            objects = _objects(sentence[match.end() :]) if match else []
            if match and objects and not _is_taken_up(held, said, [*objects, match[0].split()[-1].lower()]):
                last = held.agent[-1]
                detail = (
                    f"caller: {held.quote(sentence)} · neither the agent nor a tool came back to "
                    f"{' '.join(objects[:2])} until the end (t{last.turn})"
                )
                yield held.found("request_dropped", "warn", said.turn, detail)


def _on_the_side(said: Utterance) -> list[str]:
    """The sentences that ask for something beside what the turn is about."""
    parts = sentences(said.text)
    return [part for place, part in enumerate(parts) if place or _BESIDES.search(part)]


def _objects(text: str) -> list[str]:
    """The words that say what is to be done to what, up to the end of the clause."""
    clause = re.split(r"[,;.?!]|\b(?:because|since|so that|if|when|before|after|and|but)\b", text)[0]
    return [word for word in _WORD.findall(clause.lower()) if word not in COMMON and word not in _ANY_THING]


def _is_taken_up(held: Held, said: Utterance, objects: list[str]) -> bool:
    spoken = (
        other for other in held.turns[said.turn :] if other.speaker == "agent" and not other.text.startswith(("[", "<"))
    )
    reply = next(spoken, None)
    if reply is None or _ANSWERS.search(reply.text) or reply is held.agent[-1]:
        return True
    if held.is_named_after(said.turn, {word[:ROOT] for word in objects}):
        return True
    return any(other.speaker == "caller" and _CALLS_OFF.search(other.text) for other in held.turns[said.turn :])
