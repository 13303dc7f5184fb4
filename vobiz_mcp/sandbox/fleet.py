"""Two weeks of everyday calls of three agents, for reviews of many calls; the same for the same seed.

One tool begins to fail on the last days and the agent then says now and then as if it had not; one agent's newer
version is slower to answer. Without drift none of this happens.
"""

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from vobiz_mcp.sandbox.scenario import AgentSide, Hangup, Leg, Scenario

CALLS = 320
DAYS = 14
_DAY_S = 86_400
_NEWEST_S = 3 * 3600  # the newest of them began so long before the sandbox
TOOL_FAILS_S = -4.5 * _DAY_S  # since when book_table fails, from the sandbox's start
CLAIMS_S = -0.9 * _DAY_S  # since when the agent says that it did not
NEW_VERSION_S = -7 * _DAY_S  # since when every other call is the newer version's
SLOWER_S = 0.3
_SCRIPTS = Path(__file__).parent / "scripts" / "fleet"
_AGENTS = {
    "agent_tables": ("+16285550190", ("table", "table", "table", "change")),
    "agent_parcels": ("+16285550120", ("parcel", "parcel", "redirect")),
    "agent_energy": ("+16285550130", ("bill", "bill", "outage")),
}
_NAMES = ("Mara Lind", "Theo Banks", "Ines Roth", "Paul Abiola", "June Castell", "Omar Reyes", "Nina Falk")
_DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True)
class _Chance:
    """What happens on one call, drawn once."""

    draw: random.Random
    placed: float
    drifts: bool

    def happens(self, share: float) -> bool:
        return self.draw.random() < share

    def since(self, moment: float) -> bool:
        return self.drifts and self.placed >= moment


@cache
def fleet(seed: int = 9, *, drifts: bool = True) -> tuple[Scenario, ...]:
    """The calls, the oldest first; `placed` from the sandbox's start."""
    draw = random.Random(seed)  # calls that were never made keep no secret  # noqa: S311  # nosec B311
    placed = sorted(-_NEWEST_S - draw.random() * (DAYS * _DAY_S - _NEWEST_S) for _ in range(CALLS))
    return tuple(_call(number, _Chance(draw, moment, drifts)) for number, moment in enumerate(placed))


def _call(number: int, chance: _Chance) -> Scenario:
    draw = chance.draw
    agent = draw.choice(("agent_tables", *_AGENTS))
    line, scripts = _AGENTS[agent]
    is_newer = agent == "agent_tables" and chance.placed >= NEW_VERSION_S and chance.happens(0.5)
    name = draw.choice(scripts)
    script = _script(name, chance, slower=chance.drifts and is_newer)
    failed = '"success": false' in script
    leg = Leg(
        f"fleet-{number}-leg",
        "inbound",
        f"+1415555{draw.randrange(1000, 1190):04}",
        line,
        chance.placed,
        draw.choice((3, 4, 5, 6)),
        Hangup("Caller"),
    )
    handed_over = chance.happens(0.04)
    side = AgentSide(
        f"call_{name}_{number:03}",
        agent,
        script,
        "CALL_TRANSFER" if handed_over else "USER_HANGUP",
        f"The caller was helped about a {name}.",
        successful=not failed and not chance.happens(0.07),
        metadata=(("agent_version", "15" if is_newer else "14"),),
    )
    return Scenario(f"fleet-{number}", f"An everyday call about a {name}.", leg, (), side)


def _script(name: str, chance: _Chance, *, slower: bool) -> str:
    """A script with its blanks filled in; every reply of the agent gets a pause of its own."""
    draw = chance.draw
    blanks = {
        "people": str(draw.randrange(2, 7)),
        "day": draw.choice(_DAYS_OF_WEEK),
        "time": f"{draw.randrange(17, 21)}:{draw.choice(('00', '30'))}",
        "name": draw.choice(_NAMES),
        "table": f"T{draw.randrange(1, 20)}",
        "number": str(draw.randrange(10_000, 99_999)),
        "amount": f"{draw.randrange(40, 160)}.{draw.randrange(10, 99)}",
        "usage": str(draw.randrange(180, 600)),
        "street": draw.choice(("Harbour", "Mill", "Linden", "Station")),
        "thanks": draw.choice(("Okay, thank you.", "Thanks a lot.", "Okay. Is there anything else I should know?")),
        "outcome": _outcome(chance),
        "talk": "agent 8.6: Are you still there?" if chance.happens(0.12) else "agent $reply: Shall I explain it?",
    }
    lost = chance.happens(0.06)
    blanks["tracked"] = (
        '-x {"error": "tracking timed out"} 3.4s'
        if lost
        else '-> {"parcel": "SP-$number", "at": "depot", "arrives": "$day"} 0.8s'
    )
    blanks["where"] = "I cannot see it right now, I'm sorry." if lost else "It is at the depot and arrives on $day."
    filled = Template(Template(_text(name)).safe_substitute(blanks)).safe_substitute(blanks)
    return re.sub(r"\$reply", lambda _: f"{_pause(draw, slower=slower):.2f}", filled)


def _pause(draw: random.Random, *, slower: bool) -> float:
    return max(0.35, draw.gauss(0.75, 0.16)) + (SLOWER_S if slower else 0.0)


def _outcome(chance: _Chance) -> str:
    """What comes of booking: it seldom fails, and since it often does, some are told that it did not."""
    if not chance.happens(0.75 if chance.since(TOOL_FAILS_S) else 0.02):
        return _text("booked")
    return _text("claimed" if chance.since(CLAIMS_S) else "not_booked")


@cache
def _text(name: str) -> str:
    return (_SCRIPTS / f"{name}.txt").read_text("utf-8").strip()
