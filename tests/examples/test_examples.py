from __future__ import annotations

import ast
from typing import Any

import pytest
import support_assistant
from example_programs import program
from langchain_core.messages import ToolMessage
from places import EXAMPLES
from scripted_model import ScriptedChatModel
from support_assistant import assistant, steps

from vobiz_mcp.sandbox import SCENARIOS, Scenario

QUESTIONS = [
    pytest.param(
        "What is happening on call one-way-leg right now?", "get_live_call", ["ACTIVE · inbound", "since answer"]
    ),
    pytest.param("Is audio flowing on one-way-leg, and where to?", "list_streams", ["one-way", "wss://media.example"]),
    pytest.param("Why was call call_delivery slow?", "get_agent_call", ["slow_reply t7 0:49", "e2e p50 1800"]),
    pytest.param(
        "What did the caller of call_dispute want and was it done?",
        "get_agent_call",
        ["caller: You've charged me twice", "tool_soft_failure", "refund window closed"],
    ),
    pytest.param(
        "On call_dispute, which tool failed and what did it say?",
        "get_agent_call",
        ["refund_charge", "needs approval by finance"],
    ),
    pytest.param(
        "Find where they talked about the refund (on call_dispute)",
        "get_agent_call",
        ["t10 1:00 agent: Okay, I'm refunding"],
    ),
    pytest.param("What will one-way-leg cost so far at 0.6 a minute?", "get_live_call", ["cost so far", "at 0.6/min"]),
]


def conversation(question: str, agent: Any = None) -> tuple[list[Any], str]:
    """The tool calls and tool messages on the way to an answer, and the answer."""
    taken = list(steps(agent or assistant(), question, "test"))
    return [step for step in taken if not isinstance(step, str)], "".join(s for s in taken if isinstance(s, str))


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_an_example_is_short_enough_to_be_read(name: str) -> None:
    assert len((EXAMPLES / name).read_text().splitlines()) < 150


@pytest.mark.parametrize(("question", "tool", "told"), QUESTIONS)
def test_the_assistant_answers_what_support_asks_most(question: str, tool: str, told: list[str]) -> None:
    (asked, came), answer = conversation(question)
    assert asked["name"] == tool
    assert isinstance(came, ToolMessage)
    assert [piece for piece in told if piece not in answer] == []


@pytest.mark.parametrize("question", ["on right now?", "Which calls are on right now?", "What is on now?"])
def test_a_question_about_all_calls_lists_them_whatever_was_asked_before(question: str) -> None:
    agent = assistant()
    conversation("Why was call call_delivery slow?", agent)
    (asked, _), answer = conversation(f"{question} (call_uuid dispute-leg, agent call call_dispute)", agent)
    assert (asked["name"], asked["args"]) == ("list_live_calls", {})
    assert "one-way-leg" in answer


@pytest.mark.parametrize(
    "question",
    ["Is the call with +1 303 555 0119 still going?", "Is +13035550119 still on?", "Is one-way-leg still up?"],
)
def test_a_call_is_known_by_its_number_and_goes_before_the_one_that_was_picked(question: str) -> None:
    (asked, _), answer = conversation(f"{question} (call_uuid dispute-leg, agent call call_dispute)")
    assert (asked["name"], asked["args"]) == ("get_live_call", {"call_uuid": "one-way-leg"})
    assert answer.startswith("[scripted] call_one_way: Right now:")


def asked_on_the_page() -> list[str]:
    """The questions that the web page offers; read, as it needs Gradio to be imported."""
    page = (EXAMPLES / "support_web.py").read_text()
    return list(ast.literal_eval(page.partition("QUESTIONS = ")[2].partition("\n)")[0] + ")"))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.call_id)
