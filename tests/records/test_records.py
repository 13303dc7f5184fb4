import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from asking import LEG, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from vobiz_mcp.api import body
from vobiz_mcp.api.agent_calls import call_in
from vobiz_mcp.digest.timeline.from_record import timeline
from vobiz_mcp.errors import UnreadableAnswer
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.call_record import CallRecord, CallRecordList
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.moment import read_time
from vobiz_mcp.records.record import DEEPEST, Record
from vobiz_mcp.records.speech import merged
from vobiz_mcp.records.stream import Stream, StreamList

RECORDS: tuple[type[Record], ...] = (AgentCall, CallRecord, CallRecordList, LiveCall, Stream, StreamList)
START = 1772443638000
"""When the sample agent call starts, in epoch milliseconds."""


def names(record: type[BaseModel]) -> set[str]:
    """Every key that any field of a record, or of a part of it, is read from."""
    found: set[str] = set()
    parts: list[type[BaseModel]] = [record]
    for part in parts:
        for name, about in part.model_fields.items():
            choices = getattr(about.validation_alias, "choices", [])
            found |= {name, *map(str, choices)}
        parts += [inner for inner in _parts_in(part) if inner not in parts]
    return found


def _parts_in(part: type[BaseModel]) -> list[type[BaseModel]]:
    seen = str({name: about.annotation for name, about in part.model_fields.items()})
    return [inner for inner in _subclasses(BaseModel) if f"{inner.__module__}.{inner.__name__}" in seen]


def _subclasses(of: type[BaseModel]) -> list[type[BaseModel]]:
    return [inner for direct in of.__subclasses__() for inner in (direct, *_subclasses(direct))]


# What was sent passes through.


def test_words_and_fields_that_nobody_documented_pass_through() -> None:
    tree: Any = {"call_uuid": LEG, "call_state": "PARKED", "new_field": {"a": [1]}}
    call = LiveCall.read(tree)
    assert (call.state, call.model_extra, call.warnings) == ("PARKED", {"new_field": {"a": [1]}}, [])


@pytest.mark.parametrize("record", RECORDS)
def test_a_null_is_the_same_as_a_missing_key_in_every_field(record: type[Record]) -> None:
    nulls: Any = dict.fromkeys(names(record))
    assert record.read(nulls) == record.read({})


def test_numbers_where_text_is_usual_are_text() -> None:
    call = LiveCall.read({"from": 912245678901, "call_uuid": 7})
    assert (call.from_number, call.call_uuid) == ("912245678901", "7")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("0.00300", "0.00300", id="text keeps its zeros"),
        pytest.param(0.45, "0.45", id="a number"),
        pytest.param(1, "1", id="a whole number"),
        pytest.param(0.00001, "0.00001", id="a small number has no exponent"),
        pytest.param(1e22, "10000000000000000000000", id="nor has a large one"),
        pytest.param(1234567.89, "1234567.89", id="all digits"),
        pytest.param(0, "0", id="zero"),
    ],
)
def test_an_amount_is_kept_digit_by_digit(sent: Any, kept: str) -> None:
    assert CallRecord.read({"cost": sent}).cost == kept


@pytest.mark.parametrize("sent", [True, [], {}, float("inf"), float("nan")])
def test_what_is_no_amount_is_left_out_and_named(sent: Any) -> None:
    record = CallRecord.read({"cost": sent, "currency": "INR"})
    assert (record.cost, record.currency, record.warnings) == (None, "INR", ["cost"])


# A field of a wrong type loses only itself.


@pytest.mark.parametrize(
    ("record", "tree", "warnings"),
    [
        pytest.param(LiveCall, {"call_uuid": {}, "direction": "inbound"}, ["call_uuid"], id="at the top"),
        pytest.param(AgentCall, {"call_cost": {"combined_cost": []}}, ["call_cost.combined_cost"], id="inside"),
        pytest.param(
            AgentCall, {"latency": {"e2e": {"p50": "slow"}, "llm": 4}}, ["latency.e2e.p50", "latency.llm"], id="by stage"
        ),
        pytest.param(
            AgentCall,
            {"transcript_object": [{"role": "user"}, 5, {"role": {}}, "x", {"content": "last"}]},
            ["transcript_object[1]", "transcript_object[2].role", "transcript_object[3]"],
            id="in a list",
        ),
        pytest.param(AgentCall, {"latency": {"e2e": {"values": [1, "x", 3, []]}}},
            ["latency.e2e.values[1]", "latency.e2e.values[3]"], id="numbers in a list"),
        pytest.param(StreamList, {"streams": [{"bidirectional": []}], "total": "many"},
            ["streams[0].bidirectional", "total"], id="in a record of a list"),
        pytest.param(LiveCall, {"call_state": 1.5, "session_start": [], "call_duration": "long"},
            ["call_duration", "session_start"], id="a number is text, text no number"),
        pytest.param(
            AgentCall,
            {"transcript_object": [{}, 5, {"speech": 5, "words": "x"}]},
            ["transcript_object[1]", "transcript_object[2].speech", "transcript_object[2].words"],
            id="behind an item that was left out",
        ),
        pytest.param(LiveCall, {"warnings": 5, "call_uuid": "a"}, ["warnings"], id="a field that is ours"),
    ],
)  # fmt: skip
def test_a_field_of_a_wrong_type_is_left_out_alone_and_named(
    record: type[Record], tree: Any, warnings: list[str]
) -> None:
    assert record.read(tree).warnings == warnings


