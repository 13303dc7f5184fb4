"""The timeline of a call as small data: what a picture of it shows, and nothing that only the transcript needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final

from vobiz_mcp.digest.deeds.detail import came_back
from vobiz_mcp.digest.examined_call import ExaminedCall, examined
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.findings.gaps_and_overlaps import Gap
from vobiz_mcp.digest.findings.silence import ran_meanwhile, silences
from vobiz_mcp.digest.header.facts import analysis, missing, privacy
from vobiz_mcp.digest.page.outline import chapters
from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.speech.cutting import clipped
from vobiz_mcp.digest.timeline.items import Timeline, ToolCall, Utterance
from vobiz_mcp.digest.wording.phrases import reading_notes, times
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.glossary import entry_of
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.view.ledger import LONGEST_NAME, deeds_and_claims, ledger, outcome
from vobiz_mcp.view.people import end, parties
from vobiz_mcp.view.picture import (
    CallTimeline,
    Chapter,
    Interruption,
    Mark,
    Percentiles,
    Reply,
    Silence,
    Speech,
    ToolUse,
)
from vobiz_mcp.view.titles import title

LARGEST: Final = 50_000
"""Bytes of the JSON of an hour: what a host hands to a view without a thought."""
_LENGTHS: Final = (240, 80, 30)
"""Characters of a quote, tried one after another until the whole is small enough."""
_MOST_CHAPTERS: Final = 12
_RAW: Final = re.compile(r'"[{\[].*"')
"""A quote of what a program writes for programs."""
_LONGEST_TITLE: Final = 90
_LONGEST_S: Final = 86_400
"""A call that seems to go on for longer than a day is one whose end was never written down."""


def call_timeline(call: AgentCall, moment: float | None) -> CallTimeline:
    """What a timeline shows of a call; of an opted-out one who spoke when, and nothing of what was said.

    Args:
        call: as its reader may see it, without what privacy hides.
        moment: now, in seconds since 1970: how far a call that goes on has come; None where only its record tells.
    """
    case = examined(call)
    shown, findings = case.shown(), case.findings
    bare = _outline(case, shown, moment)
    done = deeds_and_claims(shown, findings, is_hidden=bare.is_hidden)

    for longest in _LENGTHS:
        quotes = {
            "tools": [_tool(tool, longest) for tool in shown.told.tool_calls],
            "findings": [_mark(finding, shown.told.tool_calls, longest) for finding in findings],
            "ledger": ledger(done, longest),
        }
        picture = bare.model_copy(update=quotes)
        if len(picture.model_dump_json().encode()) <= LARGEST:
            break
    return picture


def as_saved(picture: CallTimeline) -> CallTimeline:
    """The timeline as a file keeps it: a call that went on is not followed any more."""
    return (
        picture.model_copy(update={"is_live": False, "end": f"{picture.end} when saved"})
        if picture.is_live
        else picture
    )


def _outline(case: ExaminedCall, shown: ShownCall, moment: float | None) -> CallTimeline:
    """All that costs the same however long quotes are."""
    call = case.call
    speakers = list(dict.fromkeys(["caller", "agent", *(stretch.speaker for stretch in case.spoken)]))
    numbered = {speaker: number for number, speaker in enumerate(speakers)}
    measured = [gap.seconds for gap in case.replies]
    return CallTimeline(
        sandbox=call.sandbox,
        call_id=call.call_id or "",
        who=parties(call),
        end=end(call),
        started=times(("", call.start_timestamp)),
        length=_length(case, shown.told, moment),
        is_live=not call.is_over,
        is_hidden=bool(call.opt_out_sensitive_data_storage),
        notes=_notes(call, shown.told),
        speakers=speakers,
        speech=[Speech(s.turn, numbered[s.speaker], _tenth(s.start), _tenth(s.end - s.start)) for s in case.spoken],
        advice={finding.code: entry_of(finding.code).advice for finding in case.findings},
        chapters=_chapters(shown),
        looked_up=len(shown.lookups),
        replies=[Reply(*_wait(gap)) for gap in case.replies],
        silences=[Silence(*_wait(gap), ran_meanwhile(case, gap)) for gap in silences(case)],
        interruptions=[Interruption(i.turn, _tenth(i.start)) for i in case.told.interruptions if i.start is not None],
        measured=_percentiles(measured),
        reported=_reported(call),
    )


def _tenth(seconds: float) -> float:
    return round(seconds, 1)


def _length(case: ExaminedCall, told: Timeline, moment: float | None) -> float:
    """The call's length; of one that goes on the time since its start, and of any no less than what is known of it."""
    start = case.call.start_timestamp.epoch if case.call.start_timestamp else None
    going = 0.0 if moment is None or start is None or case.call.is_over else moment - start
    ends = [stretch.end for stretch in case.spoken]
    known = [item.start for item in told.items if item.start is not None]
    lasted = case.end if case.is_over else None
    return _tenth(max([lasted or 0.0, going if 0 <= going <= _LONGEST_S else 0.0, *ends, *known]))


