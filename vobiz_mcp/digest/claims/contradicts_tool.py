"""What the agent says against what the tools returned: money first, then prices, states, days, numbers of things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.claims.evidence.held import Held
from vobiz_mcp.digest.claims.told.count import told_count
from vobiz_mcp.digest.claims.told.details import told_details
from vobiz_mcp.digest.claims.told.money import told_money
from vobiz_mcp.digest.claims.told.price import priced_wrong
from vobiz_mcp.digest.claims.told.state import told_state
from vobiz_mcp.digest.findings.finding import Finding

_RULES: Final = (told_money, priced_wrong, told_state, told_details, told_count)


def contradicts_tool(held: Held) -> Iterator[Finding]:
    """An amount, day, state or count in the agent's words differs from what a tool returned; once a turn."""
    told: set[int | None] = set()
    for found in (finding for rule in _RULES for finding in rule(held)):
        if found.turn not in told:
            told.add(found.turn)
            yield found
