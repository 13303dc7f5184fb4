"""Where the body contradicts itself or is not whole, so that a reader knows what not to rely on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.ending import handing_over, is_voicemail
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.timeline.end_reasons import ending
from vobiz_mcp.digest.timeline.items import Utterance
from vobiz_mcp.digest.wording.phrases import exact_seconds, milliseconds
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.agent_call import LatencyStats

_ROUNDING_MS = 1.0
_LABEL = len("Agent: ")


def disorder(stats: LatencyStats) -> str:
    """What is impossible in one stage's figures; "" when nothing is."""
    named = {name: getattr(stats, name) for name in ("min", "p50", "p90", "p95", "p99", "max")}
    known = {name: value for name, value in named.items() if value is not None}
    if min((*known.values(), *stats.values), default=0.0) >= 0 and sorted(known.values()) == [*known.values()]:
        return ""
    negative = next((f"{name} {milliseconds(value)}" for name, value in known.items() if value < 0), "")
    if negative or min(stats.values, default=0.0) < 0:
        return f"{negative or f'a value of {milliseconds(min(stats.values))}'} is negative"
    for (low, less), (high, more) in pairwise(known.items()):
        if less > more + _ROUNDING_MS:
            return f"{low} {milliseconds(less)} is above {high} {milliseconds(more)}"
    return ""


def latency_inconsistent(case: Case) -> Iterator[Finding]:
    """Latency figures that cannot be; a count unlike the number of values is only noted."""
    stages = case.call.latency.items()
    wrong = [f"{plain(name, 40)} {problem}" for name, stats in stages if (problem := disorder(stats))]
    counts = [
        f"{plain(name, 40)} states {stats.num} replies and sends the values of {len(stats.values)}"
        for name, stats in stages
        if stats.num is not None and stats.values and stats.num != len(stats.values)
    ]
    if wrong:
        detail = f"{'; '.join(wrong)} (rule: no negative values, percentiles in order)"
        yield Finding("latency_inconsistent", "warn", None, None, detail)
    elif counts:
        detail = f"{'; '.join(counts)}: the percentiles are as sent and cannot be checked"
        yield Finding("latency_inconsistent", "info", None, None, detail)


def clock_inconsistent(case: Case) -> Iterator[Finding]:
    """Times that contradict each other."""
    for detail in _call_clock(case):
        yield Finding("clock_inconsistent", "warn", None, None, detail)
    timed = case.timed
    odd = [said for said in case.told.utterances if said.spans and not (said.turn in timed and _is_in_order(said))]
    wrong = [(said, why) for said in odd if (why := _word_clock(case, said))]
    if wrong:
        said, why = wrong[0]
        more = f", as in {len(wrong) - 1} more turns" if len(wrong) > 1 else ""
        yield Finding(
            "clock_inconsistent",
            "warn",
            said.turn,
            None,
            f"{why}{more} (rule: words follow each other in time)",
        )


def _call_clock(case: Case) -> Iterator[str]:
    start, end, sent = case.call.start_timestamp, case.call.end_timestamp, case.call.duration_ms
    lasted = end.epoch - start.epoch if start and end and start.epoch is not None and end.epoch is not None else None
    if lasted is not None and lasted < 0:
        yield f"the end lies {exact_seconds(-lasted)} before the start (rule: not before)"
    elif sent is not None and sent < 0:
        yield f"the duration is {milliseconds(sent)} (rule: not negative)"
    elif sent is not None and lasted is not None:
        since_answer = lasted - (case.told.answered or 0)
        slack = case.limits.duration_slack_s
        seconds = sent / 1000
        if min(abs(seconds - lasted), abs(seconds - since_answer)) > slack:
            told = f"the duration is {exact_seconds(seconds)} but end minus start is {exact_seconds(lasted)}"
            yield f"{told} (rule: within {slack:g} s)"


def _is_in_order(said: Utterance) -> bool:
    reached = -math.inf
    for start, end in said.spans:
        if start < reached or end < start:
            return False
        reached = end
    return True


def _word_clock(case: Case, said: Utterance) -> str:
    if said.turn not in case.timed and any(abs(start) > case.limits.clock_day_s for start, _ in said.spans):
        return "word times lie more than a day from the call's start"
    if any(end < start for start, end in said.spans):
        return "a word ends before it starts"
    back = next((before[1] - after[0] for before, after in pairwise(said.spans) if after[0] < before[1]), None)
    return "" if back is None else f"words go back in time by up to {exact_seconds(back)}"


def transcript_incomplete(case: Case) -> Iterator[Finding]:
    """What is missing of the transcript, as far as the body itself tells."""
    if case.call.opt_out_sensitive_data_storage:
        return
    lost = [path for path in case.call.warnings if path.startswith("transcript")]
    if lost:
        told = f"{len(lost)} unreadable places of the transcript were left out, first {plain(lost[0], 60)}"
        yield _incomplete("warn", told)
    elif not case.told.utterances:
        yield from _no_turns(case)
    elif (share := _missing_share(case)) > case.limits.missing_share:
        told = f"{share:.0%} of the text in `transcript` is in no turn (rule: over {case.limits.missing_share:.0%})"
        yield _incomplete("warn", told)
    else:
        yield from _partly_timed(case)
        yield from _untold_tail(case)


def _incomplete(severity: str, detail: str, turn: int | None = None, at_s: float | None = None) -> Finding:
    return Finding("transcript_incomplete", "warn" if severity == "warn" else "info", turn, at_s, detail)


def _no_turns(case: Case) -> Iterator[Finding]:
    if (case.call.transcript or "").strip():
        yield _incomplete("info", "the transcript came as one text without turns or times, so silence cannot be judged")
    elif case.is_over and ending(case.call) not in ("never connected", "voicemail"):
        yield _incomplete("info", "the call is over and no transcript was sent")


def _missing_share(case: Case) -> float:
    """How much of the letters of `transcript`, less a speaker's label on each line, is in none of the turns."""
    text = case.call.transcript or ""
    if not text:
        return 0.0
    whole = len(text) - text.count("\n") - len(re.findall(r"\n\w+: ", f"\n{text}")) * _LABEL
    return 1 - sum(len(said.text) for said in case.told.utterances) / whole if whole > 0 else 0.0


def _partly_timed(case: Case) -> Iterator[Finding]:
    untimed = [said for said in case.told.utterances if said.turn not in case.timed and said.text.strip()]
    if case.spoken and untimed:
        turns = ", ".join(f"t{said.turn}" for said in untimed[:8])
        told = f"{turns}: no word times that cover what was said, so silence around it is not judged"
        yield _incomplete("info", told, untimed[0].turn, untimed[0].start)


def _untold_tail(case: Case) -> Iterator[Finding]:
    """The call went on long after its last word, and nobody else took over."""
    last = case.last_spoken
    if last is None or case.end is None or not case.is_over or is_voicemail(case):
        return
    rest = case.end - last.end
    is_elsewhere = ending(case.call) == "handed over" or handing_over(case) is not None
    if rest >= case.limits.untold_tail_s and not is_elsewhere:
        told = f"the last word ends {rest:.0f} s before the call does (rule: {case.limits.untold_tail_s:g} s)"
        yield _incomplete("info", told, last.turn, last.end)
