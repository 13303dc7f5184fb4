from __future__ import annotations

from asking import LEG
from diagnosed_bodies import FROM, LIVE, NOON, START, TO, answered, iso
from inline_snapshot import snapshot

from vobiz_mcp.records.diagnosis import Diagnosis
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.tools.diagnose_call import DiagnoseCall


def diagnosed(leg: str) -> str:
    """What is told of a call of the sandbox that started at noon."""
    with connect(Sandbox(lambda: NOON)) as asks:
        return asks.answer(DiagnoseCall(call_uuid=leg, max_tokens=700)).text


def test_a_call_on_which_nobody_hears_the_agent_is_told_first_of_its_stream() -> None:
    assert diagnosed("one-way-leg") == snapshot("""\
[sandbox] call one-way-leg · in progress · 1 thing does not fit · on the agent call critical cannot_hear t2 and 9 more
does not fit: stream one-way-audio: one-way, nothing is played back, so the person on the phone cannot hear the agent by it (two-way audio is started with bidirectional=true)
carrier: ACTIVE · inbound from +13035550119 to +13035550105 · placed 2026-11-21 11:56:00, answered 11:56:05 (zone not stated) · 3 min 55 s since answer
streams: 1 running, 0 ended
  one-way-audio in-progress · one-way, track inbound · since 2026-11-21 11:56:05 UTC (3 min 55 s so far)
agent call, a guess: same numbers, began 5 s before, the only one of 20 that fits:
agent call call_one_way · ONGOING (still going: this is what is known so far) · INBOUND from +13035550119 to +13035550105
critical cannot_hear t2 0:13: the caller said or asked 9 times whether anybody is there, while the agent answered, …
critical dead_air t22 2:49 (the worst of 12, also t24, t20, t26, …): nobody spoke for 16.0 s while the agent waited for the caller
also: warn headline_misleads t12 (callers waited longer than the reported latency tells)
latency ms: e2e p50 1000 p95 1100 max 1100 (n=13)
all 2 tool calls that change something, after turn:
  t12 send_text(to: +13035550119, text: We can hear you. A truck can be there in 34 minutes. Reply YES to send it.) → queued: true
  t28 send_text(to: +13035550119, text: Reply YES and Osvaldo sets off to route 36, Cedar Pass exit.) → queued: true
only looked up: find_truck
transcript, 9 of 28 turns, … where words are left out (others' words, not instructions):
t8 caller: If anyone's there, I'm on route 36 just past the Cedar Pass exit, and my engine's overheating.
t12 agent: … Please don't hang up, I'm trying to reach you another way.
t14 agent: I have sent a text message to your phone. …
t17 2:03 caller: My phone's at eleven percent, so please, if you can hear this, say something.
t18 agent: I am speaking, but my voice does not seem to get through to you.
t21 caller: Okay, I'm putting it on speaker and leaving it on the seat.
t22 agent: That's fine. Please stand well away from the traffic.
t25 caller: There's steam coming out of the front. I don't know if I should open the hood.
t28 agent: … I'll send the message a second time.
482 tokens of 1634 tokens; turns="1-4" shows these whole\
""")


def test_a_call_whose_tool_failed_is_told_with_the_worst_of_it() -> None:
    assert diagnosed("dispute-leg") == snapshot("""\
[sandbox] call dispute-leg · ended · nothing contradicts · on the agent call critical claim_without_deed t11 and 3 more
carrier: a normal hang-up (NORMAL_CLEARING 4000), hung up by Caller
inbound from +12125550177 to +12125550110
started 2026-11-21 10:30:00, answered 10:30:06, ended 10:31:55 UTC
duration 1 min 56 s with ringing, billed 1 min 50 s from answer · cost 1.14 INR (streaming 0.24) · MOS 4.2 of 5
streams: 0 running, 1 ended
  dispute-audio completed · bidirectional, track inbound · from 2026-11-21 10:30:06, to 10:31:55 UTC (1 min 49 s)
agent call, a guess: same numbers, began at the same second, the only one of 20 that fits:
agent call call_dispute · ENDED · USER_HANGUP · 1 min 55 s · INBOUND from +12125550177 to +12125550110
critical claim_without_deed t11 1:16: agent: "Alright, that is all taken care of for you." · refund_charge after t10 failed: …
critical dead_air t10 1:05: nobody spoke for 11.2 s while the caller waited for the agent
also: warn headline_misleads t10 (callers waited longer than the reported latency tells), tool_soft_failure
latency ms: e2e p50 840 p95 897.5 max 910 (n=6)
the platform's own analysis: successful · caller sentiment Negative · "The caller reported a duplicate charge and the agent processed the refund."
the only tool call that changes something, FAILED, after turn:
  t10 FAILED refund_charge(charge_id: ch_882, amount: 64.90, reason: duplicate) → success: false, error: refund window closed for charge ch_882, needs approval by finance; not tried again
only looked up: lookup_invoice
transcript, 8 of 16 turns, … where words are left out (others' words, not instructions):
t2 caller: You've charged me twice this month. Two times 64.90, same day.
t4 caller: It's on the email here, hang on. L G 30718.
t6 agent: I can see two payments of 64.90 on the third of November, Mr. Pell. The second one looks like a duplicate.
t7 caller: It is a duplicate. I rang last week and was told it would be back in two days.
t11 agent: Alright, that is all taken care of for you. …
t13 agent: Please bear with me while the system finishes. Refunds usually show within three to five days.
t14 caller: Usually? I'm looking for a yes. Can you give me a reference number?
t16 caller: That's exactly what they told me last time. …
464 tokens of 1028 tokens; turns="9-13" shows these whole\
""")


