"""Spawn → first answers, and memory, beside a bare four-tool MCPServer: `python tests/bench/start.py`."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

RUNS = 15
BARE = [sys.executable, str(Path(__file__).with_name("bare_server.py"))]
OURS = [str(Path(sys.executable).with_name("vobiz-mcp"))]
_META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


class Start(NamedTuple):
    discover_ms: float
    tools_ms: float
    sdk_ms: float
    memory_mb: float


def start(command: list[str]) -> Start:
    """One spawn of a server, its first answers, and its resident memory after them."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        moments = []
        for number, method in enumerate(("server/discover", "tools/list", "prompts/list")):
            request = {"jsonrpc": "2.0", "id": number, "method": method, "params": {"_meta": _META}}
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            process.stdout.readline()
            moments.append((time.perf_counter() - begun) * 1000)
        status = Path(f"/proc/{process.pid}/status").read_text()
        memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        process.stdin.close()
    discover, tools, sdk = moments
    return Start(discover, tools, sdk, memory / 1024)


def main() -> None:
    """Interleaved runs, medians, and the ratios that the issue names."""
    pairs = [(start(OURS), start(BARE)) for _ in range(RUNS)]
    ours, bare = (Start(*map(statistics.median, zip(*column, strict=True))) for column in zip(*pairs, strict=True))
    listed = statistics.median(a.tools_ms / b.tools_ms for a, b in pairs)
    loaded = statistics.median(a.sdk_ms / b.sdk_ms for a, b in pairs)
    print(f"medians of {RUNS} interleaved runs    vobiz-mcp   bare MCPServer")
    print(f"spawn to server/discover, ms  {ours.discover_ms:15.0f} {bare.discover_ms:15.0f}   goal 60")
    print(f"spawn to tools/list, ms       {ours.tools_ms:15.0f} {bare.tools_ms:15.0f}")
    print(f"  ratio, pair by pair         {listed:15.3f} {'':15}   goal 1.05")
    print(f"spawn to the SDK's answer, ms {ours.sdk_ms:15.0f} {bare.sdk_ms:15.0f}")
    print(f"  ratio, pair by pair         {loaded:15.3f}")
    print(f"memory, MB                    {ours.memory_mb:15.1f} {bare.memory_mb:15.1f}")
    print(f"  ratio                       {ours.memory_mb / bare.memory_mb:15.3f} {'':15}   goal 1.15")


if __name__ == "__main__":
    main()