def test_what_stands_beside_a_wrong_item_of_a_list_is_kept() -> None:
    call = AgentCall.read({"transcript_object": [{"content": "a"}, 5, {"role": {}, "content": "b"}, {"content": "c"}]})
    assert [entry.content for entry in call.transcript_object] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("tree", "state", "warnings"),
    [
        ({"call_state": {}, "call_status": "queued"}, "queued", ["call_state"]),
        ({"call_state": {}, "call_status": [], "status": "live"}, "live", ["call_state", "call_status"]),
        ({"call_state": None, "call_status": "queued"}, "queued", []),
    ],
)
def test_another_name_of_a_field_stands_in_for_one_of_a_wrong_type(tree: Any, state: str, warnings: list[str]) -> None:
    call = LiveCall.read(tree)
    assert (call.state, call.warnings) == (state, warnings)


def test_a_wrong_word_time_costs_that_word_only() -> None:
    words: Any = [{"start": 1, "end": 2}, {"start": "x", "end": 3}, 5, {"start": 8, "end": 9}]
    call = AgentCall.read({"transcript_object": [{"role": "user", "content": "a b c d", "words": words}]})
    assert call.transcript_object[0].speech == [(1, 2), (8, 9)]
    assert call.warnings == ["transcript_object[0].words[1]", "transcript_object[0].words[2]"]


@pytest.mark.parametrize("tree", [None, 5, "text", True, [], [{}]])
def test_what_is_no_object_is_no_record(tree: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        LiveCall.read(tree)


@pytest.mark.parametrize("levels", [DEEPEST - 2, DEEPEST + 1, 5000])
def test_nesting_beyond_reason_is_refused_and_all_else_can_be_written(levels: int) -> None:
    tree: Any = "leaf"
    for _ in range(levels):
        tree = {"a": tree}
    if levels > DEEPEST:
        with pytest.raises(UnreadableAnswer):
            LiveCall.read(tree)
    else:
        LiveCall.read(tree).model_dump_json()


# Any tree at all.

KEYS = sorted(set.union(*map(names, RECORDS)))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**30, -(10**400), 0, START]),
    st.floats(),
    st.text(),
    st.sampled_from(["user", "2026-03-02T09:27:18Z", "0.003", "wss://u:p@h/x?y=z", "://", "[::1", "http://[::1"]),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    ),
    max_leaves=30,
)
OBJECTS = st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8)


@settings(max_examples=300)
@given(st.sampled_from(RECORDS), OBJECTS | TREES)
def test_any_tree_is_a_record_that_can_be_written_or_is_unreadable(record: type[Record], tree: Any) -> None:
    before = deepcopy(tree)
    try:
        read = record.read(tree)
    except UnreadableAnswer:
        return
    finally:
        assert repr(tree) == repr(before)
    dumped = read.model_dump(mode="json")
    assert json.loads(json.dumps(dumped, allow_nan=False)) == dumped == json.loads(read.model_dump_json())


@given(st.binary() | TREES.map(lambda tree: json.dumps(tree).encode()))
def test_any_bytes_are_a_tree_of_valid_text_or_are_unreadable(content: bytes) -> None:
    try:
        tree = body.parse(content)
    except UnreadableAnswer:
        return
    json.dumps(tree, ensure_ascii=False).encode()


# The fast way and the plain way to read an agent call.


def plainly(content: bytes) -> AgentCall:
    return AgentCall.read(call_in(body.parse(content)))


