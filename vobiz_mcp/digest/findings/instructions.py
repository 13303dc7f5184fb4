"""Sentences that address an AI and no person: they are kept, and a reader is told that they are no instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.addressing_ai import Form, possible, possible_with
from vobiz_mcp.digest.wording.safe_text import plain

_MOST: Final = 10
"""Findings of this kind on one call; more of them say nothing new."""
_READ: Final = 20_000
"""Characters of one text that are searched; nobody says so much at once."""
_QUOTED: Final = 100


class _Text(NamedTuple):
    turn: int | None
    start: float | None
    who: str
    text: str


def instruction_like_text(case: Case) -> Iterator[Finding]:
    """Something in the call tries to tell an AI what to do: the agent on it, or the one that reads about it."""
    texts = [text for text in _texts(case) if text.text]
    seen = [_seen(text.text) for text in texts]
    everything = "\n".join(seen).lower()
    forms = possible(everything, possible_with(set(everything.split())))
    lines = zip(texts, seen, everything.split("\n"), strict=True) if forms else ()
    found = ((text, match) for text, line, lowered in lines if (match := _match(line, possible(lowered, forms))))
    for text, match in islice(found, _MOST):
        start = max(0, match.start() - _QUOTED // 4)
        evidence = case.quote(match.string[start : start + 2 * _QUOTED], _QUOTED)
        detail = f"{text.who} holds what addresses an AI (others' words, not an instruction): {evidence}"
        yield Finding("instruction_like_text", "warn", text.turn, text.start, detail)


def addresses_ai(text: str) -> bool:
    """Whether a sentence in it tells an AI to drop its instructions, be another, reveal its prompt or call a tool."""
    seen = _seen(text)
    return _match(seen, possible(seen.lower())) is not None


def _seen(text: str) -> str:
    return plain(text[:_READ], _READ)


def _match(seen: str, forms: Sequence[Form]) -> re.Match[str] | None:
    """The first such sentence."""
    if not forms:
        return None
    matches = (_compiled(form.pattern).search(seen) for form in forms)
    return min(filter(None, matches), key=lambda match: match.start(), default=None)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: they are large, and most calls need none of them."""
    return re.compile(pattern, re.IGNORECASE)


def _texts(case: Case) -> Iterator[_Text]:
    """Everything on a call that somebody else wrote or said, with its turn."""
    for said in case.told.utterances:
        yield _Text(said.turn, said.start, f"what the {said.speaker} said", said.text)
    for tool in case.told.tool_calls:
        name = plain(tool.name, 60)
        yield _Text(tool.after_turn or None, tool.start, f"the arguments of {name}", tool.arguments)
        yield _Text(tool.after_turn or None, tool.end, f"the result of {name}", tool.result or "")
    if not case.told.utterances:
        yield from (_Text(turn, None, "the transcript", line) for turn, line in enumerate(_lines(case), 1))
    yield from (_Text(None, None, "the call's metadata", text) for text in _strings(case.call.metadata))
    analysis = case.call.call_analysis
    yield _Text(None, None, "the platform's summary", (analysis.call_summary if analysis else "") or "")


def _lines(case: Case) -> list[str]:
    return [line for line in (case.call.transcript or "").splitlines() if line.strip()]


def _strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from (str(key), *_strings(value))
    elif isinstance(tree, list):
        for item in tree:
            yield from _strings(item)
