from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.digest.speech.sentences import LONG, sentences

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
def test_sentences_put_together_are_the_text_again(text: str) -> None:
    assert " ".join(sentences(text)) == text


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


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("You can 1. pay now. Or 2. pay later.", ["You can", "1. pay now.", "Or", "2. pay later."]),
        ("Two trips: - Oslo - Riga", ["Two trips:", "- Oslo", "- Riga"]),
        ("It is open - as always.", ["It is open - as always."]),
    ],
)
def test_the_items_of_a_list_are_sentences_and_a_single_dash_begins_none(text: str, items: list[str]) -> None:
    assert sentences(text) == items


def test_only_a_very_long_sentence_is_parted_and_only_at_a_comma_far_from_both_ends() -> None:
    half = " ".join(["word"] * (LONG // 2))
    assert sentences(f"well, {half}, {half}.") == [f"well, {half},", f"{half}."]
    assert sentences(f"well, {half}.") == [f"well, {half}."]
