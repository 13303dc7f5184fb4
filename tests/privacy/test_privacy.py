"""What is hidden of what people say, wherever it stands in a record, and what stays."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from asking import LEG, asked
from hypothesis import given
from hypothesis import strategies as st
from planted_calls import Pressed, Used, agent, caller, record, retell, said
from upstream import settings_for

from vobiz_mcp import condense, examine
from vobiz_mcp.client import Vobiz
from vobiz_mcp.digest.page.condense import condense as page
from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy import masked
from vobiz_mcp.privacy.detect.checksums import is_aadhaar, is_card, is_pan
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.stream import Stream
from vobiz_mcp.settings import WrongSettings, from_environment
from vobiz_mcp.tools import GetAgentCall

CARD, SAID_CARD = (
    "4539 5260 1815 9083",
    "four five three nine five two six zero one eight one five nine zero eight three",
)


def test_a_value_has_one_mark_wherever_it_stands_and_another_value_another() -> None:
    assert said(
        agent("Your OTP is 482913."), caller("482913?"), agent("Yes. And this code is 660142."), caller(f"Card {CARD}."),
        agent(f"So {SAID_CARD}."), Used("pay", json.dumps({"otp": "660142", "card": CARD.replace(" ", "")}), "{}"),
    ) == [
        "Your OTP is [code].", "[code]?", "Yes. And this code is [code 2].", "Card [card ·9083].", "So [card ·9083].",
        '{"otp": "[code 2]", "card": "[card ·9083]"}', "{}",
    ]  # fmt: skip


def test_two_cards_that_end_alike_are_told_apart() -> None:
    other = next(card for n in range(10**4) if n != 1815 and is_card(card := f"45395260{n:04d}9083"))
    assert said(caller(f"It is {CARD}."), caller(f"No, I mean {other}.")) == [
        "It is [card ·9083].",
        "No, I mean [card ·9083 2].",
    ]


def test_a_number_of_json_becomes_a_string_so_that_it_stays_json() -> None:
    [arguments, _] = said(Used("verify_otp", '{"otp": 482913, "cards": [4539526018159083, 5], "order": 7788123}', "{}"))
    assert json.loads(arguments) == {"otp": "[code]", "cards": ["[card ·9083]", 5], "order": 7788123}


def test_keys_that_the_caller_presses_are_masked_like_words() -> None:
    keys = [Pressed(digit) for digit in "482913"]
    call = masked(record(retell(agent("Please enter the code, one digit at a time."), *keys, agent("Thank you."))))
    pressed = [(entry.model_extra or {}).get("digit") for entry in call.transcript_with_tool_calls]
    assert pressed == [None, *["[code]"] * 6, None]


def test_keys_of_a_menu_stay() -> None:
    call = masked(
        record(retell(agent("For sales press one."), Pressed("1"), agent("For help press two."), Pressed("2")))
    )
    assert [(e.model_extra or {}).get("digit") for e in call.transcript_with_tool_calls] == [None, "1", None, "2"]


def test_what_was_a_code_once_is_one_wherever_it_stands() -> None:
    call = masked(record(retell(
        caller("it was four eight two nine one three"), agent("What is the OTP?"), caller("482913"),
        Used("check", '{"value": "482913", "order_id": "482913"}', "{}"),
        metadata={"note": "caller said 482913", "order_number": "482913"},
        call_analysis={"call_summary": "The caller gave 482913."},
    )))  # fmt: skip
    told = [e.content or e.arguments for e in call.transcript_with_tool_calls]
    assert told[0] == "it was [code]"
    assert told[3] == '{"value": "[code]", "order_id": "482913"}'
    assert call.metadata == {"note": "caller said [code]", "order_number": "482913"}
    assert call.call_analysis
    assert call.call_analysis.call_summary == "The caller gave [code]."


def test_a_tool_that_checks_codes_is_asked_with_one() -> None:
    assert said(Used("verify_otp", '{"code": "482913"}', '{"code": "482913", "ok": true}')) == [
        '{"code": "[code]"}', '{"code": "[code]", "ok": true}',
    ]  # fmt: skip
    assert said(Used("find_seats", '{"code": "482913"}', '{"code": 40012}')) == [
        '{"code": "482913"}',
        '{"code": 40012}',
    ]


def test_a_transcript_that_came_as_one_text_is_read_turn_by_turn() -> None:
    sent = f"agent: What is the OTP?\nuser: 4 8 2 9 1 3\nagent: And the card?\nuser: {CARD}\nuser: order 7788123"
    call = masked(AgentCall.read({"call_id": "c", "transcript": sent}))
    assert call.transcript == (
        "agent: What is the OTP?\nuser: [code]\nagent: And the card?\nuser: [card ·9083]\nuser: order 7788123"
    )


def test_the_record_that_is_given_stays_as_it_is_and_one_without_secrets_is_handed_back() -> None:
    call = record(retell(caller(f"My card is {CARD}."), metadata={"otp": "482913", "list": ["otp 482913"]}))
    before = call.model_dump_json()
    assert masked(call) is not call
    assert call.model_dump_json() == before
    harmless = record(retell(caller("My order is 7788123.")))
    assert masked(harmless) is harmless
    assert masked(call, "off") is call


def test_fields_nobody_has_heard_of_are_masked_and_ids_are_not() -> None:
    call = masked(AgentCall.read({
        "call_id": "4539526018159083", "agent_id": "482913", "order_id": "4539526018159083", "cvv": 917, "pin": "4829",
        "later": {"otp": {"value": 482913}, "notes": [f"card {CARD}"], f"card {CARD}": 1, "count": 482914, "ok": True},
        "events": [{"event": "dtmf", "data": {"otp": "482913"}}],
    }))  # fmt: skip
    extra = call.model_extra or {}
    assert (call.call_id, call.agent_id, extra["order_id"]) == ("4539526018159083", "482913", "4539526018159083")
    assert (extra["cvv"], extra["pin"]) == ("[cvv]", "[pin]")
    assert extra["later"] == {
        "otp": {"value": "[code]"}, "notes": ["card [card ·9083]"], "card [card ·9083]": 1, "count": 482914, "ok": True,
    }  # fmt: skip
    assert (call.events[0].model_extra or {})["data"] == {"otp": "[code]"}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (CallRecord, {"uuid": LEG, "caller_id_name": f"Card {CARD}", "hangup_cause_name": "otp 482913"}),
        (LiveCall, {"call_uuid": LEG, "caller_name": f"card {CARD}", "stir_verification": "the pin is 4829"}),
        (Stream, {"stream_id": "s", "audio_track": f"card {CARD}", "extra": "otp 482913"}),
    ],
)
def test_every_kind_of_record_is_masked(kind: Any, fields: dict[str, Json]) -> None:
    sent = masked(kind.read(fields)).model_dump_json()
    assert [secret for secret in (CARD, "482913", "4829") if secret in sent] == []


LONG_ANSWER = json.dumps({"rows": [{"order_id": 4539746947136936 + n, "price": n} for n in range(200)]})


@pytest.mark.parametrize(
    ("secret", "mark"),
    [
        ('{"card":"4539526018159083"}', '{"card":"[card ·9083]"}'), ('{"otp": 482913}', '{"otp": "[code]"}'),
        ('{"upi_pin":"4829"}', '{"upi_pin":"[pin]"}'), ('{"CVV":"917"}', '{"CVV":"[cvv]"}'),
        ('{"aadhaar":"2524 6019 5285"}', '{"aadhaar":"[aadhaar]"}'), ('{"pan":"ABCPE1234F"}', '{"pan":"[pan]"}'),
        ('{"pin_code": 560001}', '{"pin_code": 560001}'), ('{"order": 4539526018159083}', '{"order": 4539526018159083}'),
        ('{"uid":"252460195285"}', '{"uid":"252460195285"}'), ('{"aadhaar_last":"5285"}', '{"aadhaar_last":"5285"}'),
    ],
)  # fmt: skip
def test_a_long_answer_of_a_tool_loses_its_secrets_too(secret: str, mark: str) -> None:
    [_, answered] = said(Used("look", "{}", f"[{LONG_ANSWER},{secret}]"))
    assert answered == f"[{LONG_ANSWER},{mark}]"


STRICT_CALL = retell(
    agent("Am I speaking with Asha Rao?"), caller("Yes, this is asha, Asha's line is 98765 43210 or +1 415 555 0134."),
    caller("Mail asha.rao@example.com or asha dot rao at example dot com, order 7788123, otp 482913."),
    Used("book", '{"phone": "+919876543210", "order_id": "7788123"}', "{}"),
    from_number="+919876543210", to_number="+918041234567",
    metadata={"customer_name": "Asha Rao", "campaign_name": "spring", "customer": {"email": "a@b.co"}},
)  # fmt: skip


def test_a_strict_policy_hides_numbers_addresses_and_the_names_of_the_metadata() -> None:
    call = masked(record(STRICT_CALL), "strict")
    assert [e.content or e.arguments for e in call.transcript_with_tool_calls][:4] == [
        "Am I speaking with [name]?",
        "Yes, this is [name], [name]'s line is [phone 3] or [phone 4].",
        "Mail [email] or [email 2], order 7788123, otp [code].",
        '{"phone": "[phone 5]", "order_id": "7788123"}',
    ]
    assert (call.from_number, call.to_number) == ("[phone]", "[phone 2]")
    assert call.metadata == {"customer_name": "[name]", "campaign_name": "spring", "customer": {"email": "[email 3]"}}


def test_the_usual_policy_leaves_them() -> None:
    before, after = record(STRICT_CALL), masked(record(STRICT_CALL))
    assert (after.from_number, after.metadata) == (before.from_number, before.metadata)
    assert [e.content for e in after.transcript_with_tool_calls][:2] == [
        e.content for e in before.transcript_with_tool_calls
    ][:2]


def test_names_and_numbers_of_a_phone_call_are_hidden_where_the_policy_is_strict() -> None:
    live = LiveCall.read(
        {"call_uuid": LEG, "from": "+919876543210", "to": "sip:asha@x.test", "caller_name": "Asha Rao"}
    )
    shown = masked(live, "strict")
    assert (shown.call_uuid, shown.from_number, shown.to_number, shown.caller_name) == (
        LEG, "[phone]", "[phone 2]", "[name]",
    )  # fmt: skip


def test_each_call_of_a_list_is_read_as_a_conversation() -> None:
    talk = retell(agent("What is the code?"), caller("4 8 2 9 1 3"))
    [first, second] = masked(
        AgentCallList.read({"calls": [talk, retell(agent("And the order?"), caller("482 91"))]})
    ).calls
    assert [entry.content for entry in first.transcript_with_tool_calls] == ["What is the code?", "[code]"]
    assert [entry.content for entry in second.transcript_with_tool_calls] == ["And the order?", "482 91"]


SECRETIVE = retell(caller(f"Card {CARD}, otp 482913."), metadata={"otp": "482913"}, call_id="call_clinic")


def test_an_answer_and_its_record_are_masked_and_so_are_the_functions_for_saved_calls() -> None:
    answer = asked(GetAgentCall(call_id="call_clinic"), {"/api/calls/call_clinic": SECRETIVE})
    found = asked(GetAgentCall(call_id="call_clinic", find="482913 otp"), {"/api/calls/call_clinic": SECRETIVE})
    handed = (
        answer.text + answer.record.model_dump_json() + found.text.replace('"482913 otp"', "") + condense(SECRETIVE)
    )
    assert "[card ·9083]" in answer.text
    assert "482913" not in handed
    assert "9083" not in handed.replace("[card ·9083]", "")
    assert "482913" in condense(SECRETIVE, privacy="off")
    assert condense(record(SECRETIVE)) == page(masked(record(SECRETIVE)))


def test_findings_quote_what_is_masked() -> None:
    failed = Used("pay", "{}", json.dumps({"error": f"card {CARD} was refused"}))
    [finding] = [
        f for f in examine(retell(agent("Paying now."), failed, caller("Well?"))) if f.code == "tool_soft_failure"
    ]
    assert "[card ·9083]" in finding.detail
    raw = examine(retell(agent("Paying now."), failed, caller("Well?")), privacy="off")
    assert any(CARD in f.detail for f in raw)


def test_the_setting_is_read_in_any_spelling_and_is_standard_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert from_environment().privacy == "standard"
    monkeypatch.setenv("VOBIZ_PRIVACY", " Strict ")
    assert from_environment().privacy == "strict"
    monkeypatch.setenv("VOBIZ_PRIVACY", "")
    assert from_environment().privacy == "standard"


@pytest.mark.parametrize(("privacy", "shown"), [("standard", "from +91987"), ("strict", "from [phone] to [phone 2]")])
def test_the_setting_reaches_every_answer(privacy: Privacy, shown: str) -> None:
    settings = settings_for("https://api.test").model_copy(update={"privacy": privacy})
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=STRICT_CALL))
    with Vobiz(settings, transport=transport) as vobiz:
        answer = vobiz.answer(GetAgentCall(call_id="call_planted"))
    assert shown in answer.text
    assert ("9876543210" in answer.record.model_dump_json()) is (privacy == "standard")


def test_a_policy_that_is_none_is_refused_without_being_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOBIZ_PRIVACY", "xyzzy")
    with pytest.raises(WrongSettings) as refused:
        from_environment()
    assert "VOBIZ_PRIVACY must be 'standard', 'strict' or 'off'" in str(refused.value)
    assert "xyzzy" not in str(refused.value)


@pytest.mark.parametrize(
    ("number", "real"),
    [
        ("4539526018159083", True), ("4539526018159084", False), ("374293643900847", True), ("36144537838306", True),
        ("6521122138783757", True), ("2345834005717279", True), ("3566224464311436", True), ("1062452821495625", False),
        ("8991264567242055607", False), ("356930255613422", False), ("453952601815", False), ("", False),
    ],
)  # fmt: skip
def test_a_card_has_an_issuer_a_length_and_a_check_digit(number: str, real: bool) -> None:
    assert is_card(number) is real


def test_numbers_are_taken_in_the_groups_that_they_are_printed_in() -> None:
    texts = ["3742 936439 00847", "3614 453783 8306", "4539 5260 1815 9083", "2524 6019 5285"]
    assert [said(caller(f"It is {text}.")) for text in texts] == [
        ["It is [card ·0847]."], ["It is [card ·8306]."], ["It is [card ·9083]."], ["It is [aadhaar]."],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (("What is the code?", "One.", "Two.", "Three.", "482913"), "[code]"),
        (("What is the code?", "One.", "Two.", "Three.", "Four.", "482913"), "482913"),
        (("And the card?", "4539 5260", "Yes.", "I see.", "Go on.", "1815 9083"), "[card ·9083]"),
        (("And the card?", "4539 5260", "Yes.", "I see.", "Go on.", "And?", "So.", "1815 9083"), "1815 9083"),
        (("The code?", "my phone is 482913"), "my phone is 482913"), (("The code?", "I live at postal code 482913"), "I live at postal code 482913"),
        (("The code " + "is what we want to know " * 40, "482913"), "482913"),
    ],
)  # fmt: skip
def test_how_far_a_question_reaches(texts: tuple[str, ...], shown: str) -> None:
    lines = [(agent, caller)[turn % 2](text) for turn, text in enumerate(texts)]
    assert said(*lines)[-1] == shown


def test_a_card_of_thirteen_digits_is_one_only_where_cards_are_spoken_of() -> None:
    assert not is_card("4007959371858")
    assert is_card("4007959371858", spoken_of=True)


def test_an_aadhaar_number_has_twelve_digits_and_verhoeffs_check() -> None:
    assert is_aadhaar("252460195285")
    assert not is_aadhaar("252460195286")
    assert not is_aadhaar("2524601952")
    assert not any(is_aadhaar(f"{first}{n:011d}") for first in "01" for n in range(50))
    assert [is_pan(text) for text in ("ABCPE1234F", "ABCDE1234F", "ABCPE1234", "abcpe1234f")] == [
        True,
        False,
        False,
        False,
    ]


@given(
    st.lists(
        st.text(max_size=60) | st.sampled_from([CARD, SAID_CARD, "otp", "482913", "double", "pan a b c p e 1234 f"])
    )
)
def test_whatever_is_said_masking_does_not_fail(texts: list[str]) -> None:
    entries: list[Json] = [{"role": ("agent", "user")[n % 2], "content": text} for n, text in enumerate(texts)]
    for privacy in ("standard", "strict"):
        call = masked(AgentCall.read({"call_id": "c", "transcript_with_tool_calls": entries}), privacy)
        assert len(call.transcript_with_tool_calls) == len(texts)
