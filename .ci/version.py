"""One command for a new version: `python .ci/version.py 0.2.0`, with a date behind it if it is not today's.

Changes server_info.py, gives what is unreleased in CHANGELOG.md the version and its date, and writes anew what is made
of them: the manifests, the Dockerfile's label and the list of tools that is answered early.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent
_WRITERS: Final = (".ci/manifests.py", "tests/serving/test_definitions.py")
_VERSION: Final = re.compile(r"\d+\.\d+\.\d+((a|b|rc)\d+)?")
_UNRELEASED: Final = "## Unreleased\n"


def versioned(server_info: str, version: str) -> str:
    """The source of server_info.py with a version in place of its own."""
    return re.sub(r'^VERSION = "[^"]*"', f'VERSION = "{version}"', server_info, flags=re.MULTILINE)


def released(changelog: str, version: str, on: date) -> str:
    """The changelog with what is unreleased under the version. Raises `ValueError` where there is no such thing."""
    head, found, rest = changelog.partition(_UNRELEASED)
    if not found or f"## {version} " in changelog or not rest.split("\n## ")[0].strip():
        raise ValueError(f"CHANGELOG.md has nothing unreleased, or has {version} already")
    return f"{head}{_UNRELEASED}\n## {version} ({on.isoformat()})\n{rest}"


def main(version: str, on: str = "") -> None:
    """Change and write everything. Raises `SystemExit` where the version or the changelog does not allow it."""
    if not _VERSION.fullmatch(version):
        sys.exit("a version is three numbers, such as 0.2.0 or 0.2.0rc1")
    day = date.fromisoformat(on) if on else datetime.now(UTC).date()
    changelog, server_info = _ROOT / "CHANGELOG.md", _ROOT / "vobiz_mcp" / "server_info.py"
    try:
        told = released(changelog.read_text(), version, day)
    except ValueError as error:
        sys.exit(str(error))
    changelog.write_text(told)
    server_info.write_text(versioned(server_info.read_text(), version))
    for writer in _WRITERS:
        subprocess.run([sys.executable, _ROOT / writer], cwd=_ROOT, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