def agree(content: bytes) -> None:
    try:
        slow = plainly(content)
    except UnreadableAnswer:
        with pytest.raises(UnreadableAnswer):
            AgentCall.read(call_in(body.parse_agent_call(content)))
        return
    tree = call_in(body.parse_agent_call(content))
    assert isinstance(tree, dict)
    fast = AgentCall.read(tree)
    assert timeline(fast).items == timeline(slow).items
    if "transcript_object" not in tree:  # it is left out where the other transcript holds as much speech
        slow.transcript_object = []
        slow.warnings = [path for path in slow.warnings if not path.startswith("transcript_object")]
    assert fast == slow


TIMES = st.none() | st.integers(START, START + 60_000) | st.floats(0, 60) | st.sampled_from(["1.5", True, [], -1])
WORDS = st.lists(
    st.dictionaries(st.sampled_from(["word", "start", "end", "confidence"]), TIMES, max_size=4) | SCALARS, max_size=5
)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "role": st.sampled_from(
                ["user", "agent", "Agent", "assistant", "tool_call_invocation", "tool_call_result"]
            ),
            "content": st.text(max_size=5) | TREES,
            "words": WORDS | st.none(),
            "timestamp": TIMES,
            "time_sec": TIMES,
            "tool_call_id": st.sampled_from(["t1", "t2"]),
            "name": st.text(max_size=5),
            "arguments": TREES,
            "successful": st.booleans() | st.none(),
            "unknown": TREES,
        },
    ),
    max_size=4,
)
CALLS = st.fixed_dictionaries(
    {},
    optional={
        "call_id": SCALARS,
        "start_timestamp": TIMES,
        "transcript_object": ENTRIES | SCALARS,
        "transcript_with_tool_calls": ENTRIES | SCALARS,
        "latency": TREES,
        "events": TREES,
    },
)


@settings(max_examples=400)
@given(CALLS, st.booleans())
def test_both_ways_to_read_an_agent_call_agree(call: Any, enveloped: bool) -> None:
    agree(
        json.dumps({"message": "m", "status": "success", "error": None, "data": call} if enveloped else call).encode()
    )


ENTRY = {"role": "user", "content": "hello there", "words": [{"word": "hello", "start": 1, "end": 1.4}]}


def call_with(**fields: Any) -> bytes:
    return json.dumps({"call_id": "c", "transcript_object": [{**ENTRY, **fields}]}).encode()


@pytest.mark.parametrize(
    "content",
    [
        *(
            pytest.param(json.dumps(sample(name)).encode(), id=name)
            for name in ("agent_zudu", "agent_zudu_lower_case", "agent_minimal", "agent_retell")
        ),
        pytest.param(call_with(unheard_of=1), id="an unknown key in an entry"),
        pytest.param(call_with(words=None), id="words are null"),
        pytest.param(call_with(words=[None]), id="a word is null"),
        pytest.param(call_with(words=[{"start": "1.5", "end": "2"}]), id="times as text"),
        pytest.param(
            call_with(words=[{"word": "x"}, {"start": None, "end": 2}, {"start": 3}]), id="words without times"
        ),
        pytest.param(call_with(words=[{"start": True, "end": 2}]), id="a time that is a truth value"),
        pytest.param(call_with(role={"a": 1}), id="a role that is no text"),
        pytest.param(call_with(content="\ud800 alone"), id="half a surrogate pair"),
        pytest.param(call_with(content="\ud83d\ude00"), id="a surrogate pair"),
        pytest.param(b"\xef\xbb\xbf" + call_with(), id="a byte-order mark"),
        pytest.param(call_with(words=[{"start": float("nan"), "end": 2}]), id="NaN"),
        pytest.param(call_with(words=[{"start": 10**400, "end": 2}]), id="a number beyond all floats"),
        pytest.param(call_with().replace(b"hello there", b"hello\n\x00there"), id="raw control characters"),
        pytest.param(call_with().replace(b"hello there", b"hello \xff"), id="bytes that are no UTF-8"),
        pytest.param(call_with().replace(b'"call_id"', b'"call_id": "first", "call_id"'), id="a key twice"),
        pytest.param(call_with().replace(b'"words"', b'"words": [{"start": 7}], "words"'), id="words twice"),
        pytest.param(call_with(content="[" * 400 + "]" * 400), id="brackets in speech"),
        pytest.param(b'{"call_id": "c", "metadata": ' + b"[" * 9000 + b"]" * 9000 + b"}", id="bottomless metadata"),
        pytest.param(b'{"data": {"call": {"call_id": "c"}}}', id="an envelope in an envelope"),
        pytest.param(b'{"call_id": "c", "transcript_with_tool_calls": null}', id="a transcript that is null"),
        pytest.param(b'{"call_id": "c", "transcript_object": "none yet"}', id="a transcript that is text"),
        pytest.param(b'{"call_id": "c", "transcript_object": []}', id="a transcript without entries"),
    ],
)
def test_both_ways_agree_on_every_oddity(content: bytes) -> None:
    agree(content)