def test_each_question_of_the_page_is_answered_about_the_call_that_is_picked(scenario: Scenario) -> None:
    agent, offered = assistant(), asked_on_the_page()
    assert len(offered) == 7
    for question in offered:
        about = f"{question} (call_uuid {scenario.call_uuid}, agent call {scenario.call_id})"
        taken, answer = conversation(about, agent)
        assert answer.startswith(f"[scripted] {scenario.call_id}: "), answer
        assert len([step for step in taken if isinstance(step, ToolMessage)]) == 1


def test_the_beginning_of_a_number_is_enough_to_know_a_call() -> None:
    question = "is the call with +1303… still going? (call_uuid dispute-leg, agent call call_dispute)"
    (asked, _), answer = conversation(question)
    assert (asked["name"], asked["args"]) == ("get_live_call", {"call_uuid": "one-way-leg"})
    assert answer.startswith("[scripted] call_one_way: Right now:")


@pytest.mark.parametrize("name", ["+442071838750", "call_nobody", "nobody-leg"])
def test_a_call_that_is_not_known_is_asked_back_about_and_no_other_is_taken(name: str) -> None:
    agent = assistant()
    conversation("Why was call call_delivery slow?", agent)
    steps_taken, answer = conversation(f"Why was {name} slow?", agent)
    assert [step for step in steps_taken if isinstance(step, ToolMessage)] == []
    assert answer.startswith(f"[scripted] I know no call {name.lstrip('+')}. Which call do you mean?")


def test_the_script_says_that_it_is_none_where_it_has_no_rule() -> None:
    _, answer = conversation("Good morning!")
    assert answer.startswith("[scripted] I am a script, not a model")


def test_the_assistant_lets_the_tool_find_what_a_question_is_about() -> None:
    (asked, _), _ = conversation("Find where they talked about the refund (on call_dispute)")
    assert asked["args"] == {"call_id": "call_dispute", "find": "refund"}


def test_the_assistant_streams_its_answer_in_pieces() -> None:
    pieces = [step for step in steps(assistant(), "What is happening on one-way-leg?", "test") if isinstance(step, str)]
    assert len(pieces) > 10


def test_the_assistant_remembers_the_call_within_a_thread_and_not_beyond() -> None:
    agent = assistant()
    conversation("What is happening on one-way-leg?", agent)
    assert conversation("And what does it cost?", agent)[0][0]["args"]["call_uuid"] == "one-way-leg"
    assert "Which call do you mean?" in "".join(map(str, steps(agent, "And what does it cost?", "another")))


def test_the_assistant_says_what_a_tool_could_not_find(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOBIZ_AUTH_ID", "MA_X")
    _, answer = conversation("What is happening on one-way-leg?")
    assert answer.startswith(
        "[scripted] I could not find out: not_configured: the telephony API needs VOBIZ_AUTH_TOKEN"
    )


def test_the_assistant_uses_the_chat_model_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[str] = []

    def init(name: str) -> ScriptedChatModel:
        named.append(name)
        return ScriptedChatModel()

    monkeypatch.setenv("VOBIZ_CHAT_MODEL", "anthropic:claude-sonnet-4-5")
    monkeypatch.setattr(support_assistant, "init_chat_model", init)
    assistant()
    assert named == ["anthropic:claude-sonnet-4-5"]


def test_the_terminal_chat_shows_the_tool_what_came_back_and_the_answer() -> None:
    done = program("support_assistant.py", stdin="Which tool failed on call_dispute?\n\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "A script answers, not a model" in done.stdout
    assert "→ get_agent_call(call_id='call_dispute')" in done.stdout
    assert "[sandbox] agent call call_dispute · ENDED" in done.stdout
    assert "more lines" in done.stdout
    assert "Its tools, and what they answered:" in done.stdout


def test_the_mcp_client_lists_the_tools_and_asks_one_rightly_and_wrongly() -> None:
    done = program("mcp_client.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert "get_agent_call: Agent call\n" in done.stdout
    assert "list_streams(one-way-leg):\n[sandbox] 1 running, 0 ended" in done.stdout
    assert "list_streams(nobody-leg) failed:\n[sandbox] not_found: " in done.stdout
