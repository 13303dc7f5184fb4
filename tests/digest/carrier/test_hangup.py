from typing import Any

import pytest

from vobiz_mcp.digest.carrier.hangup import advice, ending
from vobiz_mcp.glossary.hangup_causes import BY_CODE, BY_TEXT, Cause
from vobiz_mcp.records.call_record import CallRecord

PUBLISHED_CODES = {
    0,
    *(1000, 1010, 1020),
    *range(2000, 2080, 10),
    *(3000, 3010, 3020, 3030, 3040, 3050, 3070, 3080, 3090, 3100, 3110, 3120, 3130, 3140),
    *(4000, 4010, 4020, 4030),
    *(5000, 5010, 5020, 5030),
    *(6000, 6010, 6020),
    *(7011, 7012, 7013, 7014, 7022, 7023, 7024, 7032, 7033, 7034),
    *(8011, 8012, 8013, 8014),
    *(9000, 9100, 9110),
}
PUBLISHED_TEXTS = (
    "NORMAL_CLEARING USER_BUSY NO_ANSWER ORIGINATOR_CANCEL CALL_REJECTED REJECTED INVALID_NUMBER UNALLOCATED_NUMBER "
    "SERVICE_UNAVAILABLE SERVER_ERROR MEDIA_TIMEOUT PROTOCOL_ERROR NETWORK_OUT_OF_ORDER DESTINATION_OUT_OF_ORDER "
    "NORMAL_TEMPORARY_FAILURE SWITCH_CONGESTION UNKNOWN"
)


def record(code: int | None = None, cause: str | None = None, **fields: Any) -> CallRecord:
    return CallRecord.read({"hangup_cause_code": code, "hangup_cause": cause, **fields})


def test_every_published_cause_is_known_and_no_other() -> None:
    assert set(BY_CODE) == PUBLISHED_CODES
    assert sorted(BY_TEXT) == sorted(PUBLISHED_TEXTS.split())


@pytest.mark.parametrize(
    "cause", list(dict.fromkeys([*BY_CODE.values(), *BY_TEXT.values()])), ids=lambda cause: cause.meaning
)
def test_every_cause_says_what_why_and_what_next_in_words_that_can_be_joined(cause: Cause) -> None:
    for words in cause:
        assert words
        assert words == words.strip(" .")
        assert "·" not in words
    assert len(cause.meaning) <= 50
    assert cause.meaning != cause.reason != cause.next_step


def test_no_two_codes_read_alike() -> None:
    assert len({cause.meaning for cause in BY_CODE.values()}) == len(BY_CODE)


@pytest.mark.parametrize(
    ("code", "cause", "said"),
    [
        pytest.param(3130, "CALL_REJECTED", "blocked as spam", id="a code says more than the text"),
        pytest.param(6000, "NORMAL_CLEARING", "the call's time limit was reached", id="also than a normal one"),
        pytest.param(4000, "USER_BUSY", "the line was busy", id="but a normal code says less"),
        pytest.param(0, "no_answer", "nobody answered", id="and an unknown one"),
        pytest.param(0, "UNKNOWN", "the cause is not known", id="both unknown"),
        pytest.param(4000, "UNKNOWN", "a normal hang-up", id="an unknown text"),
        pytest.param(3999, "USER_BUSY", "the line was busy", id="a code that nobody published"),
        pytest.param(None, "NEW_ONE", "an unpublished cause", id="a text that nobody published"),
        pytest.param(None, None, "cause not stated", id="nothing"),
    ],
)
def test_of_code_and_text_the_one_that_tells_more_is_told(code: int | None, cause: str | None, said: str) -> None:
    assert ending(record(code, cause)).partition(" (")[0] == said


def test_what_was_sent_stands_beside_the_plain_words() -> None:
    assert ending(record(0, "UNKNOWN")) == "the cause is not known (UNKNOWN 0)"
    assert ending(record(77, "NEW\nONE", hangup_cause_name="Brand New")) == "Brand New (NEW ONE 77)"
    assert ending(record(status="completed")) == "cause not stated (completed)"


def test_a_cause_that_nobody_published_gets_no_made_up_advice() -> None:
    assert advice(record(77, "NEW_ONE")) == ""


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Caller", "Caller"),
        ("API", "API (a program asked the API to)"),
        ("vobiz", "vobiz (the platform itself)"),
        ("Answer XML", "Answer XML (the application's XML told it to)"),
        ("Call recipient", "Call recipient (or, on a conference leg, by the platform: both read alike)"),
        ("Martian", "Martian"),
    ],
)
def test_who_hung_up_is_explained_where_it_is_not_obvious(source: str, said: str) -> None:
    assert ending(record(4000, hangup_source=source), explained=True).partition("hung up by ")[2] == said
