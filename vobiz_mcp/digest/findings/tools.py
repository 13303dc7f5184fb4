"""Tools that failed, said that they succeeded, never answered, were asked again and again or took too long."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import Finding, Severity, graded
from vobiz_mcp.digest.timeline.handover import ends_call, hands_over
from vobiz_mcp.digest.timeline.items import ToolCall
from vobiz_mcp.digest.wording.phrases import exact_seconds
from vobiz_mcp.digest.wording.safe_text import plain

_SORTED: Final = json.JSONEncoder(sort_keys=True)


def tool_failed(case: Case) -> Iterator[Finding]:
    """The platform itself marked the result as failed."""
    for tool in case.told.tool_calls:
        if tool.successful is False:
            answer = f": {case.quote(tool.result)}" if tool.result else " and gave no reason"
            yield _failure(case, tool, "tool_failed", f"{_name(tool)} failed, by the platform's own mark{answer}")


def tool_soft_failure(case: Case) -> Iterator[Finding]:
    """The result is not marked as failed, but its content tells of a failure."""
    for tool in case.told.tool_calls:
        sign = None if tool.successful is False else tool.failure
        if sign:
            marked = "was marked successful" if tool.successful else "was not marked failed"
            detail = f"{_name(tool)} {marked}, but its content says otherwise: {case.quote(sign, 120)}"
            yield _failure(case, tool, "tool_soft_failure", detail)


def tool_unanswered(case: Case) -> Iterator[Finding]:
    """No result ever came. A tool that ends the call or hands it over has none to give."""
    for tool in case.told.tool_calls:
        is_open = case.is_over and tool.result is None and tool.successful is None
        if is_open and not (ends_call(tool) or hands_over(tool)):
            yield _about(
                tool,
                "tool_unanswered",
                f"{_name(tool)} was called and no result came before the call ended",
            )


def tool_repeated(case: Case) -> Iterator[Finding]:
    """A tool was called with the same arguments again and again."""
    times = Counter(tool.name for tool in case.told.tool_calls)
    alike: defaultdict[tuple[str, str], list[ToolCall]] = defaultdict(list)
    for tool in case.told.tool_calls:
        if times[tool.name] >= case.limits.tool_repeats:
            alike[tool.name, _same(tool.arguments)].append(tool)
    for calls in alike.values():
        if len(calls) >= case.limits.tool_repeats:
            turns = ", ".join(f"t{tool.after_turn}" for tool in calls[:8])
            yield _about(
                calls[case.limits.tool_repeats - 1],
                "tool_repeated",
                f"{_name(calls[0])} was called {len(calls)} times with the same arguments "
                f"(rule: {case.limits.tool_repeats}), after {turns}",
            )


def slow_tool(case: Case) -> Iterator[Finding]:
    """A tool took long, by the times of its call and its result."""
    for tool in case.told.tool_calls:
        if tool.start is not None and tool.end is not None:
            took = round(tool.end - tool.start, 3)
            if case.limits.slow_tool_s < took <= case.limits.clock_day_s:
                detail = f"{_name(tool)} took {exact_seconds(took)} (rule: over {case.limits.slow_tool_s:g} s)"
                yield _about(tool, "slow_tool", detail, graded(took, case.limits.slow_tool_warn_s))


def _failure(case: Case, tool: ToolCall, code: str, detail: str) -> Finding:
    """Only worth knowing where the same was done later."""
    finding = _about(tool, code, f"{detail}{case.later_successes.told(tool)}")
    return replace(finding, severity="info") if case.later_successes.of(tool) else finding


def _about(tool: ToolCall, code: str, detail: str, severity: Severity = "warn") -> Finding:
    return Finding(code, severity, tool.after_turn or None, tool.start, detail)


def _name(tool: ToolCall) -> str:
    return plain(tool.name, 60)


def _same(arguments: str) -> str:
    """Arguments in one spelling: order of keys and spaces do not matter."""
    try:
        return _SORTED.encode(json.loads(arguments))
    except (ValueError, RecursionError):
        return " ".join(arguments.split())
