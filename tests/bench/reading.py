"""Bytes of an agent call → its record, beside `json.loads` of the same bytes: `python tests/bench/reading.py`."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from vobiz_mcp.api.agent_calls import call_in
from vobiz_mcp.api.body import parse_agent_call
from vobiz_mcp.records.agent_call import AgentCall

RUNS = 15
SENTENCE = "I would like to move my appointment from Tuesday the fourth to Friday morning if that is possible"
START_MS = 1_760_000_000_000


def body(size: int) -> bytes:
    """A call of about this many bytes in Zudu's shape: every word with its times, in both transcripts."""
    utterance = len(json.dumps(_utterance(0)))
    said = [_utterance(turn) for turn in range(max(1, size // (2 * utterance)))]
    call = {"call_id": "bench", "call_status": "ENDED", "transcript_object": said, "transcript_with_tool_calls": said}
    return json.dumps({"message": "ok", "status": "success", "error": None, "data": call}).encode()


def _utterance(turn: int) -> dict[str, object]:
    begin = START_MS + turn * 9000
    words = [
        {"word": word, "start": begin + 400 * i, "end": begin + 400 * i + 340}
        for i, word in enumerate(SENTENCE.split())
    ]
    role = "user" if turn % 2 else "assistant"
    return {"role": role, "content": SENTENCE, "timestamp": begin, "words": words}


def read(content: bytes) -> AgentCall:
    """What the client does with a body."""
    return AgentCall.read(call_in(parse_agent_call(content)))


def milliseconds(function: Callable[[bytes], object], content: bytes) -> float:
    """One run."""
    begun = time.perf_counter()
    function(content)
    return (time.perf_counter() - begun) * 1000


def peak_mb(name: str, content: bytes) -> float:
    """How many megabytes one reading adds to the peak of a fresh process that already holds the body."""
    code = f"from reading import *; print(growth({name}))"
    done = subprocess.run([sys.executable, "-c", code], input=content, capture_output=True, check=True, cwd=sys.path[0])
    return float(done.stdout)


def growth(function: Callable[[bytes], object]) -> float:
    """Growth of the peak by a body from standard input; a tiny one goes first, so that nothing is cold."""
    function(body(1000))
    content = sys.stdin.buffer.read()
    Path("/proc/self/clear_refs").write_text("5")
    before = _peak_kb()
    function(content)
    return (_peak_kb() - before) / 1024


def _peak_kb() -> int:
    """The peak since it was last cleared; `ru_maxrss` would begin with the parent's."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    """One line a size."""
    for size in (1_000_000, 10_000_000):
        content = body(size)
        read(content)
        pairs = [(milliseconds(read, content), milliseconds(json.loads, content)) for _ in range(RUNS)]
        ours, plain = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        peaks = [f"+{peak_mb(name, content):.0f} MB" for name in ("read", "json.loads")]
        print(f"{len(content) / 1e6:.1f} MB        record  json.loads  ratio  goal")
        print(f"  time     {ours:5.1f} ms  {plain:7.1f} ms  {ratio:5.2f}   0.6")
        print(f"  peak   {peaks[0]:>9}  {peaks[1]:>10}         45 MB")


if __name__ == "__main__":
    main()
