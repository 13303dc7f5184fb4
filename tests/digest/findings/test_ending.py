from __future__ import annotations

import pytest
from planted_calls import (
    Body,
    Used,
    agent,
    caller,
    retell,
    target,
)
from planted_faults import ASK, ERRORS, HELLO, chat, first, found, planted

PLANTED: dict[str, tuple[Body, str]] = {
    "the caller's last question without an answer is cut off": (
        retell(HELLO, ASK, agent("Yes."), caller("At what time?")),
        "warn cut_off",
    ),
    "an answered question is not": (retell(HELLO, caller("At what time?"), agent("At eight.")), ""),
    "a last remark of the caller is not": (retell(HELLO, caller("At eight then, thanks.")), ""),
    "a question without any punctuation is known by its first words": (
        retell(agent("good morning", after=1.0), caller("hi"), agent("yes"), caller("can you send me a new one")),
        "warn cut_off",
    ),
    "a goodbye without any punctuation is no question": (
        retell(agent("good morning", after=1.0), caller("hi"), agent("yes"), caller("will do thanks a lot")),
        "",
    ),
    "a sentence that cannot end so is cut off": (retell(HELLO, ASK, agent("Your table is booked for")), "warn cut_off"),
    "a sentence that breaks off with a dash is cut off": (retell(HELLO, ASK, agent("Your table is —")), "warn cut_off"),
    "a sentence without its full stop up to the end of the line is cut off": (
        retell(HELLO, ASK, agent("Your table will stand outside near"), ends_after=0.1),
        "warn cut_off",
    ),
    "a goodbye without its full stop is not": (retell(HELLO, ASK, agent("Have a very nice day"), ends_after=0.8), ""),
    "a goodbye that ends with the line is not": (chat(ends_after=0.0), ""),
    "a question before a hand-over is not cut off": (
        retell(HELLO, caller("Can I talk to a human?"), Used("transfer_call"), disconnection_reason="call_transfer"),
        "info handed_over",
    ),
    "three words without a full stop at the end of the line are a goodbye": (
        retell(HELLO, ASK, agent("See you soon"), ends_after=0.1),
        "",
    ),
    "a reason of the error class is an error end": (
        chat(disconnection_reason="error_llm_websocket_open"),
        "critical error_end",
    ),
    "an older name of the error class is one too": (chat(disconnection_reason="error_twilio"), "critical error_end"),
    "the status error without a reason is one too": (
        chat(disconnection_reason=None, call_status="error"),
        "critical error_end",
    ),
    "a call that was not answered never connected": (
        retell(call_status="not_connected", disconnection_reason="dial_no_answer"),
        "warn error_end",
    ),
    "a batch outcome such as busy never connected": (retell(disconnection_reason="busy"), "warn error_end"),
    "an agent who hangs up is no error": (chat(disconnection_reason="agent_hangup"), ""),
    "the maximum duration is no error": (chat(disconnection_reason="max_duration_reached"), ""),
    "a reason that nobody knows is no error": (chat(disconnection_reason="caller_went_fishing"), ""),
    "a transfer is a hand-over": (chat(disconnection_reason="call_transfer"), "info handed_over"),
    "a tool that transfers to a person is a hand-over": (chat(Used("transferToHumanAgents")), "info handed_over"),
    "a transfer that failed is no hand-over": (chat(Used("transfer_call", successful=False)), "warn tool_failed"),
    "a transfer of money is no hand-over": (chat(Used("transfer_money", '{"amount": 5}')), ""),
    "a transfer target who speaks is a hand-over": (chat(target("Sales here.")), "info handed_over"),
    "the platform's analysis tells of a voicemail": (chat(call_analysis={"in_voicemail": True}), "info voicemail"),
    "a person who answers is no voicemail": (chat(call_analysis={"in_voicemail": False}), ""),
}


@planted(PLANTED)
def test_a_planted_ending_is_found_and_its_near_miss_is_not(body: Body, codes: list[str]) -> None:
    assert found(body) == codes


NEVER_CONNECTED = (
    "dial_busy dial_failed dial_no_answer invalid_destination telephony_provider_permission_denied no_answer "
    "telephony_provider_unavailable sip_routing_error marked_as_spam network_blocked user_declined no_valid_payment "
    "credit_exhausted concurrency_limit_reached no_concurrency_fallback registered_call_timeout scam_detected"
)


NORMAL = "user_hangup agent_hangup inactivity max_duration_reached manual_stopped ivr_reached user_requested_callback"


@pytest.mark.parametrize(
    ("reason", "severity"),
    [*((r, "warn") for r in NEVER_CONNECTED.split()), *((r, "critical") for r in ERRORS.split())],
)
def test_every_reason_of_the_failing_classes_is_an_error_end(reason: str, severity: str) -> None:
    assert first(chat(disconnection_reason=reason), "error_end").severity == severity


@pytest.mark.parametrize("reason", NORMAL.split())
def test_a_reason_of_the_normal_class_is_no_finding(reason: str) -> None:
    assert found(chat(disconnection_reason=reason.upper())) == []
