"""An agent call as one line of a list."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.timeline.end_reasons import ending
from vobiz_mcp.digest.timeline.from_record import duration_of, spoken_entries
from vobiz_mcp.digest.wording.list_times import Day
from vobiz_mcp.digest.wording.phrases import arrow, joined, place
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.agent_call import AgentCall

_LONGEST_S = 86_400
"""A call that seems to go on for longer than a day is one whose end was never written down."""


def row(call: AgentCall, day: Day, moment: float, letter: str) -> str:
    """When, who, how long, how it ended, the worst that is known of it, whose agent (its letter), call_id."""
    return joined(
        [
            day.clock(call.start_timestamp, "%H:%M"),
            plain(call.direction or call.call_type or "", 20).lower(),
            _other_side(call),
            _length(call, moment),
            _ending(call),
            worst(call),
            letter,
            plain(call.call_id or "no id", 128),
        ],
        " ",
    )


def agent(call: AgentCall) -> str:
    """Whose call it was: `agent_1 (Front desk)`."""
    name = f" ({plain(call.agent_name, 40)})" if call.agent_name else ""
    return f"{plain(call.agent_id or 'not stated', 128)}{name}"


def legend(calls: Sequence[AgentCall]) -> dict[str, tuple[str, str]]:
    """By `agent`: the letter that stands for it in the rows, none where there is but one, and its words below them."""
    of = {name: [call for call in calls if agent(call) == name] for name in map(agent, calls)}
    letters = (f"{ascii_uppercase[place % 26]}{place // 26 or ''}" if len(of) > 1 else "" for place in range(len(of)))
    return {
        name: (letter, joined([letter, name, _numbers(own)], " "))
        for letter, (name, own) in zip(letters, of.items(), strict=True)
    }


def _numbers(calls: Sequence[AgentCall]) -> str:
    """Which number of the account an agent spoke on, or how many they were."""
    sides = (call.to_number if _direction(call) == "inbound" else call.from_number for call in calls if call.direction)
    numbers = list(dict.fromkeys(number for number in sides if number))
    return f"on {plain(numbers[0], 40)}" if len(numbers) == 1 else f"on {len(numbers)} numbers" if numbers else ""


def _other_side(call: AgentCall) -> str:
    """The number of the person; both where it is not said which of them it is."""
    other = {"inbound": call.from_number, "outbound": call.to_number}.get(_direction(call))
    return plain(other, 40) if other else arrow(call.from_number, call.to_number)


def _direction(call: AgentCall) -> str:
    return (call.direction or "").lower()


def worst(call: AgentCall) -> str:
    """`critical dead_air`, where something went wrong; `not judged` where nobody may look."""
    found = next(iter(examined(call).findings), None) if spoken_entries(call) else None
    if found and found.severity != "info":
        return f"{found.severity} {found.code}"
    return "not judged (opted out)" if call.opt_out_sensitive_data_storage else ""


def is_without_transcript(call: AgentCall) -> bool:
    """Whether people talked, and there is nothing of it by which the call could be judged."""
    is_hidden = bool(call.opt_out_sensitive_data_storage)
    return call.is_over and ending(call) in ("normal", "handed over") and not (is_hidden or spoken_entries(call))


def _length(call: AgentCall, moment: float) -> str:
    seconds = duration_of(call)
    if seconds is not None:
        return place(seconds)
    start = call.start_timestamp.epoch if call.start_timestamp and not call.is_over else None
    going = (call.call_status or "").upper() == "ONGOING"
    return f"{place(moment - start)} so far" if going and start and 0 <= moment - start <= _LONGEST_S else ""


def _ending(call: AgentCall) -> str:
    """Why it ended; the status where that says more, or there is no more."""
    status, reason = plain(call.call_status or "", 30), plain(call.disconnection_reason or "", 60)
    return joined([status, reason], " ") if status.upper() == "ERROR" else reason or status or "state not stated"
