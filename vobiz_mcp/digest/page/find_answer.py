"""The answer to `find`: what of a call bears on a question, the best first while there is room, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vobiz_mcp.digest.examined_call import ExaminedCall
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.findings.silence import longest_waits
from vobiz_mcp.digest.header.facts import outcome, privacy
from vobiz_mcp.digest.header.highlights import each
from vobiz_mcp.digest.page.page import REASONS_LEAVE, Story, filled
from vobiz_mcp.digest.page.relevance import absent, asked_words, bears, relevance, roots, words_of
from vobiz_mcp.digest.page.selection import Candidate, Selection
from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.speech.cutting import fitting
from vobiz_mcp.digest.timeline.items import Timeline, Utterance
from vobiz_mcp.digest.tokens.cost import allowance

_SHARPNESS: Final = 1.6
"""Power of the bearing: how much more a turn that answers is worth than one that only stands near it."""
_FAINT: Final = 0.05
"""Least bearing of anything: a question may be asked in words that nobody said, and room is there to be used."""
_PLAIN: Final = 1.0
"""Worth of a sentence or tool call where something bears on the question; each word of it counts as much again."""
_ALIKE: Final = 4
"""Letters that two words must share at their beginning to be near."""
_OF_TOOL: Final = 0.8
"""What a value of a tool counts in an answer, of what it counts on a page."""
_WAITS: Final = 5
_LOOKUPS: Final = 10
"""One part in so many of the room may name the tools that only looked something up."""
_NAMED: Final = 2
"""One part in so many of it may tell the findings that are asked for."""
_FEW_WORDS: Final = 4
"""Words up to which a question is a list of words to look for."""
_MOST_FINDINGS, _MOST_ABSENT = 3, 4
"""Findings that are named, the worst, and words that are said to be absent."""
_ABOUT_TIME: Final = re.compile(
    r"silen|dead air|latency|paus|quiet|response time"
    r"|(?:slow|long|late)\w*\W+(?:\w+\W+){0,3}(?:answer|repl|respon|wait)"
    r"|(?:wait|repl|answer|respon)\w*\W+(?:\w+\W+){0,4}(?:long|slow|late)|waited|hold time",
    re.IGNORECASE,
)


def found(call: ExaminedCall, shown: ShownCall, max_tokens: int, question: str, left_out: str = "") -> str:
    """At most `max_tokens` of what bears on `question`, in the order it happened; "" when nothing is near it.

    Args:
        left_out: whose words were not looked through, as a line; "" where all were.
    """
    asked = f'"{fitting(question, 200)}"'
    named = _named(call.findings, question)
    waits = longest_waits(call, _WAITS) if _ABOUT_TIME.search(question) and not named else []
    told = roots(shown.told, _offers(call.findings))
    bearing = _beside(shown.told, named, relevance(told, question))
    absent_words = "" if named else _absent(told, question)
    note = f"what bears on {asked}{absent_words}, and what else there is room for:"
    if not any(bearing) and not waits and not named:
        bearing, note = relevance(told, question, letters=_ALIKE), f"nothing bears on {asked}; the nearest:"
    if not any(bearing) and not waits and not named:
        return ""
    story = Story(shown, call.findings, tables=False)
    story.done.name_lookups(allowance(max_tokens) // _LOOKUPS)
    notes = [*privacy(call.call), *filter(None, [left_out]), note]
    head = [
        outcome(call.call),
        *([] if named else _worst(call.findings)),
        *notes,
        *each(named, allowance(max_tokens) // _NAMED),
        *(["measured, the longest waits:", *waits] if waits else []),
    ]
    words = asked_words(question)
    selection = Selection(list(_bearing(story, bearing, words)))
    filled(story, selection, max_tokens, head, [(REASONS_LEAVE, _done(story, words))])
    return "\n".join([*head, *story.lines()])


def _named(findings: Sequence[Finding], question: str) -> list[Finding]:
    """The findings whose code the question names, `dead_air` or `dead air`; all of them where it asks for findings."""
    asked = f"_{'_'.join(words_of(question))}_"
    return [finding for finding in findings if f"_{finding.code}_" in asked or "_findings_" in asked]


def _offers(findings: Sequence[Finding]) -> dict[int, str]:
    """What had been offered where a tool then did another thing, by the turn before the tool."""
    return {finding.turn: finding.instead.offered for finding in findings if finding.turn and finding.instead}


def _beside(told: Timeline, named: Sequence[Finding], bearing: list[float]) -> list[float]:
    """How much each item bears on a question that names findings: where they are, most."""
    turns = {finding.turn for finding in named if finding.turn}
    placed = [item.turn if isinstance(item, Utterance) else item.after_turn for item in told.items]
    return [1.0 if turn in turns else score for turn, score in zip(placed, bearing, strict=True)]


def _absent(held: Sequence[Sequence[str]], question: str) -> str:
    """` ("stolen" stands nowhere)`: which words of a question nobody said and no tool holds; "" where none is.

    Of a whole sentence only names: its other words are the asker's own. Of digits nothing is said: they may have been
    said and hidden.
    """
    names = {word.lower() for word in question.split()[1:] if not word.islower()}
    is_sentence = len(words_of(question)) > _FEW_WORDS
    missing = [word for word in absent(held, question) if not any(map(str.isdigit, word))]
    told = [word for word in missing if not is_sentence or any(word in name for name in names)]
    words = [f'"{fitting(word, 40)}"' for word in told[:_MOST_ABSENT]]
    return f" ({', '.join(words)} {'stands' if len(words) == 1 else 'stand'} nowhere)" if words else ""


def _worst(findings: Sequence[Finding]) -> list[str]:
    """`findings: critical claim_without_deed t11, …`, as a line: what an answer to any question must not hide."""
    grave = [finding for finding in findings if finding.severity == "critical"] or findings[:1]
    if not grave or grave[0].severity == "info":
        return []
    named = [f"{finding.code}{f' t{finding.turn}' if finding.turn else ''}" for finding in grave]
    more = ", …" if len(named) > _MOST_FINDINGS else ""
    return [f"findings: {grave[0].severity} {', '.join(named[:_MOST_FINDINGS])}{more}"]


def _done(story: Story, asked: frozenset[str]) -> list[Candidate]:
    """What was done, or failed, of which the question speaks, most of it first: no answer may leave that out."""
    lines = [(candidate, candidate.picks[-1][0]) for candidate in (*story.done.reasons, *story.done.cores)]
    bearing = [(bears(" ".join(line.parts), asked), one) for one, line in lines]
    return [one for words, one in sorted(bearing, key=lambda pair: -pair[0]) if words]


def _bearing(story: Story, bearing: Sequence[float], asked: frozenset[str]) -> Iterator[Candidate]:
    """The candidates, each bearing on the question as much as the turn or tool call that it is of, and by its words."""
    items = story.told.items
    of_turn = {item.turn: score for item, score in zip(items, bearing, strict=True) if isinstance(item, Utterance)}
    of_item = {id(item): score for item, score in zip(items, bearing, strict=True)}
    of_line = {id(line): max(of_item[id(tool)] for tool in tools) for tools, line in story.done.tool_lines()}
    cores = {id(candidate) for candidate in story.done.cores}
    for candidate in (*story.done.cores, *story.candidates, *story.done.repeats, *story.done.findings()):
        score = max(of_line.get(id(line), of_turn.get(line.turn, 0.0)) for line, _ in candidate.picks)
        told = 0.0
        if score > _FAINT:
            line, parts = candidate.picks[-1]
            is_core = id(candidate) in cores
            told = _PLAIN if is_core or id(line) not in of_line else 0.0
            told += 0 if is_core else sum(bears(line.parts[part], asked) for part in parts)
        worth = candidate.worth * (_OF_TOOL if id(candidate.picks[-1][0]) in of_line else 1.0)
        yield candidate._replace(worth=worth + told, bearing=max(_FAINT, score) ** _SHARPNESS)
