"""Every scripted fault, met by both clients and by a plain one: `python tests/faults/scripted.py [deadline_s]`.

Each must end in the error or the data that it amounts to within the deadline and half a second, take less than 100 MB,
and leave a client that answers the next question. The plain client (`httpx2.get(…).json()`, its defaults) runs in a
process of its own with 1 GB and five times the deadline, since it would take whatever there is.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
import httpx2
from faulty import FAULTS, Fault, faulty_upstream
from upstream import settings_for

from vobiz_mcp.client import AsyncVobiz, Pace, Vobiz
from vobiz_mcp.errors import VobizError
from vobiz_mcp.records.stream import Stream
from vobiz_mcp.settings import Settings
from vobiz_mcp.tools.get_stream import GetStream
from vobiz_mcp.tools.steps.question import Answer

NAMED = "check: the API answered about"
"""An answer that nobody asked for, left on the line with the one before it, is taken by the HTTP library for the next
one's: it cannot be told from a slow one's there. The tools say that it is about something else."""

GRACE_S, MOST_MB = 0.5, 100


@dataclass(frozen=True)
class Outcome:
    """How one question ended: an error's code or `record`, after so long and with so much memory more at the peak."""

    ended_in: str
    seconds: float
    megabytes: float
    next_works: bool

    def is_right(self, fault: Fault, deadline_s: float) -> bool:
        in_time = self.seconds < deadline_s + GRACE_S
        return self.ended_in == fault.ends_in and in_time and self.megabytes < MOST_MB and self.next_works


def peak_mb() -> float:
    """The most memory that this process has had since the peak was reset, where the system knows it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(ask: Callable[[str], Answer], fault: str) -> Outcome:
    """Meet the fault, then ask for something that works, and that must not be what the fault left on the line."""
    Path("/proc/self/clear_refs").write_text("5")
    before, begun = peak_mb(), time.perf_counter()
    ended_in = code_of(ask, fault)
    took, grown = time.perf_counter() - begun, peak_mb() - before
    return Outcome(ended_in, took, grown, code_of(ask, "good", exactly=True) == "record")


def code_of(ask: Callable[[str], Answer], stream_id: str, *, exactly: bool = False) -> str:
    """What asking ends in; an exception that is none of ours by its own name."""
    try:
        answer = ask(stream_id)
        assert isinstance(answer.record, Stream)
        assert not exactly or answer.record.stream_id == stream_id or NAMED in answer.text, "somebody else's answer"
    except VobizError as error:
        return error.code
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return type(error).__name__
    return "record"


def question(stream_id: str) -> GetStream:
    return GetStream(call_uuid="c", stream_id=stream_id)


def settings_of(fault: Fault, port: int) -> Settings:
    """Settings that lead to the fault."""
    if fault.scheme == "refused":
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
    scheme = "https" if fault.scheme == "https" else "http"
    return settings_for(f"{scheme}://127.0.0.1:{port}")


def met(name: str, port: int, pace: Pace) -> tuple[Outcome, Outcome]:
    """One fault, met by the synchronous and by the asynchronous client."""
    fault = FAULTS[name]
    elsewhere = fault.scheme != "http"
    settings, good = settings_of(fault, port), settings_for(f"http://127.0.0.1:{port}")
    with Vobiz(settings, pace=pace) as vobiz, Vobiz(good, pace=pace) as other:
        sync = measured(lambda i: (other if elsewhere and i == "good" else vobiz).answer(question(i)), name)
    with asyncio.Runner() as runner:
        client, spare = AsyncVobiz(settings, pace=pace), AsyncVobiz(good, pace=pace)

        def ask(stream_id: str) -> Answer:
            return runner.run((spare if elsewhere and stream_id == "good" else client).answer(question(stream_id)))

        asynchronous = measured(ask, name)
        runner.run(client.aclose())
        runner.run(spare.aclose())
    return sync, asynchronous


def plain(name: str, port: int, limit_s: float) -> tuple[str, float]:
    """What `httpx2.get(…).json()` makes of it."""
    begun = time.perf_counter()
    base_url = settings_of(FAULTS[name], port).base_url
    command = [sys.executable, __file__, "plain", f"{base_url}/api/v1/Account/MA/Call/c/Stream/{name}/"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s, check=False)
    except subprocess.TimeoutExpired:
        return "hangs", limit_s
    return done.stdout.strip() or "killed", time.perf_counter() - begun


def plain_client(url: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    try:
        print(type(httpx2.get(url).json()).__name__)
    except Exception as error:  # noqa: BLE001 - whatever it is
        print(type(error).__name__)


def main(deadline_s: float) -> None:
    """The table, and how many ended as they must."""
    right: Counter[bool] = Counter()
    print(f"{'fault':26} {'must end in':21} {'sync':>7} {'async':>7} {'peak':>6}  plain client, no deadline")
    with faulty_upstream() as port:
        for name, fault in FAULTS.items():
            both = met(name, port, Pace(deadline_s=deadline_s))
            right.update(outcome.is_right(fault, deadline_s) for outcome in both)
            wrong = [f"WRONG: {outcome}" for outcome in both if not outcome.is_right(fault, deadline_s)]
            said, took = plain(name, port, 5 * deadline_s)
            sync, asynchronous = both
            megabytes = max(outcome.megabytes for outcome in both)
            print(f"{name:26} {fault.ends_in:21} {sync.seconds:5.2f} s {asynchronous.seconds:5.2f} s", end=" ")
            print(f"{megabytes:3.0f} MB  {said} {took:.1f} s", *wrong, flush=True)
    print(f"{len(FAULTS)} faults, deadline {deadline_s:g} s: {right[True]} of {right.total()} ended as they must")


if __name__ == "__main__":
    if sys.argv[1:2] == ["plain"]:
        plain_client(sys.argv[2])
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0)
