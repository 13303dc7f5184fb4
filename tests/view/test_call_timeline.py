"""The small JSON of a call that its picture is drawn from."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot
from planted_calls import Used, agent, answer, caller, record, retell
from shared import bench_cases, needs_shared

from vobiz_mcp.glossary.findings import FINDINGS
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.resources import document
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.saved_files import calls_in
from vobiz_mcp.view.timeline import LARGEST, call_timeline
from vobiz_mcp.view.titles import TITLES

NOON = 1_795_262_400.0
HOUR = 3600


def told(call_id: str, moment: float = NOON) -> dict[str, Any]:
    with connect(Sandbox(lambda: moment)) as client:
        found: dict[str, Any] = json.loads(client.answer(document(f"vobiz://agent-calls/{call_id}/timeline")))
    return found


def of(*lines: Any, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call_timeline(record(retell(*lines, **fields)), NOON).model_dump_json())
    return found


def test_the_timeline_of_a_dispute_tells_what_was_said_to_be_done_beside_what_was() -> None:
    found = told("call_dispute")
    assert {key: found[key] for key in ("who", "end", "length", "is_live", "notes")} == snapshot(
        {
            "who": "+12125550177 called agent_billing",
            "end": "the caller hung up",
            "length": 115.7,
            "is_live": False,
            "notes": [
                'the platform\'s own analysis: successful · caller sentiment Negative · "The caller reported a duplicate charge and the agent processed the refund."'
            ],
        }
    )
    assert found["ledger"] == snapshot(
        [
            {
                "turn": 10,
                "tool": "refund_charge",
                "outcome": "soft_failure",
                "asked": "charge_id: ch_882, amount: 64.90, reason: duplicate",
                "came_back": "success: false, error: refund window closed for charge ch_882, needs approval by finance; not tried again",
                "claims": [
                    [11, "Alright, that is all taken care of for you. Is there anything else I can help with today?"]
                ],
                "is_untrue": True,
            }
        ]
    )
    assert found["tools"] == snapshot(
        [
            {"name": "lookup_invoice", "turn": 5, "start": 32.6, "end": 33.9},
            {
                "name": "refund_charge",
                "turn": 10,
                "start": 65.2,
                "end": 66.8,
                "outcome": "soft_failure",
                "changes": True,
                "why": 'success false, error "refund window closed for charge ch_882, needs approval by finance"',
            },
        ]
    )
    assert found["silences"] == snapshot([[10, 65.1, 11.2, "refund_charge ran"]])
    assert [(each["severity"], each["title"], each["turn"], each["at"]) for each in found["findings"]] == snapshot(
        [
            ("critical", "Said to be done, and no tool did it", 11, 76.3),
            ("critical", "Nobody spoke: 11.2 s (refund_charge ran)", 10, 65.1),
            ("warn", "A tool failed, though marked ok", 10, 65.2),
            ("warn", "The reported latency hides a wait", 10, 65.1),
        ]
    )
    assert (found["measured"], found["reported"]) == snapshot(
        ({"count": 6, "p50": 0.84, "p95": 0.91}, {"count": 6, "p50": 0.84, "p95": 0.8975})
    )


def test_what_a_failed_tool_answered_is_quoted_as_words_and_not_as_a_program_writes_it() -> None:
    failed = next(each["detail"] for each in told("call_support")["findings"] if each["code"] == "tool_failed")
    assert failed == snapshot(
        'run_line_test failed, by the platform\'s own mark: "error: timeout, detail: no reply from test head after 2500 ms"'
    )


def test_speech_stands_in_spans_by_side_and_every_turn_has_one() -> None:
    found = told("call_dispute")
    assert found["speakers"] == ["caller", "agent"]
    assert found["speech"][:2] == snapshot([[1, 1, 7.1, 6.0], [2, 0, 13.7, 5.2]])
    assert {turn for turn, *_ in found["speech"]} == set(range(1, 17))


def test_a_live_call_grows_with_the_clock_and_says_that_it_is_live() -> None:
    moments = [NOON]
    with connect(Sandbox(lambda: moments[0])) as client:
        look = partial(client.answer, document("vobiz://agent-calls/call_one_way/timeline"))
        first = json.loads(look())
        moments[0] += 30
        second = json.loads(look())
    assert first["is_live"]
    assert second["length"] == pytest.approx(first["length"] + 30)


def test_of_an_opted_out_call_it_is_told_who_spoke_when_and_nothing_of_what() -> None:
    said = "pomegranate"
    found = of(
        *(agent(f"The word is {said}."), caller(said), Used("book", answer(word=said), answer(error=said))),
        opt_out_sensitive_data_storage=True,
    )
    assert said not in json.dumps(found)
    assert found["is_hidden"]
    assert len(found["speech"]) == 2
    assert [(row["tool"], row["outcome"]) for row in found["ledger"]] == [("book", "failed")]


def test_a_call_without_word_times_has_no_speech_to_draw_and_says_so() -> None:
    found = of(agent("Hello there.", timed=0), caller("Hello.", timed=0))
    assert found["speech"] == []
    assert any("word times" in note for note in found["notes"])


def test_a_claim_that_no_tool_stands_behind_has_a_row_of_its_own() -> None:
    found = of(
        agent("Hello, how can I help you today?"),
        *(Used("get_order", answer(order="A1"), answer(status="paid")), caller("Please cancel my order A1.")),
        agent("I have cancelled your order for you."),
    )
    assert [(row.get("tool", ""), row["claims"], row["is_untrue"]) for row in found["ledger"]] == snapshot(
        [("", [[3, "I have cancelled your order for you."]], True)]
    )


@pytest.mark.parametrize(
    ("tool", "outcome"),
    [
        pytest.param(Used("book", successful=False), "failed", id="marked as failed"),
        pytest.param(Used("book", result=answer(success=False)), "soft_failure", id="marked as a success"),
        pytest.param(Used("book", result=None), "unanswered", id="no result"),
        pytest.param(Used("book", result=answer(id="b1")), None, id="done"),
    ],
)
def test_how_a_tool_ended_is_told_apart(tool: Used, outcome: str | None) -> None:
    [found] = of(agent("One moment."), tool, caller("All right then."))["tools"]
    assert found.get("outcome") == outcome


def test_what_ran_at_the_very_beginning_has_its_time_and_its_place_before_the_first_turn() -> None:
    found = of(Used("route", result=answer(error="nowhere"), successful=False, after=0.0), agent("Hello."))
    assert [(tool["turn"], tool["start"]) for tool in found["tools"]] == [(0, 0.0)]
    assert [row["turn"] for row in found["ledger"]] == [0]
    failed = next(each for each in found["findings"] if each["code"] == "tool_failed")
    assert (failed["at"], failed["detail"]) == snapshot(
        (0.0, 'route failed, by the platform\'s own mark: "error: nowhere"')
    )


def test_a_long_name_of_a_tool_is_cut_and_not_left_out() -> None:
    name = "reschedule_" * 8
    found = of(agent("One moment."), Used(name, result=answer(id="b1")))
    assert {each["name"] for each in found["tools"]} == {each["tool"] for each in found["ledger"]}
    assert found["tools"][0]["name"].startswith("reschedule_reschedule_")


def test_a_long_call_in_any_script_is_as_small() -> None:
    said = "मैंने आपका ऑर्डर रद्द कर दिया है और रिफंड भेज दिया है, कृपया प्रतीक्षा करें। " * 2
    tools = (Used("update_order", answer(note=f"{n} {said}"), answer(message=f"{n} {said}")) for n in range(60))
    lines = [line for tool in tools for line in (caller("और?"), tool, agent(said))]
    written = call_timeline(record(retell(*lines)), NOON).model_dump_json()
    assert len(written.encode()) <= LARGEST


def test_every_finding_has_a_title_in_plain_words() -> None:
    assert set(TITLES) == {entry.word for entry in FINDINGS}


def long_calls() -> list[tuple[Path, AgentCall]]:
    named = [(path, call) for path in bench_cases() if path.exists() for call in calls_in(str(path))[:1]]
    return [(path, call) for path, call in named if isinstance(call, AgentCall)]


@needs_shared
@pytest.mark.long
def test_the_timeline_of_an_hour_is_small() -> None:
    sizes = {}
    for path, call in long_calls():
        found = call_timeline(call, NOON)
        hours = max(1.0, found.length / HOUR)
        sizes[path.name] = len(found.model_dump_json()) / hours
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
