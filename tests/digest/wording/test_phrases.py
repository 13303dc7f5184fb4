import pytest

from vobiz_mcp.digest.wording.phrases import duration, joined, left_out, parties, place, reading_notes, times
from vobiz_mcp.records.moment import read_time
from vobiz_mcp.records.record import Record


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (3, "3 s"),
        (3.44, "3.4 s"),
        (41.9, "41 s"),
        (180, "3 min 0 s"),
        (3600, "1 h"),
        (3845, "1 h 4 min 5 s"),
        (86_400, "24 h"),
        (86_400 * 3, "3 days"),
        (-5.5, "-5.5 s"),
        (-65, "-1 min 5 s"),
        (48 * 3600 - 1, "47 h 59 min 59 s"),
        (48 * 3600, "2 days"),
    ],
)
def test_a_duration_is_said_with_its_units(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (92.9, "1:32"), (3725, "1:02:05"), (-1, "0:00")])
def test_a_place_in_a_call_is_shown_as_a_player_shows_it(seconds: float, shown: str) -> None:
    assert place(seconds) == shown


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        pytest.param(
            ["2026-03-02T09:00:00Z", "2026-03-02T09:00:42Z"], "a 2026-03-02 09:00:00, b 09:00:42 UTC", id="alike"
        ),
        pytest.param(["2026-03-02T09:00:00Z"], "a 2026-03-02 09:00:00 UTC", id="one"),
        pytest.param(
            ["2026-03-02T23:59:00Z", "2026-03-03T00:01:00Z"],
            "a 2026-03-02 23:59:00, b 2026-03-03 00:01:00 UTC",
            id="over midnight",
        ),
        pytest.param(
            ["2026-03-02T09:00:00Z", "2026-03-02 14:30:42+05:30"],
            "a 2026-03-02 09:00:00 UTC, b 14:30:42 +05:30",
            id="two zones",
        ),
        pytest.param(
            ["2026-03-02 09:00:00", "2026-03-02T09:00:42Z"],
            "a 2026-03-02 09:00:00 (zone not stated), b 09:00:42 UTC",
            id="one zone not stated",
        ),
        pytest.param(
            ["2026-03-02 09:00:00", "later"], "a 2026-03-02 09:00:00 (zone not stated), b later", id="no form"
        ),
        pytest.param([], "", id="none"),
    ],
)
def test_date_and_zone_are_said_once_while_they_stay_the_same(sent: list[str], shown: str) -> None:
    assert times(*zip("ab", map(read_time, sent), strict=False), ("never", None)) == shown


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (("inbound", "+1", "+2"), "inbound from +1 to +2"),
        ((None, "+1", None), "from +1"),
        (("outbound", None, "+2"), "outbound to +2"),
        ((None, None, None), ""),
    ],
)
def test_parties_are_named_as_far_as_they_are_known(
    known: tuple[str | None, str | None, str | None], said: str
) -> None:
    assert parties(*known) == said


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (("a",), ""),
        (("b", "a"), ""),
        ((None,), ""),
        ((None, "b\n"), "check: the API answered about b, not a"),
    ],
)
def test_an_answer_about_another_thing_is_pointed_out(answered: tuple[str | None, ...], said: str) -> None:
    assert reading_notes(Record().compared("a", *answered)) == said


@pytest.mark.parametrize(
    ("warnings", "said"),
    [
        ([], ""),
        (["a", "b"], "fields that could not be read and are left out: a, b"),
        (list("abcdefg"), "fields that could not be read and are left out: a, b, c, d, e and 2 more"),
        (["calls[3]", "calls[7]"], "2 of 2 calls could not be read and are left out"),
        (["a\nb"], "fields that could not be read and are left out: a b"),
    ],
)
def test_what_could_not_be_read_is_named(warnings: list[str], said: str) -> None:
    assert left_out(Record(warnings=warnings)) == said


def test_parts_that_say_nothing_leave_no_trace() -> None:
    assert joined(["a", "", None, "b"]) == "a · b"
