"""What the platform's latency figures say, and whether what was measured agrees. Figures are quoted as sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.data import disorder
from vobiz_mcp.digest.findings.finding import Finding, graded
from vobiz_mcp.digest.findings.silence import awaited
from vobiz_mcp.digest.wording.phrases import exact_seconds, milliseconds
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.agent_call import LatencyStats

_INSIDE_LLM = "llm_websocket_network_rtt"
"""A part of another part: it is not added up."""
NO_STAGE: Final = "no stage can be named"
"""How `dominated_by` begins where it tells nothing about the call."""


def latency_tail(case: Case) -> Iterator[Finding]:
    """Most replies are fine and a few are not."""
    e2e, limits = _e2e(case), case.limits
    if e2e is None or e2e.p95 is None or _count(e2e) < limits.tail_count:
        return
    ratio = e2e.p95 / e2e.p50 if e2e.p50 else 0
    if e2e.p95 > limits.tail_p95_ms or ratio >= limits.tail_ratio:
        versus = f", {ratio:.1f} × p50 {milliseconds(e2e.p50)}" if e2e.p50 else ""
        rule = (
            f"rules: over {milliseconds(limits.tail_p95_ms)}, {limits.tail_ratio:g} × p50, n from {limits.tail_count}"
        )
        yield _about("latency_tail", f"e2e p95 {milliseconds(e2e.p95)}{versus}, n={_count(e2e)} ({rule})")


def dominated_by(case: Case) -> Iterator[Finding]:
    """One stage takes half of the time or more; with the reason where the parts do not allow to name it."""
    e2e, limits = _e2e(case), case.limits
    if e2e is None or not e2e.p50 or _count(e2e) < limits.dominant_count:
        return
    parts = _parts(case)
    if not parts or max(parts.values()) < limits.dominant_share * e2e.p50:
        return
    stage = max(parts, key=parts.__getitem__)
    rule = f"rule: {limits.dominant_share:.0%}, n from {limits.dominant_count}"
    part, whole = milliseconds(parts[stage]), milliseconds(e2e.p50)
    share = f"{plain(stage, 40)} p50 {part} is {parts[stage] / e2e.p50:.0%} of e2e p50 {whole}"
    doubt = _doubt(parts, e2e.p50)
    detail = f"{NO_STAGE}: {share}, but {doubt}" if doubt else f"{share}; the rest is {_rest(parts, stage, e2e.p50)}"
    yield _about("dominated_by", f"{detail} ({rule}; shares of medians are an estimate)")


def headline_misleads(case: Case) -> Iterator[Finding]:
    """The platform reports a good e2e latency while the caller really waited."""
    e2e, limits = _e2e(case), case.limits
    if e2e is None or e2e.p50 is None or e2e.p50 > limits.good_p50_ms:
        return
    waits = [gap for gap in case.dead_air if awaited(case, gap) == "agent"]
    worst = max(waits, key=lambda gap: gap.seconds, default=None)
    good = f"looks good (rule: up to {milliseconds(limits.good_p50_ms)})"
    reported = f"the reported latency hides a wait: e2e p50 {milliseconds(e2e.p50)} (n={_count(e2e)}) {good}"
    if worst is not None and worst.seconds * 1000 > (e2e.max or e2e.p50) + limits.unreported_s * 1000:
        waited = (
            f"the caller waited {exact_seconds(worst.seconds)} for the agent, measured (rule: {limits.dead_air_s:g} s)"
        )
        detail = f"{reported}, but {waited}"
        severity = graded(worst.seconds, limits.dead_air_warn_s)
        yield Finding("headline_misleads", severity, worst.before.turn, worst.before.end, detail)
        return
    p50 = case.reply_p50
    if p50 is not None and p50 > max(limits.slow_reply_p50_s, e2e.p50 / 1000 + limits.misleading_by_s):
        told = f"{p50:.2f} s over {len(case.replies)} replies"
        detail = f"{reported}, but the measured p50 is {told} (rule: over {limits.slow_reply_p50_s:g} s)"
        yield _about("headline_misleads", detail)


def _e2e(case: Case) -> LatencyStats | None:
    """The end-to-end figures, unless they contradict themselves."""
    e2e = case.call.latency.get("e2e")
    return None if e2e is None or disorder(e2e) else e2e


def _count(stats: LatencyStats) -> int:
    return len(stats.values) if stats.num is None else stats.num


def _parts(case: Case) -> dict[str, float]:
    """p50 of each stage that has one to be trusted, in milliseconds."""
    return {
        name: stats.p50
        for name, stats in case.call.latency.items()
        if name not in ("e2e", _INSIDE_LLM) and stats.p50 and _count(stats) >= case.limits.dominant_count
        if not disorder(stats)
    }


def _doubt(parts: dict[str, float], whole: float) -> str:
    sum_of_parts = sum(parts.values())
    if "s2s" in parts and ("llm" in parts or "tts" in parts):
        return "s2s overlaps with llm and tts"
    if sum_of_parts > whole:
        return f"the stages' p50 sum to {milliseconds(sum_of_parts)}, more than e2e: they overlap"
    missing = [] if "s2s" in parts else [name for name in ("llm", "tts") if name not in parts]
    return f"no usable figures of {' and '.join(missing)} were sent" if missing else ""


def _rest(parts: dict[str, float], stage: str, whole: float) -> str:
    others = [f"{plain(name, 40)} {milliseconds(value)}" for name, value in parts.items() if name != stage]
    unnamed = f"{milliseconds(whole - sum(parts.values()))} of endpointing, transcription and network"
    return " and ".join([*others, unnamed])


def _about(code: str, detail: str) -> Finding:
    return Finding(code, "info", None, None, detail)
