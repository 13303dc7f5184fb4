"""Whether a page tells the story of a call, next to the head and tail of its transcript.

    PYTHONPATH=. python tests/bench/story.py [--find] [--budgets 800 1500 …]

Runs `../shared/bench/story.py` (its own requirements: nltk, tiktoken, bpe-openai) once for each method and prints its
table, in percent: points that a supervisor must learn, those without which a retelling is wrong, deeds, broken
sentences, and the share of the room that is used. `--find` asks its questions instead.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

STORY = Path(__file__).parents[3] / "shared/bench/story.py"
METHODS = ("vobiz_mcp:condense", "tests.bench.condense:head_and_tail")


def main() -> None:
    if not STORY.exists():
        sys.exit(f"{STORY} is not here: the dialogues are not part of this project")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for method in METHODS:
        print(method, flush=True)
        subprocess.run([sys.executable, str(STORY), method, *sys.argv[1:]], check=False, env=environment)


if __name__ == "__main__":
    main()
