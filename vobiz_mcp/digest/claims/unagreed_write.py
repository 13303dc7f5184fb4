"""A tool changed something otherwise than the caller had heard and agreed to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from vobiz_mcp.digest.claims.evidence.amounts import said, same, shown
from vobiz_mcp.digest.claims.evidence.held import Held, named
from vobiz_mcp.digest.claims.evidence.movements import movement
from vobiz_mcp.digest.claims.evidence.options import chosen, differing
from vobiz_mcp.digest.claims.evidence.words import MONEY_WORD, UNDOES
from vobiz_mcp.digest.claims.told.money import quote_agreed_to
from vobiz_mcp.digest.findings.finding import Finding, Severity
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.items import ToolCall

_MONEY: Final = Phrase(MONEY_WORD)
_UNDOES: Final = Phrase(UNDOES)


def unagreed_write(held: Held) -> Iterator[Finding]:
    """A tool changed something otherwise than the caller had heard: another thing, amount or hour, or unnamed money."""
    for tool in held.done:
        if tool.after_turn:
            found = _another_thing(held, tool) or _another_amount(held, tool) or _unnamed_money(held, tool)
            if found:
                yield found


def _another_thing(held: Held, tool: ToolCall) -> Finding | None:
    """The result is not the thing that the agent had offered last, or not what the tool itself was asked for."""
    option = chosen(held, tool)
    other = differing(held, tool, option)
    if not other:
        return None
    reply = held.reply(tool)
    silent = (
        f"agent t{reply.turn} does not say so: {held.quote(reply.text, 70)}" if reply else "nothing was said after it"
    )
    before = (
        f"t{option.turn} offered {option.words}" if option and other.offered else f"it was asked for {other.wanted}"
    )
    detail = f"{before} · {named(tool)} returned {other.got} · {silent}"
    severity: Severity = "critical" if other.offered else "warn"
    wanted, got = (fields.partition(", ")[0] for fields in (other.wanted, other.got))
    told = f"{wanted} {'offered' if other.offered else 'asked for'}, {got} returned"
    found = held.found("unagreed_write", severity, tool.after_turn, detail)
    return replace(found, brief=told, instead=other.offered)


def _another_amount(held: Held, tool: ToolCall) -> Finding | None:
    """More was charged than the agent had named, or a new price was named and charged in one breath."""
    move = movement(held, tool)
    quoted = quote_agreed_to(held, move) if move else None
    if move and quoted and move.net > 0 and move.net > max(amount.number for amount in said(quoted[1])):
        detail = f"t{quoted[0].turn} named {held.quote(quoted[1], 90)} · {named(tool)} returned {move.told()}"
        return held.found("unagreed_write", "critical", tool.after_turn, detail)
    return _in_one_breath(held, tool)


def _in_one_breath(held: Held, tool: ToolCall) -> Finding | None:
    """The amount was first named in the agent's own turn before the tool, after the tool had refused another."""
    last = held.turns[tool.after_turn - 1]
    if last.speaker != "agent":
        return None
    refused = [
        other for other in held.writes if other.name == tool.name and other.after_turn < last.turn and other.failed
    ]
    if not refused:
        return None
    earlier = [amount.number for turn in held.turns[: last.turn - 1] for amount in said(turn.text)]
    asked = [float(value) for key, value in tool.asked if re.fullmatch(r"\d+(?:\.\d+)?", value)]
    new = [amount.number for amount in said(last.text) if amount.number in asked and amount.number not in earlier]
    if not new:
        return None
    detail = (
        f"agent: {held.quote(last.text, 90)} · {named(tool)} took {shown(new[0])} without asking again; the caller had "
        f"agreed to another amount, with which {named(refused[0])} was refused"
    )
    return held.found("unagreed_write", "critical", last.turn, detail)


def _unnamed_money(held: Held, tool: ToolCall) -> Finding | None:
    """Money moved, and nobody had named it; what is undone is paid back without saying."""
    move = movement(held, tool)
    if not move or _UNDOES.search(tool.name) or move.is_new or not move.net or len(move.amounts) > 1:
        return None
    reply = held.reply(tool)
    heard = held.turns[max(0, tool.after_turn - 8) : tool.after_turn]
    if any(same(amount.number, move.net) for turn in heard for amount in said(turn.text)):
        return None
    if move.net < 0 and reply and _MONEY.search(reply.text):
        return None
    if move.net > 0 and any(_MONEY.search(turn.text) for turn in heard[-4:]):
        return None
    after = f"agent t{reply.turn} after it: {held.quote(reply.text, 90)}" if reply else "nothing was said after it"
    detail = f"{named(tool)} returned {move.told()}, an amount that nobody had named · {after}"
    return held.found("unagreed_write", "warn", tool.after_turn, detail)
