"""How large the image is, estimated without building it: its base, and what the wheels of its lock unpack to here.

python .ci/image_size.py prints it. What is installed in this environment is weighed, as each wheel's own list has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Final

from manifests import ROOT

from vobiz_mcp.server_info import NAME

BASE_BYTES: Final = 125_000_000
"""What python:3.13-slim is unpacked (Debian's slim base and CPython)."""
EMPTY_BYTES: Final = 1_000_000
"""A virtual environment without pip."""


def locked() -> Iterator[str]:
    """The distributions that the image installs on Linux, this project last."""
    for line in (ROOT / ".ci" / "runtime.txt").read_text().splitlines():
        found = re.match(r"([\w.-]+)==[^ ;]+( ; (?P<only>.+?))? \\$", line)
        if found and not re.search(r"win32|emscripten|python_full_version <", found["only"] or ""):
            yield found[1]
    yield NAME


def weighed(name: str) -> int:
    """Bytes of what a wheel unpacks to; 0 where it is not installed here."""
    try:
        told: Distribution = distribution(name)
    except PackageNotFoundError:
        return 0
    return sum(file.size or 0 for file in told.files or ())


def estimate() -> int:
    """Bytes of the whole image."""
    own = sum(path.stat().st_size for path in (ROOT / "vobiz_mcp").rglob("*") if "__pycache__" not in path.parts)
    return BASE_BYTES + EMPTY_BYTES + own + sum(map(weighed, locked()))


if __name__ == "__main__":
    for each in sorted(locked(), key=weighed, reverse=True)[:8]:
        print(f"{weighed(each) / 1e6:7.1f} MB  {each}")
    print(f"{estimate() / 1e6:7.1f} MB  in all, estimated")
