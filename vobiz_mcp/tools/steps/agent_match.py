"""The agent call that was spoken on a carrier's call, where nobody gave its id: looked for by numbers and times."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Any, TypeAlias

from vobiz_mcp.api.agent_calls import Style, agent_call, calls
from vobiz_mcp.api.wire import Request, Step, ask, ask_together
from vobiz_mcp.digest.diagnosis.agent_guess import Guess, likeliest, reaches_back
from vobiz_mcp.digest.diagnosis.whole_call import WholeCall
from vobiz_mcp.errors import InvalidArguments, NotFound, VobizError
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.records.diagnosis import Diagnosis

PAGE = 20
MORE_PAGES = 4
"""Where the newest page does not reach back to the call, so many more are asked for, all at once."""
POSTS: tuple[Style, ...] = ("POST", "older POST")

Listed: TypeAlias = AgentCallList | VobizError


def newest_page() -> Request[AgentCallList]:
    """The request to make beside the carrier's: it can be made before anything is known of the call."""
    return calls(0, PAGE)


def with_agent(
    call: WholeCall, found: Diagnosis, listed: Listed, *, instead_of: str = ""
) -> Generator[Step, Any, WholeCall]:
    """The call with the agent call that is likely its own, or with the reason in `found` why there is none.

    Args:
        instead_of: an id that was given and that the API does not know.
    """
    given = f"the API has no agent call {instead_of}, and " if instead_of else ""
    if not call.starts or not any(call.parties):
        found.missing["agent call"] = (
            f"{given or 'no call_id was given, and '}the carrier tells no numbers or no start in a known zone to find "
            "it by: list_agent_calls"
        )
        return call
    try:
        looked, guess = yield from _search(call, listed)
        if guess is None:
            none = f"none of the {looked} newest has these numbers and began within 2 min of it"
            found.missing["agent call"] = f"{given}{none}"
            return call
        agent: AgentCall = yield from ask(agent_call(guess.agent.call_id or ""))
    except VobizError as error:
        found.missing["agent call"] = f"{given}{error.code}: {error.message}"
        return call
    if instead_of:
        found.missing[f"agent call {instead_of}"] = "the API has none of that id; what follows of another is a guess"
        del found.missing["agent call"]
    found.agent_call_guess = guess.evidence
    return replace(call, agent=agent)


def better_fit(call: WholeCall, listed: Listed) -> Generator[Step, Any, str | None]:
    """Which agent call fits by numbers and time, with its evidence; None where none does or that cannot be learnt."""
    try:
        _, guess = yield from _search(call, listed)
    except VobizError:
        return None
    return f"{guess.agent.call_id}, {guess.evidence}" if guess and guess.agent.call_id else None


def _search(call: WholeCall, listed: Listed) -> Generator[Step, Any, tuple[int, Guess | None]]:
    """How many agent calls were looked at, and the likeliest of them."""
    first, style = yield from _first_page(listed)
    looked = first.calls
    if likeliest(call, looked) is None and first.has_more(0, PAGE) and not reaches_back(call, looked):
        pages = yield from ask_together(*(calls(page, PAGE, style=style) for page in range(1, MORE_PAGES + 1)))
        looked = [*looked, *(one for page in pages if isinstance(page, AgentCallList) for one in page.calls)]
    return len(looked), likeliest(call, looked)


def _first_page(listed: Listed) -> Generator[Step, Any, tuple[AgentCallList, Style]]:
    """The newest page; where the API refuses a GET, by both published POSTs at once. Raises the first refusal."""
    if isinstance(listed, AgentCallList):
        return listed, "GET"
    if isinstance(listed, NotFound | InvalidArguments):
        pages = yield from ask_together(*(calls(0, PAGE, style=style) for style in POSTS))
        for style, page in zip(POSTS, pages, strict=True):
            if isinstance(page, AgentCallList):
                return page, style
    raise listed
