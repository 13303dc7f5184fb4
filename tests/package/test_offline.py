from __future__ import annotations

import json
import subprocess
import sys

import pytest
from servers import Session

from vobiz_mcp.tools import TOOLS

NO_NETWORK = """
import os, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"):
        os.write(2, f"network: {event} {arguments}\\n".encode())
        os._exit(99)

sys.addaudithook(refuse)
"""
"""A hook below Python's sockets: whatever asks for the network ends the process, with a code of its own."""

RUN = f"{NO_NETWORK}\nimport runpy\nsys.argv[0] = 'vobiz-mcp'\nrunpy.run_module('vobiz_mcp', run_name='__main__')"
SETTINGS = {
    "VOBIZ_AUTH_ID": "MA_X",
    "VOBIZ_AUTH_TOKEN": "token",
    "VOBIZ_MCP_ISSUER": "https://id.example",
    "VOBIZ_MCP_RESOURCE": "https://calls.example/mcp",
}


def offline(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env={"PATH": "", **SETTINGS},
        timeout=60,
        check=False,
    )


def test_the_hook_catches_who_asks_for_the_network() -> None:
    done = offline(f"{NO_NETWORK}\nimport urllib.request; urllib.request.urlopen('http://calls.example')")
    assert (done.returncode, done.stderr.startswith("network: socket.getaddrinfo")) == (99, True)


def test_nothing_asks_for_the_network_when_it_is_imported_or_made() -> None:
    made = (
        "from vobiz_mcp import Vobiz; Vobiz()",
        "from langchain_vobiz import VobizToolkit; VobizToolkit.from_env().get_tools()",
        "import vobiz_mcp.serving.server, vobiz_mcp.serving.stdio.serve, vobiz_mcp.saved_calls",
        "import vobiz_mcp.serving.connection, vobiz_mcp.serving.http.app",
    )
    done = offline("\n".join((NO_NETWORK, *made)))
    assert (done.returncode, done.stderr) == (0, "")


def test_no_command_asks_for_the_network_to_say_what_it_knows() -> None:
    lines = [["--help"], ["--version"], ["tools"], ["serve", "--help"]]
    done = offline(f"{NO_NETWORK}\nfrom vobiz_mcp.cli import run\nprint([run(line) for line in {lines}])")
    assert (done.returncode, done.stderr, done.stdout.splitlines()[-1]) == (0, "", "[0, 0, 0, 0]")


@pytest.mark.parametrize("arguments", [[], ["--sandbox"]])
def test_the_server_starts_and_lists_its_tools_without_a_network(arguments: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": "", **SETTINGS},
    ) as process:
        host = Session(process)
        host.initialize()
        assert len(host.ask("tools/list", 2)["result"]["tools"]) == len(TOOLS)
        host.send("tools/call", 3, name="get_stream", arguments={"call_uuid": "c", "stream_id": "s"})
        assert process.stdout is not None
        last = process.stdout.readline()
        assert process.stdin is not None
        process.stdin.close()
        assert (bool(arguments), process.wait(20)) in ((True, 0), (False, 99)), "the first request is a tool's"
    assert not arguments or json.loads(last)["id"] == 3