def test_what_an_envelope_says_beside_the_call_is_kept() -> None:
    content = b'{"data": {"call_id": "c"}, "success": false, "message": "m", "status": "s", "error": "e"}'
    assert body.parse_agent_call(content) == body.parse(content)


def test_speech_is_not_lost_when_the_richer_transcript_holds_less_of_it() -> None:
    tools = {"role": "tool_call_result", "tool_call_id": "t", "content": "x" * 5000}
    content = json.dumps(
        {"call_id": "c", "transcript_object": [ENTRY, ENTRY], "transcript_with_tool_calls": [ENTRY, tools]}
    ).encode()
    assert len(timeline(AgentCall.read(body.parse_agent_call(content))).utterances) == 2
    agree(content)


# One timeline, whoever sent it.


def test_retell_and_zudu_tell_the_same_timeline() -> None:
    zudu, retell = (plainly(json.dumps(sample(f"agent_{name}")).encode()) for name in ("zudu", "retell"))
    told, other = timeline(zudu), timeline(retell)
    assert [(item.start, getattr(item, "spans", None), getattr(item, "text", None)) for item in told.items] == [
        (item.start, getattr(item, "spans", None), getattr(item, "text", None)) for item in other.items
    ]
    assert told.tool_calls == other.tool_calls
    assert (told.duration, told.answered, other.duration, other.answered) == (21.5, 6, 21.5, None)
    assert [utterance.speaker for utterance in told.utterances] == ["agent", "caller", "agent", "caller"]


@pytest.mark.parametrize(
    ("starts", "ends", "spans"),
    [
        pytest.param([], [], [], id="no words"),
        pytest.param([1, 2], [1.5, 2.5], [(1, 2.5)], id="short pauses"),
        pytest.param([1, 2.6], [1.5, 3], [(1, 1.5), (2.6, 3)], id="a long pause"),
        pytest.param([1, 2.5], [1.5, 3], [(1, 3)], id="a pause of exactly a second"),
        pytest.param([5, 1], [6, 2], [(5, 6), (1, 2)], id="back in time"),
        pytest.param([1, 1.2], [3, 1.5], [(1, 3)], id="a word inside another"),
        pytest.param([START, START + 1400], [START + 500, START + 2000], [(START, START + 2000)], id="milliseconds"),
        pytest.param(
            [START, START + 1600],
            [START + 500, START + 2000],
            [(START, START + 500), (START + 1600, START + 2000)],
            id="a long pause in milliseconds",
        ),
    ],
)
def test_words_become_spans_of_unbroken_speech(starts: Any, ends: Any, spans: Any) -> None:
    assert merged(starts, ends) == spans


# Times.


@pytest.mark.parametrize(
    ("sent", "at", "zone"),
    [
        ("2014-10-15 09:03:43", "2014-10-15T09:03:43", ""),
        ("2026-06-11 16:03:28.586839", "2026-06-11T16:03:28.586839", ""),
        ("2026-04-24T09:25:00Z", "2026-04-24T09:25:00+00:00", "UTC"),
        ("2025-11-14 08:14:50+05:30", "2025-11-14T08:14:50+05:30", "+05:30"),
        ("2025-11-14 02:44:50.617032+00:00", "2025-11-14T02:44:50.617032+00:00", "UTC"),
        ("2026-09-29 10:01:10.12345+05:30", "2026-09-29T10:01:10.123450+05:30", "+05:30"),
        ("2025-10-12T10:30:00.000Z", "2025-10-12T10:30:00+00:00", "UTC"),
        ("2023-07-17 14:26:02.806041 +0000 UTC", "2023-07-17T14:26:02.806041+00:00", "UTC"),
        ("2023-07-17 14:26:02.806041123 +0530 IST", "2023-07-17T14:26:02.806041+05:30", "+05:30"),
        ("2023-07-17 14:26:02 +0300 +03", "2023-07-17T14:26:02+03:00", "+03:00"),
        (" 2014-10-15 09:03:43 ", "2014-10-15T09:03:43", ""),
        (1703097600, "2023-12-20T18:40:00+00:00", "UTC"),
        (1703097600000, "2023-12-20T18:40:00+00:00", "UTC"),
        (1703097600.5, "2023-12-20T18:40:00.500000+00:00", "UTC"),
        ("1762436939422.00000", "2025-11-06T13:48:59.422000+00:00", "UTC"),
    ],
)
def test_every_published_form_of_a_time_is_read_with_what_is_known_of_its_zone(sent: Any, at: str, zone: str) -> None:
    time = read_time(sent)
    assert time.at == datetime.fromisoformat(at)
    assert (time.zone, (time.epoch is None) == (zone == "")) == (zone, True)


