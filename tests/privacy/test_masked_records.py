"""What names of fields, other places of the record and the talk so far decide about what is hidden."""

from __future__ import annotations

import json

import pytest
from planted_calls import Body, Used, agent, caller, record, retell, said

from vobiz_mcp.privacy import masked
from vobiz_mcp.privacy.record import record as veil
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.live_call import LiveCall

CARD = "4539526018159083"
CHECKS = "252460195285"
"""Twelve digits with the check digit of an Aadhaar number, as one landline number in nine has."""
LABELLED_OTHERWISE = (
    "from", "to", "from_number", "toNumber", "caller_id", "phone", "mobile", "msisdn", "whatsapp_number", "timestamp",
    "started_at", "createdAt", "latitude", "lng", "price", "total_amount", "tracking_number", "awb", "order_id", "uid",
    "meter_reading", "consumer_number", "reference", "number", "value", "n",
)  # fmt: skip
NAMES_OF_PAYING = (
    "charge_card", "process_payment", "refund_invoice", "create_customer", "update_customer", "make_payment", "invoice",
    "refund", "pay_bill", "create_order", "book_flight", "reserve_room", "track_parcel", "get_ticket", "deposit", "tip",
    "check_balance", "update_member", "renew_policy", "file_claim", "save",
)  # fmt: skip


@pytest.mark.parametrize("field", LABELLED_OTHERWISE)
def test_a_field_of_twelve_digits_is_no_identity_number_unless_it_says_so(field: str) -> None:
    for value in (CHECKS, f"+{CHECKS}", int(CHECKS)):
        arguments = json.dumps({field: value})
        assert said(Used("save", arguments, arguments), metadata={field: value}) == [arguments, arguments]
        call = masked(record(retell(caller("Hello?"), metadata={field: value}, **{field: value})))
        assert call.metadata == {field: value}
    assert said(Used("save", json.dumps({"aadhaar_number": CHECKS}), "{}"))[0] == '{"aadhaar_number": "[aadhaar]"}'


def test_numbers_and_times_of_calls_stay() -> None:
    call = CallRecord.read(
        {"from": CHECKS, "to": CHECKS, "call_uuid": "u", "answer_time": CHECKS, "total_cost": CHECKS}
    )
    live = LiveCall.read({"from": CHECKS, "to": CHECKS, "call_uuid": CHECKS})
    assert masked(call) is call
    assert masked(live) is live
    assert said(caller(f"My number is {CHECKS}."), from_number=CHECKS, to_number=CHECKS) == [f"My number is {CHECKS}."]


@pytest.mark.parametrize("tool", NAMES_OF_PAYING)
@pytest.mark.parametrize("field", ["cc", "number", "cc_number", "card", "payment", "customer", "invoice", "refund"])
def test_a_number_that_checks_is_a_card_whatever_the_tool_or_the_field_is_for(tool: str, field: str) -> None:
    for value in (CARD, "4539 5260 1815 9083", int(CARD)):
        asked, answered = said(Used(tool, json.dumps({field: value}), json.dumps({"data": [{field: value}]})))
        assert json.loads(asked) == {field: "[card ·9083]"}
        assert json.loads(answered) == {"data": [{field: "[card ·9083]"}]}


@pytest.mark.parametrize(
    "before",
    ["for the payment", "the refund goes to", "invoice", "the customer has", "my account is", "Please bill"],
)
def test_a_number_that_checks_is_a_card_whatever_is_said_before_it(before: str) -> None:
    assert said(caller(f"{before} 4539 5260 1815 9083")) == [f"{before} [card ·9083]"]


def test_an_id_is_no_card() -> None:
    fields = {"order_id": CARD, "tracking_number": CARD, "id": CARD, "call_uuid": CARD, "reference": CARD}
    assert said(Used("pay", json.dumps(fields), "{}"))[0] == json.dumps(fields)
    assert said(caller(f"My order number is {CARD}.")) == [f"My order number is {CARD}."]


@pytest.mark.parametrize(
    "text",
    [
        "the reservation with code NQNU5R", "cancel the reservation NQNU5R", "the code is NQNU5R", "Your code is 4412.",
        *(f"my {kind} code is {code}" for kind in (
            "booking", "confirmation", "order", "promo", "coupon", "error", "engine", "locker", "paint", "billing",
            "postal", "case", "short", "rate", "pickup", "product",
        ) for code in ("NH731P", "88412", "482913")),
    ],
)  # fmt: skip
def test_a_code_is_no_secret_because_it_is_called_one(text: str) -> None:
    assert said(caller(text)) == [text]


