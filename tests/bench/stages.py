"""What an answer about an agent call costs the processor, stage by stage, against decoding its JSON and one pass of a tokenizer.

    python tests/bench/stages.py [--small]

The calls are the first five minutes, quarter of an hour and so on of one dialogue, up to four hours where it is repeated
with other words; the exponent tells how cost grows with length.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import math
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
from load import Client, figure, five_minutes, hour, server, source
from o200k import count
from round_trip import STREAM, listening

from vobiz_mcp.api.agent_calls import call_in
from vobiz_mcp.api.body import parse_agent_call
from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall

RUNS = 5
_NUMBERS = itertools.count()
"""What makes a text another one, for what was counted once is known."""
ENTRIES = (100, 400, 1266, 5064)
"""About five minutes, twenty, an hour and four hours."""


def of_length(content: bytes, entries: int) -> bytes:
    """The call with so many entries of its transcript, again and again where it has fewer, each time with other words."""
    envelope = json.loads(content)
    call = envelope["data"]
    for field in ("transcript_object", "transcript_with_tool_calls"):
        own = call[field]
        share = max(1, entries * len(own) // max(1, len(call["transcript_with_tool_calls"])))
        call[field] = [_varied(own[at % len(own)], at // len(own)) for at in range(share)]
    call.pop("transcript", None)
    return json.dumps(envelope).encode()


def _varied(entry: dict[str, Any], round_: int) -> dict[str, Any]:
    """The entry as it is, or an hour later with a word more."""
    if not round_:
        return entry
    later = {"timestamp": (entry.get("timestamp") or 0) + round_ * 4_100_000, "words": entry.get("words")}
    said = {"content": f"{entry['content']} Part{round_}."} if entry.get("role") in ("user", "agent") else {}
    return {**entry, **later, **said}


def stages(content: bytes) -> dict[str, float]:
    """Milliseconds of the processor of each stage."""
    call = AgentCall.read(call_in(parse_agent_call(content)))
    hidden = masked(call)
    text = "\n".join(entry.content or "" for entry in call.transcript_object)
    assert condense(hidden, 1500)
    timed: dict[str, Callable[[], object]] = {
        "json": lambda: json.loads(content),
        "tokenizer": lambda: count(f"{next(_NUMBERS)}\n{text}"),
        "read": lambda: AgentCall.read(call_in(parse_agent_call(content))),
        "mask": lambda: masked(call),
        "examine": lambda: _examined(hidden.model_copy()),
        "page": lambda: condense(hidden, 1500),
    }
    return {name: statistics.median(_ms(work) for _ in range(RUNS)) for name, work in timed.items()}


def _examined(call: AgentCall) -> object:
    return examined(call).findings


def _ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


async def first_and_next() -> tuple[float, float]:
    """Milliseconds of the first answer about an agent call of a fresh server over HTTP, and of the next, about another."""
    bodies = {"api/calls/one": five_minutes(70, over=True), "api/calls/two": five_minutes(70, over=True)}
    async with source({**bodies, "/Stream": json.dumps(STREAM).encode()}, latency_s=0) as upstream:
        with server(upstream.environment) as asked:
            await listening(asked.port)
            client, took = Client(asked.port), []
            await client.call("get_stream", call_uuid="c", stream_id="s")
            for call_id in ("one", "two"):
                begun = time.perf_counter()
                await client.call("get_agent_call", call_id=call_id)
                took.append((time.perf_counter() - begun) * 1000)
            client.close()
    return took[0], took[1]


def main(arguments: argparse.Namespace) -> None:
    content, told = hour(small=arguments.small)
    print(f"calls: {told}")
    whole: dict[int, float] = {}
    for entries in ENTRIES[: 2 if arguments.small else None]:
        found = stages(of_length(content, entries))
        floor, ours = found["json"] + found["tokenizer"], sum(found[name] for name in list(found)[2:])
        whole[entries] = ours
        shares = ", ".join(f"{name} {found[name]:.1f}" for name in found)
        figure(f"stages {entries}", f"{ours:.0f} ms, {ours / floor:.1f} x json and tokenizer ({shares})")
    least, most = min(whole), max(whole)
    figure("growth", f"exponent {math.log(whole[most] / whole[least]) / math.log(most / least):.2f}")
    pairs = [asyncio.run(first_and_next()) for _ in range(1 if arguments.small else 5)]
    ratio = statistics.median(first / following for first, following in pairs)
    first, following = (statistics.median(column) for column in zip(*pairs, strict=True))
    figure(
        "first",
        f"{first:.0f} ms for the first answer about an agent call, {following:.0f} ms for the next: {ratio:.2f} x",
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    main(parser.parse_args())
