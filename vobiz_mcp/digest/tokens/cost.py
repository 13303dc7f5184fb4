"""How many tokens a text costs a model, estimated from above, with nothing to download.

A text is split nearly as o200k_base splits it; each piece is priced by its letters, from constants fitted on true
counts (`piece_costs.py`). The sum leans upward: by a few percent on what is said and written on calls, by more on
what is strange.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from vobiz_mcp.digest.tokens import piece_costs as table

_SMALL, _CAPITAL = "a-zß-öø-ÿ", "A-ZÀ-ÖØ-Þ"
_LETTERS = rf"(?:[{_CAPITAL}]*[{_SMALL}]+|[{_CAPITAL}]+)(?:'(?:[stmdSTMD]|[rRvV][eE]|[lL][lL]))?"
_SIGNS = r" ?(?:[^\s\w]|_)+[\r\n/]*"
WORD: Final = re.compile(rf"((?:[^\w\r\n]|_)?)({_LETTERS})")
"""A Latin word with the one sign or space before it that o200k keeps with it."""
_STRANGE: Final = re.compile("[^a-z']")
SIGNS: Final = re.compile(_SIGNS)
_BLOCKS: Final = "|".join(f"[{chr(first)}-{chr(first + 127)}]+" for first in range(0x0900, 0x0D80, 128))
_SCRIPT: Final = re.compile(rf" ?([\u0600-\u06ff]+|{_BLOCKS})")
_PIECE: Final = re.compile(
    rf" ?[a-z]+(?=[ ,.?!])|(?:[^\w\r\n]|_)?{_LETTERS}|[0-9]{{1,3}}|{_SCRIPT.pattern.replace('(', '(?:')}|{_SIGNS}"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+|.",
    re.DOTALL,
)

UNIT: Final = 32
"""Costs are whole numbers of 1/32 token, so that their sum does not depend on the order."""
MARGIN: Final = 200
"""One part in so many is added: words that are not known may all cost more than their letters say."""
_LONGEST: Final = 64
"""Characters of a word whose cost is kept; what is longer seldom comes twice, and would fill the memory."""
_MOST_KEPT: Final = 1 << 14
"""Words and pieces whose costs are kept."""
SLACK: Final = 3
"""Tokens added once to every text: in a short one, a few unlucky words outweigh the margin."""


_TWO_TOKENS: Final = (
    ("\x80", "\u07ff"),
    ("\u2000", "\u22ff"),
    ("\u3000", "\u30ff"),
    ("\U0001f300", "\U0001f4ff"),
)
"""Ranges in which no character costs more than two tokens."""


class Shape(NamedTuple):
    """What the price of a Latin word depends on."""

    kind: str
    table: str
    pairs: list[str]


def estimate(text: str) -> int:
    """How many o200k tokens `text` costs, at least."""
    return min(len(text.encode(errors="surrogatepass")), SLACK - -cost(text) // UNIT)


def cost(line: str) -> int:
    """What `line` adds to an answer, in 1/32 token; the costs of lines, each with its line break, add up."""
    return _with_margin(_bare(line))


def cost_of_lines(lines: Iterable[str]) -> int:
    """What `lines` add to an answer together, each with its line break; those that were there before are known."""
    return _with_margin(sum(map(_bare_line, lines)))


def _with_margin(bare: int) -> int:
    return bare + -(-bare // MARGIN)


def _bare(line: str) -> int:
    first, *words = line.split(" ")
    return _FIRST[first] + sum(map(_SPACED.__getitem__, words))


@lru_cache(maxsize=1 << 10)
def _bare_line(line: str) -> int:
    return _bare(line + "\n")


def allowance(max_tokens: int) -> int:
    """What the costs of all lines may add up to within `max_tokens`, in 1/32 token."""
    return (max_tokens - SLACK) * UNIT


class _Words(dict[str, int]):
    """What a word adds `after` a space, which no piece reaches over, or nothing; costs of long words are not kept."""

    def __init__(self, after: str) -> None:
        self._after = after

    def __missing__(self, word: str) -> int:
        added = sum(map(_piece_cost, _PIECE.findall(self._after + word)))
        if len(word) <= _LONGEST:
            if len(self) == _MOST_KEPT:
                self.clear()
            self[word] = added
        return added


_FIRST, _SPACED = _Words(after=""), _Words(after=" ")


@lru_cache(maxsize=_MOST_KEPT)
def _piece_cost(piece: str) -> int:
    if (piece[1:] if piece[0] == " " else piece) in table.WHOLE:
        return UNIT
    if match := WORD.fullmatch(piece):
        return _word_cost(match[1], match[2])
    if match := _SCRIPT.fullmatch(piece):
        return _script_cost(match[1]) + (0 if piece[0] == " " else UNIT)
    if SIGNS.fullmatch(piece):
        return _signs_cost(piece)
    if piece.isspace():
        return _run_cost(piece)
    return UNIT if piece.isascii() else UNIT * sum(map(_character_tokens, piece))


def _word_cost(before: str, letters: str) -> int:
    if (letters in table.WHOLE and before.isascii()) or (before == " " and letters in table.SPACED):
        return UNIT
    shape = shape_of(before, letters)
    paired = table.BIAS[shape.kind] + sum(table.PAIRS[shape.table][pair] for pair in shape.pairs)
    strange = max(0, paired - 2 * UNIT) // 8 + (UNIT * 3 // 8 if shape.kind.endswith("M") else 0)
    least = UNIT if len(letters) > 1 or letters.isascii() else 2 * UNIT
    return max(least, paired) + strange + (0 if before.isascii() or before == "’" else UNIT * _character_tokens(before))


def shape_of(before: str, letters: str) -> Shape:
    """The shape of `letters` that follow the sign, space or nothing in `before`."""
    case = "U" if letters.isupper() else "l" if letters.islower() else "T" if letters[1:].islower() else "M"
    folded = f"^{_STRANGE.sub('~', letters.lower())}"
    pairs = [folded[i : i + 2] for i in range(len(folded) - 1)]
    return Shape({" ": "s", "": "b"}.get(before, "x") + case, "U" if case in "UM" else "l", pairs)


def _script_cost(letters: str) -> int:
    start, joined, apart = table.SCRIPT.get(ord(letters[0]) >> 7, table.OTHER_SCRIPT)
    odd_start = 0 if letters[0].isalpha() else 2 * UNIT
    known = sum(b in table.AFTER.get(a, "") for a, b in itertools.pairwise(letters))
    rare = sum(letter not in table.COMMON for letter in letters)
    priced = start + known * joined + (len(letters) - 1 - known) * apart + rare * UNIT
    return max(UNIT, priced) + odd_start


def _signs_cost(signs: str) -> int:
    core = signs
    while core not in table.SIGNS and core[-1:] in ("\r", "\n", "/"):
        core = core[:-1]
    return (UNIT if core in table.SIGNS else _run_cost(core)) + UNIT * (len(signs) - len(core))


def _run_cost(run: str) -> int:
    bare = run[1:] if re.match(f" [!-~{''.join(sorted(table.CHEAP))}]", run) else run
    if not bare.isascii():
        return UNIT * sum(map(_character_tokens, bare))
    if bare.count(run[-1:]) == len(bare):
        return UNIT * (1 + len(bare) // 4 if bare.isspace() else -(-len(bare) // 2))
    return UNIT * len(bare)


def _character_tokens(character: str) -> int:
    """The most tokens that one character costs by itself."""
    if character.isascii() or character in table.CHEAP:
        return 1
    if any(first <= character <= last for first, last in _TWO_TOKENS):
        return 2
    return 3 if character < "\U00010000" or "\U0001f300" <= character <= "\U0001faff" else 4


def fitting_lines(lines: Sequence[str], allowed: int) -> list[str]:
    """Those of `lines` that fit into `allowed`, in units of `cost`, the first ones first."""
    kept: list[str] = []
    for line in lines:
        price = cost(line + "\n")
        if price <= allowed:
            allowed -= price
            kept.append(line)
    return kept
