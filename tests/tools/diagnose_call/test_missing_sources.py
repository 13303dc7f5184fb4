from __future__ import annotations

import httpx2
import pytest
from asking import LEG, NOW
from diagnosed_bodies import OVER, START, Bodies, agent, answered, listed
from upstream import settings_for

from vobiz_mcp.client import Vobiz
from vobiz_mcp.errors import BadCredentials, NotFound
from vobiz_mcp.tools.diagnose_call import DiagnoseCall


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"list": listed()}, "agent call: not known, none of the 0 newest has these numbers"),
        ({"list": listed(agent(START + 300, None))}, "none of the 1 newest has these numbers and began within 2 min"),
        ({"list": listed(agent(START, None, from_number="+15550001111"))}, "none of the 1 newest has these numbers"),
        ({"list": 401}, "agent call: not known, bad_credentials: the API does not accept the keys"),
        ({"list": listed(agent(START, None)), "agent": 500}, "agent call: not known, upstream_broken"),
        ({"streams": 404}, "streams: not known, the API has none of this call"),
        ({"streams": 503}, "streams: not known, upstream_broken: the API failed (HTTP 503)"),
        ({"live": 503}, "whether it is live: not known, upstream_broken"),
        ({"cdr": 404}, "carrier: not known, it is not queued or in progress and has no record (CDR)"),
        ({"cdr": 500, "live": 404}, "carrier: not known, upstream_broken: the API failed (HTTP 500)"),
    ],
)
def test_a_source_that_fails_is_said_and_hides_no_other(change: Bodies, reason: str) -> None:
    guessed = "list" in change
    answer = answered({**OVER, **change}, **({} if guessed else {"call_id": "call_1"}))
    assert reason in answer.text
    assert ("carrier: " in answer.text) or ("agent call call_1" in answer.text)


def test_an_api_without_keys_hides_nothing_of_the_other() -> None:
    settings = settings_for("https://api.test").model_copy(update={"agent_base_url": ""})
    transport = httpx2.MockTransport(
        lambda request: (
            httpx2.Response(200, json=OVER["cdr"]) if "cdr" in request.url.path else httpx2.Response(404, json={})
        )
    )
    with Vobiz(settings, transport=transport, clock=lambda: NOW) as asks:
        text = asks.answer(DiagnoseCall(call_uuid=LEG, call_id="call_1")).text
    assert "agent call: not known, not_configured: the agent API needs VOBIZ_AGENT_BASE_URL" in text
    assert "carrier: a normal hang-up" in text


def test_a_call_that_nobody_knows_is_an_error_that_says_where_to_look() -> None:
    with pytest.raises(
        NotFound, match=r"neither queued, in progress nor finished\. Check the call_uuid with list_live_calls"
    ):
        answered({})


def test_keys_that_no_source_accepts_are_an_error() -> None:
    with pytest.raises(BadCredentials):
        answered(dict.fromkeys(("live", "cdr", "streams", "agent"), 401), call_id="call_1")


def test_an_opted_out_agent_call_is_no_all_clear() -> None:
    private = {"data": agent(START, START + 105, opt_out_sensitive_data_storage=True, transcript_object=[])}
    verdict = answered({**OVER, "agent": private}, call_id="call_1").text.splitlines()[0]
    assert verdict.endswith("what was said on the agent call is not judged (opted out)")
