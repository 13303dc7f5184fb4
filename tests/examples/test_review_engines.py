"""Reviews on Dask and on Ray, with two workers of which one is killed in the middle."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fleet_files import saved_fleet

from vobiz_mcp import Summary
from vobiz_mcp.reviews.batch.run import rows_of_file

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("default")]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A hundred calls, and files that cannot be read."""
    (tmp_path / "broken.json").write_text('{"data":')
    (tmp_path / "empty.json").write_text("")
    return [*saved_fleet(tmp_path, 100), *map(str, (tmp_path / "broken.json", tmp_path / "empty.json"))]


def counted(files: Iterable[str]) -> Summary:
    return Summary.of(row for file in files for row in rows_of_file(file))


def test_on_dask_a_killed_worker_loses_nothing_and_nothing_counts_twice(files: list[str], tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    review_with_dask = import_module("review_with_dask")
    mark, summed = tmp_path / "killed", review_with_dask.summed

    def dying(part: Iterable[str]) -> list[Summary]:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        done: list[Summary] = summed(part)
        return done

    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    # A worker that is spawned runs the program that started it once more, and pytest may be any program.
    forked = pytest.importorskip("dask").config.set({"distributed.worker.multiprocessing-method": "fork"})
    with forked, distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        assert review_with_dask.review(files, client, dying) == counted(files)
    assert mark.exists()


def test_on_ray_a_killed_worker_loses_nothing_and_nothing_counts_twice(files: list[str], tmp_path: Path) -> None:
    ray = pytest.importorskip("ray")
    review_with_ray = import_module("review_with_ray")
    mark, summed = tmp_path / "killed", review_with_ray.summed

    def dying(batch: dict[str, Any]) -> dict[str, Any]:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        done: dict[str, Any] = summed(batch)
        return done

    ray.init(num_cpus=2, include_dashboard=False, runtime_env={"env_vars": {"PYTHONPATH": os.pathsep.join(sys.path)}})
    try:
        assert review_with_ray.review(files, dying) == counted(files)
    finally:
        ray.shutdown()
    assert mark.exists()
