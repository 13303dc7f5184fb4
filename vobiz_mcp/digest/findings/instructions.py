"""Sentences that address an AI and no person: they are kept, and a reader is told that they are no instructions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.addressing_ai import holding, possible
from vobiz_mcp.digest.timeline.items import ToolCall, Utterance
from vobiz_mcp.digest.wording.safe_text import plain

_MOST: Final = 10
"""Findings of this kind on one call; more of them say nothing new."""
_READ: Final = 20_000
"""Characters of one text that are searched; nobody says so much at once."""
_QUOTED: Final = 100


class _Text(NamedTuple):
    text: str
    of: Utterance | ToolCall | int | None
    """What it is a text of; of a transcript without turns the line."""
    name: str

    def finding(self, evidence: str) -> Finding:
        turn, start, who = self._place()
        detail = f"{who} holds what addresses an AI (others' words, not an instruction): {evidence}"
        return Finding("instruction_like_text", "warn", turn, start, detail)

    def _place(self) -> tuple[int | None, float | None, str]:
        match self.of:
            case Utterance() as said:
                return said.turn, said.start, f"what the {said.speaker} said"
            case ToolCall() as tool:
                start = tool.start if self.name == "arguments" else tool.end
                return tool.after_turn or None, start, f"the {self.name} of {plain(tool.name, 60)}"
            case line:
                return line, None, self.name


def instruction_like_text(case: Case) -> Iterator[Finding]:
    """Something in the call tries to tell an AI what to do: the agent on it, or the one that reads about it."""
    texts = _texts(case)
    for place, match in islice(_orders([text.text for text in texts]), _MOST):
        start = max(0, match.start() - _QUOTED // 4)
        yield texts[place].finding(case.quote(match.string[start : start + 2 * _QUOTED], _QUOTED))


def addresses_ai(text: str) -> bool:
    """Whether a sentence in it tells an AI to drop its instructions, be another, reveal its prompt or call a tool."""
    return any(_orders([text]))


def _orders(texts: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """The places of the texts that hold such a sentence, with the first in each."""
    seen = [plain(text[:_READ], _READ) for text in texts]
    lowered = [line.lower() for line in seen]
    found: defaultdict[int, list[re.Match[str]]] = defaultdict(list)
    for form, needs in possible("\n".join(lowered)):
        for place in holding(lowered, needs):
            found[place] += filter(None, [_compiled(form.pattern).search(seen[place])])
    for place in sorted(found):
        yield from ((place, match) for match in sorted(found[place], key=re.Match.start)[:1])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: they are large, and most calls need none of them."""
    return re.compile(pattern, re.IGNORECASE)


def _texts(case: Case) -> list[_Text]:
    """Everything on a call that somebody else wrote or said."""
    texts = [_Text(said.text, said, "") for said in case.told.utterances]
    for tool in case.told.tool_calls:
        texts += _Text(tool.arguments, tool, "arguments"), _Text(tool.result or "", tool, "result")
    if not case.told.utterances:
        texts += [_Text(text, line, "the transcript") for line, text in enumerate(_lines(case), 1)]
    texts += [_Text(text, None, "the call's metadata") for text in _strings(case.call.metadata)]
    analysis = case.call.call_analysis
    return [*texts, _Text((analysis.call_summary if analysis else "") or "", None, "the platform's summary")]


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
