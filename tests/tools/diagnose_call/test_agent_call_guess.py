from __future__ import annotations

import json

import httpx2
from asking import LEG, NOW, client
from diagnosed_bodies import OVER, START, agent, answered, iso, listed, with_record

from vobiz_mcp.api.wire import Request, Together
from vobiz_mcp.records.diagnosis import Diagnosis
from vobiz_mcp.tools.diagnose_call import DiagnoseCall
from vobiz_mcp.tools.steps.question import Answer, Steps


def test_without_an_id_the_agent_call_is_a_guess_with_its_evidence() -> None:
    bodies = {**OVER, "list": listed(agent(START + 3000, None, call_id="other"), agent(START + 3, START + 105))}
    answer = answered(bodies)
    assert (
        "agent call, a guess: same numbers, began 3 s after, the only one of 2 that fits:\nagent call call_1"
        in answer.text
    )
    assert isinstance(answer.record, Diagnosis)
    assert answer.record.agent_call_guess == "a guess: same numbers, began 3 s after, the only one of 2 that fits"


def test_of_several_that_fit_the_nearest_is_taken_and_their_number_told() -> None:
    near, far = agent(START + 3, None), agent(START - 70, None, call_id="far")
    assert "the nearest of 2 that fit" in answered({**OVER, "list": listed(far, near)}).text


def test_an_older_call_is_looked_for_on_later_pages() -> None:
    later = [agent(NOW - 10, None, call_id=f"later_{number}") for number in range(20)]
    pages = {f"page{page}": listed(*later, has_next_page=True) for page in (0, 1, 2, 4)}
    text = answered({**OVER, **pages, "page3": listed(agent(START, START + 105))}).text
    assert "the only one of 81 that fits" in text


class Rounds:
    """A question that counts how often it waits for an upstream."""

    def __init__(self, question: DiagnoseCall) -> None:
        self.question, self.count = question, 0

    def steps(self) -> Steps:
        steps, outcome = self.question.steps(), None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            self.count += isinstance(step, Request | Together)
            outcome = yield step


def test_an_agent_call_that_takes_long_to_find_costs_four_rounds_of_requests_at_most() -> None:
    later = [agent(NOW - 10, None, call_id=f"later_{number}") for number in range(20)]

    def handle(request: httpx2.Request) -> httpx2.Response:
        if request.url.path != "/api/calls":
            body = OVER["cdr" if "/cdr/" in request.url.path else "agent"]
            return httpx2.Response(404 if "/Call/" in request.url.path else 200, json=body)
        asked = json.loads(request.content or b"{}")
        if asked.get("sort_by") != "created_at":
            return httpx2.Response(400 if asked else 405, json={})
        fits = [agent(START, START + 105)]
        return httpx2.Response(200, json=listed(*(fits if asked["page"] == 4 else later), has_next_page=True))

    rounds = Rounds(DiagnoseCall(call_uuid=LEG))
    with client(handle) as asks:
        assert "agent call call_1" in asks.answer(rounds).text
    assert rounds.count == 4


def test_a_time_without_a_zone_is_tried_in_the_likely_ones_and_said() -> None:
    naive = with_record(OVER, start_time=iso(START + 5.5 * 3600).replace("T", " ").rstrip("Z"))
    text = answered({**naive, "list": listed(agent(START, START + 105))}).text
    assert "began at the same second (if its times are IST)" in text


def test_an_id_that_the_api_does_not_know_keeps_the_guess_and_is_told_from_it() -> None:
    listing = listed(agent(START, START + 105))

    def handle(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/api/calls/wrong":
            return httpx2.Response(404, json={})
        body = {"/api/calls": listing, "/api/calls/call_1": OVER["agent"]}.get(request.url.path)
        body = body or OVER["cdr" if "/cdr/" in request.url.path else "streams"]
        return httpx2.Response(404 if request.url.path.endswith(f"/Call/{LEG}") else 200, json=body)

    with client(handle) as asks:
        text = asks.answer(DiagnoseCall(call_uuid=LEG, call_id="wrong")).text
    assert "agent call wrong: not known, the API has none of that id; what follows of another is a guess" in text
    assert "agent call, a guess: same numbers, began at the same second, the only one of 1 that fits:" in text
    assert "nothing contradicts in what is known" in text


def test_an_id_that_fits_nothing_where_nothing_else_does_either_says_both() -> None:
    text = answered({**OVER, "agent": 404, "list": listed()}, call_id="wrong").text
    assert "agent call: not known, the API has no agent call wrong, and none of the 0 newest has these numbers" in text


def test_an_agent_call_of_other_people_is_told_and_the_one_that_fits_is_named() -> None:
    other = {"data": agent(START - 3000, START - 2900, from_number="+12125550177", call_id="call_9")}
    text = answered({**OVER, "agent": other, "list": listed(agent(START, START + 105))}, call_id="call_9").text
    assert "another call's?" in text
    assert "its agent call may be call_1, a guess: same numbers, began at the same second" in text
