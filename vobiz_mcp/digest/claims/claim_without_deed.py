"""The agent says that something is done, and no tool did it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from vobiz_mcp.digest.claims.evidence.held import ROOT, Held, named
from vobiz_mcp.digest.claims.evidence.speech_acts import REPORT_HINTS, Report, asks, is_open, reports, sentences
from vobiz_mcp.digest.claims.evidence.words import ANY_DEED, COMPLETED, DONE, FAILED, IS_DONE, SAYS_DONE
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.items import ToolCall, Utterance

_ANY_DEED: Final = Phrase(ANY_DEED)
_ID: Final = re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])[A-Z0-9]{5,12}\b|#\w*\d{4,}\w*|\b\d{6,12}\b")
_MOST: Final = 5
"""Ids of one sentence that are looked for."""
_COULD: Final = {"hand over": "handed anything over", "pay": "took a payment", "complete": "changed anything"}
_SAYS_DONE: Final = Phrase(SAYS_DONE)
_IS_DONE: Final = Phrase(IS_DONE)
_COMPLETES: Final = re.compile(DONE["complete"][0])
_OBJECT: Final = re.compile(COMPLETED)
_ADMITS: Final = Phrase(FAILED)


def claim_without_deed(held: Held) -> Iterator[Finding]:
    """The agent says that something is done and no tool did it: the first claim of each kind, where tools are shown."""
    if not held.tools:
        return
    reported: set[str] = set()
    reporting = held.hinting(REPORT_HINTS)
    for said in held.agent:
        for report in reports(said.text) if said.turn in reporting else ():
            found = None if report.kind in reported else _unborne(held, said, report)
            if found:
                reported.add(report.kind)
                yield found
        if not reported and said.turn - 1 in held.after and (found := _called_done(held, said)):
            reported.add("")
            yield found


def _called_done(held: Held, said: Utterance) -> Finding | None:
    """`That is all taken care of`, right after the tool that was to do it had failed."""
    tried = [tool for tool in held.after[said.turn - 1] if id(tool) in held.tried]
    if not tried or not tried[-1].failed or _ADMITS.search(said.text):
        return None
    parts = [part for part in sentences(said.text) if not asks(part)]
    sentence = next((part for part in parts if _tells_done(part) or _tells_state(held, part, tried[-1])), None)
    why = _failed(held, tried[-1])
    return (
        held.found("claim_without_deed", "critical", said.turn, f"agent: {held.quote(sentence, 80)} · {why}")
        if sentence
        else None
    )


def _tells_done(sentence: str) -> bool:
    match = _SAYS_DONE.search(sentence)
    return bool(match and not is_open(sentence, match.start()))


def _tells_state(held: Held, sentence: str, failed: ToolCall) -> bool:
    """`Your table is booked`, where no tool had changed anything and none had looked up or answered that it is so."""
    match = _IS_DONE.search(sentence)
    if match is None or is_open(sentence, match.start()) or "already" in (failed.result or "").lower():
        return False
    return not any(id(tool) in held.did or _tells_of(tool, match[1]) for tool in held.until(failed.after_turn + 1))


def _tells_of(tool: ToolCall, participle: str) -> bool:
    return tool.only_reads and participle.lower() in (tool.result or "").lower()


def _unborne(held: Held, said: Utterance, report: Report) -> Finding | None:
    """A claim that no tool could have made true, only failed ones tried to, or none did for the id it names."""
    just_now = held.after.get(said.turn - 1, ())
    if not _ID.search(report.sentence) and any(_did(tool, report.kind) for tool in just_now):
        return None
    begin = held.begin(said.turn)
    ran = [tool for tool in held.tools if begin <= tool.after_turn + 1 and tool.after_turn <= said.turn]
    tried = [tool for tool in ran if _could(tool, report.kind)]
    if any(_shows(tool, report.kind) for tool in ran if tool.only_reads) and not _completes(held, said, report, tried):
        return None
    why = _why_not(held, said, report, tried)
    if why is None:
        return None
    return held.found("claim_without_deed", "critical", said.turn, f"agent: {held.quote(report.sentence, 80)} · {why}")


def _completes(held: Held, said: Utterance, report: Report, tried: list[ToolCall]) -> bool:
    """Whether `your visit is confirmed` can only be what the tool named after it failed to do just now.

    Any tool completes something, so that a lookup alone bears out nothing of it, unless it says so in that word.
    """
    if report.kind != "complete" or not tried or not _failed_now(tried[-1], said):
        return False
    roots = {name[:ROOT] for name in _OBJECT.findall(report.sentence.lower())}
    last, words = tried[-1], _COMPLETES.findall(report.sentence.lower())
    looked_up = (tool for tool in held.until(said.turn) if tool.only_reads)
    return any(root in last.name.lower() for root in roots) and not any(
        _tells_of(tool, word) for tool in looked_up for word in words
    )


def _failed_now(tool: ToolCall, said: Utterance) -> bool:
    return tool.failed and tool.after_turn >= said.turn - 1


def _why_not(held: Held, said: Utterance, report: Report, tried: list[ToolCall]) -> str | None:
    """What speaks against a claim, of the tools that could have done it."""
    if not tried:
        return f"no tool on this call {_COULD.get(report.kind, f'could {report.kind} anything')}, before or after it"
    last, done = tried[-1], [tool for tool in tried if _succeeded(tool)]
    if (_failed_now(last, said) or not done) and not _ADMITS.search(said.text):
        return _failed(held, last)
    missing = next((name for name in _ID.findall(report.sentence)[:_MOST] if _is_left_out(held, done, name)), None)
    names = ", ".join(dict.fromkeys(named(tool) for tool in done[-3:]))
    return f"{names} succeeded, none of them for {missing}" if missing else None


def _failed(held: Held, tool: ToolCall) -> str:
    return f"{named(tool)} failed: {held.quote(tool.failure or tool.result or '', 60)}"


def _did(tool: ToolCall, kind: str) -> bool:
    return _could(tool, kind) and _succeeded(tool)


def _succeeded(tool: ToolCall) -> bool:
    return not tool.failed and tool.result is not None


def _could(tool: ToolCall, kind: str) -> bool:
    """Whether a tool may have done a deed of this kind, by its name, what it was asked or what it answered."""
    if tool.only_reads:
        return False
    words = _deed(kind)
    return bool(words.search(tool.name.lower()) or _ANY_DEED.search(tool.name) or _shows(tool, kind))


def _shows(tool: ToolCall, kind: str) -> bool:
    """Whether what a tool was asked or answered speaks of such a deed: a status, a time, a message."""
    words = _deed(kind)
    return bool(words.search((tool.result or "").lower()) or words.search(tool.arguments.lower()))


@lru_cache(maxsize=32)
def _deed(kind: str) -> re.Pattern[str]:
    """What it is called in small letters: a pattern that regards no case is found several times as fast."""
    return re.compile(DONE[kind][1])


def _is_left_out(held: Held, done: list[ToolCall], name: str) -> bool:
    """Whether an id that tools know of is in none of those that did something."""
    bare = name.lstrip("#")
    known = any(bare in (tool.result or "") or bare in tool.arguments for tool in held.tools)
    return known and not any(bare in tool.arguments or bare in (tool.result or "") for tool in done)
