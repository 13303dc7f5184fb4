"""Small calls written as scripts, in Retell's shape and in Zudu's.

Speech runs at four words a second. `after` is the pause since the speech or tool before, below zero they talk at once;
`~3.0~` inside a text is a pause of so many seconds between two of its words; only the first `timed` words carry times.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass, field
from typing import TypeAlias

from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.json_value import Json

Body: TypeAlias = dict[str, Json]

START_MS = 1_718_000_000_000
WORD_S = 0.25


@dataclass(frozen=True)
class Said:
    role: str
    text: str
    after: float = 0.6
    timed: int = 1000


@dataclass(frozen=True)
class Used:
    name: str
    arguments: str = "{}"
    result: str | None = "{}"
    successful: bool | None = True
    after: float = 0.1
    takes: float = 0.5
    timed: bool = True
    kind: str | None = None


@dataclass(frozen=True)
class Pressed:
    digit: str


Line: TypeAlias = Said | Used | Pressed


def agent(text: str, after: float = 0.6, *, timed: int = 1000) -> Said:
    return Said("agent", text, after, timed)


def caller(text: str, after: float = 0.5, *, timed: int = 1000) -> Said:
    return Said("user", text, after, timed)


def target(text: str, after: float = 0.6) -> Said:
    return Said("transfer_target", text, after)


@dataclass
class Clock:
    now: float = 0.0
    tools: int = 0
    entries: list[Json] = field(default_factory=list)


def retell(*script: Line, **fields: Json) -> Body:
    """A call in Retell's shape that ends `ends_after` seconds (0.8) after its last word.

    The other `fields` replace those of the body; one given as None is left out.
    """
    clock, ends_after = Clock(), fields.pop("ends_after", 0.8)
    assert isinstance(ends_after, int | float)
    for line in script:
        _play(line, clock)
    lasts = round(clock.now + ends_after, 3)
    body: Body = {
        "call_id": "call_planted",
        "call_status": "ended",
        "direction": "inbound",
        "start_timestamp": START_MS,
        "end_timestamp": START_MS + round(lasts * 1000),
        "duration_ms": round(lasts * 1000),
        "disconnection_reason": "user_hangup",
        "transcript_with_tool_calls": clock.entries,
    }
    return {key: value for key, value in (body | fields).items() if value is not None}


def _play(line: Line, clock: Clock) -> None:
    match line:
        case Said():
            words = _spoken(line.text, clock.now + line.after)[: line.timed]
            content = re.sub(r" ?~[\d.]+~", "", line.text)
            clock.entries.append({"role": line.role, "content": content, "words": [{**word} for word in words]})
            clock.now = max(clock.now, float(words[-1]["end"]) if words else clock.now)
        case Used():
            _use(line, clock)
        case Pressed():
            clock.entries.append({"role": "dtmf", "digit": line.digit})


def _spoken(text: str, start: float) -> list[dict[str, str | float]]:
    words: list[dict[str, str | float]] = []
    for word in text.split():
        if word.startswith("~"):
            start += float(word.strip("~")) - WORD_S / 5
        else:
            words.append({"word": word, "start": round(start, 3), "end": round(start + WORD_S * 4 / 5, 3)})
            start += WORD_S
    return words


def _use(line: Used, clock: Clock) -> None:
    clock.tools += 1
    start, identity = clock.now + line.after, {"tool_call_id": f"tool_{clock.tools}"}
    asked: Body = {"role": "tool_call_invocation", **identity, "name": line.name, "arguments": line.arguments}
    answered: Body = {"role": "tool_call_result", **identity, "content": line.result, "successful": line.successful}
    if line.kind:
        asked["type"] = line.kind
    if line.timed:
        asked["time_sec"], answered["time_sec"] = round(start, 3), round(start + line.takes, 3)
        clock.now = start + (line.takes if line.result is not None else 0)
    clock.entries.extend([asked, answered] if line.result is not None else [asked])


def zudu(body: Body) -> Body:
    """The same call as Zudu sends it: epoch milliseconds, capitals, `assistant`, `call_duration`."""
    same = copy.deepcopy(body)
    if "duration_ms" in same:
        same["call_duration"] = same.pop("duration_ms")
    for name in ("call_status", "disconnection_reason", "direction"):
        if isinstance(value := same.get(name), str):
            same[name] = value.upper()
    entries = same.get("transcript_with_tool_calls")
    for entry in entries if isinstance(entries, list) else []:
        assert isinstance(entry, dict)
        entry["role"] = {"agent": "assistant"}.get(str(entry["role"]), entry["role"])
        if (seconds := entry.pop("time_sec", None)) is not None:
            entry["timestamp"] = _epoch_ms(seconds)
        words = entry.get("words")
        for word in words if isinstance(words, list) else []:
            assert isinstance(word, dict)
            word["start"], word["end"] = _epoch_ms(word["start"]), _epoch_ms(word["end"])
    return same


def _epoch_ms(seconds: Json) -> int:
    assert isinstance(seconds, int | float)
    return START_MS + round(seconds * 1000)


def record(body: Body) -> AgentCall:
    return AgentCall.read(body)


def said(*script: Line, privacy: Privacy = "standard", **fields: Json) -> list[str]:
    """The texts of the entries of a call, masked."""
    call = masked(record(retell(*script, **fields)), privacy)
    return [entry.content or entry.arguments or "" for entry in call.transcript_with_tool_calls]


def answered_at(seconds: float) -> Json:
    """The events of a call that rang so long."""
    moments = {"Call created": START_MS, "Call started - INBOUND": START_MS + round(seconds * 1000)}
    return [{"event": event, "timestamp": at, "session_time": 0, "data": {}} for event, at in moments.items()]


def stats(p50: float, p95: float | None = None, num: int = 12, **others: Json) -> Json:
    """Latency figures of one stage, in milliseconds."""
    return {"p50": p50, "p95": p95, "num": num, **others}


def answer(**fields: Json) -> str:
    """The JSON that a tool answers with."""
    return json.dumps(fields)
