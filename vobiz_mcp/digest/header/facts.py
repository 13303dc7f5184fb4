"""The lines above an agent call's story, one by one: its outcome (the first line of every answer), latency, cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.speech.cutting import clipped, fitting
from vobiz_mcp.digest.timeline.from_record import duration_of
from vobiz_mcp.digest.timeline.handover import hands_over
from vobiz_mcp.digest.wording.money import money
from vobiz_mcp.digest.wording.phrases import duration, joined
from vobiz_mcp.opt_out import FIELD
from vobiz_mcp.records.agent_call import AgentCall, LatencyStats
from vobiz_mcp.records.moment import SentTime

OPTED_OUT: Final = (
    "speech, tool arguments and results, recording and log are not shown: the organisation opted out of keeping "
    "sensitive data"
)
_RECORDED: Final = (
    "whoever has the link can listen, so it is not shown; a person opens it in the platform's console or takes "
    "recording_url from the API"
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST_SUMMARY: Final = 600
_WHOLE: Final = "e2e"
"""The stage that all others are part of."""


def outcome(call: AgentCall, deeds: Sequence[Deed] = ()) -> str:
    """Id, state, why it ended, how long, direction and parties: the first line of every answer.

    Args:
        deeds: what tools changed on it; where that ended with a transfer, the end is told as what it is.
    """
    seconds = duration_of(call)
    return joined(
        [
            f"agent call {fitting(call.call_id, 128) or 'without id'}",
            _state(call),
            joined([fitting(call.disconnection_reason, 60), _transferred(call, deeds)], " "),
            None if seconds is None else duration(seconds),
            _parties(call) or fitting(call.call_type, 30),
        ]
    )


def _state(call: AgentCall) -> str:
    state = fitting(call.call_status, 30) or "state not stated"
    return f"{state} (still going: this is what is known so far)" if _is_going(call) else state


def _transferred(call: AgentCall, deeds: Sequence[Deed]) -> str:
    """`after a transfer to a person (t47)`, where that was the last deed of a call that is over."""
    last = deeds[-1].tool if deeds and call.is_over else None
    return f"after a transfer to a person (t{last.after_turn})" if last and hands_over(last) and not last.failed else ""


def _is_going(call: AgentCall) -> bool:
    return not call.is_over and (call.call_status or "").upper() == "ONGOING"


def _parties(call: AgentCall) -> str:
    caller, called = fitting(call.from_number, 60), fitting(call.to_number, 60)
    words = [fitting(call.direction, 30), caller and f"from {caller}", called and f"to {called}"]
    return joined(words, " ")


def started(call: AgentCall) -> str:
    """When it started, and whose agent spoke."""
    agent = fitting(call.agent_name or call.agent_id, 80)
    start = f"started {_moment(call.start_timestamp)}" if call.start_timestamp else ""
    return joined([start, agent and f"agent {agent}"])


def _moment(time: SentTime) -> str:
    """`10 Jun '24 06:13:20 UTC`, or as sent where it is in no known form."""
    at = time.at
    if at is None:
        return fitting(time.sent, 40)
    return f"{at.day} {_MONTHS[at.month - 1]} '{at.year % 100:02d} {at:%H:%M:%S} {time.zone or 'zone not stated'}"


def latency(call: AgentCall, *, brief: bool = False, stages: bool = True) -> str:
    """Percentiles of every stage, or without `stages` of the whole, in milliseconds as the platform reports them."""
    told = call.latency if stages or _WHOLE not in call.latency else {_WHOLE: call.latency[_WHOLE]}
    shown = joined((_stage(name, stats, brief=brief) for name, stats in told.items()), "; ")
    meaning = "latency ms" if brief else "latency as reported, ms (phone leg not included)"
    return f"{meaning}: {shown}" if shown else ""


def _stage(name: str, stats: LatencyStats, *, brief: bool) -> str:
    values = (("p50", stats.p50), ("p90", None if brief else stats.p90), ("p95", stats.p95), ("max", stats.max))
    shown = " ".join(f"{label} {_figure(value)}" for label, value in values if value is not None)
    count = "" if stats.num is None else f" (n={stats.num})"
    return f"{fitting(name, 40)} {shown}{count}" if shown else ""


def _figure(value: float) -> str:
    """To a tenth of a millisecond, which is finer than any of it is measured."""
    return f"{value:.1f}".removesuffix(".0")


def analysis(call: AgentCall, *, longest: int = _LONGEST_SUMMARY) -> str:
    """What the platform's own model says about the call, marked as such; its summary up to `longest` characters."""
    found = call.call_analysis
    if found is None:
        return ""
    verdict = {True: "successful", False: "not successful", None: ""}[found.call_successful]
    mood = fitting(found.user_sentiment, 30)
    summary = (
        "" if call.opt_out_sensitive_data_storage else clipped(found.call_summary or "", min(longest, _LONGEST_SUMMARY))
    )
    said = joined(
        [
            verdict,
            mood and f"caller sentiment {mood}",
            "reached voicemail" if found.in_voicemail else "",
            summary and '"{}"'.format(summary.replace('"', "'")),
        ]
    )
    return f"the platform's own analysis: {said}" if said else ""


def cost(call: AgentCall, *, brief: bool = False) -> str:
    """The sum and its parts as reported; neither API states the currency."""
    found = call.call_cost
    if found is None or found.combined_cost is None:
        return ""
    parts = [f"{fitting(part.product, 40) or 'unnamed'} {money(part.cost)}" for part in found.product_costs]
    detail = "" if brief or not parts else f" ({', '.join(parts)})"
    return f"cost {money(found.combined_cost)} as reported, unit not stated{detail}"


def recording(call: AgentCall) -> str:
    """Where the recording is, and how a person opens it; never for an opted-out call."""
    url = "" if call.opt_out_sensitive_data_storage else fitting(call.recording_url, 300)
    host = url.partition("://")[2].partition("/")[0] or "the platform"
    return f"recording at {host} ({_RECORDED})" if url else ""


def privacy(call: AgentCall) -> list[str]:
    """Why an opted-out call shows so little: a line that belongs into every answer about one."""
    by = fitting(call.opted_out_by, 160) or FIELD
    return [f"{OPTED_OUT} ({by})"] if call.opt_out_sensitive_data_storage else []


def missing(call: AgentCall, *, turns: int, word_times: bool) -> str:
    """What the API did not send and a reader might wait for."""
    absent = [
        "" if turns or call.opt_out_sensitive_data_storage else "transcript",
        "word times (silences cannot be measured)" if turns and not word_times else "",
        "" if call.latency else "latency",
    ]
    names = joined(absent, ", ")
    return f"not sent{' yet' if _is_going(call) else ''}: {names}" if names else ""
