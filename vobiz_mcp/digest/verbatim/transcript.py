"""An agent call's whole story, however long: for a program, or for a person who reads it from end to end."""

from __future__ import annotations

from typing import Final

from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.header.facts import outcome, privacy
from vobiz_mcp.digest.verbatim.lines import item_line, story_head
from vobiz_mcp.digest.wording.phrases import exact_place
from vobiz_mcp.records.agent_call import AgentCall

_NOTHING: Final = "nothing was said or done that the API has sent"


def transcript(call: AgentCall) -> str:
    """Every turn and tool call word for word, in the lines that other answers cite: `t14 1:36.2 caller: …`."""
    told = examined(call).shown().told
    story = [*story_head(told), *(item_line(item, exact_place) for item in told.items)]
    return "\n".join([outcome(call), *privacy(call), *(story or [_NOTHING])])
