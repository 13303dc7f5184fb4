"""Review saved calls on a Dask cluster, here two workers of this machine: `python examples/review_with_dask.py saved/`.

Each part of the files becomes one `Summary`, and summaries add up exactly, in any order. A worker that dies costs time:
its parts are done again elsewhere, and none counts twice. On a cluster, name its scheduler: `Client("tcp://…")`.
"""

import sys
from collections.abc import Callable, Iterable, Sequence

import dask.bag
from distributed import Client, LocalCluster

from vobiz_mcp import Summary
from vobiz_mcp.reviews.batch.run import rows_of_file
from vobiz_mcp.saved_files import files_below

Work = Callable[[Iterable[str]], list[Summary]]


def summed(files: Iterable[str]) -> list[Summary]:
    """What the calls of some files come to; a file that cannot be read is counted with its reason."""
    return [Summary.of(row for file in files for row in rows_of_file(file))]


def review(files: Sequence[str], client: Client, work: Work = summed) -> Summary:
    """What the calls of all files come to."""
    parts = dask.bag.from_sequence(files, partition_size=32).map_partitions(work)
    total: Summary = client.compute(parts.fold(Summary.__add__, initial=Summary())).result()
    return total


if __name__ == "__main__":
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as connected,
    ):
        found = review(list(files_below(sys.argv[1:])), connected)
    print(f"{found.calls} calls, {found.unread.total()} could not be read")
    print(found.found.most_common(10))
