"""Review many saved calls in a program of your own: `python examples/review_calls.py saved/`.

`vobiz-mcp review` does this and more. Here two processes read files, each call becomes a row, and the rows are yours:
what is counted below is on how many calls of each agent something critical was found.
"""

import sys
from collections import Counter

from vobiz_mcp.reviews.batch.run import reviewed
from vobiz_mcp.reviews.batch.shards import shards
from vobiz_mcp.saved_files import files_below

if __name__ == "__main__":
    critical, calls = Counter[str](), Counter[str]()
    for _, rows in reviewed(shards(list(files_below(sys.argv[1:]))), jobs=2):
        for row in rows:
            whose = "could not be read" if row.error else row.agent_id or "agent not stated"
            calls[whose] += 1
            critical[whose] += any(found.severity == "critical" for found in row.found)
    for whose, count in calls.most_common():
        print(f"{whose}: {critical[whose]} of {count} calls with something critical")
    sys.exit(1 if calls["could not be read"] else 0)
