from __future__ import annotations

import json
import re
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from planted_calls import agent, caller, record, retell

from vobiz_mcp import cli
from vobiz_mcp.digest.verbatim.transcript import transcript
from vobiz_mcp.errors import UpstreamUnreachable
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.view.loopback import Look, Server, serve
from vobiz_mcp.view.timeline import call_timeline

CARD = "4111 1111 1111 1111"


def saved(folder: Path, *bodies: object) -> str:
    file = folder / "call.json"
    file.write_text(json.dumps(bodies[0] if len(bodies) == 1 else list(bodies)))
    return str(file)


def test_a_saved_call_is_written_as_one_file_without_what_privacy_hides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = retell(agent("Your card number, please?"), caller(f"It is {CARD}."), call_id="c1")
    out = tmp_path / "call.html"
    assert cli.run(["view", saved(tmp_path, body), "--out", str(out)]) == 0
    assert "one file" in capsys.readouterr().out
    page = out.read_text()
    assert "Your card number, please?" in page
    assert CARD not in page
    assert "http" not in page.partition('<script type="application/json"')[0].replace("http-equiv", "")


def test_a_call_that_went_on_when_it_was_saved_is_not_shown_as_live(tmp_path: Path) -> None:
    body = retell(
        agent("Hello, how can I help?"),
        call_id="c1",
        call_status="ongoing",
        disconnection_reason=None,
        end_timestamp=None,
    )
    for arguments in (["view", saved(tmp_path, body)], ["view", "call_one_way", "--sandbox"]):
        out = tmp_path / "call.html"
        assert cli.run([*arguments, "--out", str(out)]) == 0
        data = re.search(r'id="call">(.*?)</script>', out.read_text())
        assert data is not None
        timeline = json.loads(data[1])["timeline"]
        assert (timeline["is_live"], timeline["end"]) == (False, "still going when saved")
        assert timeline["length"] < 600


def test_a_call_of_the_account_is_written_too(tmp_path: Path) -> None:
    out = tmp_path / "call.html"
    assert cli.run(["view", "call_dispute", "--sandbox", "--out", str(out)]) == 0
    assert "refund_charge" in out.read_text()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["nowhere"], "not_found", id="an unknown call"),
        pytest.param(["not/there.json"], "there is no such file", id="a file that is not there"),
        pytest.param(["a b"], "call_id", id="no id"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_one_line_before_anything_is_served(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["view", *arguments, "--sandbox"]) != 0
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err
    assert len(said.err.splitlines()) == 1


def test_a_file_of_several_calls_says_that_a_view_shows_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = retell(agent("Hello."), call_id="c1")
    assert cli.run(["view", saved(tmp_path, body, body), "--out", str(tmp_path / "x.html")]) != 0
    assert "it holds 2 calls" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_a_call_is_named_of_a_file_that_holds_several(tmp_path: Path, ending: str) -> None:
    bodies = [retell(agent(f"This is {name}."), call_id=name) for name in ("c1", "c2", "c3")]
    file, out = tmp_path / f"calls.{ending}", tmp_path / "x.html"
    file.write_text(json.dumps(bodies) if ending == "json" else "\n".join([*map(json.dumps, bodies), "no call", ""]))
    assert cli.run(["view", str(file), "c2", "--out", str(out)]) == 0
    assert "This is c2." in out.read_text()


@pytest.mark.parametrize(
    ("call_id", "told"),
    [("c9", "it holds no call c9"), ("c1", "it holds 2 calls of that id"), ("", "it holds 3 calls")],
)
def test_a_file_of_several_says_which_call_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], call_id: str, told: str
) -> None:
    bodies = [retell(agent("Hello."), call_id=name) for name in ("c1", "c1", "c2")]
    assert cli.run(["view", saved(tmp_path, *bodies), call_id, "--out", str(tmp_path / "x.html")]) != 0
    assert told in capsys.readouterr().err


def test_a_call_of_the_account_is_not_looked_for_in_another(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["view", "call_dispute", "call_booking", "--sandbox"]) != 0
    assert "call_dispute is no file" in capsys.readouterr().err


@contextmanager
def served(look: Look) -> Iterator[Server]:
    with serve(look) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def looks_at(call: AgentCall) -> Look:
    return lambda: (call_timeline(call, 0.0), transcript(call))


def fetched(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        text: str = answer.read().decode()
    return text


def refused(address: str, **headers: str) -> tuple[int, str]:
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetched(address, **headers)
    with caught.value as error:
        return error.code, error.read().decode()


def test_a_served_page_has_the_call_beside_it() -> None:
    with served(looks_at(record(retell(agent("Hello, how can I help?"), call_id="c1")))) as server:
        assert 'data-source="served"' in fetched(server.address)
        found = json.loads(fetched(f"{server.address}call"))
    assert found["timeline"]["call_id"] == "c1"
    assert "Hello, how can I help?" in found["transcript"]


def test_a_connection_that_asks_nothing_keeps_nobody_waiting() -> None:
    with (
        served(looks_at(record(retell(agent("Hello."), call_id="c1")))) as server,
        socket.create_connection(("127.0.0.1", server.server_port)),
    ):
        assert "c1" in fetched(f"{server.address}call")


def test_a_browser_that_goes_away_is_no_mistake_to_tell_of(capsys: pytest.CaptureFixture[str]) -> None:
    with served(looks_at(record(retell(agent("Hello."), call_id="c1")))) as server:
        with socket.create_connection(("127.0.0.1", server.server_port)) as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert "c1" in fetched(f"{server.address}call")
    assert capsys.readouterr().err == ""


def test_nobody_gets_a_call_without_the_secret_or_by_another_name_of_the_machine() -> None:
    with served(looks_at(record(retell(agent("Hello."), call_id="c1")))) as server:
        assert refused(f"http://{server.origin}/")[0] == 404
        assert refused(f"http://{server.origin}/call")[0] == 404
        assert refused(f"{server.address}call", Host="evil.example")[0] == 404
        assert refused(f"{server.address}other")[0] == 404


def test_what_the_api_refuses_later_is_told_on_the_page() -> None:
    def look() -> tuple[object, str]:
        raise UpstreamUnreachable("the agent API did not answer within 10 s")

    with served(look) as server:  # type: ignore[arg-type]
        status, told = refused(f"{server.address}call")
    assert status == 502
    assert "did not answer" in told
