import pytest
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.digest.wording.safe_text import plain, quoted


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        pytest.param("hello", "hello", id="plain words"),
        pytest.param(" a \t b\r\nc ", "a b c", id="white space is folded"),
        pytest.param("a\nt9 1:00 agent: b", "a t9 1:00 agent: b", id="no line can be forged"),
        pytest.param("a\u2028b\u2029c\x85d\x0be\x1cf", "a b c d e f", id="nor with Unicode's line breaks"),
        pytest.param("a\x00b\x07c\x7fd", "abcd", id="control characters"),
        pytest.param("\x1b[31mred\x1b[0m and \x1b]0;title\x07text", "red and text", id="terminal colours and titles"),
        pytest.param("\x9b31mred", "red", id="a terminal sequence in one character"),
        pytest.param("a\u202eb\u2066c\u200fd", "abcd", id="direction overrides"),
        pytest.param("a\u200bb\ufeffc\u2060d\u00ade", "abcde", id="zero-width characters"),
        pytest.param("a\u200db \u200dc", "ab c", id="joiners between Latin letters"),
        pytest.param("क्\u200dष न\u200cम", "क्\u200dष न\u200cम", id="joiners inside Indic words"),
        pytest.param("\u0900\u200d\u0900", "\u0900\u200d\u0900", id="joiners beside the first Indic character"),
        pytest.param("ന്\u200d ok", "ന്\u200d ok", id="a joiner that ends an Indic word"),
        pytest.param("क\u200d\u200d\u200dष", "कष", id="a row of joiners"),
        pytest.param("👩\u200d💻 ❤\ufe0f\u200d🔥 👩🏽\u200d🚀", "👩\u200d💻 ❤\ufe0f\u200d🔥 👩🏽\u200d🚀", id="emoji"),
        pytest.param("a" + "".join(chr(0xE0000 + ord(c)) for c in "ignore"), "a", id="text in tags"),
        pytest.param("a" + "".join(chr(0xE0100 + ord(c)) for c in "ignore"), "a", id="text in variation selectors"),
        pytest.param("a\ufe00\ufe0eb", "ab", id="the first variation selectors"),
        pytest.param("a\u115f\u1160\u3164\uffa0\u2800b", "ab", id="fillers"),
        pytest.param("a\ud800b", "ab", id="half a surrogate pair"),
        pytest.param("a\ue000\U0010fffd\u0378b", "ab", id="private and unassigned characters"),
        pytest.param("naïve café — “ok” ₹5 नमस्ते", "naïve café — “ok” ₹5 नमस्ते", id="all that can be seen stays"),
    ],
)
def test_other_peoples_text_becomes_one_visible_line(sent: str, shown: str) -> None:
    assert plain(sent) == shown


@pytest.mark.parametrize(
    ("limit", "shown"),
    [
        (100, "order 12345 was shipped"),
        (23, "order 12345 was shipped"),
        (22, "order 12345 was…"),
        (16, "order 12345 was…"),
        (15, "order 12345…"),
        (12, "order 12345…"),
        (3, "or…"),
    ],
)
def test_a_long_text_is_cut_between_words_where_it_can_be(limit: int, shown: str) -> None:
    assert plain("order 12345 was shipped", limit) == shown


def test_a_word_that_ends_in_the_first_half_is_no_place_to_cut() -> None:
    assert plain("receive abcdefghijklmnopqrst", 20) == "receive abcdefghijk…"
    assert plain("a bcdef", 3) == "a…"


def test_a_text_is_cut_at_two_hundred_characters_unless_asked_otherwise() -> None:
    assert [len(plain("x" * 300)), len(quoted("x" * 300)), len(quoted("x" * 300, 20))] == [200, 202, 22]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [('say "x"', "\"say 'x'\""), ("", '""'), ('"', '"\'"'), ('a"\nb', '"a\' b"')],
)
def test_a_quotation_cannot_be_ended_from_inside(sent: str, shown: str) -> None:
    assert quoted(sent) == shown


ODD = st.text(st.characters() | st.sampled_from('\n\r\u2028\x1b[]m"\u200d\u202e\ufe0f क👩'))


@given(ODD, st.integers(2, 50))
def test_whatever_comes_it_is_one_printable_line_within_the_limit(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert len(shown) <= limit
    assert len(shown.splitlines()) <= 1
    assert all(char.isprintable() or char in "\u200c\u200d" for char in shown)
    assert quoted(text, limit).count('"') == 2


@given(ODD)
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    once = plain(text, 10_000)
    assert plain(once, 10_000) == once
