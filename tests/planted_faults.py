"""Faults planted into a healthy agent call, and what is found in one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from planted_calls import (
    Body,
    Line,
    agent,
    answer,
    caller,
    record,
    retell,
    zudu,
)

from vobiz_mcp.digest.examine import Finding, examine
from vobiz_mcp.records.json_value import Json

HELLO = agent("Good morning, how can I help you?", after=1.0)


ASK = caller("I would like to book a table for two.")


THANKS = (agent("We will see you there then."), caller("Thank you, bye."))


FAILED = answer(success=False, error="no context")


def chat(*middle: Line, **fields: Json) -> Body:
    """A healthy call around what is planted."""
    return retell(HELLO, ASK, *middle, *THANKS, **fields)


def monologue(gap: float) -> Body:
    return (
        chat(agent("Let me look."), agent("Yes, there is one."), caller("Fine."))
        if gap < 0
        else chat(agent("Let me look."), agent("Yes, there is one.", after=gap), caller("Fine."))
    )


def replies(*gaps: float, **fields: Json) -> Body:
    """A call on which the agent lets the caller wait so long, one time after another."""
    lines = [HELLO]
    for number, gap in enumerate(gaps):
        lines += [caller(f"My wish number {number}."), agent(f"Done with wish {number}.", after=gap)]
    return retell(*lines, caller("Thank you, bye."), **fields)


def steady(e2e: Json, **others: Json) -> Body:
    latency: dict[str, Json] = {"e2e": e2e, **others}
    return chat(latency=latency)


TALK_OVER = "It will be on the left side of the road"


BOOK = "book_table"


def found(body: Body) -> list[str]:
    return sorted({f"{finding.severity} {finding.code}" for finding in examine(record(body))})


def planted(cases: Mapping[str, tuple[Body, str]]) -> pytest.MarkDecorator:
    """Cases by what they are, with all that is to be found in them: as Retell sends a call, and as Zudu does."""
    shapes = {"": lambda body: body, ", in Zudu's shape": zudu}
    return pytest.mark.parametrize(
        ("body", "codes"),
        [
            pytest.param(shape(body), sorted(filter(None, codes.split(", "))), id=f"{name}{which}")
            for which, shape in shapes.items()
            for name, (body, codes) in cases.items()
        ],
    )


def first(body: Body, code: str) -> Finding:
    return next(finding for finding in examine(record(body)) if finding.code == code)


ERRORS = (
    "error_llm_websocket_open error_llm_websocket_lost_connection error_llm_websocket_runtime error_no_audio_received "
    "error_llm_websocket_corrupt_payload error_asr error_retell error_unknown error_user_not_joined "
    "error_inbound_webhook error_frontend_corrupted_payload ERROR_TWILIO Error-Unknown"
)
