from __future__ import annotations

from typing import Any

import pytest
from any_tree import START

from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.speech import merged


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


def test_a_time_beyond_every_float_is_no_time_and_is_named() -> None:
    words: Json = [{"word": "a", "start": 1, "end": 2}, {"word": "b", "start": 10**400, "end": 10**400}]
    call = AgentCall.read({"call_id": "c", "transcript_object": [{"role": "user", "content": "a b", "words": words}]})
    assert call.transcript_object[0].content == "a b"
    assert call.warnings
    assert all(path.startswith("transcript_object[0].words") for path in call.warnings)
