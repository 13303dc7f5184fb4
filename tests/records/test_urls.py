import pytest
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.records.urls import may_hold_url, without_secrets


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        pytest.param("wss://agent.example.com/media/v2", "wss://agent.example.com/media/v2", id="a plain URL"),
        pytest.param("ws://10.0.0.7:8080/ws/", "ws://10.0.0.7:8080/ws/", id="with a port"),
        pytest.param("wss://[2001:db8::1]:9/ws", "wss://[2001:db8::1]:9/ws", id="an IPv6 host"),
        pytest.param("wss://h/ws?token=abc", "wss://h/ws?…", id="query"),
        pytest.param("wss://h/ws#abc", "wss://h/ws?…", id="fragment"),
        pytest.param("wss://user:pass@h/ws", "wss://…@h/ws", id="user information"),
        pytest.param("wss://a@b@h/ws", "wss://…@h/ws", id="two at signs"),
        pytest.param("wss://h/ws;token=abc", "wss://h/…", id="parameters of a segment"),
        pytest.param("wss://h/token/abc/ws", "wss://h/token/…/ws", id="a segment after its name"),
        pytest.param("wss://h/API-KEY/abc", "wss://h/API-KEY/…", id="a name in capitals"),
        pytest.param("wss://h/ws/9f8e7d6c5b4a39281706", "wss://h/ws/…", id="a long mixture of letters and digits"),
        pytest.param("wss://h/ABCDEF0123456789", "wss://h/…", id="in capitals, of sixteen characters"),
        pytest.param("wss://h/" + "a" * 33, "wss://h/…", id="a very long segment"),
        pytest.param("wss://h/" + "a" * 32, "wss://h/" + "a" * 32, id="a long one of one kind"),
        pytest.param("wss://h/%74oken", "wss://h/…", id="an escaped segment"),
        pytest.param("wss://h/sk_live9/ws", "wss://h/…/ws", id="a key by its prefix"),
        pytest.param("wss://h/eyJhbGci/ws", "wss://h/…/ws", id="a web token by its prefix"),
        pytest.param("wss://h/agents/reception-desk", "wss://h/agents/reception-desk", id="words are no token"),
        pytest.param("see wss://h/a?b and https://i/c?d.", "see wss://h/a?… and https://i/c?…", id="in a sentence"),
        pytest.param('{"url":"https://h/a?b=c","x":1}', '{"url":"https://h/a?…","x":1}', id="in JSON"),
        pytest.param(
            r'{"url":"https:\/\/h\/recordings\/a?b=c","x":1}',
            r'{"url":"https:\/\/h\/recordings\/a?…","x":1}',
            id="with escaped slashes",
        ),
        pytest.param(r"https:\\/\\/h\\/token\\/abc", r"https:\\/\\/h\\/token\\/…", id="escaped twice"),
        pytest.param(r"C:\\folder and x:\/y", r"C:\\folder and x:\/y", id="backslashes without a URL"),
        pytest.param("链接https://h/a?b", "链接https://h/a?…", id="right after letters of another script"),
        pytest.param("_1wss://h/a?b", "_1wss://h/a?…", id="right after a digit"),
        pytest.param("wss://[zz]/a?b", "…", id="what cannot be taken apart"),
        pytest.param("no://", "no://", id="no URL"),
        pytest.param("wss://h/receptionists-desk", "wss://h/receptionists-desk", id="long words are no token either"),
        pytest.param("wss://h/12345678901234567", "wss://h/12345678901234567", id="nor is a long number"),
        pytest.param("wss://h/Xavier", "wss://h/Xavier", id="nor a short word"),
    ],
)
def test_a_url_is_shown_without_what_lets_one_in(sent: str, shown: str) -> None:
    assert without_secrets(sent) == shown
    assert may_hold_url(sent) or sent == shown


@pytest.mark.parametrize("text", ["", "a: //b", "12:30", "http:/h", "a:b//c"])
def test_most_texts_are_seen_to_hold_no_url(text: str) -> None:
    assert not may_hold_url(text)


SEGMENTS = st.text("abcxyz019-._~", min_size=1, max_size=12)


@given(
    st.text("abc :\"'/é", max_size=10),
    st.lists(SEGMENTS, max_size=3),
    st.sampled_from(["?{}", "#{}", "/token/{}", "/{}0123456789abcdef", "/;{}", "?a=b&c={}#d"]),
)
def test_no_secret_is_shown_wherever_the_url_stands(before: str, segments: list[str], place: str) -> None:
    url = "wss://host/" + "/".join(segments) + place.format("SECRET")
    shown = without_secrets(before + url)
    assert "SECRET" not in shown
    assert shown.startswith(before)


@given(st.text())
def test_what_holds_no_url_stays_as_it_is(text: str) -> None:
    assert without_secrets(text.replace("://", "")) == text.replace("://", "")


@given(st.text("abz/:@?#[]%;.-…\n", max_size=60))
def test_what_was_cut_once_needs_no_second_cut(text: str) -> None:
    once = without_secrets(text)
    assert without_secrets(once) == once
