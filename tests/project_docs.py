"""What stands in the README, in docs/ and beside them: their code blocks, headings and links."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from places import README, ROOT

DOCS = ROOT / "docs"
PAGES = (
    README,
    *sorted(DOCS.glob("*.md")),
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(ROOT.glob("skills/**/*.md")),
)
"""Every page that a reader is led to."""

_FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_PART = re.compile(r"^(?=## )|(?=<details>)", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"|srcset=\"([^\"]+)\"")
_CODE = re.compile(r"`[^`\n]*`")


class Block(NamedTuple):
    """A fenced block of a page.

    Attributes:
        part: which heading of the second level, or which folded part, it stands in, counted from the top.
        language: as the fence says; `""` for shell lines.
        install: the last `pip install` line above it on its page, which makes the environment that it runs in.
    """

    part: int
    language: str
    text: str
    install: str


class Program(NamedTuple):
    """Python blocks that are read one after another and run in one environment."""

    name: str
    install: str
    code: str


def all_blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a text, in their order."""
    install = ""
    for part, told in enumerate(_PART.split(text)):
        for _, language, inner in _FENCED.findall(told):
            block = textwrap.dedent(inner)
            lines = re.findall(r"^pip install (?!-e)[^\n&]+", block, re.MULTILINE) if not language else []
            install = lines[-1].strip() if lines else install
            yield Block(part, language, block, install)


def blocks(page: Path, *languages: str) -> list[Block]:
    """The blocks of some languages on a page."""
    return [block for block in all_blocks(page.read_text()) if block.language in languages]


def programs(name: str, text: str) -> Iterator[Program]:
    """The Python of a text: what stands in one part of it is one program, in the environment of its last block.

    Where an install line stands between two blocks of a part, those above it are a program of their own as well.
    """
    found = [block for block in all_blocks(text) if block.language == "python"]
    for place, block in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if not following or (block.part, block.install) != (following.part, following.install):
            code = [above.text for above in found[: place + 1] if above.part == block.part]
            yield Program(f"{name}:{place + 1}", block.install, "\n".join(code))


def section(page: Path, title: str) -> str:
    """What stands below a heading of the second level, up to the next one."""
    return re.split(rf"^## {re.escape(title)}\n", page.read_text(), flags=re.MULTILINE)[1].split("\n## ")[0]


def anchors(page: Path) -> set[str]:
    """The places on a page that a link can name, as GitHub makes them of headings."""
    titles = _HEADING.findall(_FENCED.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(page: Path) -> list[str]:
    """The targets of a page's links and pictures that lead to a file or a heading here."""
    text = _CODE.sub("", _FENCED.sub("", page.read_text()))
    targets = ["".join(found) for found in _LINK.findall(text)]
    return [target for target in targets if not re.match(r"\w+:", target)]
