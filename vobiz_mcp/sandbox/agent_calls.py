"""The agent platform's bodies: one AI agent's call as far as it has come."""

import uuid
from collections.abc import Iterator, Sequence

from vobiz_mcp.sandbox.latency import latency
from vobiz_mcp.sandbox.reply import JsonObject
from vobiz_mcp.sandbox.scenario import AgentSide, Scene
from vobiz_mcp.sandbox.script import Entry, ToolRun, Utterance, Word, timeline

ANALYSIS_DELAY = 20.0  # seconds from the end of a call to its analysis and cost
_MINUTE_PRICE = 0.02
_REPLY_PRICE = 0.0011
_ROLES = {"agent": "assistant", "caller": "user"}
_LABELS = {"agent": "Agent", "caller": "User"}


def is_settled(scene: Scene) -> bool:
    """Whether nothing about the call will change any more."""
    return scene.now >= scene.ended + ANALYSIS_DELAY


def agent_call(scene: Scene) -> JsonObject:
    """Return the body of an agent call as far as it has come."""
    return {"message": "Call retrieved successfully", "status": "success", "error": None, "data": whole(scene)}


def whole(scene: Scene) -> JsonObject:
    """Return an agent call as far as it has come."""
    heard = _heard(scene)
    talk = [entry for entry in heard if isinstance(entry, Utterance)]
    data = _identity(scene) | _state(scene) | _speech(scene, heard, talk)
    return data | {"latency": latency(talk)} | _verdict(scene, talk)


_SLIM = frozenset({
    "id", "call_id", "agent_id", "organization_id", "call_status", "call_type", "direction", "from_number", "to_number",
    "start_timestamp", "end_timestamp", "call_duration",
})  # fmt: skip


def slim(scene: Scene) -> JsonObject:
    """Return what a filtered list tells of an agent call."""
    return {key: value for key, value in (_identity(scene) | _state(scene)).items() if key in _SLIM}


def said(scene: Scene) -> str:
    """Return all that has been said by now."""
    return "\n".join(entry.text for entry in _heard(scene) if isinstance(entry, Utterance))


def _heard(scene: Scene) -> list[Entry]:
    """Return the utterances that have ended and the tools that have begun."""
    if not scene.is_answered:
        return []
    since_answer = (min(scene.now, scene.ended) - scene.picked_up) * 1000
    return [entry for entry in timeline(scene.agent.script) if _known_at(entry) <= since_answer]


def _known_at(entry: Entry) -> int:
    return entry.end if isinstance(entry, Utterance) else entry.start


def _identity(scene: Scene) -> JsonObject:
    agent, leg = scene.agent, scene.leg
    return {
        "id": _uuid(agent.call_id),
        "agent_id": agent.agent_id,
        "call_id": agent.call_id,
        "organization_id": "org_sandbox",
        "call_type": _enum(agent, "PHONE_CALL"),
        "direction": _enum(agent, leg.direction.upper()),
        "from_number": leg.caller,
        "to_number": leg.callee,
        "opt_out_sensitive_data_storage": agent.private,
        "metadata": dict(agent.metadata),
        "telephony_identifier": {
            "call_sid": f"CA{uuid.UUID(_uuid(agent.call_id)).hex}",
            "conference_sid": f"CF{uuid.UUID(_uuid(agent.agent_id)).hex}",
        },
    }


def _state(scene: Scene) -> JsonObject:
    agent, over = scene.agent, scene.is_over
    start, end = _ms(scene.placed), _ms(scene.ended)
    return {
        "call_status": _enum(agent, status(scene)),
        "start_timestamp": start,
        "end_timestamp": end if over else None,
        "call_duration": end - start if over else None,
        "disconnection_reason": _enum(agent, agent.ending) if over else None,
        "events": _events(scene),
    }


def status(scene: Scene) -> str:
    """Return how far a call has come."""
    if scene.is_over:
        return scene.agent.status
    return "ONGOING" if scene.is_answered else "REGISTERED"


