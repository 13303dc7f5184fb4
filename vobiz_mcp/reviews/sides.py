"""Which calls a review is about, and which it holds them against: a period, an agent, a version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from vobiz_mcp.digest.wording.phrases import joined
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.reviews.row import Row

PREVIOUS: Final = "previous"


class Sides(NamedTuple):
    """Calls, and what they are called; `other` is None where nothing is compared with them by their agent."""

    one: Sequence[Row]
    name: str = ""
    other: Sequence[Row] | None = None
    other_name: str = ""


def sides(rows: Sequence[Row], agent_id: str, compare: str) -> Sides:
    """The calls of an agent, or all, and those of another agent or version, whichever `compare` names.

    Raises:
        InvalidArguments: `compare` names neither, or leaves no calls to compare with.
    """
    own = [row for row in rows if agent_id in ("", row.agent_id)]
    if compare in ("", PREVIOUS):
        return Sides(own, agent_id)
    if any(row.agent_id == compare for row in rows):
        one = [row for row in own if row.agent_id != compare]
        return _both(one, agent_id or "other agents", [row for row in rows if row.agent_id == compare], compare)
    version = compare.removeprefix("version").strip().removeprefix("v")
    other = [row for row in own if row.version == version]
    if not other or not version:
        raise InvalidArguments(f"compare takes previous, an agent or a version: {_known(rows)}")
    one = [row for row in own if row.version != version and row.agent_id in {each.agent_id for each in other}]
    return _both(one, _versions(one), other, _versions(other))


def _both(one: list[Row], name: str, other: list[Row], other_name: str) -> Sides:
    if not one:
        raise InvalidArguments(f"compare={other_name} leaves no other calls to compare with: {_known(other)}")
    return Sides(one, name, other, other_name)


def _versions(rows: Iterable[Row]) -> str:
    found = sorted({row.version or "not stated" for row in rows})
    return f"version{'s' if len(found) > 1 else ''} {', '.join(plain(each, 20) for each in found[:5])}"


def _known(rows: Iterable[Row]) -> str:
    """The agents and versions of calls, for who named none of them."""
    agents = sorted({row.agent_id for row in rows if row.agent_id})
    versions = sorted({row.version for row in rows if row.version})
    named = [
        agents and f"the agents are {', '.join(plain(each, 60) for each in agents[:6])}",
        versions and f"the versions are {', '.join(plain(each, 20) for each in versions[:6])}",
    ]
    return joined((each for each in named if each), "; ") or "the calls tell neither"
