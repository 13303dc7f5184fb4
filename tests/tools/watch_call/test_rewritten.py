"""A transcript that is not only added to: shortened, worded anew, or met with a cursor that does not fit it."""

from __future__ import annotations

import pytest
from watched_call import Flow, spoken

from vobiz_mcp.digest.watch.cursor import LONGEST_CURSOR
from vobiz_mcp.records.changes import CallChanges
from vobiz_mcp.tools.watch_call import WatchCall

TURNS = [f"We speak of {first}{second}." for first in "bcdfgh" for second in "aeiouyääöü"]


def followed(*transcripts: list[str]) -> list[tuple[str, CallChanges]]:
    """What each next transcript of a call is told with, following the cursors."""
    flow, cursor, told = Flow(), "", []
    for turns in transcripts:
        flow.bodies["agent"] = spoken(*turns)
        told.append(flow.watch(cursor, call_id="c"))
        cursor = told[-1][1].cursor
    return told


def new(record: CallChanges) -> list[str]:
    return [change.line for change in record.changes if change.kind == "turn"]


@pytest.mark.parametrize("shrunk", [6, 0])
def test_turns_after_a_transcript_shrank_are_all_told(shrunk: int) -> None:
    anew = [f"Said anew {number}." for number in range(shrunk + 1, 10)]
    *_, (text, record) = followed(TURNS[:12], TURNS[:shrunk] or TURNS[:1], [*TURNS[:shrunk], *anew])
    assert new(record) == [f"t{number} agent: Said anew {number}." for number in range(shrunk + 1, 10)]
    assert "the transcript has become shorter; rewritten since told: " in text


def test_turns_that_come_one_by_one_after_it_shrank_are_each_told_once() -> None:
    grown = [[*TURNS[:6], *(f"New {number}." for number in range(count))] for count in range(1, 9)]
    told = followed(TURNS[:12], TURNS[:6], *grown)
    assert [line for _, record in told[2:] for line in new(record)] == [f"t{7 + n} agent: New {n}." for n in range(8)]


@pytest.mark.parametrize("place", [0, 20, 55, 59])
def test_a_reworded_turn_is_told_as_rewritten_wherever_it_stands(place: int) -> None:
    masked = [*TURNS[:place], "It ends with [digits].", *TURNS[place + 1 :]]
    whole = [*TURNS[:place], "It is the whole of it.", *TURNS[place + 1 :]]
    _, (text, record) = followed(masked, whole)
    assert f"t{place + 1} agent: It is the whole of it." in [*new(record), *text.splitlines()]
    assert f"t{place + 1}" in text.partition("rewritten since told: ")[2].partition("\n")[0]


def test_of_a_transcript_that_only_grew_nothing_is_called_rewritten() -> None:
    told = followed(*(TURNS[:count] for count in range(1, 60, 3)))
    assert not [text for text, _ in told if "rewritten" in text]
    assert [line for _, record in told[1:] for line in new(record)] == [
        f"t{number} agent: {TURNS[number - 1]}" for number in range(2, 59)
    ]


def test_a_sentence_that_is_said_again_is_told_again() -> None:
    _, (_, record) = followed(["Yes.", "No.", "Yes."], ["Yes.", "No.", "Yes.", "Yes."])
    assert new(record) == ["t4 agent: Yes."]


def test_a_cursor_with_too_high_a_count_hides_nothing() -> None:
    flow = Flow(agent=spoken(*TURNS[:5]))
    _, record = flow.watch(call_id="c")
    too_high = "999999999" + record.cursor[record.cursor.index(".") :]
    flow.bodies["agent"] = spoken("Other words.", *TURNS[10:14])
    _, record = flow.watch(too_high, call_id="c")
    assert len(new(record)) == 5


def test_a_cursor_stays_small_and_usable_however_many_findings_there_are() -> None:
    gaps = [
        {"role": "agent", "content": f"Turn {n}.", "words": [{"word": "Turn", "start": 10.0 * n, "end": 10.0 * n + 1}]}
        for n in range(1400)
    ]
    flow = Flow(agent={"call_id": "c", "call_status": "ONGOING", "transcript_object": gaps[:1390]})
    _, first = flow.watch(call_id="c")
    assert sum(change.kind == "finding" for change in first.changes) > 1380
    assert len(first.cursor) < LONGEST_CURSOR / 4
    assert flow.watch(first.cursor, call_id="c")[1].changes == []
    flow.bodies["agent"] = {"call_id": "c", "call_status": "ONGOING", "transcript_object": gaps}
    _, second = flow.watch(WatchCall.of({"call_id": "c", "cursor": first.cursor}).cursor, call_id="c")
    assert sum(change.kind == "finding" for change in second.changes) == 10
    assert len(new(second)) == 10


def test_a_call_that_no_api_knows_is_not_watched_without_end() -> None:
    flow = Flow()
    text, record = flow.watch(call_uuid="nobody")
    assert "call not in progress, and no record (CDR) of it yet" in text
    waits = 0
    while not record.is_over:
        text, record = flow.watch(record.cursor, call_uuid="nobody")
        flow.late_s += 20
        waits += 1
    assert waits == 4  # that is a minute after the first look
    assert "the API has known no such call: check the call_uuid, and stop watching" in text
