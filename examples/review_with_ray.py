"""Review saved calls with Ray Data, here on two cores of this machine: `python examples/review_with_ray.py saved/`.

Each block of files becomes one `Summary`, and summaries add up exactly, in any order. `repartition` spreads files that
are one block otherwise. A file that cannot be read is a row with an error, so no block ever fails because of one.
"""

import pickle
import sys
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

try:
    import ray.data
except ModuleNotFoundError:
    sys.exit("This needs Ray: pip install 'vobiz-mcp[ray]', or .[ray] in a checkout.")

from vobiz_mcp import Summary
from vobiz_mcp.reviews.batch.run import rows_of_file
from vobiz_mcp.saved_files import files_below

Batch = dict[str, Any]


def summed(batch: Batch) -> Batch:
    """What the calls of some files come to, as bytes, which every block can hold."""
    found = Summary.of(row for file in batch["item"] for row in rows_of_file(str(file)))
    return {"summary": [pickle.dumps(found)]}


def review(files: Sequence[str], work: Callable[[Batch], Batch] = summed) -> Summary:
    """What the calls of all files come to."""
    spread = ray.data.from_items(files).repartition(max(2, len(files) // 32))
    parts = spread.map_batches(work, batch_size=None).take_all()
    return reduce(Summary.__add__, (pickle.loads(part["summary"]) for part in parts), Summary())  # noqa: S301


if __name__ == "__main__":
    ray.init(num_cpus=2, include_dashboard=False)
    found = review(list(files_below(sys.argv[1:])))
    print(f"{found.calls} calls, {found.unread.total()} could not be read")
    print(found.found.most_common(10))
