"""Agent calls that are at hand, without an API: the same pages and findings that `get_agent_call` gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from vobiz_mcp.api import body
from vobiz_mcp.api.agent_calls import call_in, without_double_transcript
from vobiz_mcp.digest.findings.examine import Finding, Thresholds
from vobiz_mcp.digest.findings.examine import examine as findings_of
from vobiz_mcp.digest.page import condense as pages
from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall

Call: TypeAlias = AgentCall | Mapping[str, Any]
"""A record, or the `data` object of `GET /api/calls/{callId}` in Zudu's or Retell's shape, in its envelope or bare."""


def condense(call: Call, max_tokens: int = 1500, *, find: str = "", privacy: Privacy = "standard") -> str:
    """A call as a page for a model's context: outcome, findings, latency, tools, and what matters of the transcript.

    Deterministic, without a model and without a network.

    Args:
        max_tokens: what the page may cost at most, in o200k tokens; made for 200 to 8,000.
        find: a question or words; the page then shows the turns that bear on it.
        privacy: what is hidden of what people said: `standard`, `strict` or `off`.
    """
    return pages.condense(masked(as_record(call), privacy), max_tokens, find=find)


def examine(call: Call, thresholds: Thresholds | None = None, *, privacy: Privacy = "standard") -> list[Finding]:
    """What went wrong on a call, worst first, found from what happened and not only from what the platform reports.

    What the findings quote is without what `privacy` hides.
    """
    return findings_of(masked(as_record(call), privacy), thresholds)


def as_record(call: Call) -> AgentCall:
    """The record of a call in any of the forms that are accepted."""
    if isinstance(call, AgentCall):
        return call
    inner = call.get("data")
    fields = {str(key): value for key, value in (inner if isinstance(inner, Mapping) else call).items()}
    return AgentCall.read(without_double_transcript(fields))


def calls_of(content: bytes) -> list[AgentCall]:
    """The calls of a saved body: one call in any envelope, or a list of them.

    Raises:
        UnreadableAnswer: there is no call in it.
    """
    tree = body.parse_agent_call(content)
    data = tree.get("data", tree) if isinstance(tree, dict) else tree
    listed = data.get("calls") if isinstance(data, dict) else data
    return [AgentCall.read(call_in(item)) for item in (listed if isinstance(listed, list) else [tree])]
