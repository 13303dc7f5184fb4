"""Secrets in a conversation: asked for in one turn and told in the next, told in pieces, and said again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from vobiz_mcp.privacy.detect.cards import SHORTEST, long_numbers
from vobiz_mcp.privacy.detect.secrets import LENGTHS, secrets, short_kind
from vobiz_mcp.privacy.language.vocabulary import Label
from vobiz_mcp.privacy.reading.number_shapes import is_counted, is_tail
from vobiz_mcp.privacy.reading.numbers import Run
from vobiz_mcp.privacy.reading.text import Reading, Secret, read, topic

_BACK: Final = 4
"""Turns that a question for a number stays open."""
_ASKING: Final = 600
"""Characters at the end of a turn that are searched for such a question."""
_ANSWER: Final = 60
_CONFIRMS: Final = (
    "that's",
    "that is",
    "yes",
    "this is",
    "correct",
    "thanks",
    "thank",
    "ye ",
    "yeh",
    "haan",
    "यह",
    "हां",
    "हाँ",
)
"""How a turn begins that says what the one before it was."""
_APART: Final = 4
"""Turns from one piece of a number to the next at most: `yes` and `go on` stand between."""
_PIECES: Final = 20
"""Pieces of one number at most: its digits, pressed one by one."""
_LONGEST: Final = 19
"""Digits of the longest number that is told in pieces: a card's."""
_CHATTY: Final = 3
"""Words besides that a turn with a piece of a number may hold."""
_RUNS: Final = 6
"""Numbers that a turn with a piece of one may hold; more are a list."""
_ECHO: Final = 3
"""Digits that show, when said again, that they belong to the number just told."""


class Turn(NamedTuple):
    """What one speaker said."""

    speaker: str
    text: str


class _Piece(NamedTuple):
    turn: int
    run: Run
    label: Label | None


class Talk:
    """A conversation, and the secrets in each of its turns."""

    def __init__(self, turns: Sequence[Turn], read: Callable[[str], Reading] = read) -> None:
        self.turns = turns
        self.readings = [read(turn.text) for turn in turns]
        self._topic = cache(lambda place: topic(turns[place].text[-_ASKING:]))
        self.secrets = [list(secrets(r, self.asked(at))) if r.words else [] for at, r in enumerate(self.readings)]
        for speaker in dict.fromkeys(turn.speaker for turn in turns):
            self._join(list(self._pieces(speaker)))
        self._echo()

    def asked(self, place: int) -> Label | None:
        """What the turns before this one ask for, by the last of them that names anything."""
        topics = (self._topic(back) for back in range(place - 1, max(-1, place - 1 - _BACK), -1))
        return next(filter(None, topics), None) or self._named_after(place)

    def _named_after(self, place: int) -> Label | None:
        """What the next turn says that it was: `that's the code, yes`."""
        after = self.turns[place + 1].text[:_ANSWER].lower() if place + 1 < len(self.turns) else ""
        return self._topic(place + 1) if after.startswith(_CONFIRMS) else None

    def _pieces(self, speaker: str) -> Iterator[_Piece]:
        """The numbers of one speaker's turns that hold little else, and that are no secret by themselves."""
        for place, reading in enumerate(self.readings):
            if self.turns[place].speaker == speaker and 0 < len(reading.runs) <= _RUNS and reading.chatter <= _CHATTY:
                yield from (
                    _Piece(place, run, bond.label if bond else None)
                    for run, bond in zip(reading.runs, reading.bonds, strict=True)
                    if not (bond and bond.label in ("other", "phone", "postal")) and self._is_open(place, run)
                )

    def _is_open(self, place: int, run: Run) -> bool:
        reading = self.readings[place]
        is_told = any(_overlap(secret, run) and len(secret.value) >= SHORTEST for secret in self.secrets[place])
        return not is_told and not is_counted(reading.text, reading.words, run) and not is_tail(reading.words, run)

    def _join(self, pieces: list[_Piece]) -> None:
        """Find numbers that were told piece by piece."""
        first = 0
        while first < len(pieces):
            near = _following(pieces[first : first + _PIECES])
            count, secret = self._whole(near)
            if secret:
                for piece in near[:count]:
                    self._forget(piece)
                    self.secrets[piece.turn].append(secret._replace(start=piece.run.start, end=piece.run.end))
            first += count or 1

    def _forget(self, piece: _Piece) -> None:
        """Let what one piece alone was taken for give way to the whole."""
        kept = [secret for secret in self.secrets[piece.turn] if not _overlap(secret, piece.run)]
        self.secrets[piece.turn] = kept

    def _whole(self, pieces: list[_Piece]) -> tuple[int, Secret | None]:
        """How many of these pieces, from the first on, are one secret together; the longest such number."""
        first = pieces[0]
        begun = LENGTHS.get(first.label) if first.label else None
        asked = first.label if begun and len(first.run.digits) < begun[0] else self.asked(first.turn)
        for count in range(len(pieces), 1, -1):
            digits = "".join(piece.run.digits for piece in pieces[:count])
            sizes = [len(piece.run.digits) for piece in pieces[:count]]
            lengths = LENGTHS.get(asked) if asked else None
            is_new = len({piece.run.digits for piece in pieces[:count]}) == count or max(sizes) == 1
            if asked and lengths and lengths[0] <= len(digits) <= lengths[1] and is_new:
                return count, Secret(0, 0, short_kind(asked, len(digits)), digits)
            if SHORTEST <= len(digits) <= _LONGEST:
                groups = [group for piece in pieces[:count] for group in piece.run.groups]
                whole = next(long_numbers(Run(groups), asked), None)
                if whole and whole.value == digits:
                    return count, whole
        return 0, None

    def _echo(self) -> None:
        """Find what the turns around a secret say of it again."""
        for place, reading in enumerate(self.readings):
            if 0 < len(reading.runs) <= _RUNS and reading.chatter <= 2 * _CHATTY:
                near = self.secrets[max(0, place - 3) : place + 3]
                self._repeat(place, [secret for told in near for secret in told[:_RUNS]])

    def _repeat(self, place: int, near: Sequence[Secret]) -> None:
        for run in self.readings[place].runs:
            secret = next((secret for secret in near if _repeats(run, secret)), None)
            if secret and self._is_open(place, run) and not any(_overlap(told, run) for told in self.secrets[place]):
                self.secrets[place].append(secret._replace(start=run.start, end=run.end))


def _following(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces up to the first that stands too far from the one before it, or that makes the number too long."""
    length = len(pieces[0].run.digits)
    for place in range(1, len(pieces)):
        length += len(pieces[place].run.digits)
        if pieces[place].turn - pieces[place - 1].turn > _APART or length > _LONGEST:
            return pieces[:place]
    return pieces


def _overlap(secret: Secret, run: Run) -> bool:
    return secret.start < run.end and run.start < secret.end


def _repeats(run: Run, secret: Secret) -> bool:
    digits = run.digits
    return digits == secret.value or (len(digits) >= _ECHO and len(secret.value) >= SHORTEST and digits in secret.value)
