from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import watch
from example_programs import program
from places import EXAMPLES
from rich.console import Console
from watched_call import Time

from vobiz_mcp.client import Vobiz
from vobiz_mcp.records.changes import CallChanges, Change
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import SandboxTransport, sandbox_settings


@pytest.fixture
def screen() -> watch.Screen:
    return watch.Screen(Console(file=io.StringIO(), width=120))


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def waits() -> Iterator[CallChanges]:
    """The sandbox's live call from its beginning to its end, on a clock that only waiting moves."""
    time = Time()
    transport = SandboxTransport(Sandbox(time))
    with Vobiz(sandbox_settings(), transport=transport, clock=time, sleep=time.sleep, pace=time.pace) as client:
        yield from watch.waits(client, watch.LIVE)


def test_every_turn_and_every_tool_of_a_live_call_is_told_once(screen: watch.Screen) -> None:
    ages: list[str] = []
    for changes in waits():
        screen.show(changes)
        ages += [state.plain for state in screen.states.values() if " live-audio in-progress" in state.plain]
    assert ages
    assert [age for age in ages if "in-progress since " not in age] == []
    screen.console.print(screen.panel())
    shown = printed(screen.console)
    turns = [int(turn) for turn in re.findall(r"^ +t(\d+) +\d+:\d\d +(?:agent|caller)", shown, re.MULTILINE)]
    assert turns == list(range(1, 32))
    tools = re.findall(r"^ +(tool|change) +\d+:\d\d (\w+)\(", shown, re.MULTILINE)
    assert tools == [("tool", "check_capacity"), ("change", "create_order"), ("change", "send_payment_link")]
    assert "no result yet" not in shown
    assert "○ stream live-monitor completed after 1 min 0 s" in shown


def test_a_tool_that_runs_stands_below_until_its_result_comes(screen: watch.Screen) -> None:
    running = Change(kind="tool", line="  tool 0:35 look_up({}) → no result yet")
    screen.show(CallChanges(changes=[running]))
    assert printed(screen.console) == ""
    screen.console.print(screen.panel())
    assert "● tool 0:35 look_up({}) → no result yet" in printed(screen.console)
    screen.show(CallChanges(changes=[Change(kind="tool", line="  tool 0:35 look_up({}) → ok in 1.2 s: {}")]))
    assert not screen.states
    assert printed(screen.console).count("ok in 1.2 s") == 1


def test_a_live_call_can_be_followed_in_the_terminal() -> None:
    done = program("watch.py", "--speed", "100")
    assert (done.returncode, done.stderr) == (0, "")
    assert " over " in done.stdout
    assert "t31  2:52 caller  Thanks! Bye bye." in done.stdout


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["--speed", "0"], 2, "--speed takes a number above 0, up to 1000"),
        (["--speed", "nan"], 2, "--speed takes a number above 0, up to 1000"),
        (["--call-uuid", "c"], 1, "not_configured: the telephony API needs VOBIZ_AUTH_ID and VOBIZ_AUTH_TOKEN."),
        (["--call-id", "a/b"], 1, "invalid_arguments: call_id"),
    ],
)
def test_what_cannot_be_followed_is_said_in_a_line(
    words: list[str], status: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["watch.py", *words])
    with pytest.raises(SystemExit) as ended:
        watch.main()
    out, err = capsys.readouterr()
    code = ended.value.code
    said, code = (code, 1) if isinstance(code, str) else (err, code)  # as the interpreter ends with a text
    assert (code, out) == (status, "")
    assert told in said.splitlines()[-1]


def test_an_interrupt_ends_it_quietly() -> None:
    started = [sys.executable, str(EXAMPLES / "watch.py"), "--speed", "30"]
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        started, text=True, env=unbuffered, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, "")
