"""Which calls a review is about, and which it holds them against: an agent, a version."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NamedTuple

from vobiz_mcp.digest.wording.phrases import joined
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.reviews.groups import Whose

PREVIOUS: Final = "previous"
_NAMED: Final = 6


def is_previous(compare: str) -> bool:
    """Whether a period is held against the one before it."""
    return compare.strip().lower() == PREVIOUS


class Sides(NamedTuple):
    """Whose calls, and what they are called; `other` is empty where they are held against no agent or version."""

    one: frozenset[Whose]
    name: str = ""
    other: frozenset[Whose] = frozenset()
    other_name: str = ""


def sides(known: frozenset[Whose], agent_id: str, compare: str) -> Sides:
    """The calls of an agent, or all, and those of another agent or version, whichever `compare` names.

    Raises:
        InvalidArguments: `compare` names neither, or leaves no calls to compare with, or the agent has none.
    """
    own = frozenset(whose for whose in known if agent_id in ("", whose.agent_id))
    if not compare or is_previous(compare):
        return Sides(own, agent_id)
    refuse_unknown(known, agent_id)
    other = frozenset(whose for whose in known if whose.agent_id == compare)
    if other:
        return _both(own - other, agent_id or "other agents", other, compare)
    version = _bare(compare)
    other = frozenset(whose for whose in own if version and _bare(whose.version) == version)
    if not other:
        raise InvalidArguments(f"compare takes previous, an agent or a version: {names_of(known, compare)}")
    both = {whose.agent_id for whose in other} & {whose.agent_id for whose in own - other}
    if not both:
        raise InvalidArguments(f"compare={plain(compare, 60)} leaves no other calls: {names_of(other)}")
    one, other = (frozenset(whose for whose in side if whose.agent_id in both) for side in (own - other, other))
    return Sides(one, _versions(one), other, _versions(other))


def refuse_unknown(known: frozenset[Whose], agent_id: str) -> None:
    """Raise `InvalidArguments` where an agent was named that has no calls, with those that have some."""
    if agent_id and not any(whose.agent_id == agent_id for whose in known):
        raise InvalidArguments(f"no call of {plain(agent_id, 128)} was read: {names_of(known, agent_id)}")


def _bare(version: str) -> str:
    """A version as it is told apart: `v14`, `Version 14` and `14` are one."""
    return version.strip().lower().removeprefix("version").strip().removeprefix("v")


def _both(one: frozenset[Whose], name: str, other: frozenset[Whose], other_name: str) -> Sides:
    if not one:
        raise InvalidArguments(f"compare={plain(other_name, 60)} leaves no other calls: {names_of(other)}")
    return Sides(one, name, other, other_name)


def _versions(some: frozenset[Whose]) -> str:
    """`agent_tables version 14`: whose calls they are, and of which versions."""
    agents = sorted({whose.agent_id for whose in some if whose.agent_id})
    found = sorted({whose.version or "not stated" for whose in some})
    versions = f"version{'s' if len(found) > 1 else ''} {', '.join(plain(each, 20) for each in found[:5])}"
    more = f" and {len(agents) - 3} more agents" if len(agents) > 3 else ""
    return f"{' and '.join(plain(each, 60) for each in agents[:3])}{more} {versions}".strip()


def names_of(some: Iterable[Whose], near: str = "") -> str:
    """The agents and versions there are, those like the name that was given first, for who named none of them."""
    agents, versions = ({each for each in names if each} for names in zip(*some, strict=True)) if some else ({}, {})
    told = [
        f"the {word} are {listed(names, near if word == 'agents' else '')}"
        for word, names in (("agents", agents), ("versions", versions))
        if names
    ]
    return joined(told, "; ") or "the calls tell neither"


def listed(names: Iterable[str], near: str = "") -> str:
    """Six of some names, those like `near` first, and how many more there are."""
    every = sorted(names)
    like = get_close_matches(near, every, 6, 0.5)
    told = [*like, *(each for each in every if each not in like)]
    more = f" and {len(told) - _NAMED:,} more" if len(told) > _NAMED else ""
    return ", ".join(plain(each, 60) for each in told[:_NAMED]) + more
