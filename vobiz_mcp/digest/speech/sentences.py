"""Speech in pieces that may be left out alone: sentences, clauses, and around its values a clause's core.

No piece begins or ends inside a value, and none loses a word that turns its meaning round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from vobiz_mcp.digest.speech.values import Value

LONG: Final = 14
"""Words from which on a sentence is offered in clauses; a shorter one reads badly in parts and saves little."""
SHORTEST: Final = 4
"""Words that a piece needs to be worth a mark of omission."""
_BEFORE, _AFTER = 2, 1
"""Words kept before the first and after the last value of a core: they mostly say what it is the value of."""

_SENTENCE: Final = re.compile(r"(?<=[.?!…।])\s+(?=\S)")
_ABBREVIATED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Inc|Ltd|Co|vs|e\.g|i\.e|U\.S|a\.m|p\.m|[A-Z])\.$")
_JOINT: Final = re.compile(
    r"(?<=[a-z][,;:])\s(?=[a-z])"
    r"|\s(?=(?:[-*•#]+|\d{1,2}\.)\s)"
    r"|(?<=[^\W\d_][a-z])\s(?=(?:and|but|because|so|which|if|when|while|or|as|since|unless|until|that)\s[a-z])"
)
_GOES_ON: Final = re.compile(r"\s[a-z]")
"""What follows a value belongs to it if it goes on in small letters and without a stop."""
_DENIAL: Final = re.compile(r"\b(?:not|no|never|nor|none|without|cannot|unable|\w+n['’]t)\b", re.IGNORECASE)


def clauses(text: str) -> list[str]:
    """`text` in sentences and clauses that, joined by spaces, are `text` again."""
    return [part for sentence in sentences(text) for part in _parts(sentence)]


def cores(text: str, found: Sequence[Value]) -> list[str]:
    """The same, cut again around the values in each clause; `found` are the text's values, in order."""
    pieces: list[str] = []
    start = place = 0
    for clause in clauses(text):
        end = start + len(clause)
        inside: list[tuple[int, int]] = []
        while place < len(found) and found[place].start < end:
            value = found[place]
            if value.start >= start and value.end <= end and not value.key.startswith("maybe "):
                inside.append((value.start - start, value.end - start))
            place += 1
        pieces += _core(clause, inside)
        start = end + 1
    return pieces


def sentences(text: str) -> list[str]:
    """The sentences of `text`; an abbreviation's point ends none."""
    found: list[str] = []
    for piece in _SENTENCE.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] += " " + piece
        elif piece:
            found.append(piece)
    return found


def _parts(sentence: str) -> list[str]:
    if sentence.count(" ") < LONG:
        return [sentence]
    parts: list[str] = []
    for piece in _JOINT.split(sentence):
        if parts and (_is_short(piece) or _is_short(parts[-1])):
            parts[-1] += " " + piece
        else:
            parts.append(piece)
    return parts


def _is_short(piece: str) -> bool:
    return piece.count(" ") < SHORTEST - 1


def _core(clause: str, found: Sequence[tuple[int, int]]) -> list[str]:
    """The clause cut into what stands near its values, and what stands well before, between and after them."""
    cuts = [0]
    for start, end in found:
        before = _words_back(clause, start, _BEFORE)
        after = _words_on(clause, end, _AFTER if _GOES_ON.match(clause, end) else 0)
        if before <= cuts[-1] and len(cuts) > 1:
            cuts[-1] = max(after, cuts[-1])
        else:
            cuts += [max(before, cuts[-1]), after]
    return _cut(clause, cuts) if found else [clause]


def _cut(clause: str, cuts: list[int]) -> list[str]:
    """The clause cut at these places, but for edges that must stay with their neighbour."""
    pieces: list[str] = []
    for start, end in pairwise([*cuts, len(clause)]):
        piece = clause[start:end].strip()
        if pieces and (_keeps(piece) or _keeps(pieces[-1])):
            pieces[-1] = f"{pieces[-1]} {piece}".strip()
        elif piece:
            pieces.append(piece)
    return pieces


def _keeps(edge: str) -> bool:
    """Whether an edge is too short to be cut off, or turns the meaning of the rest round."""
    return edge.strip().count(" ") < 1 or bool(_DENIAL.search(edge))


def _words_back(text: str, place: int, count: int) -> int:
    """Where the word begins that stands `count` words before `place`."""
    for _ in range(count + 1):
        place = text.rfind(" ", 0, max(place, 0))
    return place + 1


def _words_on(text: str, place: int, count: int) -> int:
    """Where the word ends that stands `count` words after the one at `place`."""
    for _ in range(count + 1):
        place = text.find(" ", place + 1) if text[place : place + 1] == " " else text.find(" ", place)
        if place < 0:
            return len(text)
    return place
