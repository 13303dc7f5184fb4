"""Benches are run by hand; here it is held that they still can be."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec

import pytest
from places import TESTS

BENCHES = sorted(path.stem for path in (TESTS / "bench").glob("*.py") if not path.stem.startswith("test_"))
SMALL = [
    *("masking.py", "reading.py", "collecting.py 14", "hostile_transcripts.py 100", "leaks.py 1"),
    *(
        "mix.py --small --seconds 1",
        "watchers.py --seconds 7 --watchers 20",
        "stages.py --small",
        "raw_round_trip.py 2",
    ),
    "replicas.py --seconds 3 --watchers 8",
]
"""Those whose figures a busy machine does not turn into a failure, as small as they can be made."""


NEEDS_EXTRAS = pytest.mark.skipif(find_spec("fastmcp") is None, reason="needs LangChain's MCP adapter: '.[examples]'")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[NEEDS_EXTRAS] if name == "toolkit" else []) for name in BENCHES]
)
def test_a_bench_finds_all_that_it_imports(name: str) -> None:
    assert import_module(name).__doc__


@pytest.mark.long
@pytest.mark.parametrize("line", SMALL)
def test_a_small_bench_prints_its_figures(line: str) -> None:
    script, *arguments = line.split()
    done = subprocess.run(
        [sys.executable, str(TESTS / "bench" / script), *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert any(letter.isdecimal() for letter in done.stdout)
