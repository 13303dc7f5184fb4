"""How much of what must be hidden is, and how little else: `python tests/bench/masking.py [FILE] [--all]`.

Reads sentences such as `tests/samples/said_secrets.txt` (language, kind, turns; ⟨…⟩ round each secret), masks each as a
call of its own and prints recall and precision per kind and per language. A secret counts as found when the words in
its brackets are gone, an alarm as false when anything else is. `said_secrets_missed.txt` beside it holds what no words
in the call tell from other numbers.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.json_value import Json

SENTENCES = Path(__file__).parents[1] / "samples" / "said_secrets.txt"
_SECRET = re.compile(r"⟨(.*?)⟩")
_MARK = re.compile(r"\[(?:card ·\d{4}|code|pin|cvv|aadhaar|pan|digits)(?: \d+)?\]")
HOLE = "▮"


class Case(NamedTuple):
    """One line: what is said, and the same with a hole for each secret."""

    language: str
    kind: str
    said: list[str]
    hidden: list[str]
    secrets: int


class Result(NamedTuple):
    """What became of it: secrets found and missed, alarms that were false, and the turns as masked."""

    found: int
    missed: int
    false: int
    turns: list[str]


def cases(path: Path = SENTENCES) -> Iterator[Case]:
    """The lines of a file of sentences."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            language, kind, text = line.split(" ", 2)
            turns = text.split(" // ")
            said = [_SECRET.sub(r"\1", turn) for turn in turns]
            hidden = [_SECRET.sub(HOLE, turn) for turn in turns]
            yield Case(language, kind, said, hidden, len(_SECRET.findall(text)))


def veiled(said: list[str]) -> list[str]:
    """The turns of a call, agent first where there are several, as they come out."""
    roles = ["user"] if len(said) == 1 else [("agent", "user")[turn % 2] for turn in range(len(said))]
    entries: list[Json] = [{"role": role, "content": text} for role, text in zip(roles, said, strict=True)]
    call = AgentCall.read({"call_id": "c", "transcript_with_tool_calls": entries})
    return [entry.content or "" for entry in masked(call).transcript_with_tool_calls]


def judged(case: Case) -> Result:
    """One sentence, masked and compared."""
    turns = veiled(case.said)
    found = false = 0
    for turn, hidden in zip(turns, case.hidden, strict=True):
        marked = _MARK.sub(HOLE, turn).replace(f'"{HOLE}"', HOLE)
        expected = hidden.replace(f'"{HOLE}"', HOLE)
        hits = _holes_kept(marked, expected)
        found += hits
        false += marked.count(HOLE) - hits
    return Result(found, case.secrets - found, false, turns)


def _holes_kept(marked: str, expected: str) -> int:
    """How many holes stand where they should; all where the texts are the same."""
    if marked == expected:
        return expected.count(HOLE)
    here = [part[-12:] for part in marked.split(HOLE)[:-1]]
    return sum(
        part[-12:] in here or any(near.endswith(part[-6:]) for near in here) for part in expected.split(HOLE)[:-1]
    )


def main() -> int:
    """Print the table, and with `--all` every sentence that came out wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SENTENCES)
    parser.add_argument("--all", action="store_true", help="show what came out wrong")
    options = parser.parse_args()
    counts: dict[tuple[str, str], Counter[str]] = {}
    for case in cases(options.file):
        result = judged(case)
        for group in (("kind", case.kind), ("language", case.language), ("", "all")):
            counts.setdefault(group, Counter()).update(
                sentences=1, found=result.found, missed=result.missed, false=result.false
            )
        if options.all and (result.missed or result.false):
            print(f"{case.language} {case.kind}: {' // '.join(case.said)}\n{'':10}→ {' // '.join(result.turns)}")
    print(f"{'':10}{'sentences':>10}{'secrets':>9}{'recall':>8}{'precision':>11}")
    for (_, name), count in sorted(counts.items(), reverse=True):
        hidden = count["found"] + count["false"]
        recall = count["found"] / max(1, count["found"] + count["missed"])
        precision = count["found"] / hidden if hidden else 1.0
        print(f"{name:10}{count['sentences']:>10}{count['found'] + count['missed']:>9}{recall:>8.1%}{precision:>11.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
