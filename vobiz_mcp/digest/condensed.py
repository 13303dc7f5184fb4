"""A call that does not fit: its header, its findings, and the pieces that together tell most."""

from __future__ import annotations

from collections.abc import Sequence

from vobiz_mcp.digest.agent_call import analysis, cost, latency, outcome, started
from vobiz_mcp.digest.draft import Draft
from vobiz_mcp.digest.examine import examine
from vobiz_mcp.digest.highlights import highlights
from vobiz_mcp.digest.ledger import Ledger
from vobiz_mcp.digest.pieces import Pieces
from vobiz_mcp.digest.timeline import Timeline
from vobiz_mcp.digest.tokens import UNIT, estimate
from vobiz_mcp.records.agent_call import AgentCall

TIGHT_FROM = 4.0
"""How many times its room a call takes when clauses are cut to what stands near their values."""
BARE_FROM = 9.0
"""How many times its room a call takes when part of the room goes to values without their words."""
BARE_MOST = 0.7
"""The largest such part, reached at twice `BARE_FROM`. Above it, an answer names everything and tells nothing."""
_SAID, _SAID_TIGHT = 0.45, 0.25
"""Share of a value's worth that the words around it have. The tighter the room, the more the bare value counts."""
_LATENCY_FROM, _COST_FROM, _START_FROM = 250, 1100, 1400
"""Budgets from which the header has these lines."""
_PORTION = 6
"""No single piece may take more than one part in this many of the room."""
_FINDINGS = 14
"""One part in this many of the budget is for findings."""


def condensed(call: AgentCall, told: Timeline, max_tokens: int, whole_tokens: int, notes: Sequence[str]) -> str:
    """The answer of at most `max_tokens` for a call that takes `whole_tokens`."""
    head, foot = _header(call, max_tokens, notes), [_more(whole_tokens)]
    pressure = whole_tokens / max(1, max_tokens - estimate("\n".join(head + foot)))
    is_tight = pressure > TIGHT_FROM
    pieces = Pieces(told, Ledger(told, _SAID_TIGHT if is_tight else _SAID), is_tight)
    draft = Draft(max_tokens, head, pieces, foot)
    draft.add(pieces.must, must=True)
    draft.extend_head(_opinions(call, max_tokens))
    bare = min(BARE_MOST, BARE_MOST * max(0.0, pressure / BARE_FROM - 1))
    room = draft.room
    modest = [piece for piece in pieces.all if piece.cost * _PORTION <= room]
    draft.add(modest, keep=int(room * bare))
    if bare:
        draft.add(pieces.mentions)
    draft.add(modest)
    return draft.text()


def _header(call: AgentCall, max_tokens: int, notes: Sequence[str]) -> list[str]:
    findings = highlights(examine(call), max_tokens * UNIT // _FINDINGS)
    stages = latency(call, brief=True) if max_tokens >= _LATENCY_FROM else ""
    return [line for line in (outcome(call), *notes, *findings, stages) if line]


def _opinions(call: AgentCall, max_tokens: int) -> list[str]:
    """What the header has besides where there is room: what the platform thinks of the call, its cost, its date."""
    lines = (
        analysis(call, longest=max_tokens // 3),
        cost(call, brief=True) if max_tokens >= _COST_FROM else "",
        started(call) if max_tokens >= _START_FROM else "",
    )
    return [line for line in lines if line]


def _more(whole_tokens: int) -> str:
    return f'condensed from {whole_tokens} tokens; turns="12-20" or find="…" shows more'