@pytest.mark.parametrize(
    "kind",
    ["one-time", "one time", "verification", "login", "security", "two-factor", "OTP", "2FA", "passcode", "access"],
)
def test_a_code_that_lets_somebody_in_is_one(kind: str) -> None:
    assert said(caller(f"my {kind} code is 482913"))[0] == f"my {kind} code is [code]"


@pytest.mark.parametrize(
    "fields",
    [
        {"code_expiry_seconds": 1800}, {"pin_id": "pin_1N8x4471"}, {"code": "NQNU5R"}, {"error_code": 50312},
        {"coupon_code": "SPRING24"}, {"locker_code": "8812"}, {"paint_code": "NH731P"}, {"status_code": 482913},
        {"postal_code": "560034", "pincode": 560034}, {"billing_code": "99213"}, {"case_code": "20391"},
        {"name": "order", "value": "482913"}, {"type": "otp", "status": "482913"}, {"secrets_count": 482913},
        {"code_length": 6, "otp_id": "4829", "card_last4": "9083", "pin_attempts": 4829},
    ],
)  # fmt: skip
def test_fields_that_only_sound_secret_stay(fields: dict[str, Json]) -> None:
    sent = json.dumps(fields)
    assert said(Used("send_sms", sent, sent), metadata=fields) == [sent, sent]
    assert masked(record(retell(caller("Hello?"), metadata=fields))).metadata == fields


@pytest.mark.parametrize(
    ("tool", "fields", "secret"),
    [
        ("login", {"password": "swordfish"}, "swordfish"), ("save", {"wifi": {"passwd": "Tr0ub4dor&3"}}, "Tr0ub4dor&3"),
        ("verify_code", {"code": "4829"}, "4829"), ("submit_otp", {"value": "482913"}, "482913"),
        ("set", {"new_pin": 4829}, "4829"), ("check", {"one_time_code": "B7K92Q"}, "B7K92Q"),
        ("pay", {"card": {"number": CARD, "cvc": "917"}}, "917"), ("mfa_check", {"token": "482913"}, "482913"),
        ("fill", {"fields": [{"name": "otp", "value": "482913"}]}, "482913"), ("x", {"last_otp": "482913"}, "482913"),
        ("ask", {"prompt": "Enter PIN", "digits": "4829"}, "4829"), ("connect", {"api_key": "k-82kKJs82"}, "k-82kKJs82"),
        ("ekyc", {"id_type": "AADHAAR", "id_number": CHECKS}, CHECKS), ("x", {"client": {"secret": "sw0rd"}}, "sw0rd"),
    ],
)  # fmt: skip
def test_fields_named_after_a_secret_lose_it(tool: str, fields: dict[str, Json], secret: str) -> None:
    assert secret not in said(Used(tool, json.dumps(fields), "{}"))[0]


LONG = "and so on and on, " * 300


def holding(secret: str, told: str, asked: str) -> Body:
    """A call in which a secret is told once as such, and stands in every other place without a word."""
    return retell(
        agent(asked), caller(told), agent("Thank you."), agent(f"I have {secret} here."),
        Used("save", json.dumps({"value": secret, "deep": [{"x": secret}]}), json.dumps({"note": f"it was {secret}"})),
        Used("note", f"caller gave {secret}", f"{LONG} it was {secret} then"),
        metadata={"note": f"gave {secret}", "entered": secret, "list": [secret]},
        call_analysis={"call_summary": f"The caller gave {secret}.", "custom": {"x": secret}},
        transcript=f"agent: {asked}\nuser: {told}\nagent: I have {secret} here.",
        later={"x": secret},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("secret", "told", "asked"),
    [
        ("482913", "4 8 2 9 1 3", "What is the OTP?"), ("7719", "7719", "Your PIN?"), ("5508", "it's 5508", "What is the OTP?"),
        ("B7K92Q", "B7K92Q", "The verification code?"), ("K4T9Z1", "K 4 T 9 Z 1", "The verification code?"),
        ("Ravi@1234", "my password is Ravi@1234", "Hello?"), ("917", "917", "And the CVV?"),
        (CARD, "4539 5260 1815 9083", "The card number?"),
    ],
)  # fmt: skip
def test_what_is_hidden_once_is_hidden_everywhere(secret: str, told: str, asked: str) -> None:
    call = masked(record(holding(secret, told, asked)))
    assert secret not in call.model_dump_json()


def test_a_password_that_a_tool_was_given_is_hidden_where_it_was_said() -> None:
    told = said(caller("It is swordfish, all in small letters."), Used("login", '{"password": "swordfish"}', "{}"))
    assert told[0] == "It is [code], all in small letters."


