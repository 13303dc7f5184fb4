"""The bundle that Claude Desktop opens with a double click: the source, installed on the spot by the host's own uv.

python .ci/bundle.py FILE.mcpb writes it; the same source gives the same bytes.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from manifests import ROOT, asked_for, filled_in

from vobiz_mcp.server_info import DESCRIPTION, MAINTAINERS, NAME, REPOSITORY, TITLE, VERSION
from vobiz_mcp.tools import TOOLS

_FILES: Final = ("pyproject.toml", "README.md", "LICENSE")
_FOLDERS: Final = ("vobiz_mcp", "toolkit/langchain_vobiz")
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file in it, so that it says nothing of when it was built."""


def manifest() -> dict[str, Any]:
    """What the host reads before it installs anything."""
    run = {"command": "uv", "args": ["run", "--directory", "${__dirname}", NAME], "env": filled_in()}
    return {
        "manifest_version": "0.4",
        "name": NAME,
        "display_name": TITLE,
        "version": VERSION,
        "description": DESCRIPTION,
        "author": {"name": MAINTAINERS},
        "repository": {"type": "git", "url": REPOSITORY},
        "license": "MIT",
        "server": {"type": "uv", "entry_point": "vobiz_mcp/__main__.py", "mcp_config": run},
        "tools": [{"name": tool.tool_name(), "description": tool.description} for tool in TOOLS],
        "prompts_generated": True,
        "user_config": asked_for(),
        "compatibility": {"platforms": ["darwin", "win32", "linux"], "runtimes": {"python": ">=3.11"}},
    }


def sources() -> Iterator[Path]:
    """The files that an installation needs, and no others."""
    yield from (ROOT / name for name in _FILES)
    for folder in _FOLDERS:
        yield from sorted(
            path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        )


def build(path: Path) -> None:
    """Write the bundle."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(_member("manifest.json"), json.dumps(manifest(), indent=2, ensure_ascii=False))
        for source in sources():
            bundle.writestr(_member(source.relative_to(ROOT).as_posix()), source.read_bytes())


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _OLDEST)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


if __name__ == "__main__":
    build(Path(sys.argv[1]))
