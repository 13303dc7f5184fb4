"""What the agent says of a thing by its id, held against the record that a tool returned of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Final

from vobiz_mcp.digest.claims.evidence.amounts import said as said_amounts
from vobiz_mcp.digest.claims.evidence.held import Held, named
from vobiz_mcp.digest.claims.evidence.records import Record, plainly
from vobiz_mcp.digest.claims.evidence.speech_acts import asks, sentences
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.items import Utterance

_ID: Final = re.compile(r"[A-Z0-9](?<!\w\w)[A-Z0-9]{3,11}\b|#\w*\d{3,}\w*")
"""Four to twelve capitals and figures, or figures behind a mark; most letters of a text are small, and begin none."""
_TURNS: Final = Phrase(
    r"\b(?:upgrad\w*|downgrad\w*|chang\w*|switch\w*|mov\w*|would|could|if|new|once|after|will|can be|or|not"
    r"|instead|options?|choose|prefer|eligible|unlike|whether)\b|n['’]t\b"
)
_WITHIN: Final = Phrase(
    r"\b(?:booked|made|created|ordered|purchased|bought|placed|reserved|delivered|it (?:is|was|['’]s)|is"
    r"|was)\b[^.?!]{0,40}\bwithin (?:the |its |our )?"
    r"(?:last |past )?(?P<n>\d{1,3})[- ](?P<unit>hour|day)s?\b(?! (?:of|after|before|to|for you|business))"
)
_NO_WORD: Final = Phrase(r"\b(?:not|no|more than|longer|past|exceed\w*|outside|unless|if)\b|n['’]t\b")
_STOCK_KEY: Final = re.compile(
    r"avail|seats?$|stock|left$|remaining|inventory|quantity|rooms?_left|slots?", re.IGNORECASE
)
_NONE_LEFT: Final = frozenset(("0", "false", "no", "none", "sold_out", "unavailable"))
_SAYS_NONE: Final = Phrase(r"\b(?:not|no|sold out|unavailable|fully booked|isn['’]t|none|0)\b")


def told_state(held: Held) -> Iterator[Finding]:
    """Of the last record of each thing that the agent names: another kind, older than told, or none left."""
    offered: set[str] = set()
    for said in held.agent if held.tools else ():
        ids = {name for name in _ID.findall(said.text) if not name.isdigit()}
        known = _known(held, said.turn, ids) if ids else {}
        if known:
            found = (
                _other_kind(held, said, known) or _too_old(held, said, known) or _none_left(held, said, known, offered)
            )
            if found:
                yield found


def _known(held: Held, turn: int, ids: set[str]) -> dict[str, Record]:
    """The last record of each id that a tool had returned before a turn."""
    found = {name: [record for record in held.by_id.get(name, ()) if record.tool.after_turn < turn] for name in ids}
    return {name: of[-1] for name, of in found.items() if of}


def _other_kind(held: Held, said: Utterance, known: dict[str, Record]) -> Finding | None:
    """A sentence about a thing that says another kind than its record."""
    kinds = held.kinds
    for sentence in sentences(said.text):
        for name in (name for name in _ID.findall(sentence) if name in known):
            for key, value in known[name].fields.items():
                is_other = key in kinds and _says_other(sentence, value, kinds[key])
                if is_other and not (asks(sentence) or _TURNS.search(_without_ids(sentence))):
                    detail = (
                        f"agent: {held.quote(sentence)} · {named(known[name].tool)} returned {key} {value} for {name}"
                    )
                    return held.found("contradicts_tool", "critical", said.turn, detail)
    return None


def _without_ids(sentence: str) -> str:
    return _ID.sub("", sentence)


def _says_other(sentence: str, value: str, values: frozenset[str]) -> str | None:
    """The other value of the same key that a sentence names; None where it names the right one too, or none."""
    if value not in values:
        return None
    names = _named_in(sentence, values)
    return names[0] if names and value not in names else None


def _named_in(text: str, values: frozenset[str]) -> list[str]:
    """Those of the values that a text names; `economy` is not named by `basic economy`."""
    left, found = f" {plainly(text)} ", []
    for one in sorted(values, key=len, reverse=True):
        words = f" {plainly(one.replace('_', ' '))} "
        if words in left:
            found.append(one)
            left = left.replace(words, " | ")
    return found


def _too_old(held: Held, said: Utterance, known: dict[str, Record]) -> Finding | None:
    """`booked within the last 24 hours` of a thing that was made longer ago."""
    parts = sentences(said.text)
    for place, sentence in enumerate(parts):
        match = _WITHIN.search(sentence)
        if not match or _NO_WORD.search(sentence[: match.end()]) or asks(sentence):
            continue
        near = [
            name
            for part in reversed(parts[max(0, place - 4) : place + 1])
            for name in _ID.findall(part)
            if name in known
        ]
        limit = timedelta(hours=int(match["n"])) if match["unit"].lower() == "hour" else timedelta(days=int(match["n"]))
        if near and (made := known[near[0]].made) and (now := held.latest_time) and now - made > limit:
            age = (now - made) // timedelta(hours=1)
            detail = (
                f"agent: {held.quote(sentence)} · {near[0]} was made {made:%Y-%m-%d %H:%M}, by "
                f"{named(known[near[0]].tool)}; another record of this call is of {now:%Y-%m-%d %H:%M}, {age} h later"
            )
            return held.found("contradicts_tool", "warn", said.turn, detail)
    return None


def _none_left(held: Held, said: Utterance, known: dict[str, Record], offered: set[str]) -> Finding | None:
    """An offer of a thing, or of a class of it, of which the tool shows none left."""
    places = [(match.start(), match[0]) for match in _ID.finditer(said.text)]
    for (start, name), (end, _) in zip(places, [*places[1:], (len(said.text), "")], strict=True):
        block = said.text[start:end]
        gone = _gone(known[name], block) if name in known and name not in offered else None
        if gone and said_amounts(block) and not _SAYS_NONE.search(block):
            offered.add(name)
            detail = f"agent offers {name}: {held.quote(block, 90)} · {named(known[name].tool)} returned {gone}"
            return held.found("contradicts_tool", "warn", said.turn, detail)
    return None


def _gone(record: Record, block: str) -> str | None:
    """`available_seats economy 0`, where the block names only that class."""
    for key in _that_count(tuple(record.tree)):
        inner = record.tree[key]
        if isinstance(inner, dict):
            classes = {str(one): str(count) for one, count in inner.items()}
            named_classes = _named_in(block, frozenset(classes))
            if len(named_classes) == 1 and classes[named_classes[0]].lower() in _NONE_LEFT:
                return f"{key} {named_classes[0]} {classes[named_classes[0]]}"
        elif str(inner).lower() in _NONE_LEFT:
            return f"{key} {inner}"
    return None


@lru_cache(maxsize=1024)
def _that_count(keys: tuple[str, ...]) -> list[str]:
    return list(filter(_STOCK_KEY.search, keys))
