"""Bodies of every endpoint, mutated: `python tests/faults/mutated.py [bodies] [seed]`.

Each is read by the tools that ask for it. It must end in an answer or in an error of ours; the answer must be valid
UTF-8 and valid JSON without NaN; and a value that was put where it cannot be used must be in the record or be named in
its warnings.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

sys.path[:0] = [str(Path(__file__).parents[1])]
from asking import LEG, NOW, sample

from vobiz_mcp.api.wire import Now, Recall, Request, Together, decipher
from vobiz_mcp.errors import VobizError
from vobiz_mcp.records.record import Record
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.steps.question import Answer, Question

Place = tuple[int | str, ...]

BODIES = {
    "live": ("live_flat", "live_finished", "live_ids", "live_inbound", "live_none", "live_older"),
    "queued": ("live_queued",),
    "all live": ("live_ids", "live_none"),
    "all queued": ("live_ids", "live_none"),
    "cdr": ("record_current", "record_naive", "record_no_media", "record_older", "record_text_cost"),
    "cdrs": ("records_page",),
    "stream": ("stream_bare", "stream_billed", "stream_current", "stream_object"),
    "streams": ("streams_bare_list", "streams_meta", "streams_none", "streams_one", "streams_page"),
    "agent": ("agent_minimal", "agent_retell", "agent_zudu", "agent_zudu_lower_case"),
    "agents": ("agent_zudu",),
}
"""Sample bodies of every endpoint."""

MARK = "zq7"
JUNK: tuple[Any, ...] = (
    MARK, [MARK], {MARK: 1}, {"a": {MARK: [1]}}, [[MARK]], f"wss://x.invalid/{MARK}?token=1", f"\ud800{MARK}\x00\u202e",
    f"<script>{MARK}", MARK * 500, None, True, False, 0, -1, 10**40, 1e308, float("nan"), float("inf"), "", [], {},
    "2026-13-45T99:99:99Z", "-0", "9" * 400, [None, None], {"": None}, [{}] * 50,
)  # fmt: skip


def endpoint(request: Request[Any]) -> str:
    """Which of the bodies answers a request."""
    if request.api == "agent":
        return "agent" if request.path.count("/") == 3 else "agents"
    if "/Stream/" in request.path:
        return "streams" if request.path.endswith("/Stream/") else "stream"
    if request.path.startswith("cdr"):
        return "cdr" if "/" in request.path else "cdrs"
    status = str(request.query.get("status", "live"))
    return f"all {status}" if request.path == "Call/" else status


def base(name: str, kind: str) -> Any:
    tree = sample(name)
    return {"data": [tree.get("data", tree)], "total": 1} if kind == "agents" else tree


def places(tree: Any, above: Place = ()) -> Iterator[Place]:
    """Every place in a tree."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in inner:
        yield (*above, step)
        yield from places(value, (*above, step))


def changed(tree: Any, chance: random.Random) -> tuple[Any, Place, Any]:
    """The tree with one place changed; the place, and what stands there now."""
    where = chance.choice(list(places(tree)) or [()])
    if not where:
        return tree, (), None
    holder = tree
    for step in where[:-1]:
        holder = holder[step]
    value = chance.choice(JUNK)
    match chance.randrange(8):
        case 0:
            del holder[where[-1]]
            return tree, (), None
        case 1 if isinstance(holder, dict):
            holder[f"{where[-1]}_new"] = value
            return tree, (), None
        case 2:
            value = [holder[where[-1]]]
            value.append(MARK)
    holder[where[-1]] = value
    return tree, where, value


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them lost, changed or added."""
    raw = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(raw) + 1)
        match chance.randrange(4):
            case 0:
                del raw[at : at + chance.randint(1, 20)]
            case 1:
                raw[at:at] = chance.randbytes(chance.randint(1, 4))
            case 2:
                raw[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                del raw[at:]
    return bytes(raw)


class Reader:
    """Asks the tools with bodies as the test made them, and keeps the records that came of the mutated ones."""

    def __init__(self, kind: str, content: bytes, good: dict[str, bytes]) -> None:
        self.kind, self.content, self.good = kind, content, good
        self.read: list[Record | VobizError] = []

    def answer(self, question: Question) -> Answer | VobizError:
        steps = question.steps()
        try:
            step = next(steps)
            while True:
                if isinstance(step, Request):
                    outcome = self.outcome(step)
                    step = steps.throw(outcome) if isinstance(outcome, VobizError) else steps.send(outcome)
                elif isinstance(step, Together):
                    step = steps.send(tuple(map(self.outcome, step.requests)))
                elif isinstance(step, Recall):
                    step = steps.send(step.kind())
                else:
                    step = steps.send(NOW if isinstance(step, Now) else None)
        except StopIteration as done:
            return cast("Answer", done.value)
        except VobizError as error:
            return error

    def outcome(self, request: Request[Any]) -> Record | VobizError:
        kind = endpoint(request)
        content = self.content if kind == self.kind else self.good.get(kind)
        status = 404 if content is None else 200
        try:
            outcome: Record | VobizError = decipher(request, status, {}, content or b"")
        except VobizError as error:
            outcome = error
        if kind == self.kind:
            self.read.append(outcome)
        return outcome


def questions() -> dict[str, list[Question]]:
    """Every tool, asked about the sample call, by the endpoints that it asks."""
    ids = {"call_uuid": LEG, "call_id": "call_clinic", "stream_id": "bill"}
    asked: dict[str, list[Question]] = {kind: [] for kind in BODIES}
    for tool in TOOLS:
        arguments = {name: value for name, value in ids.items() if name in tool.model_fields}
        if "wait_seconds" in tool.model_fields:
            arguments["wait_seconds"] = 0  # type: ignore[assignment]
        question = tool.of(arguments)
        for kind in BODIES:
            reader = Reader(kind, b"{}", {})
            reader.answer(question)
            if reader.read:
                asked[kind].append(question)
    return asked


def is_told(place: Place, value: Any, record: Record) -> bool:
    """Whether a value that was put in a place is in the record, or the place is named in its warnings."""
    if MARK not in json.dumps(value) or MARK in record.model_dump_json():
        return True
    names = {str(step) for step in place} | {RENAMED.get(str(place[0]), "")}
    return any(names & set(warning.replace("[", ".").replace("]", "").split(".")) for warning in record.warnings)


RENAMED = {"objects": "streams", "calls": "queued"}
"""Lists whose name in the record is not the body's."""
ENVELOPE = frozenset({"message", "status", "error", "success", "api_id", "page", "per_page", "meta", "pagination"})
"""Keys beside the record, where a body has an envelope; nothing of the record is lost with them."""
UNREAD = frozenset({"words", "transcript_object", "word", "opt_out_sensitive_data_storage", "data_storage_setting"})
"""Places whose content is reduced on purpose: words to times, the transcript that another one repeats, and whether a
call is opted out, of which the record says by which field and whether that can be read."""


