"""A call that does not fit: its header, its findings, and the pieces that together tell most."""

from __future__ import annotations

from collections.abc import Sequence

from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.header.header import Header
from vobiz_mcp.digest.page.draft import Draft
from vobiz_mcp.digest.page.ledger import Ledger
from vobiz_mcp.digest.page.pieces import Pieces
from vobiz_mcp.digest.timeline.items import Timeline
from vobiz_mcp.digest.tokens.cost import estimate

TIGHT_FROM = 4.0
"""How many times its room a call takes when clauses are cut to what stands near their values."""
BARE_FROM = 9.0
"""How many times its room a call takes when part of the room goes to values without their words."""
BARE_MOST = 0.74
"""The largest such part, reached at twice `BARE_FROM`. Above it, an answer names everything and tells nothing."""
_SAID, _SAID_TIGHT = 0.45, 0.25
"""Share of a value's worth that the words around it have. The tighter the room, the more the bare value counts."""
_PORTION = 6
"""No single piece may take more than one part in this many of the room."""


def condensed(header: Header, told: Timeline, max_tokens: int, whole_tokens: int) -> str:
    """The answer of at most `max_tokens` for a call that takes `whole_tokens`."""
    head, foot = header.brief(max_tokens), [_more(whole_tokens, max_tokens, header.findings)]
    pressure = whole_tokens / max(1, max_tokens - estimate("\n".join(head + foot)))
    is_tight = pressure > TIGHT_FROM
    pieces = Pieces(told, Ledger(told, _SAID_TIGHT if is_tight else _SAID), is_tight)
    draft = Draft(max_tokens, head, pieces, foot)
    draft.add(pieces.must, must=True)
    draft.extend_head(header.opinions(max_tokens))
    bare = min(BARE_MOST, BARE_MOST * max(0.0, pressure / BARE_FROM - 1))
    room = draft.room
    modest = [piece for piece in pieces.all if piece.cost * _PORTION <= room]
    draft.add(modest, keep=int(room * bare))
    if bare:
        draft.add(pieces.mentions)
    draft.add(modest)
    text = draft.text()
    # The budget stood in for the size, which is smaller: to name it can only make the text shorter.
    return text.replace(foot[0], _more(whole_tokens, estimate(text), header.findings))


def _more(whole_tokens: int, tokens: int, findings: Sequence[Finding]) -> str:
    """How large the call and the answer are, and how to ask for the rest: the turns around the worst finding, say."""
    turn = next((finding.turn for finding in findings if finding.turn), None)
    around = f"{max(1, turn - 2)}-{turn + 2}" if turn else "1-20"
    return f'{tokens} tokens of {whole_tokens} tokens; turns="{around}" shows more'
