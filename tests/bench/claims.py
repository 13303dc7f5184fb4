"""What holding claims against tools costs, as a share of `examine`, over the calls of the bench.

    python tests/bench/claims.py [FOLDER]

Prints for each call the processor time of `examine` and of the rules about claims alone, the best of nine rounds, and
the share of the one in the other over all calls.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path

from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.examined_call import FINDERS
from vobiz_mcp.digest.findings.thresholds import Thresholds
from vobiz_mcp.digest.timeline.from_record import timeline
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.saved_calls import as_record, examine

CASES = Path(__file__).parents[3] / "shared" / "bench" / "cases"
ROUNDS = 5


def best(run: Callable[[], object]) -> float:
    """Milliseconds of processor time, the least of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times) * 1000


def alone(record: AgentCall) -> float:
    """The rules about claims on a record that is masked and whose tools' answers are read already, as in `examine`."""
    told = timeline(record)
    for tool in told.tool_calls:
        _ = tool.asked, tool.answered, tool.failure
    rules = [finder for finder in FINDERS if ".claims." in finder.__module__]

    def held() -> None:
        case = Held(weakref.ref(record), told, Thresholds())
        for rule in rules:
            list(rule(case))

    return best(held)


def main() -> int:
    """The table, and the share."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CASES
    whole = part = 0.0
    for path in sorted(folder.glob("*.json.gz")):
        call = json.loads(gzip.decompress(path.read_bytes()))["call"]
        one, other = best(partial(examine, call)), alone(masked(as_record(call), "standard"))
        whole, part = whole + one, part + other
        print(f"{path.name.removesuffix('.json.gz'):34}{one:9.2f} ms {other:8.2f} ms {100 * other / one:6.1f} %")
    print(f"{'all':34}{whole:9.2f} ms {part:8.2f} ms {100 * part / whole:6.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