def test_a_short_secret_is_known_only_where_it_stands_alone() -> None:
    told = said(
        agent("What is the PIN?"), caller("2026"), caller("My order is 2026, room 2026, it cost $2026 in 2026."),
        caller("Call 415 2026 0134, 2026-11-21, 20.26, 120261, 2026 dollars, extension 2026."), caller("I said 2026."),
        Used("x", '{"year": 2026, "order_id": "2026", "price": 2026, "at": "2026-11-21", "n": "2026"}', "{}"),
    )  # fmt: skip
    assert told[1:] == [
        "[pin]", "My order is 2026, room 2026, it cost $2026 in 2026.",
        "Call 415 2026 0134, 2026-11-21, 20.26, 120261, 2026 dollars, extension 2026.", "I said [pin].",
        '{"year": 2026, "order_id": "2026", "price": 2026, "at": "2026-11-21", "n": "[pin]"}', "{}",
    ]  # fmt: skip


def going_on(*lines: str) -> list[str]:
    return said(*((agent, caller)[n % 2](text) for n, text in enumerate(lines)))


def test_digits_of_a_card_wait_until_the_number_is_whole() -> None:
    script = ["Could I have the card number?", "4155", "Go on.", "2172", "Yes?", "2079", "And the rest?", "4551"]
    seen = [going_on(*script[:length])[1::2] for length in range(2, 9, 2)]
    assert seen == [["[digits]"], ["[digits]"] * 2, ["[digits]"] * 3, ["[card ·4551]"] * 4]


def test_digits_of_a_code_wait_until_it_is_whole() -> None:
    script = ["What is the OTP?", "48", "Go on.", "29", "Yes?", "13"]
    assert going_on(*script[:2])[1::2] == ["[digits]"]
    assert going_on(*script[:4])[1::2] == ["[code]"] * 2
    assert going_on(*script)[1::2] == ["[code]"] * 3


def test_digits_that_waited_are_shown_when_the_subject_changes() -> None:
    script = ["Could I have the card number?", "4155", "Never mind. What is your order number?", "88 23"]
    assert going_on(*script[:2])[1] == "[digits]"
    assert going_on(*script)[1::2] == ["4155", "88 23"]


def test_digits_that_nobody_asked_for_do_not_wait() -> None:
    assert going_on("Hello?", "4155") == ["Hello?", "4155"]
    assert going_on("The last four digits of your card?", "4155")[1] == "4155"


def test_a_record_beyond_what_is_examined_hides_the_rest_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(veil, "MOST_EXAMINED", 2300)
    entries: list[Json] = [{"role": "user", "content": f"It is {n} and my OTP is 482913."} for n in range(20)]
    call = masked(
        AgentCall.read({"call_id": "c", "transcript_with_tool_calls": [*entries, {"role": "user", "content": "Bye."}]})
    )
    told = [entry.content for entry in call.transcript_with_tool_calls]
    assert told[0] == "It is 0 and my OTP is [code]."
    assert told[-2:] == ["[not examined]", "Bye."]
    assert "482913" not in call.model_dump_json()
    assert call.warnings == ["14 texts with digits, shown as [not examined]: too much to mask in one answer"]


def test_json_that_was_cut_and_json_as_python_prints_it_are_read_by_their_fields() -> None:
    assert said(Used("x", '{"otp": "482913", "phone": "' + CHECKS + '", "note": "my PIN is 48', "{'otp': '4829', 'n': 1.5}")) == [
        '{"otp": "[code]", "phone": "' + CHECKS + '", "note": "my PIN is 48', "{'otp': '[code 2]', 'n': 1.5}",
    ]  # fmt: skip


def test_a_transcript_that_repeats_the_turns_is_written_like_them_and_not_examined_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns = [
        ("agent", "Your code?"),
        ("user", "It is 482913."),
        ("agent", "Order 7788, then."),
        ("user", "OTP 5521 too."),
    ]
    entries: list[Json] = [{"role": role, "content": text} for role, text in turns]
    text = "".join(f"{role.title()}:  {text} \n" for role, text in turns)
    sent: Json = {"call_id": "c", "transcript_with_tool_calls": entries, "transcript": text}
    monkeypatch.setattr(veil, "MOST_EXAMINED", 800)
    call = masked(AgentCall.read(sent))
    assert (
        call.transcript
        == "Agent:  Your code? \nUser:  It is [code]. \nAgent:  Order 7788, then. \nUser:  OTP [code 2] too. \n"
    )
    assert call.warnings == []


def test_a_transcript_that_tells_otherwise_than_the_turns_is_examined_by_itself() -> None:
    entries: list[Json] = [{"role": "agent", "content": "Your code?"}, {"role": "user", "content": "One moment."}]
    sent: Json = {
        "call_id": "c",
        "transcript_with_tool_calls": entries,
        "transcript": "Agent: Your code?\nUser: It is 482913.\n",
    }
    assert masked(AgentCall.read(sent)).transcript == "Agent: Your code?\nUser: It is [code].\n"
