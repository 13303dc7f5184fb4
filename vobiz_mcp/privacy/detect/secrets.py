"""Everything in one text that must be hidden, by what the text itself says and by what was asked before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Final

from vobiz_mcp.privacy.detect.cards import SHORTEST, long_numbers
from vobiz_mcp.privacy.detect.lettered_codes import lettered
from vobiz_mcp.privacy.detect.tax_numbers import pans
from vobiz_mcp.privacy.language import vocabulary as said
from vobiz_mcp.privacy.language.numerals import listed
from vobiz_mcp.privacy.language.vocabulary import Kind, Label
from vobiz_mcp.privacy.language.words import FEWEST, LAST_LETTERS, SPELLED
from vobiz_mcp.privacy.reading.number_labels import Bond
from vobiz_mcp.privacy.reading.number_shapes import has_plus, is_counted, is_phone, is_tail, is_year
from vobiz_mcp.privacy.reading.numbers import Group, Run
from vobiz_mcp.privacy.reading.text import Reading, Secret

LENGTHS: Final[dict[Label, tuple[int, int]]] = {
    "code": (4, 8), "pin": (4, 8), "cvv": (3, 4), "security": (3, 8), "some code": (6, 6),
}  # fmt: skip
"""Digits of each kind of secret that only words tell from other numbers; a code of no kind is one if it has six."""
_TYPES: Final = listed("""
    enter entered type typed punch punched key keyed in press pressed use dial tried dala daala डाला डाली
    """)
"""What somebody does with a code: `enter 8291 when it asks for the passcode`."""
_SENT_NUMBERS: Final = frozenset(word for word, label in said.LABELS.items() if label == "number")
"""Words for a code where it was sent, and for any number elsewhere."""
_SURE_NAMES: Final = said.DOORS | {
    word for word, label in said.LABELS.items() if label in ("pan", "aadhaar") or label in LENGTHS
}
_NAMES: Final = _SURE_NAMES | _SENT_NUMBERS | LAST_LETTERS
TELLING: Final = frozenset([*_NAMES, *said.SENT, *chain(*SPELLED)])
"""Words of which one or several may call a number a secret."""
ANSWERED: Final = LENGTHS.keys() | said.CODES | {"pan", "aadhaar"}
"""What is asked for and may be told in a number of a few digits, or in letters."""
_FORMS: Final = re.compile(r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z]-\d))(?:-?\d){3}(?:(?<=G-\d{4})\d\d|-?[A-Za-z])")
"""What needs no name: a code in the form of the largest sender, and digits as in the number of a tax payer."""
_NEAR: Final = 9
_CHATTY: Final = 8
"""Words of its own that an answer with a code may hold besides; one with more of them talks of something else."""


def may_hold_secret(reading: Reading) -> bool | None:
    """Whether a secret may be in a text, at a glance; None where what was asked before it decides."""
    if may_name_secret(reading.vocabulary):
        return reading.may_have_number(FEWEST - 1) or reading.is_lettered
    if tells_itself(reading):
        return True
    return None if reading.may_have_number(FEWEST) or reading.is_lettered else False


def may_name_secret(vocabulary: frozenset[str]) -> bool:
    """Whether one of these words may call a number a secret."""
    if vocabulary.isdisjoint(_NAMES):
        return False
    if not vocabulary.isdisjoint(_SURE_NAMES) or any(map(vocabulary.issuperset, SPELLED)):
        return True
    return not (vocabulary.isdisjoint(said.SENT) or vocabulary.isdisjoint(_SENT_NUMBERS))


def tells_itself(reading: Reading) -> bool:
    """Whether there may be a number in a text that needs no name to be a secret."""
    return reading.may_have_number(SHORTEST) or _FORMS.search(reading.text) is not None


def secrets(reading: Reading, asked: Label | None = None) -> Iterator[Secret]:
    """The secrets of a text; `asked` is what the talk before it asked for."""
    yield from pans(reading, asked)
    yield from (codes := lettered(reading, asked))
    for run, bond in zip(reading.runs, reading.bonds, strict=True):
        if (
            len(run.digits) < FEWEST
            or has_plus(reading.text, run)
            or any(code.start < run.end and run.start < code.end for code in codes)
        ):
            continue
        label = bond.label if bond and (bond.is_close or bond.label != "id") else _topic(reading, asked)
        found = list(long_numbers(run, label)) if len(run.digits) >= SHORTEST - 1 else []
        yield from found or short_number(reading, run, bond, asked)


def _topic(reading: Reading, asked: Label | None) -> Label | None:
    """What a number without a name of its own may be, as far as long numbers are concerned."""
    spoken_of: list[Label] = [label for label in ("card", "aadhaar") if label in reading.speaks_of]
    return spoken_of[0] if spoken_of else asked if asked in ("card", "aadhaar") else None


def short_number(reading: Reading, run: Run, bond: Bond | None, asked: Label | None) -> Iterator[Secret]:
    """A code, PIN or CVV: a number of a few digits that is called so, or that answers a question for one."""
    label = bond.label if bond else (asked if answers(reading, run) else None) or _purpose(reading, run)
    if label not in LENGTHS:
        return
    fewest, most = LENGTHS[label]
    counted = len(_without_count(reading, run))
    fits = sum(length <= most for length in accumulate(len(group.digits) for group in run.groups[:counted]))
    if not fits or len((part := run.part(0, fits)).digits) < fewest or is_phone(reading.text, run):
        return
    is_end = label != "cvv" and is_tail(reading.words, part)
    is_end = is_end or (not (bond and bond.is_close) and is_year(reading.words, part))
    if not is_end and not (fits > 1 and is_counted(reading.text, reading.words, part)):
        yield Secret(part.start, part.end, short_kind(label, len(part.digits)), part.digits)


def short_kind(label: Label, digits: int) -> Kind:
    """What to call it; the security code of three digits stands on a card."""
    if label == "security":
        return "cvv" if digits == 3 else "code"
    return "pin" if label == "pin" else "cvv" if label == "cvv" else "code"


def _purpose(reading: Reading, run: Run) -> Label | None:
    """What the number is by what it is for: `use 482913 to log in`."""
    before = reading.words[run.first - 1].text if run.first else ""
    if before in _TYPES:
        later = [name.label for name in reading.named if run.last < name.place <= run.last + _NEAR]
        if later and later[0] in LENGTHS:
            return later[0]
    after = [word.text for word in reading.words[run.last + 1 : run.last + 5]]
    return "code" if after[:1] in (["to"], ["for"]) and not said.DOORS.isdisjoint(after) else None


def _without_count(reading: Reading, run: Run) -> Sequence[Group]:
    """The groups of a run without a last one that counts something: `4829. 2 minutes ago`."""
    last = len(run.groups) - 1
    counts = is_counted(reading.text, reading.words, run.part(last, last + 1))
    return run.groups[:last] if counts else run.groups


def answers(reading: Reading, run: Run) -> bool:
    """Whether a number without a name answers what was asked: little else is said with it."""
    before = reading.words[run.first - 1].text if run.first else ""
    return before not in said.BREAKS and reading.chatter <= _CHATTY
