"""Secrets in a conversation: asked for in one turn and told in the next, told in pieces, and said again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from vobiz_mcp.privacy.detect.cards import SHORTEST, long_numbers
from vobiz_mcp.privacy.detect.secrets import (
    ANSWERED,
    LENGTHS,
    answers,
    may_hold_secret,
    may_name_secret,
    secrets,
    short_kind,
)
from vobiz_mcp.privacy.language.vocabulary import HARMLESS, TAILS, Label
from vobiz_mcp.privacy.language.words import FEWEST
from vobiz_mcp.privacy.reading.number_shapes import is_counted, is_phone, is_tail
from vobiz_mcp.privacy.reading.numbers import Run
from vobiz_mcp.privacy.reading.text import NO_NUMBER, Reading, Secret, proves_code

_BACK: Final = 4
"""Turns that a question for a number stays open."""
_ASKING: Final = 600
"""Characters at the end of a turn that are searched for such a question."""
_WHOLE: Final = 5
"""Digits of a code that is whole, and no piece of a longer one."""
_WAITED_FOR: Final = frozenset(["card", "aadhaar", "code", "pin", "cvv", "security"])
"""What digits are held back for until it is whole."""
_FEWEST: Final = 2
"""Digits of a piece that is held back."""
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

    def __init__(self, turns: Sequence[Turn], read: Callable[[str], Reading]) -> None:
        self.turns = turns
        self._heard = [read(turn.text) for turn in turns]
        self.secrets: list[list[Secret]] = [[] for _ in turns]
        if all(heard is NO_NUMBER for heard in self._heard):
            return
        self._asked: dict[int, Label | None] = {}
        self._topics: dict[int, Label | None] = {}
        self._readings: dict[int, Reading] = {}
        self._may_hold = cache(may_hold_secret)
        self._end = cache(Reading)
        self._proves = cache(lambda place: proves_code(turns[place].text[-_ASKING:]))
        for place, heard in enumerate(self._heard):
            may = heard is not NO_NUMBER and self._may_hold(heard)
            if may or (may is None and self._asked_for(place) in ANSWERED):
                self.secrets[place] = list(secrets(self.reading(place), self.asked(place)))
        for pieces in self._pieces().values():
            self._join(pieces)
        self._echo()
        self._wait()

    def _asked_for(self, place: int) -> Label | None:
        """What the turns before this one ask for, where it may be a secret."""
        before = (self._end(turn.text[-_ASKING:]) for turn in self.turns[max(0, place - _BACK) : place])
        return self.asked(place) if any(may_name_secret(reading.vocabulary) for reading in before) else None

    def reading(self, place: int) -> Reading:
        """A turn, read; what it calls a code and no more is one, or none, by the turns around it."""
        if place not in self._readings:
            heard = self._heard[place]
            is_settled = heard is NO_NUMBER or not heard.is_doubtful
            self._readings[place] = heard if is_settled else heard.settled(is_secret=self._is_proven(place))
        return self._readings[place]

    def _topic(self, place: int) -> Label | None:
        """What a turn asks for or speaks of, where it may be about a code and no more."""
        if place not in self._topics:
            heard = self._heard[place]
            is_read = heard is not NO_NUMBER and len(heard.text) <= _ASKING
            label = (heard if is_read else self._end(self.turns[place].text[-_ASKING:])).topic
            self._topics[place] = "code" if label == "some code" and self._is_proven(place) else label
        return self._topics[place]

    def _is_proven(self, place: int) -> bool:
        """Whether the turns around this one speak of a code that lets somebody in."""
        return any(map(self._proves, range(max(0, place - _BACK), min(len(self.turns), place + 2))))

    def asked(self, place: int) -> Label | None:
        """What the turns before this one ask for, by the last of them that names anything."""
        if place not in self._asked:
            topics = (self._topic(back) for back in range(place - 1, max(-1, place - 1 - _BACK), -1))
            self._asked[place] = next(filter(None, topics), None)
        return self._asked[place]

    def _pieces(self) -> dict[str, list[_Piece]]:
        """By speaker the numbers of turns that hold little else, and that are no secret by themselves."""
        pieces: dict[str, list[_Piece]] = {}
        for place in self._places_of_pieces():
            if self._may_be_piece(place):
                reading = self.reading(place)
                pieces.setdefault(self.turns[place].speaker, []).extend(
                    _Piece(place, run, bond.label if bond else None)
                    for run, bond in zip(reading.runs, reading.bonds, strict=True)
                    if not (bond and bond.label in HARMLESS) and self._is_open(place, run)
                )
        return pieces

    def _places_of_pieces(self) -> list[int]:
        """The turns that hold little else than digits, at a glance, and enough of them with those near them."""
        near: dict[str, list[list[int]]] = {}
        for place, heard in enumerate(self._heard):
            if heard is not NO_NUMBER and heard.least_chatter <= _CHATTY:
                stretches = near.setdefault(self.turns[place].speaker, [[place]])
                if place - stretches[-1][-1] > _APART:
                    stretches.append([])
                stretches[-1].append(place)
        stretches = [places for places in chain(*near.values()) if self._may_join(places)]
        return sorted({*chain(*stretches)})

    def _may_join(self, places: list[int]) -> bool:
        """Whether the numbers of these turns may be a secret together."""
        digits = sum(self._heard[place].all_digits for place in places)
        if digits >= SHORTEST:
            return True
        names = (may_name_secret(self._heard[place].vocabulary) or self._asked_for(place) for place in places)
        return digits >= FEWEST and any(names)

    def _is_open(self, place: int, run: Run) -> bool:
        reading, told = self.reading(place), self.secrets[place]
        if told and any(_overlap(secret, run) and len(secret.value) >= self._whole_from(place) for secret in told):
            return False
        return not is_counted(reading.text, reading.words, run) and not is_tail(reading.words, run)

    def _whole_from(self, place: int) -> int:
        """Digits from which on a secret told here is no piece of a longer one."""
        return SHORTEST if self.asked(place) in ("card", "aadhaar") else _WHOLE

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
        asks = self.asked if sum(len(piece.run.digits) for piece in pieces) >= SHORTEST else self._asked_for
        asked = first.label if begun and len(first.run.digits) < begun[0] else asks(first.turn)
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
        """Find what the turns around a long number say of it again, in part."""
        long = {
            at: [secret for secret in told if len(secret.value) >= SHORTEST][:_RUNS]
            for at, told in enumerate(self.secrets)
            if told
        }
        for place in {near for at, told in long.items() if told for near in range(at - 2, at + 4)}:
            if 0 <= place < len(self.turns) and self._may_be_piece(place, 2 * _CHATTY):
                self._repeat(place, [secret for at in range(place - 3, place + 3) for secret in long.get(at, ())])

    def _repeat(self, place: int, near: Sequence[Secret]) -> None:
        for run in self.reading(place).runs:
            secret = next((s for s in near if len(run.digits) >= _ECHO and run.digits in s.value), None)
            if secret and self._is_open(place, run) and not any(_overlap(told, run) for told in self.secrets[place]):
                self.secrets[place].append(secret._replace(start=run.start, end=run.end))

    def _may_be_piece(self, place: int, chatter: int = _CHATTY) -> bool:
        """Whether a turn is little more than a number or a few."""
        heard = self._heard[place]
        if heard is NO_NUMBER or heard.least_chatter > chatter:
            return False
        return 0 < len(heard.runs) <= _RUNS and heard.chatter <= chatter

    def _wait(self) -> None:
        """Hold back the digits at the end of the talk that are not yet the number that was asked for."""
        places = self._last_pieces()
        first = next(filter(self._is_waited_for, places), len(self.turns))
        if any(self.secrets[first:]):
            return
        for place in places:
            reading = self.reading(place)
            for run, bond in zip(reading.runs, reading.bonds, strict=True):
                is_named = bond is not None and bond.label in HARMLESS
                is_none = (
                    is_named or len(run.digits) < _FEWEST or is_phone(reading.text, run) or not answers(reading, run)
                )
                if place >= first and not is_none and self._is_open(place, run):
                    self.secrets[place].append(Secret(run.start, run.end, "digits", "digits"))

    def _last_pieces(self) -> list[int]:
        """The turns at the end, near one another, that may be pieces of a number."""
        places: list[int] = []
        for place in reversed(range(len(self.turns))):
            if (places[-1] if places else len(self.turns)) - place > _APART:
                break
            if self._may_be_piece(place, 1):
                places.append(place)
        return places[::-1]

    def _is_waited_for(self, place: int) -> bool:
        """Whether a turn answers a question for a number, and nobody has turned from that since."""
        if self.asked(place) not in _WAITED_FOR or not HARMLESS.isdisjoint(
            map(self._topic, range(place, len(self.turns)))
        ):
            return False
        return TAILS.isdisjoint(
            " ".join(turn.text.lower() for turn in self.turns[max(0, place - _BACK) : place]).split()
        )


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