def _events(scene: Scene) -> list[JsonObject]:
    leg, direction = scene.leg, scene.leg.direction.upper()
    created = _event(scene.placed, "Call created", {})
    if not scene.is_answered:
        return [created]
    parties: JsonObject = {"direction": direction, "from": leg.caller, "to": leg.callee}
    return [created, _event(scene.picked_up, f"Call started - {direction}", parties)]


def _event(when: float, event: str, data: JsonObject) -> JsonObject:
    return {"timestamp": _ms(when), "event": event, "session_time": 0, "data": data}


def _speech(scene: Scene, heard: Sequence[Entry], talk: Sequence[Utterance]) -> JsonObject:
    entries = _Entries(scene.agent.call_id, _ms(scene.picked_up), _ms(scene.now))
    return {
        "transcript": "\n".join(f"{_LABELS[turn.speaker]}: {turn.text}" for turn in talk),
        "transcript_object": [entries.utterance(turn) for turn in talk],
        "transcript_with_tool_calls": list(entries.all_of(heard)),
    }


class _Entries:
    """Transcript entries, whose times are epoch milliseconds."""

    def __init__(self, call_id: str, answered: int, now: int) -> None:
        self._call_id = call_id
        self._answered = answered
        self._now = now

    def all_of(self, heard: Sequence[Entry]) -> Iterator[JsonObject]:
        runs = 0
        for entry in heard:
            if isinstance(entry, Utterance):
                yield self.utterance(entry)
            else:
                runs += 1
                yield from self.tool_run(entry, f"{self._call_id}_tool_{runs}")

    def utterance(self, turn: Utterance) -> JsonObject:
        return {
            "role": _ROLES[turn.speaker],
            "content": turn.text,
            "timestamp": self._answered + turn.start,
            "words": [self._word(word) for word in turn.words],
        }

    def _word(self, word: Word) -> JsonObject:
        return {"word": word.text, "start": self._answered + word.start, "end": self._answered + word.end}

    def tool_run(self, run: ToolRun, tool_call_id: str) -> Iterator[JsonObject]:
        yield {
            "role": "tool_call_invocation",
            "tool_call_id": tool_call_id,
            "name": run.name,
            "arguments": run.arguments,
            "timestamp": self._answered + run.start,
        }
        if run.content is not None and self._answered + run.end <= self._now:
            yield {
                "role": "tool_call_result",
                "tool_call_id": tool_call_id,
                "content": run.content,
                "successful": run.successful,
                "timestamp": self._answered + run.end,
            }


def _verdict(scene: Scene, talk: Sequence[Utterance]) -> JsonObject:
    """Return what the platform adds afterwards: links at the end, analysis and cost a little later."""
    call_id, settled = scene.agent.call_id, is_settled(scene)
    recorded = scene.leg.answered and scene.is_over
    return {
        "recording_url": f"https://recordings.example.invalid/{call_id}.mp4" if recorded else None,
        "public_log_url": f"https://logs.example.invalid/{call_id}" if recorded else None,
        "call_analysis": _analysis(scene.agent) if settled else None,
        "call_cost": _cost(scene, talk) if settled else None,
    }


def _analysis(agent: AgentSide) -> JsonObject:
    return {
        "call_successful": agent.successful,
        "call_summary": agent.summary,
        "user_sentiment": agent.sentiment,
        "in_voicemail": False,
    }


def _cost(scene: Scene, talk: Sequence[Utterance]) -> JsonObject:
    seconds = round(scene.ended - scene.picked_up)
    line = round(seconds / 60 * _MINUTE_PRICE, 4)
    model = round(sum(turn.speaker == "agent" for turn in talk) * _REPLY_PRICE, 4)
    return {
        "combined_cost": round(line + model, 4),
        "product_costs": [
            {"product": f"{scene.leg.direction}_call", "cost": line, "unit_price": _MINUTE_PRICE},
            {"product": "llm_usage", "cost": model, "unit_price": _REPLY_PRICE},
        ],
        "total_duration_seconds": seconds,
        "total_duration_unit_price": _MINUTE_PRICE,
        "total_one_time_price": model,
    }


def _enum(agent: AgentSide, value: str) -> str:
    return value.lower() if agent.lower_case else value


def _ms(epoch: float) -> int:
    return round(epoch * 1000)


def _uuid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"sandbox:{name}"))
