"""How much of a call survives condensing, next to the head and tail of its transcript and to raw JSON.

    PYTHONPATH=. python tests/bench/condense.py [--budgets 500 1000 …]

Runs `../shared/bench/evaluate.py` (its own requirements: nltk, tiktoken, bpe-openai) on the real dialogues there, once for
each method, and prints its table: shares of gold facts kept, in percent; over and novel must be 0. `--find` scores the
answers to questions about the meetings with `find=`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from bisect import bisect_right
from pathlib import Path
from typing import Any

from vobiz_mcp.digest.tokens.cost import estimate

EVALUATE = Path(__file__).parents[3] / "shared/bench/evaluate.py"
METHODS = ("vobiz_mcp:condense", "tests.bench.condense:head_and_tail", "tests.bench.condense:raw_json")
Call = dict[str, Any]


def head_and_tail(call: Call, max_tokens: int, find: str = "") -> str:
    """As many first and last lines of the transcript as fit."""
    turns = enumerate(call["transcript_object"], 1)
    lines = [
        f"t{n} {'caller' if turn['role'] == 'user' else 'agent'}: {' '.join(turn['content'].split())}"
        for n, turn in turns
    ]
    over = bisect_right(range(len(lines) + 1), max_tokens, key=lambda kept: estimate(_ends(lines, kept)))
    return _ends(lines, max(0, over - 1))


def _ends(lines: list[str], kept: int) -> str:
    if kept >= len(lines):
        return "\n".join(lines)
    return "\n".join([*lines[: (kept + 1) // 2], f"… {len(lines) - kept} omitted", *lines[len(lines) - kept // 2 :]])


def raw_json(call: Call, max_tokens: int, find: str = "") -> str:
    """The body as it comes, cut where a host would cut it; 3 characters a token never go over here."""
    return json.dumps(call, separators=(",", ":"))[: max_tokens * 3 // 2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--budgets", nargs="+", default=["200", "500", "1000", "2000", "4000"])
    parser.add_argument("--find", action="store_true", help="score the answers about meetings with find=")
    args = parser.parse_args()
    root = str(Path(__file__).parents[2])
    for method in METHODS:
        print(f"\n{method}", flush=True)
        command = [sys.executable, str(EVALUATE), method, "--budgets", *args.budgets]
        command += ["--find", "--cases", "qmsum*"] if args.find else []
        subprocess.run(command, check=True, cwd=root, env={**os.environ, "PYTHONPATH": root})
    return 0


if __name__ == "__main__":
    sys.exit(main())
