"""What `--json` printed, saved and read back: the page and the findings that the call itself gave."""

from __future__ import annotations

import pytest
from asking import NOW
from shared import needs_shared, payload, payload_names

from vobiz_mcp.cli.saved.examine import not_judged
from vobiz_mcp.digest.examine import examine
from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.errors import NoAgentCall
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.sandbox import SCENARIOS, Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.saved_calls import calls_of
from vobiz_mcp.tools.get_agent_call import GetAgentCall

CALL_IDS = [scenario.call_id for scenario in SCENARIOS if scenario.call_id]


def read_back(call: AgentCall) -> AgentCall:
    """The call as `vobiz-mcp call get_agent_call … --json` prints it and a saved file of that is read."""
    [saved] = calls_of(call.storable().model_dump_json(indent=2).encode())
    assert isinstance(saved, AgentCall)
    return masked(saved, "standard")


def same_when_read_back(call: AgentCall) -> None:
    back = read_back(call)
    if call.opt_out_sensitive_data_storage:
        assert any("opted out" in note for note in not_judged(back))
        return
    assert examine(back) == examine(call)
    assert condense(back, 4000) == condense(call, 4000)


@pytest.mark.parametrize("call_id", CALL_IDS)
def test_a_saved_answer_of_the_sandbox_tells_what_the_call_told(call_id: str) -> None:
    with connect(Sandbox(lambda: NOW)) as client:
        call = client.answer(GetAgentCall(call_id=call_id)).record
    assert isinstance(call, AgentCall)
    same_when_read_back(call)


@needs_shared
@pytest.mark.parametrize("name", payload_names("agent/*"))
def test_a_published_body_that_was_saved_as_a_record_tells_what_the_body_told(name: str) -> None:
    for call in published(name):
        same_when_read_back(masked(call, "standard"))


def published(name: str) -> list[AgentCall]:
    try:
        return [call for call in calls_of(payload(name)) if isinstance(call, AgentCall)]
    except NoAgentCall:
        return []
