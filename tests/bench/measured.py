"""Run the benches of many clients and write what they say into docs/measured.md, with the day and the calls it is of.

python tests/bench/measured.py [--tree CHECKOUT_OF_BEFORE]
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]
from places import ROOT

HERE = Path(__file__).parent
BENCHES = ("mix.py", "watchers.py", "replicas.py", "stages.py", "raw_round_trip.py")
TAKE_TREE = ("mix.py", "watchers.py")
PAGE = ROOT / "docs/measured.md"
BEGIN, END = "<!-- written by tests/bench/measured.py -->", "<!-- end -->"
WHAT = {
    "second": "a call of an hour: its first answer, turns of it, a search in it",
    "others": "what others wait while one client asks about calls of an hour all the time; goal p99 20 ms",
    "mix": "fifty clients, one question in ten about one of four calls of an hour; goal 1.8 ×, 350 MB",
    "crowd": "eighty clients that ask three times about one such call, all at once; goal none fails",
    "watchers": "200 watchers of a live call of five minutes with its transcript; goal 0.5 s late",
    "replicas": "four replicas, 40 questions about one finished call, 200 watchers; goal 1 request, 1.3 polls",
    "stages": "an answer about so many entries of a transcript, against decoding JSON and one pass of a tokenizer; goal 8 ×",
    "growth": "how that grows with length; goal 1.05",
    "first": "the first answer about an agent call of a process, against the next; goal 1.3 ×",
    "raw": "`get_stream` over HTTP by a raw client, against a bare server; goal 1.12 ×",
}


def figures(script: str, tree: str) -> list[tuple[str, str]]:
    """What a bench says, and of which calls."""
    command = [sys.executable, str(HERE / script), *(["--tree", tree] if tree and script in TAKE_TREE else [])]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    sys.stderr.write(said)
    return re.findall(r"^(?:FIGURE )?(calls|[a-z]+ ?[\w. -]*): (.*)$", said, re.MULTILINE)


def table(found: list[tuple[str, str]]) -> str:
    """The rows, one for each figure."""
    calls = next((told for name, told in found if name == "calls"), "made calls")
    load = os.getloadavg()[0]
    rows = [
        f"{datetime.now(UTC):%Y-%m-%d}, two cores that others used too (load {load:.0f}); calls: {calls}.",
        "",
        "| what | | figure |",
        "|---|---|---|",
    ]
    told_of = ""
    for name, told in found:
        of, _, which = name.partition(" ")
        if of in WHAT:
            rows.append(f"| {WHAT[of] if of != told_of else 'the same'} | {which} | {told} |")
            told_of = of
    return "\n".join(rows)


def main(tree: str) -> None:
    found = [figure for script in BENCHES for figure in figures(script, tree)]
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tree", default="")
    main(parser.parse_args().tree)
