from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx2
import pytest
from asking import LEG, sample
from places import TESTS
from upstream import settings_for

from vobiz_mcp.api.telephony import live_call
from vobiz_mcp.client import Vobiz

SETTINGS = settings_for("https://api.test")


def answers() -> httpx2.MockTransport:
    return httpx2.MockTransport(lambda _: httpx2.Response(200, json=sample("live_flat")))


def threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "vobiz-client"}


def test_a_client_that_was_closed_or_forgotten_keeps_no_thread() -> None:
    others = threads()
    client = Vobiz(SETTINGS, transport=answers())
    assert threads() <= others
    client.fetch(live_call(LEG))
    [thread] = threads() - others
    client.close()
    assert not thread.is_alive()
    client.fetch(live_call(LEG))
    [thread] = threads() - others
    del client
    thread.join(5)
    assert not thread.is_alive()


def test_closing_a_client_that_was_never_used_or_twice_is_no_matter() -> None:
    client = Vobiz(SETTINGS, transport=answers())
    client.close()
    client.fetch(live_call(LEG))
    client.close()
    client.close()


class Interrupted(BaseException):
    """What a signal raises here, as Ctrl-C raises `KeyboardInterrupt`."""


def test_who_is_interrupted_while_waiting_gives_the_request_up(monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = threading.Event()

    async def handler(_: httpx2.Request) -> httpx2.Response:
        os.kill(os.getpid(), signal.SIGUSR1)
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()
        raise AssertionError

    def interrupt(*_: object) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGUSR1, interrupt)
    try:
        with Vobiz(SETTINGS, transport=httpx2.MockTransport(handler)) as client:
            with pytest.raises(Interrupted):
                client.fetch(live_call(LEG))
            assert given_up.wait(5)
    finally:
        signal.signal(signal.SIGUSR1, before)


FORKED = """
import os, sys
sys.path[:0] = sys.argv[1:]
from test_background import *
client = Vobiz(SETTINGS, transport=answers())
client.fetch(live_call(LEG))
child = os.fork()
state = client.fetch(live_call("another")).state
if not child:
    os._exit(0 if state == "in-progress" else 1)
print(os.waitpid(child, 0)[1], state)
"""


def test_a_forked_process_has_a_client_of_its_own_and_none_keeps_a_process_from_ending() -> None:
    here = [str(TESTS), str(Path(__file__).parent)]
    done = subprocess.run(
        [sys.executable, "-c", FORKED, *here], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.returncode) == ("0 in-progress\n", 0)
