"""How long the longest reading of a 1 MB agent call takes in a real server process, beside its median.

Run it: `python tests/bench/collecting.py [CALLS]`. The server runs as it does, and with Python's usual garbage collection instead
of what it does about it. Milliseconds of the processor, so that what else the machine does is not counted.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from mcp import Client, StdioServerParameters

sys.path[:0] = [str(Path(__file__).parents[1])]
from reading import body
from upstream import loopback

CALLS, WARM_UP, BETWEEN = 300, 10, 3
"""Readings, those of them that do not count, and calls of another tool after each, which leave their own litter."""

SERVER = """
import gc, json, sys, time
import vobiz_mcp.client.exchange as exchange
import vobiz_mcp.serving.pool.pool as pool
from vobiz_mcp.serving.stdio.serve import serve

pool.LARGE = 1 << 30  # what is measured is read in this process

decipher, taken = exchange.decipher, []

def timed(request, status, headers, content):
    begun = time.thread_time()
    try:
        return decipher(request, status, headers, content)
    finally:
        if len(content) > 500_000:
            taken.append((time.thread_time() - begun) * 1000)

exchange.decipher = timed
if sys.argv[1] == "usual":
    gc.freeze = gc.disable = lambda: None
serve(sandbox=False)
with open(sys.argv[2], "w") as out:
    json.dump(taken, out)
"""


async def ask(collection: str, calls: int, content: bytes, result: Path) -> None:
    """Let one server process read the body again and again."""
    with loopback() as upstream:
        upstream.serve("Call/c/Stream/", {"streams": [{"stream_id": "s"}]})
        for number in range(calls):
            upstream.serve(f"/api/calls/c{number}", content)
        command = StdioServerParameters(
            command=sys.executable,
            args=["-c", SERVER, collection, str(result)],
            env={**os.environ, **upstream.environment},
        )
        async with Client(command) as client:
            for number in range(calls):
                await client.call_tool("get_agent_call", {"call_id": f"c{number}"})
                for _ in range(BETWEEN):
                    await client.call_tool("list_streams", {"call_uuid": "c"})


def main(calls: int) -> None:
    """Both ways."""
    content = body(1_000_000)
    result = Path(subprocess.run(["mktemp"], capture_output=True, text=True, check=True).stdout.strip())
    for name, collection in (("as it runs", "ours"), ("usual collection", "usual")):
        asyncio.run(ask(collection, calls, content, result))
        taken = json.loads(result.read_text())[WARM_UP:]
        middle, longest = statistics.median(taken), max(taken)
        print(f"{name:18} median {middle:5.2f} ms   longest {longest:5.2f} ms   ratio {longest / middle:5.2f}   goal 3")
    result.unlink()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else CALLS)