@pytest.mark.parametrize("sent", ["soon", "28s", "2026-13-45", "1703097600000000000", 12, -5, 10**400, "+05:30"])
def test_a_time_in_no_known_form_is_kept_as_it_was_sent(sent: Any) -> None:
    time = read_time(sent)
    assert (time.sent, time.at, time.zone, time.epoch) == (str(sent), None, "", None)


@pytest.mark.parametrize("sent", ["", "  ", 0, "0", 0.0, True, [], {}, float("nan"), float("inf")])
def test_what_stands_for_no_time_is_none_and_ends_nothing(sent: Any) -> None:
    stream = Stream.read({"stream_id": "s", "end_time": sent})
    assert (stream.end_time, stream.is_over, stream.warnings) == (None, False, ["end_time"])


def test_a_time_is_written_as_it_was_sent() -> None:
    call = LiveCall.read({"session_start": "2026-06-11 16:03:28.586839", "answer_time": 1703097600000})
    dumped = call.model_dump(mode="json")
    assert (dumped["session_start"], dumped["answer_time"]) == ("2026-06-11 16:03:28.586839", "1703097600000")
    assert LiveCall.read(dumped) == call


def test_seconds_and_milliseconds_are_told_apart_by_size() -> None:
    assert read_time(99_999_999_999).at == datetime(5138, 11, 16, 9, 46, 39, tzinfo=UTC)
    assert read_time(100_000_000_001).at == datetime(1973, 3, 3, 9, 46, 40, 1000, tzinfo=UTC)


# Whether something is over.


@pytest.mark.parametrize(
    ("sent", "over"),
    [
        ({"status": "in-progress"}, False),
        ({"status": "In-Progress"}, False),
        ({"status": "connecting"}, False),
        ({"status": "completed"}, True),
        ({"status": "Failed"}, True),
        ({}, False),
        ({"end_time": "2026-03-02T09:27:18Z"}, True),
        ({"end_time": "2026-03-02T09:27:18Z", "status": "in-progress"}, True),
    ],
)
def test_a_stream_is_over_by_its_end_and_else_by_its_status(sent: Any, over: bool) -> None:
    assert Stream.read(sent).is_over is over


@pytest.mark.parametrize(
    ("sent", "over"),
    [
        ({"call_status": "ONGOING"}, False),
        ({"call_status": "ENDED"}, True),
        ({"call_status": "ended"}, True),
        ({"call_status": "not_connected"}, True),
        ({"end_timestamp": START}, True),
        ({"call_status": "REGISTERED", "end_timestamp": None}, False),
    ],
)
def test_an_agent_call_is_over_by_its_end_and_else_by_its_status(sent: Any, over: bool) -> None:
    assert AgentCall.read(sent).is_over is over


# Secrets.


def test_urls_lose_their_secrets_wherever_they_stand() -> None:
    tree: Any = {
        "new": [{"url": "wss://u:p@h/a?token=s3cret"}],
        "words": "see https://h/?k=s3cret",
        "recording_url": "x://h?s3cret",
    }
    assert "s3cret" not in AgentCall.read(tree).model_dump_json()


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        pytest.param([5.0, 5.5, 5.25, 6.0], [5.4, 5.7, 5.45, 6.2], [(5.0, 5.7), (5.25, 6.2)], id="a word goes back"),
        pytest.param([1.0, 2.0], [1.4, 1.5], [(1.0, 1.4), (2.0, 1.5)], id="a word ends before it starts"),
        pytest.param([1.0, 2.2, 3.9], [1.5, 2.8, 4.0], [(1.0, 2.8), (3.9, 4.0)], id="a long pause"),
    ],
)
def test_disorder_and_pauses_inside_an_utterance_stay_visible(
    starts: list[float], ends: list[float], expected: list[tuple[float, float]]
) -> None:
    assert merged(starts, ends) == expected
