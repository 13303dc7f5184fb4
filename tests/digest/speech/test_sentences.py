from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.digest.speech.sentences import clauses, cores, sentences
from vobiz_mcp.digest.speech.values import values

WORDS = st.sampled_from(
    [
        "I",
        "want",
        "the",
        "table",
        "for",
        "two",
        "people",
        "and",
        "it",
        "is",
        "not",
        "on",
        "March",
        "10th,",
        "because",
        "Dr.",
        "Ana",
        "paid",
        "$64.90;",
        "so",
        "please:",
        "no,",
        "never!",
        "Call",
        "415",
        "555",
        "0142",
        "when",
        "you",
        "can?",
        "The",
        "order",
        "LG-30718",
        "was",
        "lost.",
        "Thanks",
    ]
)
SPEECH = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


@given(SPEECH)
def test_clauses_put_together_are_the_text_again(text: str) -> None:
    assert " ".join(clauses(text)) == text


@given(SPEECH)
def test_cores_put_together_are_the_text_again_and_cut_no_value(text: str) -> None:
    pieces = cores(text, values(text))
    assert " ".join(pieces) == text
    cuts = set(accumulate(len(piece) + 1 for piece in pieces))
    figures = [value for value in values(text) if re.search(r"\d", text[value.start : value.end])]
    assert not [value for value in figures if cuts & set(range(value.start + 1, value.end))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dr. Ana is here. She waits.", ["Dr. Ana is here.", "She waits."]),
        ("Is it? Yes! Well… no", ["Is it?", "Yes!", "Well…", "no"]),
        ("मैं यहाँ हूँ। आप कहाँ हैं?", ["मैं यहाँ हूँ।", "आप कहाँ हैं?"]),
        ("It costs 64.90 in all", ["It costs 64.90 in all"]),
    ],
)
def test_a_text_is_cut_where_a_sentence_ends_and_at_no_other_point(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_a_short_sentence_stays_whole_and_a_long_one_is_offered_in_clauses() -> None:
    long = (
        "I called you last week about the second payment, and you told me that it would be back on my account by now."
    )
    assert clauses("I called, and you told me.") == ["I called, and you told me."]
    assert len(clauses(long)) > 1


def test_a_denial_stays_with_what_it_denies() -> None:
    text = "The refund that you were told about cannot be paid out before March 10th to that account of yours"
    [piece] = [piece for piece in cores(text, values(text)) if "March 10th" in piece]
    assert "cannot" in piece
