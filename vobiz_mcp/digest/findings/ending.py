"""How the call ended: in an error, cut off, with a person, at a machine."""

from __future__ import annotations

from collections.abc import Iterator

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.timeline.end_reasons import ending, named
from vobiz_mcp.digest.timeline.handover import hands_over
from vobiz_mcp.digest.timeline.items import ToolCall
from vobiz_mcp.digest.wording.safe_text import plain


def error_end(case: Case) -> Iterator[Finding]:
    """The call broke, or never came about."""
    how = ending(case.call)
    if how not in ("error", "never connected"):
        return
    reason, status = case.call.disconnection_reason, case.call.call_status
    told = f"disconnection reason {plain(reason, 60)}" if reason else f"status {plain(status or '', 30)}"
    meaning = "the call broke" if how == "error" else "the call never connected"
    yield Finding("error_end", "critical" if how == "error" else "warn", None, case.end, f"{meaning}: {told}")


def handed_over(case: Case) -> Iterator[Finding]:
    """Somebody else took the call over."""
    tool = handing_over(case)
    if tool is not None:
        detail = f"the agent handed the call over with {plain(tool.name, 60)}"
        yield Finding("handed_over", "info", tool.after_turn or None, tool.start, detail)
    elif ending(case.call) == "handed over":
        reason = plain(case.call.disconnection_reason or "", 60)
        yield Finding("handed_over", "info", None, case.end, f"the call ended with disconnection reason {reason}")
    else:
        target = next((said for said in case.told.utterances if said.speaker == "transfer target"), None)
        if target is not None:
            yield Finding("handed_over", "info", target.turn, target.start, "a transfer target spoke on the call")


def handing_over(case: Case) -> ToolCall | None:
    """The last tool that handed the call over and did not fail."""
    if named(case.call.disconnection_reason) == "transfer_cancelled":
        return None
    done = (tool for tool in reversed(case.told.tool_calls) if hands_over(tool) and tool.successful is not False)
    return next((tool for tool in done if not tool.failure), None)


def voicemail(case: Case) -> Iterator[Finding]:
    """A machine answered."""
    if is_voicemail(case):
        by_reason = ending(case.call) == "voicemail"
        told = (
            f"disconnection reason {plain(case.call.disconnection_reason or '', 60)}"
            if by_reason
            else "in_voicemail true"
        )
        yield Finding("voicemail", "info", None, None, f"the call reached a voicemail: the platform reports {told}")


def is_voicemail(case: Case) -> bool:
    """By the reason of the end or by the platform's analysis."""
    analysis = case.call.call_analysis
    return ending(case.call) == "voicemail" or bool(analysis and analysis.in_voicemail)