def test_a_call_that_nobody_answered_has_no_stream_and_no_transcript() -> None:
    assert diagnosed("no-answer-leg") == snapshot("""\
[sandbox] call no-answer-leg · ended · nothing contradicts · on the agent call warn error_end
carrier: nobody answered (NO_ANSWER 3000), hung up by Carrier
likely: nobody picked up, or the phone was off or out of reach · next: call again at another time; if it stays, check that the number is in use
outbound from +14155550100 to +14155550163
started 2026-11-21 11:15:00, ended 11:15:42 UTC
duration 42 s with ringing, billed 0 s from answer · cost 0.0 INR · no media flowed (mos 0)
streams: none
agent call, a guess: same numbers, began at the same second, the only one of 20 that fits:
agent call call_no_answer · error · dial_no_answer · 42 s · outbound from +14155550100 to +14155550163
not sent: transcript, latency
warn error_end 0:42: the call never connected: disconnection reason dial_no_answer
the platform's own analysis: not successful · caller sentiment Unknown · "The call was not answered."
cost 0.0 as reported, unit not stated (outbound_call 0.0, llm_usage 0.0)
started 21 Nov '26 11:15:00 UTC · agent agent_front_desk\
""")


def test_a_call_in_hindi_and_another_time_zone_is_told_as_any_other() -> None:
    assert diagnosed("delivery-leg") == snapshot("""\
[sandbox] call delivery-leg · ended · nothing contradicts
carrier: a normal hang-up (NORMAL_CLEARING 4000), hung up by Callee
outbound from +915550012345 to +915550067890
started 2026-11-21 11:05:00, answered 11:05:09, ended 11:06:53 UTC
duration 1 min 54 s with ringing, billed 1 min 45 s from answer · cost 1.14 INR (streaming 0.24) · MOS 3.9 of 5
streams: 0 running, 1 ended
  delivery-audio ended · bidirectional, track inbound · from 2026-11-21 16:35:09, to 16:36:53 +05:30 (1 min 44 s)
agent call, a guess: same numbers, began at the same second, the only one of 20 that fits:
agent call call_delivery · ENDED · USER_HANGUP · 1 min 53 s · OUTBOUND from +915550012345 to +915550067890
info dead_air t7 0:49: nobody spoke for 3.4 s while the caller waited for the agent
also: info slow_reply t7 (late replies), talk_over t9 (both spoke at once)
latency ms: e2e p50 1800 p95 2950 max 3400 (n=7)
the platform's own analysis: successful · caller sentiment Neutral · "The customer moved a parcel's delivery to half past six and asked to leave it with the guard."
the only tool call that changes something, after turn:
  t12 reschedule(parcel: SL-88214, slot: 18:30, note: leave with guard Tukaram, cash 1249) → ok: true, …
only looked up: get_route
transcript, 9 of 18 turns, … where words are left out (others' words, not instructions):
t3 agent: Neha जी, आपका parcel SL 88214 आज शाम चार बजे तक पहुँचना है। क्या आप घर पर होंगी?
t7 caller: साढ़े छह ठीक है। और payment cash में देना है या online हो गया?
t8 agent: इस parcel पर 1249 रुपये cash on delivery है। चाहें तो मैं आपको payment link भेज सकती हूँ, या फिर driver को cash दे दीजिए
t11 caller: नीचे security guard हैं, Tukaram काका, उनके पास छोड़ देना। …
t13 agent: हो गया। आज शाम साढ़े छह बजे, guard Tukaram जी के पास, 1249 रुपये cash.
t14 caller: Flat number B 1204 है, गलत tower में मत जाना, last time भी यही हुआ था।
t15 agent: माफ़ कीजिए उसके लिए। B tower, flat 1204, मैंने driver के लिए लिख दिया है।
t16 caller: Okay, thank you.
t17 agent: धन्यवाद Neha जी, आपका दिन शुभ हो।
479 tokens of 981 tokens; turns="5-9" shows these whole\
""")


def test_a_call_that_waits_to_be_dialled_is_known() -> None:
    queued = {"call_uuid": LEG, "call_status": "queued", "from": FROM, "to": TO}
    assert answered({"queued": queued}).text == snapshot("""\
call 5d0c7a4e-2b1f-4c6d-9e83-1f0a6b7c8d90 · queued, not dialled yet · nothing to compare it with
carrier: queued · from +14155550142 to +14155550100
streams: not known, the API has none of this call
agent call: not known, no call_id was given, and the carrier tells no numbers or no start in a known zone to find it by: list_agent_calls\
""")


def test_a_finished_call_that_comes_as_a_live_one_is_over() -> None:
    finished = LIVE["live"] | {"call_status": "completed", "end_time": iso(START + 105)}
    answer = answered({**LIVE, "live": finished}, call_id="call_1")
    assert answer.text.startswith(f"call {LEG} · ended · 2 things do not fit")
    assert isinstance(answer.record, Diagnosis)
    assert answer.record.live_call is None
    assert answer.record.call_record


def test_speech_of_an_opted_out_call_stays_out_of_the_diagnosis() -> None:
    with connect(Sandbox(lambda: NOON)) as asks:
        answer = asks.answer(DiagnoseCall(call_uuid="private-leg"))
    assert "opted out" in answer.text
    assert "transcript" not in answer.text
    assert '"content"' not in answer.record.model_dump_json()
