"""A chat model without a model: rules that drive the real tools, so that the examples run offline and in tests.

It answers what people who support calls ask most, about the calls of the sandbox. Set VOBIZ_CHAT_MODEL, for example to
`anthropic:claude-sonnet-4-5`, and the examples use that model instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolCall, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from vobiz_mcp.sandbox import SCENARIOS, Scenario

CALLS = {
    name: scenario
    for scenario in SCENARIOS
    for leg in [scenario.leg]
    for name in (leg.uuid, scenario.call_id, (leg.caller if leg.direction == "inbound" else leg.callee).lstrip("+"))
}
"""The calls of the sandbox by their ids, and by the number of the person on the phone."""

RATE_PER_MINUTE = 0.9
"""What a minute costs where a question names no price."""


@dataclass(frozen=True)
class Rule:
    """What a question must match, the tool that knows, how the answer begins, which lines of the tool's it keeps."""

    asked: str
    tool: str
    said: str
    kept: str = "."


FINDINGS = r"^(\[sandbox\] )?(critical|warn|info) "
RULES = (
    Rule(r"cost|price|bill", "get_live_call", "Its cost:", r"^\[sandbox\]|cost"),
    Rule(r"audio|stream|hear", "list_streams", "Its audio streams:"),
    Rule(r"find|where .*talk", "get_agent_call", "They talked about it here:"),
    Rule(r"said last|last words?", "get_agent_call", "The last of it:", r"^t\d+ |opted out"),
    Rule(r"tool|function", "get_agent_call", "Its tools, and what they answered:", r"tool_|→|only looked up|opted out"),
    Rule(r"slow|laten|wait|silen", "get_agent_call", "What made it slow:", r"^latency|dead_air|slow_|_tail|headline"),
    Rule(r"want|done|about|why", "get_agent_call", "In short:", rf"analysis:|{FINDINGS}|^t[23] .*caller:"),
    Rule(r"happen|going|state|status|\bon\b|\bup\b|\bnow\b", "get_live_call", "Right now:"),
)
ALL_CALLS = Rule(r"\bcalls\b|^\W*(what|who|which)?\W*(is|are)?\W*on (right )?now", "list_live_calls", "On right now:")
"""A question about no call in particular; one that names a call is about that call."""
SCRIPTED = "[scripted] "
"""How every answer begins: no model has thought about it."""
NO_RULE = (
    "I am a script, not a model: I know what a call costs, its audio, its tools, what made it slow, what it was about, "
    "what is on right now, and where something was said. Set VOBIZ_CHAT_MODEL for more."
)


class ScriptedChatModel(BaseChatModel):
    """Asks the tool that a rule names, then answers with the lines that the rule keeps."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, *_: Any, **__: Any) -> ScriptedChatModel:
        """The rules know the tools already."""
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=reply(messages))])

    def _stream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        whole = reply(messages)
        for word in re.findall(r"\S*\s*", whole.text):
            yield ChatGenerationChunk(message=AIMessageChunk(content=word))
        yield ChatGenerationChunk(
            message=AIMessageChunk(content="", tool_calls=whole.tool_calls, chunk_position="last")
        )


def reply(messages: Sequence[BaseMessage]) -> AIMessage:
    """What to say next: ask a tool, answer from what it said, or ask back."""
    questions = [message.text for message in messages if isinstance(message, HumanMessage)]
    asked = questions[-1]
    words = asked.partition("(call_uuid")[0]
    rule = next((rule for rule in (ALL_CALLS, *RULES) if re.search(rule.asked, words, re.IGNORECASE)), None)
    if rule is ALL_CALLS and names_in(words):
        rule = RULES[-1]
    if rule is None:
        return AIMessage(SCRIPTED + NO_RULE)
    named = next(filter(None, map(names_in, reversed(questions))), [""])[0]
    call = CALLS.get(named)
    if isinstance(messages[-1], ToolMessage):
        return AIMessage(answer(rule, asked, messages[-1], call))
    if rule is not ALL_CALLS and call is None:
        known = ", ".join(f"`{scenario.call_id}`" for scenario in SCENARIOS)
        unknown = f"I know no call {named}. " if named else ""
        return AIMessage(f"{SCRIPTED}{unknown}Which call do you mean? I know {known}.")
    given = arguments(rule, asked, call) if call and rule is not ALL_CALLS else {}
    return AIMessage("", tool_calls=[ToolCall(name=rule.tool, args=given, id=f"ask-{len(messages)}")])


def names_in(question: str) -> list[str]:
    """The calls that a question names, by an id or by a telephone number or its beginning (`+1303…`), known or not."""
    words = re.findall(r"\+?\d[\d ().-]{6,}\d|[\w-]+", question)
    names = (re.sub(r"\D", "", word) if re.fullmatch(r"[+\d ().-]{8,}", word) else word for word in words)
    begun = re.findall(r"\+(\d{3,6})(?:…|\.\.)", question)
    whole = [known for known in CALLS for start in begun if known.startswith(start) and known.isdigit()]
    known_shape = r"\d{7,}|call_(?!uuid$|id$)\w+|[\w-]+-leg"
    return [*whole, *(name for name in names if name in CALLS or re.fullmatch(known_shape, name))]


def arguments(rule: Rule, question: str, call: Scenario) -> dict[str, Any]:
    """What to ask the tool."""
    if rule.asked.startswith("find"):
        return {"call_id": call.call_id, "find": topic(question)}
    if "last" in rule.asked:
        return {"call_id": call.call_id, "turns": "-4"}
    if rule.tool == "get_agent_call":
        return {"call_id": call.call_id}
    if "cost" in rule.asked:
        price = re.search(r"\d+(\.\d+)?", question)
        return {"call_uuid": call.call_uuid, "rate_per_minute": float(price[0]) if price else RATE_PER_MINUTE}
    return {"call_uuid": call.call_uuid}


def answer(rule: Rule, question: str, told: ToolMessage, call: Scenario | None) -> str:
    """The lines of the tool's answer that the rule keeps, with the call that they are about."""
    if told.status == "error":
        return f"{SCRIPTED}I could not find out: {told.text}"
    pattern = rf"^ *(t\d|tool ).*{topic(question)}|nothing bears" if rule.asked.startswith("find") else rule.kept
    kept = [line.strip() for line in told.text.splitlines() if re.search(pattern, line, re.IGNORECASE)]
    about = f"{call.call_id}: " if call and rule is not ALL_CALLS else ""
    kept = kept or ["nothing of the kind is known of this call"]
    return "\n".join([f"{SCRIPTED}{about}{rule.said}", *(f"• {line}" for line in kept)])


def topic(question: str) -> str:
    """What a `find` question is about: the last word before any mention of the call."""
    words = re.findall(r"[^\W\d]{4,}", question.partition("(")[0])
    return str(words[-1])
