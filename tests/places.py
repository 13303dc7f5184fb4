"""Folders and files of the checkout that tests read."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
README = ROOT / "README.md"
EXAMPLES = ROOT / "examples"
