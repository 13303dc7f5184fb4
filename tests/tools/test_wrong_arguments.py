"""What is said to who fills in a tool's arguments wrongly; that every face says it alike is `test_parity.py`'s."""

from __future__ import annotations

import re

import pytest
from inline_snapshot import snapshot

from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.steps.question import Question

PARAMETERS = [pytest.param(tool, name, id=f"{tool.tool_name()} {name}") for tool in TOOLS for name in tool.model_fields]
EXAMPLE = re.compile(r"such as|one of|: \"12-40\"|whole; none to begin anew")
REGEX_OR_PYDANTIC = re.compile(r"[\^$\\]|\[A-|input should|string_|should (have|match)", re.IGNORECASE)


def refused(tool: type[Question], **arguments: object) -> str:
    with pytest.raises(InvalidArguments) as caught:
        tool.of(arguments)
    return str(caught.value)


@pytest.mark.parametrize(("tool", "name"), PARAMETERS)
def test_every_parameter_says_what_it_takes_with_an_example(tool: type[Question], name: str) -> None:
    said = refused(tool, **{name: {"not": "this"}})
    assert f"{name} takes " in said
    told = said.partition(f"{name} takes ")[2].partition(";")[0]
    assert EXAMPLE.search(told) or EXAMPLE.search(said.partition(f"{name} takes ")[2])
    assert not REGEX_OR_PYDANTIC.search(said)


def test_a_refusal_names_every_wrong_argument_once() -> None:
    by_name = {tool.tool_name(): tool for tool in TOOLS}
    said = refused(by_name["get_agent_call"], call_id="a/b", turns="from twelve", max_tokens=9, verbose=True)
    assert said == snapshot(
        'invalid_arguments: call_id takes the id of an agent call as list_agent_calls gives it: letters, digits, "-" and "_", such as call_8f2b…; max_tokens takes a whole number from 200 to 8000, such as 1500; turns takes one range of turns, counted from 1: "12-40", "14", "12-" to the end, or "-10" for the last ten; get_agent_call has no argument "verbose", it takes call_id, max_tokens, find, turns, speech. Correct the arguments and ask again.'
    )


def test_what_is_missing_is_said_with_where_to_find_it() -> None:
    by_name = {tool.tool_name(): tool for tool in TOOLS}
    assert refused(by_name["get_call_record"]) == snapshot(
        'invalid_arguments: call_uuid is missing: it takes the id of a call\'s carrier leg as list_live_calls gives it: letters, digits, "-" and "_", such as 5d0c7a4e-2b1f-…. Correct the arguments and ask again.'
    )


def test_choices_are_read_in_any_case_and_spelling() -> None:
    by_name = {tool.tool_name(): tool for tool in TOOLS}
    assert by_name["list_agent_calls"].of({"status": " Not connected"}).model_dump()["status"] == "not_connected"
    assert by_name["list_streams"].of({"call_uuid": "c", "state": "RUNNING"}).model_dump()["state"] == "running"
