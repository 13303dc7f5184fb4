"""What holds for every test: the profiles of hypothesis, the number of workers, and an environment without settings."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from shared import PAYLOADS
from upstream import Upstream, loopback

from vobiz_mcp.digest.tokens import cost as tokens

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_WORKERS = 8
"""More do not pay: each of them collects every test."""

signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell's background job ignores Ctrl-C, and so would the servers that tests start and interrupt."""

hypothesis.settings.register_profile("default", derandomize=True, deadline=None, max_examples=60)
hypothesis.settings.register_profile("long", deadline=None, max_examples=400, print_blob=True)
hypothesis.settings.load_profile("default")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Workers of `-n auto`: a core each, and none on one core, for chosen files and where snapshots are written."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    alone = cores == 1 or config.option.inline_snapshot or any(".py" in argument for argument in config.args)
    return 0 if alone else min(cores, MOST_WORKERS)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, from one place and so in one line of the summary, what needs the shared folder where there is none."""
    if item.get_closest_marker("needs_shared") and not PAYLOADS.is_dir():
        pytest.skip("needs the project's shared folder beside the checkout")


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with loopback() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of one file: another file's may run an event loop, beside which this one cannot be."""
    from browser import chromium  # noqa: PLC0415 - tests of pages are few, and Playwright is slow to import

    with chromium() as running:
        yield running


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def working_folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Gives an empty folder: the last one again, unless a test has left something there."""
    folders = [tmp_path_factory.mktemp("cwd")]

    def empty() -> Path:
        if any(folders[-1].iterdir()):
            folders.append(tmp_path_factory.mktemp("cwd"))
        return folders[-1]

    return empty


@pytest.fixture(autouse=True)
def _no_vobiz_in_the_environment(monkeypatch: pytest.MonkeyPatch, working_folders: Callable[[], Path]) -> None:
    """Tests neither see nor need anybody's settings: no VOBIZ_ variable, and no .env in the working directory."""
    for name in [name for name in os.environ if name.startswith("VOBIZ_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(working_folders())


@pytest.fixture(autouse=True, scope="session")
def _no_prices_from_before() -> None:
    """A mutation run forks its processes when the prices of words are known already, and none of its mutants asked."""
    tokens._FIRST.clear()
    tokens._SPACED.clear()
    tokens._piece_cost.cache_clear()
