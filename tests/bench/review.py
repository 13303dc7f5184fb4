"""`vobiz-mcp review` over many saved calls like the open cases: `python tests/bench/review.py [CALLS] [--resumed CALLS]`.

The cases of ../shared are made into a thousand distinct calls (times, digits, numbers and endings changed), linked under as
many names as wanted. Measured: processor time a call, the speed of two processes beside that of one, memory of the biggest
process, and of the resumed run, which is killed in the middle, whether every call is counted once.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1])]
from shared import bench_cases

DISTINCT = 1000
DAY_MS = 86_400_000
TIME = re.compile(r"\b1[5-7]\d{11}\b")


class Cost(NamedTuple):
    """What a run took: seconds by the clock and of processors, and megabytes of its biggest process."""

    wall_s: float
    processor_s: float
    most_mb: float


def perturbed(case: dict[str, Any], number: int) -> bytes:
    """A call as another one would be: later or earlier, with other digits, from another number, some turns shorter."""
    draw = random.Random(number)
    digits = str.maketrans("123456789", "".join(draw.sample("123456789", 9)))
    call = json.loads(json.dumps(case))
    kept = draw.uniform(0.85, 1.0)
    for name in ("transcript_object", "transcript_with_tool_calls"):
        entries = call.get(name) or []
        call[name] = entries[: max(2, round(len(entries) * kept))]
        for entry in call[name]:
            entry["content"] = (entry.get("content") or "").translate(digits)
    call |= {
        "call_id": f"call_{number:04}",
        "agent_id": f"agent_{draw.randrange(5)}",
        "agent_version": draw.choice(["14", "15"]),
        "from_number": f"+1415{draw.randrange(10**7):07}",
        "transcript": "",
    }
    later = draw.randrange(14 * DAY_MS)
    return TIME.sub(lambda time: str(int(time[0]) + later), json.dumps(call)).encode()


def made(folder: Path, count: int) -> list[Path]:
    """So many distinct calls as files."""
    cases = [json.loads(gzip.decompress(path.read_bytes()))["call"] for path in bench_cases()]
    files = [folder / f"{number}.json" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(perturbed(cases[number % len(cases)], number))
    return files


def linked(distinct: list[Path], folder: Path, count: int) -> Path:
    """The calls under so many names."""
    folder.mkdir()
    for number in range(count):
        os.link(distinct[number % len(distinct)], folder / f"{number:06}.json")
    return folder


def reviewed(folder: Path, out: Path, jobs: int, killed_after_s: float | None = None) -> Cost:
    """One run of the command, or the beginning of one."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "vobiz_mcp", "review", str(folder), "--out", str(out), "--jobs", str(jobs)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        with suppress(subprocess.TimeoutExpired):
            run.wait(killed_after_s)
        run.kill()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - begun, processor, after.ru_maxrss / 1024)


def told(out: Path) -> int:
    """How many calls a finished run counted."""
    calls: int = json.loads((out / "summary.json").read_text())["calls"]
    return calls


def figures(count: int, resumed: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made").mkdir()
        distinct = made(folder / "made", min(count, DISTINCT))
        size = sum(file.stat().st_size for file in distinct) / len(distinct)
        calls = linked(distinct, folder / "calls", count)
        one, two = (reviewed(calls, folder / f"out{jobs}", jobs) for jobs in (1, 2))
        yield f"{count:,} calls of {size / 1000:.0f} kB on average, {len(distinct):,} of them distinct"
        yield f"one process: {one.processor_s / count * 1000:.1f} ms of processor a call, {count / one.wall_s:.0f} calls/s"
        yield f"two: {two.processor_s / count * 1000:.1f} ms, {count / two.wall_s:.0f} calls/s: {one.wall_s / two.wall_s:.2f} times"
        yield f"memory of the biggest process: {two.most_mb:.0f} MB; both count {told(folder / 'out1')} and {told(folder / 'out2')}"
        if resumed:
            many, out = linked(distinct, folder / "many", resumed), folder / "resumed"
            first = reviewed(many, out, 2, killed_after_s=two.wall_s / count * resumed / 2)
            kept = len(list((out / "rows").glob("*.jsonl.gz")))
            rest = reviewed(many, out, 2)
            yield f"{resumed:,} calls killed after {first.wall_s:.0f} s with {kept} shards done, resumed in {rest.wall_s:.0f} s:"
            yield f"{told(out):,} counted, biggest process {rest.most_mb:.0f} MB"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("calls", type=int, nargs="?", default=10_000)
    parser.add_argument("--resumed", type=int, default=0, metavar="CALLS")
    asked = parser.parse_args()
    for line in figures(asked.calls, asked.resumed):
        print(line, flush=True)