def must_be_told(place: Place, tree: Any, kind: str) -> bool:
    if not place:
        return False
    enveloped = isinstance(tree, dict) and any(key in tree for key in ("data", "objects", "calls", "streams"))
    beside = enveloped and place[0] not in ("data", "objects", "calls", "streams")
    one_of_several = place == ("data",) or (place[0] == "calls" and len(place) == 2 and kind == "live")
    return not UNREAD & set(place) and not (beside or one_of_several or (place[0] in ENVELOPE and len(place) == 1))


def problems(answer: Answer | VobizError, reader: Reader, place: Place, value: Any, tree: Any) -> Iterator[str]:
    """What is wrong with how a body was read."""
    text = answer.text if isinstance(answer, Answer) else str(answer)
    text.encode()
    if isinstance(answer, Answer):
        dumped = answer.record.model_dump_json()
        json.loads(dumped.encode(), parse_constant=lambda name: float(name) and name)
        if any(f" {word}" in text.lower() for word in ("nan ", "inf ", "nan%", "-inf")):
            yield f"a number that is none in {text!r}"
        if "NaN" in dumped.replace('"NaN"', "") or "Infinity" in dumped.replace('Infinity"', ""):
            yield f"NaN in {dumped}"
    for record in reader.read:
        if isinstance(record, Record) and must_be_told(place, tree, reader.kind) and not is_told(place, value, record):
            yield f"{place} = {value!r} is neither in the record nor among {record.warnings}"


def attack(count: int, seed: int = 1, show: Callable[[str], None] = print) -> Counter[str]:
    """So many mutated bodies; counts of how they ended, and of what was wrong."""
    chance, asked, ended = random.Random(seed), questions(), Counter[str]()
    kinds = [kind for kind in BODIES if asked[kind]]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        tree = base(chance.choice(BODIES[kind]), kind)
        place: Place = ()
        value: Any = None
        if chance.random() < 0.25:
            content = damaged(json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode(), chance)
        else:
            tree, place, value = changed(tree, chance)
            content = json.dumps(tree).encode()
        good = {other: json.dumps(base(names[0], other)).encode() for other, names in BODIES.items() if other != kind}
        for absent in chance.sample(sorted(good), 2):
            del good[absent]
        question = asked[kind][number // len(kinds) % len(asked[kind])]
        reader = Reader(kind, content, good)
        try:
            answer = reader.answer(question)
            wrong = list(problems(answer, reader, place, value, tree))
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            wrong, answer = [f"{type(error).__name__}: {error}"[:300]], None
        ended["answer" if isinstance(answer, Answer) else getattr(answer, "code", "defect")] += 1
        ended["wrong"] += len(wrong)
        for line in wrong:
            show(f"{kind} by {question.tool_name()}: {line}")
    return ended


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    begun = time.perf_counter()
    ended = attack(count, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print(f"{count} mutated bodies of {len(BODIES)} endpoints in {time.perf_counter() - begun:.0f} s: {dict(ended)}")
