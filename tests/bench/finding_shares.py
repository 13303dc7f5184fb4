"""How many calls each rule marks, on the open cases: `python tests/bench/finding_shares.py` writes it into the docs.

The calls are real dialogues cast into the shape of an agent call, with pauses as long as such calls have; one in four of
them ought to be worth a person's look, for a list on which everything is flagged is read by nobody.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

from vobiz_mcp import examine
from vobiz_mcp.digest.findings.finding import RANK, Finding

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared" / "bench" / "cases"
DOCS = ROOT / "docs" / "findings.md"
_TABLE = re.compile(r"(?<=<!-- shares -->\n).*?(?=<!-- end of shares -->)", re.DOTALL)


def findings() -> list[list[Finding]]:
    """Of each case, worst first."""
    files = sorted(CASES.glob("*.json.gz"))
    return [examine(json.loads(gzip.decompress(file.read_bytes()))["call"], privacy="off") for file in files]


def shares(found: list[list[Finding]]) -> str:
    """The table: calls in which a rule fired, by the severity that it gave them."""
    worst = Counter(one[0].severity if one else "none" for one in found)
    fired = Counter((code, severity) for one in found for code, severity in {(f.code, f.severity) for f in one})
    codes = sorted({code for code, _ in fired}, key=lambda code: (-sum(fired[code, level] for level in RANK), code))
    rows = [f"| `{code}` | {' | '.join(str(fired[code, level] or '') for level in RANK)} |" for code in codes]
    serious = worst["critical"] + worst["warn"]
    said = (
        f"Of {len(found)} calls, {serious} ({serious / len(found):.0%}) have a finding that is `warn` or worse, "
        f"{worst['critical']} of them a `critical` one;\n{worst['info']} have findings that only explain, "
        f"{worst['none']} have none."
    )
    return "\n".join(
        [said, "", "| finding, in so many calls | critical | warn | info |", "|---|---|---|---|", *rows, ""]
    )


if __name__ == "__main__":
    table = shares(findings())
    DOCS.write_text(_TABLE.sub(lambda _: table, DOCS.read_text()))
    print(table)
