from __future__ import annotations

import json
from typing import Any

import pytest
from any_tree import SCALARS, START, TREES, plainly
from asking import sample
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.api import body
from vobiz_mcp.api.agent_calls import call_in
from vobiz_mcp.digest.timeline.from_record import timeline
from vobiz_mcp.errors import UnreadableAnswer
from vobiz_mcp.records.agent_call import AgentCall


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
        warnings = [path for path in slow.warnings if not path.startswith("transcript_object")]
        slow = slow.model_copy(update={"transcript_object": [], "warnings": warnings})
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
