from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.digest.speech.values import bare, values


def keys(text: str) -> set[object]:
    return {value.key for value in values(text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("March 10th", "10th of March"),
        ("March 10th", "2019-03-10"),
        ("2 pm", "14:00"),
        ("$2,650,000", "2650000"),
        ("(415) 555-0142", "415 555 0142"),
    ],
)
def test_two_spellings_of_a_value_are_the_same_value(one: str, other: str) -> None:
    assert keys(f"it is {one} for sure")
    assert keys(f"it is {one} for sure") == keys(f"it is {other} for sure")


@pytest.mark.parametrize(
    ("one", "other"), [("March 10th", "March 11th"), ("2 pm", "2 am"), ("$26", "$26.50"), ("Ana March", "Ben March")]
)
def test_two_values_that_are_like_each_other_are_two(one: str, other: str) -> None:
    assert keys(f"it is {one} for sure") != keys(f"it is {other} for sure")


def test_a_value_stands_where_it_is_found() -> None:
    text = "I paid $64.90 on March 10th to order LG-30718."
    assert [text[value.start : value.end] for value in values(text)] == ["$64.90", "March 10th", "LG-30718"]


def test_small_talk_has_no_values() -> None:
    assert values("okay, that is fine, thank you so much") == ()


FIGURES = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}:[0-9]{2}|[0-9]{1,4}(\.[0-9]{1,2})?|[0-9:. -]{1,9}"


@given(st.from_regex(FIGURES, fullmatch=True))
def test_a_value_that_stands_alone_is_known_at_once_by_the_key_that_it_has_among_words(text: str) -> None:
    key = bare(text)
    assert key is None or [value.key for value in values(text)] == [key]


def test_most_of_what_tools_answer_is_known_at_once() -> None:
    assert all(map(bare, ["2026-03-10", "14:00", "55", "412.50", "2019"]))
    assert not any(map(bare, ["LG-30718", "925-943-7977", "2 pm", "Ana", ""]))
