"""The token estimate against true o200k counts."""

import gzip
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from o200k import count
from shared import bench_cases, needs_shared
from spoken import BY_SCRIPT, GERMAN

from vobiz_mcp.digest.tokens.cost import UNIT, allowance, cost, estimate

SPOKEN = [GERMAN, *BY_SCRIPT.values()]
WRITTEN = [
    '{"order_id": "#W2378156", "items": [{"item_id": "1151293680", "price": 27.46}], "payment": "paypal_7644869"}',
    "https://storage.example.com/recordings/call_8f2f0c1e-7e4b.mp4?sig=aB3%2Fx9Qz&se=2026-11-21T04%3A24Z",
    "97ceeb52-58b6-11e1-86da-77300b68f8bb 2026-04-24T09:25:00.123Z +917721777982 → +918033506268",
    "  12:04 tool book_flight {} → Error: payment amount does not add up, total price is 618",
    "Okay 👍 see you tomorrow — ¡hasta luego! The room is half price × 3 nights …",
]
words = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'", min_size=1, max_size=12)
lines = st.lists(words | st.integers(0, 10**9).map(str) | st.sampled_from(WRITTEN + SPOKEN), max_size=12).map(" ".join)


@given(
    st.text()
    | lines
    | st.text("{}[]()\"':,./\\-_ \n#@$%&*")
    | st.text("\u0905\u0915\u0916\u0924\u0930\u093e\u094d\u0bcd\u0b95 ", min_size=30)
)
@example("\ud800")
def test_never_counts_fewer_tokens_than_there_are(text: str) -> None:
    assert estimate(text) >= count(text)


@given(st.lists(lines, max_size=6))
def test_costs_of_lines_with_their_breaks_cover_the_whole_text(parts: list[str]) -> None:
    ended = [part + "\n" for part in parts]
    assert cost("".join(ended)) <= sum(map(cost, ended))


@given(lines)
def test_what_fits_the_allowance_fits_the_budget(text: str) -> None:
    smallest = next(max_tokens for max_tokens in itertools.count() if cost(text) <= allowance(max_tokens))
    assert count(text) <= smallest


@pytest.mark.parametrize("text", SPOKEN, ids=["german", *BY_SCRIPT])
def test_counts_german_and_indian_scripts_fairly(text: str) -> None:
    assert count(text) <= estimate(text) <= 1.4 * count(text)


@pytest.mark.parametrize("text", WRITTEN, ids=["json", "url", "ids", "tool line", "emoji"])
def test_counts_what_machines_write_fairly(text: str) -> None:
    assert count(text) <= estimate(text) <= 1.4 * count(text) + 4


STRANGE = {"latin, greek, cyrillic": (0x80, 0x7FF), "signs": (0x2000, 0x22FF), "kana": (0x3000, 0x30FF),
           "han": (0x4E00, 0x9FFF), "beyond": (0x10000, 0x1F2FF), "emoji": (0x1F300, 0x1FAFF)}  # fmt: skip


@pytest.mark.parametrize("block", STRANGE)
def test_no_character_is_counted_below_what_it_costs(block: str) -> None:
    first, last = STRANGE[block]
    letters = [chr(code) for code in (first, *range(first + 1, last, 5), last)]
    true = {letter: count(letter) for letter in letters}
    assert all(cost(letter) >= true[letter] * UNIT for letter in letters)


@needs_shared
@pytest.mark.parametrize("path", bench_cases(), ids=lambda path: path.name.removesuffix(".json.gz"))
def test_is_at_most_an_eighth_high_on_real_dialogues(path: Path) -> None:
    call = json.loads(gzip.decompress(path.read_bytes()))["call"]
    said = [f"t{i} 1:23 caller: {turn['content']}" for i, turn in enumerate(call["transcript_object"], 1)]
    text = "\n".join(said)
    assert count(text) <= estimate(text) <= 1.12 * count(text) + 4


def test_an_empty_text_costs_nothing() -> None:
    assert estimate("") == 0
    assert allowance(10) < UNIT * 10
