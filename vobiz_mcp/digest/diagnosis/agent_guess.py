"""A guess which agent call was spoken on a carrier's call, from numbers and times alone: the APIs share no id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from vobiz_mcp.digest.carrier.phone_numbers import comparable, same_number
from vobiz_mcp.digest.diagnosis.whole_call import WholeCall, epoch
from vobiz_mcp.digest.wording.phrases import duration
from vobiz_mcp.records.agent_call import AgentCall

WINDOW_S: Final = 120.0
"""An agent call begins so shortly before or after the carrier's call, ringing included."""


class Guess(NamedTuple):
    """An agent call that may be the call's, how far their beginnings are apart, and why."""

    apart_s: float
    agent: AgentCall
    evidence: str


def likeliest(call: WholeCall, listed: Sequence[AgentCall]) -> Guess | None:
    """The agent call that fits best, with the evidence for it; None when none does."""
    fitting = sorted((guess for agent in listed for guess in _guesses(call, agent)), key=lambda guess: guess.apart_s)
    if not fitting:
        return None
    best = fitting[0]
    others = {guess.agent.call_id for guess in fitting} - {best.agent.call_id}
    alone = f"the nearest of {len(others) + 1} that fit" if others else f"the only one of {len(listed)} that fits"
    return best._replace(evidence=f"a guess: {best.evidence}, {alone}")


def _guesses(call: WholeCall, agent: AgentCall) -> Iterator[Guess]:
    numbers, began = _same_numbers(call, agent), epoch(agent.start_timestamp)
    if not numbers or began is None:
        return
    for started, basis in call.starts:
        apart = abs(began - started)
        if apart <= WINDOW_S:
            when = (
                "at the same second" if apart < 1 else f"{duration(apart)} {'after' if began > started else 'before'}"
            )
            yield Guess(apart, agent, f"{numbers}, began {when}{basis}")


def _same_numbers(call: WholeCall, agent: AgentCall) -> str:
    """Which numbers agree, in words; "" where one differs or none can be compared."""
    pairs = zip(("from", "to"), call.parties, (agent.from_number, agent.to_number), strict=True)
    told = [(word, one, other) for word, one, other in pairs if comparable(one, other)]
    if not told or not all(same_number(one, other) for _, one, other in told):
        return ""
    return "same numbers" if len(told) == 2 else f"same {told[0][0]} number (the other is not told)"


def reaches_back(call: WholeCall, listed: Sequence[AgentCall]) -> bool:
    """Whether a list, newest first, goes back to before the call began."""
    began = [start for agent in listed if (start := epoch(agent.start_timestamp)) is not None]
    return not call.starts or not began or min(began) < min(call.starts)[0] - WINDOW_S
