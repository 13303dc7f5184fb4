"""How much each thing on a call bears on a question."""

from __future__ import annotations

from vobiz_mcp.digest.page.relevance import relevance, roots
from vobiz_mcp.digest.timeline.items import Timeline, ToolCall, Utterance


def test_a_tool_that_did_another_thing_bears_on_what_had_been_offered() -> None:
    talk = [Utterance(turn, "agent", "One moment, please.") for turn in range(1, 20)]
    rented = ToolCall("rent_car", '{"day": "12th"}', after_turn=19, result='{"car_name": "Kia Ceed"}')
    told = Timeline([*talk, rented])
    assert relevance(roots(told, {19: "Fiat Panda"}), "Was the Panda rented?")[-1] == 1.0
    assert not any(relevance(roots(told, {}), "the Panda?"))


def test_what_stands_near_a_word_of_the_question_bears_on_it_less_the_further_it_is() -> None:
    talk = [Utterance(turn, "agent", "The invoice." if turn == 6 else "One moment.") for turn in range(1, 13)]
    near = relevance(roots(Timeline([*talk]), {}), "invoice")
    assert near[5] == 1.0
    assert near[5] > near[6] > near[7] > near[8] > near[9] > near[10] == 0.0
    assert near[:5] == near[6:11][::-1]
