"""The page that draws a call, put together from its parts into one file that loads nothing and runs nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Final, Literal, TypeAlias

from vobiz_mcp.view.picture import CallTimeline

Source: TypeAlias = Literal["host", "served", "embedded"]
"""Where the page finds its call: a chat host fetches it, the page's own server has it, or it stands in the page."""

_PARTS: Final = Path(__file__).with_name("page")
_CALL: Final = (
    "call.css",
    *(f"{n}.js" for n in ("elements", "reading", "lanes", "transcript", "side", "sources", "call")),
)
_REPORT: Final = ("call.css", "report.css", "elements.js", "report.js")
_SPACED: Final = re.compile(r"\s?([{};])\s?|(?<=[:,])\s")
_KEPT: Final = re.compile(r"`[^`]*\$\{[^`}]*`|/")
"""Where a template inside a template or a regular expression may begin."""
_TIGHT: Final = re.compile(r'("(?:[^"\\]|\\.)*"|`[^`]*`)| ?([{}(),:;?=&|<>!]+) ?')
_REACH: Final[dict[Source, str]] = {"host": "'none'", "served": "'self'", "embedded": "'none'"}
_PAGE: Final = """\
<!doctype html>
<html lang="en" data-source="{source}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main id="view" aria-busy="true"><p class="state">Reading the call …</p></main>
{data}<script type="module">{script}</script>
</body>
</html>
"""


def page(source: Source) -> str:
    """The page of a call that it asks for."""
    return _page(_CALL, source, "A call", "")


def report_page(data: str) -> str:
    """One file that shows what many calls come to, as JSON has it."""
    return _page(_REPORT, "embedded", "Review of calls", _block("report", data))


def _page(parts: tuple[str, ...], source: Source, title: str, block: str) -> str:
    style, script = _joined(parts)
    return _PAGE.format(
        source=source,
        policy=_policy(style, script, source),
        title=escape(title),
        style=style,
        script=script,
        data=block,
    )


def policy(source: Source) -> str:
    """What the page may do: run its own script in its own style, and fetch from nobody but its own server."""
    return _policy(*_joined(_CALL), source)


def _policy(style: str, script: str, source: Source) -> str:
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; connect-src {_REACH[source]}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def whole_page(picture: CallTimeline, transcript: str) -> str:
    """One file that holds a call and what draws it."""
    title = f"{picture.call_id or 'A call'}: {picture.end}"
    return _page(_CALL, "embedded", title, _block("call", both(picture, transcript)))


def both(picture: CallTimeline, transcript: str) -> str:
    """A call's timeline and its transcript as one JSON text."""
    return f'{{"timeline":{picture.model_dump_json()},"transcript":{json.dumps(transcript, ensure_ascii=False)}}}'


def _block(name: str, text: str) -> str:
    """Data that no browser takes for markup: without `<` it can neither end its element nor begin a comment."""
    kept = text.replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{kept}</script>\n'


@cache
def _joined(parts: tuple[str, ...]) -> tuple[str, str]:
    """The style and the script."""
    style, script = (
        "\n".join(_bare(_PARTS / name) for name in parts if name.endswith(kind)) for kind in (".css", ".js")
    )
    return style, script


def _bare(path: Path) -> str:
    """A part without indentation and comments, and most spaces: a chat loads the page for each answer."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    bare = "\n".join(line for line in lines if line and not line.startswith("//"))
    if path.suffix == ".css":
        return _SPACED.sub(r"\1", bare).replace(";}", "}")
    return "\n".join(map(_tight, bare.split("\n")))


def _tight(line: str) -> str:
    """A line of script without the spaces around its signs, up to where every space may count."""
    kept = _KEPT.search(line)
    loose = line[: kept.start()] if kept else line
    return line if loose.count('"') % 2 or loose.count("`") % 2 else _TIGHT.sub(r"\1\2", loose) + line[len(loose) :]


@cache
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
