"""What stands in the README, in docs/ and beside them: their code blocks, headings and links."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from places import README, ROOT

PAGES = (README, *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md")
"""Every page that a reader is led to."""

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]*`")


class Block(NamedTuple):
    """A fenced block: its language (`""` for shell lines), its text, and the install line above it on its page."""

    page: str
    language: str
    text: str
    install: str


def blocks(page: Path, language: str) -> list[Block]:
    """The blocks of one language on a page, in their order."""
    return [block for block in _all_blocks(page) if block.language == language]


def _all_blocks(page: Path) -> Iterator[Block]:
    install = ""
    for language, text in _FENCED.findall(page.read_text()):
        lines = re.findall(r"^pip install (?!-e)[^\n]+", text, re.MULTILINE) if not language else []
        install = lines[-1] if lines else install
        yield Block(page.name, language, textwrap.dedent(text), install)


def section(page: Path, title: str) -> str:
    """What stands below a heading of the second level, up to the next one."""
    return re.split(rf"^## {re.escape(title)}\n", page.read_text(), flags=re.MULTILINE)[1].split("\n## ")[0]


def anchors(page: Path) -> set[str]:
    """The places on a page that a link can name, as GitHub makes them of headings."""
    titles = _HEADING.findall(_FENCED.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(page: Path) -> list[str]:
    """The targets of a page's links that lead to a file or a heading here."""
    text = _CODE.sub("", _FENCED.sub("", page.read_text()))
    return [target for target in _LINK.findall(text) if not re.match(r"\w+:", target)]
