"""Several processes that serve one address."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from forked import Piped
from http_requests import listed
from servers import http_server

from vobiz_mcp.serving.http.workers import Workers

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc which processes there are")


def children(process: int) -> list[int]:
    """Processes that a process has begun and that have not ended."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.fixture
def server() -> Iterator[tuple[Piped, str]]:
    with closing(Piped("serve", "--http", "--port", "0", "--sandbox", "--workers", "2", errors=True)) as process:
        yield process, process.stderr.readline().split()[-1]


def test_a_worker_that_dies_is_begun_anew_and_nobody_is_turned_away(server: tuple[Piped, str]) -> None:
    process, url = server
    assert listed(url).status_code == 200
    before = children(process.pid)
    os.kill(before[0], signal.SIGKILL)
    assert [listed(url).status_code for _ in range(10)] == [200] * 10
    while len(after := children(process.pid)) < 2 or before[0] in after:
        pass
    assert before[1] in after
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert process.stderr.read() == ""


def test_workers_end_with_the_process_that_began_them_whatever_ends_it(server: tuple[Piped, str]) -> None:
    process, url = server
    assert listed(url).status_code == 200
    workers = children(process.pid)
    process.send_signal(signal.SIGKILL)
    while any(Path(f"/proc/{worker}/cmdline").read_bytes() for worker in workers if Path(f"/proc/{worker}").exists()):
        pass
    with pytest.raises(httpx2.ConnectError):
        listed(url)


def test_no_worker_is_begun_and_nobody_is_missed_once_a_signal_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    forked = iter([gone.pid])
    monkeypatch.setattr(os, "fork", lambda: next(forked))
    workers = Workers(2, lambda: None)
    workers._begin()
    workers._stop()
    workers._begin()
    assert list(workers._begun) == [gone.pid]


def test_workers_share_the_rate_of_a_client() -> None:
    with http_server("--workers", "2", "--rate", "1") as url:
        answers = [listed(url) for _ in range(12)]
    assert {answer.status_code for answer in answers} == {200, 429}
