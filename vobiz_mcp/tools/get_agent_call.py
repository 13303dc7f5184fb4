"""The tool `get_agent_call`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.wire import ask
from vobiz_mcp.digest.page.condense import check, condense
from vobiz_mcp.digest.tokens.budget import FEWEST_TOKENS, MOST_TOKENS, USUAL_TOKENS
from vobiz_mcp.digest.tokens.cost import estimate
from vobiz_mcp.digest.verbatim.turns import TAKES_TURNS
from vobiz_mcp.digest.wording.phrases import lines, reading_notes
from vobiz_mcp.tools.steps.parameters import AnyCase, CallId, Takes
from vobiz_mcp.tools.steps.question import CALL_VIEW, SANDBOX_MARK, Answer, Question, Steps


class GetAgentCall(Question):
    title = "Agent call"
    description = (
        "One call that an AI agent spoke on: outcome, what went wrong (silences, failed tools, talk-over, each with "
        "its turn), latency, the platform's analysis, cost, tool calls and transcript, condensed to max_tokens; what "
        "is left out is counted; find or turns show more. Works while the call goes on."
    )
    view = CALL_VIEW

    call_id: CallId
    max_tokens: Annotated[int, Field(description="Budget in tokens.", ge=FEWEST_TOKENS, le=MOST_TOKENS)] = USUAL_TOKENS
    find: Annotated[
        str,
        Field(description="A question, words or a finding's name: what bears on it.", max_length=400),
        Takes("a question, words or a finding's name, up to 400 characters, such as: what was refunded?"),
    ] = ""
    turns: Annotated[
        str,
        Field(
            description='Turns word for word: "12-40", "14", "12-" or "-10" for the last ten.',
            pattern=r"^[-t\d ]*$",
            max_length=20,
        ),
        Takes(TAKES_TURNS),
    ] = ""
    speech: Annotated[Literal["all", "agent", "none"], AnyCase, Field(description="Whose words to show.")] = "all"

    def steps(self) -> Steps:
        """Ask for the call and condense it."""
        check(self.find, self.turns)
        call = yield from ask(agent_call(self.call_id))
        below = reading_notes(call)
        mark = estimate(SANDBOX_MARK) if call.sandbox else 0
        room = self.max_tokens - mark - (estimate("\n" + below) if below else 0)
        page = condense(call, room, find=self.find, turns=self.turns, speech=self.speech)
        return Answer(lines(page, below), call.storable())
