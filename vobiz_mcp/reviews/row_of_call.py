"""The row of an agent call, made from its record."""

from __future__ import annotations

import re
from itertools import islice

from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.findings.ending import handing_over
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.findings.silence import first_word_s
from vobiz_mcp.digest.findings.unanswered_end import asks
from vobiz_mcp.digest.timeline.end_reasons import by_the_person, ending, named
from vobiz_mcp.digest.timeline.from_record import duration_of
from vobiz_mcp.digest.timeline.items import ToolCall
from vobiz_mcp.digest.wording.money import amount
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.reviews.row import Found, Outcome, Row, Then, Used

_WITHHELD = re.compile(r"anonymous|unknown|unavailable|restricted|private|withheld|266696687", re.IGNORECASE)
"""What carriers send in the place of a number, or as one: its digits spell `anonymous`."""
_LAST_TURNS = 2
"""Who hangs up within so many turns after something did so because of it."""


def row_of(call: AgentCall, source: str = "") -> Row:
    """The row of a call that was read; the same call always gives the same row."""
    case = examined(call)
    start, e2e, analysis = call.start_timestamp, call.latency.get("e2e"), call.call_analysis
    cost = amount(call.call_cost.combined_cost if call.call_cost else None)
    return Row(
        source=source,
        call_id=call.call_id or "",
        agent_id=call.agent_id or "",
        agent_name=call.agent_name or "",
        version=_version(call),
        direction=(call.direction or "").lower(),
        caller=_person(call),
        started=start.epoch if start else None,
        duration=duration_of(call),
        opted_out=bool(call.opt_out_sensitive_data_storage),
        ended_as=ending(call) if case.is_over else "",
        end_reason=named(call.disconnection_reason),
        turns=len(case.turns),
        has_word_times=bool(case.spoken),
        found=tuple(Found(found.code, found.severity, found.turn, found.at_s) for found in case.findings),
        tools=tuple(_used(case, tool) for tool in case.tools),
        first_word=first_word_s(case),
        replies=tuple(gap.seconds for gap in case.replies),
        reported_p50=None if e2e is None or e2e.p50 is None else e2e.p50 / 1000,
        agent_spoke=_spoke(case, "agent"),
        caller_spoke=_spoke(case, "caller"),
        interruptions=max(len(case.overlaps), len(case.told.interruptions)),
        resolved=analysis.call_successful if analysis else None,
        handed_over=handing_over(case) is not None or ending(call) == "handed over",
        left_waiting=by_the_person(call) and any(_is_late_silence(case, found) for found in case.findings),
        cost=None if cost is None else float(cost),
    )


def _version(call: AgentCall) -> str:
    sent = (call.model_extra or {}).get("agent_version", call.metadata.get("agent_version"))
    return str(sent) if isinstance(sent, str | int) and not isinstance(sent, bool) else ""


def _person(call: AgentCall) -> str:
    """The number that is not the account's; of a call without a direction, or who withholds it, nobody can tell."""
    sides = {"inbound": call.from_number, "outbound": call.to_number}
    number = sides.get((call.direction or "").lower()) or ""
    return "" if _WITHHELD.search(number) else number


def _used(case: Held, tool: ToolCall) -> Used:
    took = None if tool.start is None or tool.end is None else round(tool.end - tool.start, 3)
    return Used(tool.name, _outcome(tool), took if took and took > 0 else None, tool.after_turn, _then(case, tool))


def _outcome(tool: ToolCall) -> Outcome:
    if tool.successful is False:
        return "failed"
    if tool.failure:
        return "failed softly"
    return "no result" if tool.result is None else "ok"


def _then(case: Held, tool: ToolCall) -> Then:
    """What the caller did next: hang up without another word, ask, or go on."""
    later = next((said for said in islice(case.turns, tool.after_turn, None) if said.speaker == "caller"), None)
    if later is None:
        return "hung up" if by_the_person(case.call) else "went on"
    return "asked again" if asks(later.text) else "went on"


def _is_late_silence(case: Held, found: Finding) -> bool:
    return found.code == "dead_air" and (found.turn or 0) > len(case.turns) - _LAST_TURNS


def _spoke(case: Held, speaker: str) -> float:
    return round(sum(s.end - s.start for s in case.spoken if s.speaker == speaker), 3)
