"""`examples/review_calls.py` over many saved calls: `python tests/bench/review.py`.

A thousand calls of five minutes, and a hundred of them: the time, and the memory of the biggest process, which must not
grow with the number of calls. They are the first five minutes of the sandbox's hour-long call, each under its own id.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from vobiz_mcp.sandbox import API_KEY, API_SECRET, Sandbox

EXAMPLE = Path(__file__).parents[2] / "examples" / "review_calls.py"
FIVE_MINUTES_MS = 300_000


def five_minutes() -> dict[str, Any]:
    """A call of five minutes in its envelope."""
    keys = {"X-API-KEY": API_KEY, "X-API-SECRET": API_SECRET}
    body: dict[str, Any] = json.loads(Sandbox().answer("GET", "/api/calls/call_support", keys).body)
    call = body["data"]
    end = call["start_timestamp"] + FIVE_MINUTES_MS
    for transcript in ("transcript_object", "transcript_with_tool_calls"):
        call[transcript] = [entry for entry in call[transcript] if entry["timestamp"] < end]
    return body | {"data": call | {"end_timestamp": end, "call_duration": FIVE_MINUTES_MS, "transcript": ""}}


def review(count: int) -> None:
    """Time and memory of a review of this many calls, in processes of its own."""
    body = five_minutes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"call_{number}.json" for number in range(count)]
        for file in files:
            body["data"]["call_id"] = file.stem
            file.write_text(json.dumps(body))
        size = files[0].stat().st_size
        begun = time.perf_counter()
        command = [sys.executable, str(EXAMPLE), *map(str, files), "--out", str(folder / "reviews")]
        subprocess.run(command, check=True, capture_output=True)
        seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{count:5} calls of {size / 1000:.0f} kB   {seconds:5.1f} s   {memory:.0f} MB in the biggest process")


if __name__ == "__main__":
    review(100)
    review(1000)