def _notes(call: AgentCall, told: Timeline) -> list[str]:
    """What is not there and why, what is odd about the record, and what the platform itself thinks of the call."""
    absent = missing(call, turns=len(told.utterances), word_times=told.has_word_times)
    return [note for note in (*privacy(call), absent, reading_notes(call), analysis(call)) if note]


def _wait(gap: Gap) -> tuple[int, float, float]:
    return gap.before.turn, _tenth(gap.before.end), _tenth(gap.seconds)


def _percentiles(seconds: Sequence[float]) -> Percentiles | None:
    """By nearest rank, as the figures are those of replies that can be shown."""
    ordered = sorted(seconds)
    if not ordered:
        return None
    p50, p95 = (round(ordered[ceil(share * len(ordered)) - 1], 2) for share in (0.5, 0.95))
    return Percentiles(count=len(ordered), p50=p50, p95=p95)


def _reported(call: AgentCall) -> Percentiles | None:
    e2e = call.latency.get("e2e")
    if e2e is None or e2e.p50 is None:
        return None
    count = len(e2e.values) if e2e.num is None else e2e.num
    return Percentiles(count=count, p50=e2e.p50 / 1000, p95=None if e2e.p95 is None else e2e.p95 / 1000)


def _tool(tool: ToolCall, longest: int) -> ToolUse:
    return ToolUse(
        name=plain(tool.name, LONGEST_NAME),
        turn=tool.after_turn,
        start=None if tool.start is None else _tenth(tool.start),
        end=None if tool.end is None else _tenth(tool.end),
        outcome=outcome(tool),
        changes=not tool.only_reads,
        why=clipped(tool.failure or "", longest) if tool.failed else "",
    )


def _mark(finding: Finding, tools: Iterable[ToolCall], longest: int) -> Mark:
    brief = f": {finding.brief}" if finding.brief else ""
    return Mark(
        code=finding.code,
        severity=finding.severity,
        title=clipped(f"{title(finding.code)}{brief}", _LONGEST_TITLE),
        turn=finding.turn,
        at=None if finding.at_s is None else _tenth(finding.at_s),
        detail=clipped(_readable(finding, tools), longest * 3 // 2),
    )


def _readable(finding: Finding, tools: Iterable[ToolCall]) -> str:
    """What was measured; what a tool answered as the ledger writes it, not as the tool did."""
    raw = _RAW.search(finding.measured)
    place = finding.turn or 0, finding.at_s
    ran = next((tool for tool in tools if (tool.after_turn, tool.start) == place), None) if raw else None
    answered = ", ".join(detail.text for detail in came_back(ran, ())) if ran else ""
    return _RAW.sub(lambda _: f'"{answered}"', finding.measured) if answered else finding.measured


def _chapters(shown: ShownCall) -> list[Chapter]:
    """The parts of a long call; none of a shorter one."""
    return [
        Chapter(
            first=part.stretch.first,
            last=part.stretch.last,
            start=_first_start(part.stretch.turns),
            about=clipped(part.about, _LONGEST_TITLE),
            outcome=part.outcome,
        )
        for part in chapters(shown, _MOST_CHAPTERS)
    ]


def _first_start(turns: Iterable[Utterance]) -> float | None:
    return next((_tenth(turn.start) for turn in turns if turn.start is not None), None)
