"""Forty pairs of calls: what the agent said does not hold against the tools, and beside each its near miss that does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planted_calls import Line, Used, agent, answer, caller, target

from vobiz_mcp.records.json_value import Json


class Pair(NamedTuple):
    """A call with one fault, what is to be found on it as `code turn`, and a call that is like it and has none."""

    fault: Sequence[Line]
    found: str
    near_miss: Sequence[Line]


HELLO = agent("Good morning, this is the service line. How can I help you?", after=1.0)
BYE = (agent("Thank you for calling, goodbye."), caller("Goodbye."))
NO = "Error: the gateway timed out"


def used(name: str, result: str, /, **asked: Json) -> Used:
    return Used(name, answer(**asked), result, not result.startswith("Error"))


def bill(total: float, **more: Json) -> str:
    return answer(invoice_id="INV4471", plan="Family", total=total, **more)


def order(amounts: Sequence[float], **more: Json) -> str:
    payments: Json = [{"payment_id": "card_9921", "amount": amount} for amount in amounts]
    return answer(order_id="R77120", items=["kettle"], payment_history=payments, **more)


CLINIC: Json = [
    {"doctor_name": "Dr Osei", "city": "Leeds", "date": "2026-03-04", "time": "09:30", "price": "80"},
    {"doctor_name": "Dr Lindqvist", "city": "Leeds", "date": "2026-03-04", "time": "11:00", "price": "95"},
]
ROOMS: Json = [
    {"hotel_name": "Harbour View", "city": "Porto", "nights": "3", "price_per_night": "120", "breakfast": "True"},
    {"hotel_name": "Casa Velha", "city": "Porto", "nights": "3", "price_per_night": "90", "breakfast": "True"},
]


def rows(listed: Json) -> str:
    return answer(rows=listed)


def visit(doctor: str, price: str, time: str) -> str:
    return answer(doctor_name=doctor, city="Leeds", date="2026-03-04", time=time, price=price, booking_id="V55120")


def stay(hotel: str, price: str) -> str:
    return answer(hotel_name=hotel, city="Porto", nights="3", price_per_night=price, breakfast="True")


PAIRS: dict[str, Pair] = {
    # claim_without_deed
    "a visit confirmed after its tool had answered with a failure, other visits and lookups before": Pair(
        [
            HELLO,
            caller("I would like to see the flat on Friday."),
            used("find_flat", answer(flat="Mill Lane 4", rent=900), city="Leeds"),
            used("schedule_visit", answer(success=True, day="Friday"), flat="Mill Lane 4", day="Friday"),
            agent("Your visit has been confirmed for Friday."),
            caller("And the one on Oak Road on Saturday, please."),
            used("schedule_visit", answer(success=False, error="no visit slot"), flat="Oak Road 9", day="Saturday"),
            agent("Your visit has been confirmed."),
            caller("Great."),
            *BYE,
        ],
        "claim_without_deed 5",
        [
            HELLO,
            caller("I would like to see the flat on Friday."),
            used("find_flat", answer(flat="Mill Lane 4", rent=900), city="Leeds"),
            used("schedule_visit", answer(success=True, day="Friday"), flat="Mill Lane 4", day="Friday"),
            used("send_brochure", answer(success=False, error="no mail server"), flat="Mill Lane 4"),
            agent("Your visit has been confirmed."),
            caller("Great."),
            *BYE,
        ],
    ),
    "a table that is booked though its tool failed": Pair(
        [
            HELLO,
            caller("A table for two tonight, please."),
            used("find_tables", answer(free="20:00"), day="today"),
            used("book_table", NO, time="20:00"),
            agent("Your table is booked for tonight."),
            caller("Great."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("A table for two tonight, please."),
            used("book_table", NO, time="20:00"),
            agent("Once your table is booked, you get a message. Shall I try again?"),
            caller("No, leave it, so it is not booked."),
            *BYE,
        ],
    ),
    "a reservation that is cancelled though its tool failed": Pair(
        [
            HELLO,
            caller("Cancel my hotel, please."),
            used("cancel_stay", NO, stay="H221"),
            agent("Okay, it's cancelled."),
            caller("Great."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("Cancel my hotel, please."),
            used("cancel_stay", "Error: H221 was cancelled already", stay="H221"),
            agent("I see that it is cancelled."),
            caller("Great."),
            *BYE,
        ],
    ),
    "an order that is confirmed though its tool failed": Pair(
        [
            HELLO,
            caller("Order the lamp, please."),
            used("get_cart", answer(items=["lamp"], state="open")),
            used("create_order", NO, item="lamp"),
            agent("Your order is confirmed."),
            caller("Great."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("Is my order confirmed? And add a note for the driver."),
            used("get_order", answer(items=["lamp"], status="confirmed")),
            used("order_note", NO, note="ring twice"),
            agent("Your order has been confirmed."),
            caller("Great."),
            *BYE,
        ],
    ),
    "a cancellation that no tool made": Pair(
        [
            HELLO,
            caller("Please cancel my broadband contract."),
            used("get_contract", answer(contract_id="B8812", plan="Fibre 100"), phone="07700"),
            agent("I have cancelled your broadband contract."),
            caller("Thank you."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("Please cancel my broadband contract."),
            used("cancel_contract", answer(contract_id="B8812", status="cancelled"), contract_id="B8812"),
            agent("I have cancelled your broadband contract."),
            caller("Thank you."),
            *BYE,
        ],
    ),
    "a booking whose tool failed": Pair(
        [
            HELLO,
            caller("Book the dentist for Monday."),
            used("book_appointment", NO, day="Monday"),
            agent("Your appointment has been booked for Monday."),
            caller("Great."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("Book the dentist for Monday."),
            used("book_appointment", NO, day="Monday"),
            used("book_appointment", answer(ok=True, day="Monday"), day="Monday"),
            agent("Your appointment has been booked for Monday."),
            caller("Great."),
            *BYE,
        ],
    ),
    "a refund said as done, and one promised for later": Pair(
        [
            HELLO,
            caller("The kettle arrived broken, I want my money back."),
            used("get_order", answer(order_id="R77120", state="delivered"), order_id="R77120"),
            agent("I've refunded the kettle to your card."),
            caller("Thanks."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("The kettle arrived broken, I want my money back."),
            used("get_order", answer(order_id="R77120", state="delivered"), order_id="R77120"),
            agent("You will receive a refund once the kettle has been returned to us."),
            caller("Thanks."),
            *BYE,
        ],
    ),
    "a text message that nobody sent, and one only offered": Pair(
        [
            HELLO,
            caller("Where is your branch?"),
            used("find_branch", answer(street="Mill Lane 4"), town="York"),
            agent("It is in Mill Lane 4. I've texted you the address."),
            caller("Good."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("Where is your branch?"),
            used("find_branch", answer(street="Mill Lane 4"), town="York"),
            agent("It is in Mill Lane 4. Would you like me to have the address texted to you?"),
            caller("No, that is fine."),
            *BYE,
        ],
    ),
    "the second of two policies, cancelled in words only": Pair(
        [
            HELLO,
            caller("Cancel the policies P10234 and P10299."),
            used("find_policies", answer(policies=["P10234", "P10299"]), name="Kim"),
            used("cancel_policy", answer(policy="P10234", status="cancelled"), policy="P10234"),
            agent("Policy P10234 has been cancelled. Policy P10299 has been cancelled too."),
            caller("Thanks."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("Cancel the policies P10234 and P10299."),
            used("find_policies", answer(policies=["P10234", "P10299"]), name="Kim"),
            used("cancel_policy", answer(policy="P10234", status="cancelled"), policy="P10234"),
            used("cancel_policy", answer(policy="P10299", status="cancelled"), policy="P10299"),
            agent("Policy P10234 has been cancelled. Policy P10299 has been cancelled too."),
            caller("Thanks."),
            *BYE,
        ],
    ),
    "a case said to be escalated, and one that was by an earlier tool": Pair(
        [
            HELLO,
            caller("The meter is still wrong."),
            used("read_meter", answer(reading=5512), meter="M1"),
            agent("I have escalated this to our engineers."),
            caller("Good."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("The meter is still wrong."),
            used("create_ticket", answer(ticket="T990"), topic="meter"),
            agent("One moment."),
            caller("Fine."),
            agent("I have escalated this to our engineers."),
            caller("Good."),
            *BYE,
        ],
    ),
    "बुकिंग जो हुई ही नहीं": Pair(
        [
            HELLO,
            caller("कल के लिए टैक्सी चाहिए।"),
            used("get_fares", answer(fare=450), city="Pune"),
            agent("आपकी टैक्सी बुक कर दी है।"),
            caller("धन्यवाद।"),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("कल के लिए टैक्सी चाहिए।"),
            used("get_fares", answer(fare=450), city="Pune"),
            used("book_taxi", answer(ok=True), city="Pune"),
            agent("आपकी टैक्सी बुक कर दी है।"),
            caller("धन्यवाद।"),
            *BYE,
        ],
    ),
    "an address said as updated, and a status that the agent only reads out": Pair(
        [
            HELLO,
            caller("Please send the card to my new address."),
            used("get_customer", answer(customer="C1", street="Old Road 1"), customer="C1"),
            agent("Your address has been updated."),
            caller("Perfect."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("Did you get my change of address?"),
            used(
                "get_customer", answer(customer="C1", street="New Road 2", note="address updated 3 May"), customer="C1"
            ),
            agent("Yes, your address has been updated."),
            caller("Perfect."),
            *BYE,
        ],
    ),
    # money that the agent tells otherwise than the tool
    "a smaller charge told than was taken": Pair(
        [
            HELLO,
            caller("Please upgrade both seats."),
            used("get_order", order([310]), order_id="R77120"),
            agent("I will do that for you now."),
            caller("Go ahead."),
            used("upgrade_order", order([310, 164]), order_id="R77120"),
            agent("Both seats are upgraded and $82 has been charged to your card."),
            caller("Okay."),
            *BYE,
        ],
        "unagreed_write 4, contradicts_tool 5",
        [
            HELLO,
            caller("Please upgrade both seats."),
            used("get_order", order([310]), order_id="R77120"),
            agent("I will do that for you now, the difference is $164."),
            caller("Go ahead."),
            used("upgrade_order", order([310, 164]), order_id="R77120"),
            agent("Both seats are upgraded and $164 has been charged to your card."),
            caller("Okay."),
            *BYE,
        ],
    ),
    "a refund told too high, and one told in another currency": Pair(
        [
            HELLO,
            caller("I sent the lamp back, it was $90."),
            used("issue_refund", answer(refund_id="F88121", refund_amount=75), order_id="R77120"),
            agent("A refund of $90 has been issued to your card."),
            caller("Okay."),
            *BYE,
        ],
        "contradicts_tool 3",
        [
            HELLO,
            caller("I sent the lamp back, it was $90."),
            used("issue_refund", answer(refund_id="F88121", refund_amount=75), order_id="R77120"),
            agent("A refund of $75, which is about €69, has been issued to your card."),
            caller("Okay."),
            *BYE,
        ],
    ),
    "a difference agreed to that doubles when it is charged": Pair(
        [
            HELLO,
            caller("Move our two tickets to Friday."),
            used("get_order", order([200]), order_id="R77120"),
            agent("The additional cost will be $45. Shall I go ahead?"),
            caller("Yes, please."),
            used("change_order", order([200, 90]), order_id="R77120"),
            agent("It is done, both tickets are for Friday now."),
            caller("Okay."),
            *BYE,
        ],
        "contradicts_tool 3, unagreed_write 4",
        [
            HELLO,
            caller("Move our two tickets to Friday."),
            used("get_order", order([200]), order_id="R77120"),
            agent("The additional cost will be $45 per person. Shall I go ahead?"),
            caller("Yes, please."),
            used("change_order", order([200, 90]), order_id="R77120"),
            agent("It is done, both tickets are for Friday now."),
            caller("Okay."),
            *BYE,
        ],
    ),
    "a cost told as paid where money came back": Pair(
        [
            HELLO,
            caller("Put me on the earlier train."),
            used("get_order", order([120]), order_id="R77120"),
            agent("I can do that."),
            caller("Do it."),
            used("change_order", order([120, -35]), order_id="R77120"),
            agent("You are on the earlier train. The additional cost has been covered by your voucher."),
            caller("Okay."),
            *BYE,
        ],
        "contradicts_tool 5",
        [
            HELLO,
            caller("Put me on the earlier train."),
            used("get_order", order([120]), order_id="R77120"),
            agent("I can do that."),
            caller("Do it."),
            used("change_order", order([120, -35]), order_id="R77120"),
            agent("You are on the earlier train. The difference of $35 has been refunded."),
            caller("Okay."),
            *BYE,
        ],
    ),
    "a price that the tool refuses, and one that it takes": Pair(
        [
            HELLO,
            caller("Two tickets for the museum, please."),
            used("get_prices", answer(adult=14), day="Sunday"),
            agent("That makes $14 in all. Shall I book?"),
            caller("Yes."),
            used("book_tickets", "Error: the total is 28, but paid 14", count=2, amount=14),
            agent("There is a problem with the payment, let me look."),
            caller("Okay."),
            *BYE,
        ],
        "contradicts_tool 3",
        [
            HELLO,
            caller("Two tickets for the museum, please."),
            used("get_prices", answer(adult=14), day="Sunday"),
            agent("That makes $28 in all. Shall I book?"),
            caller("Yes."),
            used("book_tickets", answer(ticket_id="TK5512", amount=28), count=2, amount=28),
            agent("Your two tickets have been booked."),
            caller("Okay."),
            *BYE,
        ],
    ),
    "a sum that is wrong, and one that the agent added up right": Pair(
        [
            HELLO,
            caller("Pay both bills from my account."),
            used("pay_bills", answer(receipt_id="PB4410", water_amount=40, power_amount=65), account="A1"),
            agent("I have paid $95 for the two bills."),
            caller("Thanks."),
            *BYE,
        ],
        "contradicts_tool 3",
        [
            HELLO,
            caller("Pay both bills from my account."),
            used("pay_bills", answer(receipt_id="PB4410", water_amount=40, power_amount=65), account="A1"),
            agent("I have paid $105 for the two bills."),
            caller("Thanks."),
            *BYE,
        ],
    ),
    "a quote left wrong, and one corrected at once": Pair(
        [
            HELLO,
            caller("Change my room to a suite."),
            used("get_order", order([300]), order_id="R77120"),
            agent("The additional charge is $50. Is that all right?"),
            caller("Yes."),
            used("change_room", order([300, 80]), order_id="R77120"),
            agent("You have the suite now."),
            caller("Lovely."),
            *BYE,
        ],
        "contradicts_tool 3, unagreed_write 4",
        [
            HELLO,
            caller("Change my room to a suite."),
            used("get_order", order([300]), order_id="R77120"),
            agent("The additional charge is $50. Sorry, I misread: the additional charge is $80. Is that all right?"),
            caller("Yes."),
            used("change_room", order([300, 80]), order_id="R77120"),
            agent("You have the suite now."),
            caller("Lovely."),
            *BYE,
        ],
    ),
    # states, ages, stocks and counts that the agent tells otherwise
    "another plan than the record's": Pair(
        [
            HELLO,
            caller("Which plan do the lines LN5501 and LN5502 have?"),
            used("get_lines", rows([{"line_id": "LN5501", "plan": "Basic"}, {"line_id": "LN5502", "plan": "Premium"}])),
            agent("Line LN5501 is on Premium."),
            caller("Okay."),
            *BYE,
        ],
        "contradicts_tool 3",
        [
            HELLO,
            caller("Which plan do the lines LN5501 and LN5502 have?"),
            used("get_lines", rows([{"line_id": "LN5501", "plan": "Basic"}, {"line_id": "LN5502", "plan": "Premium"}])),
            agent("Line LN5501 is on Basic, you could upgrade LN5501 to Premium."),
            caller("Okay."),
            *BYE,
        ],
    ),
    "a purchase told as younger than it is": Pair(
        [
            HELLO,
            caller("Can I still return order ORD55120?"),
            used(
                "list_orders",
                rows(
                    [
                        {"order_id": "ORD55120", "created_at": "2026-01-02T10:00:00"},
                        {"order_id": "ORD55999", "created_at": "2026-03-20T10:00:00"},
                    ]
                ),
            ),
            agent("Order ORD55120 was placed within the last 30 days, so you can return it."),
            caller("Good."),
            *BYE,
        ],
        "contradicts_tool 3",
        [
            HELLO,
            caller("Can I still return order ORD55120?"),
            used(
                "list_orders",
                rows(
                    [
                        {"order_id": "ORD55120", "created_at": "2026-01-02T10:00:00"},
                        {"order_id": "ORD55999", "created_at": "2026-03-20T10:00:00"},
                    ]
                ),
            ),
            agent("Order ORD55120 was not placed within the last 30 days, so you cannot return it."),
            caller("A pity."),
            *BYE,
        ],
    ),
    "a seat offered of which none is left": Pair(
        [
            HELLO,
            caller("A seat to Oslo, please."),
            used(
                "search_trains",
                rows(
                    [{"train_id": "TR4410", "seats": {"first": 4, "second": 0}, "fares": {"first": 90, "second": 40}}]
                ),
            ),
            agent("Train TR4410 has second class at $40."),
            caller("Let me think."),
            *BYE,
        ],
        "contradicts_tool 3",
        [
            HELLO,
            caller("A seat to Oslo, please."),
            used(
                "search_trains",
                rows(
                    [{"train_id": "TR4410", "seats": {"first": 4, "second": 0}, "fares": {"first": 90, "second": 40}}]
                ),
            ),
            agent("Train TR4410 is sold out in second class, it would be $40. First class is left."),
            caller("Let me think."),
            *BYE,
        ],
    ),
    "more found than the tool listed": Pair(
        [
            HELLO,
            caller("Garages near me?"),
            Used("find_garages", "{}", '[{"garage": "Brown"}, {"garage": "Shaw"}]'),
            agent("I found 3 garages near you, one is Brown."),
            caller("Okay."),
            *BYE,
        ],
        "contradicts_tool 3",
        [
            HELLO,
            caller("Garages near me?"),
            Used("find_garages", "{}", '[{"garage": "Brown"}, {"garage": "Shaw"}]'),
            agent("I found 2 garages near you, one is Brown, 3 miles away."),
            caller("Okay."),
            *BYE,
        ],
    ),
    # unagreed_write
    "another doctor than the one chosen": Pair(
        [
            HELLO,
            caller("I need a doctor in Leeds."),
            used("search_doctors", rows(CLINIC)),
            agent("Dr Lindqvist is free at 11 am for $95."),
            caller("Take that one."),
            used("book_visit", visit("Dr Osei", "80", "11:00"), city="Leeds", time="11:00"),
            agent("Your visit has been booked."),
            caller("Thank you."),
            *BYE,
        ],
        "unagreed_write 4",
        [
            HELLO,
            caller("I need a doctor in Leeds."),
            used("search_doctors", rows(CLINIC)),
            agent("Dr Lindqvist is free at 11 am for $95."),
            caller("Take that one."),
            used("book_visit", visit("Dr Lindqvist", "95", "11:00"), city="Leeds", time="11:00"),
            agent("Your visit has been booked."),
            caller("Thank you."),
            *BYE,
        ],
    ),
    "another hotel than the one offered, and a changed mind": Pair(
        [
            HELLO,
            caller("A hotel in Porto for three nights."),
            used("search_hotels", rows(ROOMS)),
            agent("Casa Velha costs $90 a night. Shall I book it?"),
            caller("Yes."),
            used("book_hotel", stay("Harbour View", "120"), city="Porto", nights="3"),
            agent("The hotel is booked."),
            caller("Thanks."),
            *BYE,
        ],
        "unagreed_write 4",
        [
            HELLO,
            caller("A hotel in Porto for three nights."),
            used("search_hotels", rows(ROOMS)),
            agent("Casa Velha costs $90 a night. Shall I book it?"),
            caller("I changed my mind, what about Harbour View?"),
            used("book_hotel", stay("Harbour View", "120"), city="Porto", nights="3"),
            agent("Harbour View is booked at $120 a night."),
            caller("Thanks."),
            *BYE,
        ],
    ),
    "another hour than was asked for": Pair(
        [
            HELLO,
            caller("A table at half past seven, please."),
            used("book_table", answer(place="Nonna", time="21:00", guests="2"), time="19:30", guests="2"),
            agent("Your table is reserved, see you then."),
            caller("Great."),
            *BYE,
        ],
        "unagreed_write 2",
        [
            HELLO,
            caller("A table at half past seven, please."),
            used("book_table", answer(place="Nonna", time="21:00", guests="2"), time="19:30", guests="2"),
            agent("They only had a table at 9 pm, I took that one. Is that all right?"),
            caller("Great."),
            *BYE,
        ],
    ),
    "money paid back that nobody spoke of": Pair(
        [
            HELLO,
            caller("Drop the second item from my order."),
            used("get_order", order([140]), order_id="R77120"),
            agent("One moment."),
            caller("Okay."),
            used("update_order", order([140, -110]), order_id="R77120"),
            agent("Your order has been updated."),
            caller("Thanks."),
            *BYE,
        ],
        "unagreed_write 4",
        [
            HELLO,
            caller("Drop the second item from my order."),
            used("get_order", order([140]), order_id="R77120"),
            agent("One moment."),
            caller("Okay."),
            used("update_order", order([140, -30]), order_id="R77120"),
            agent("Your order has been updated, and you get a refund for the item."),
            caller("Thanks."),
            *BYE,
        ],
    ),
    "a new price, named and taken in one breath": Pair(
        [
            HELLO,
            caller("Book the boat for Saturday."),
            agent("It is $60, shall I book?"),
            caller("Yes."),
            used("book_boat", "Error: fare changed", amount=60),
            agent("The fare is $85 now. I will book it."),
            used("book_boat", answer(boat="Tern", amount=85), amount=85),
            agent("The boat is yours."),
            caller("Hm."),
            *BYE,
        ],
        "unagreed_write 5",
        [
            HELLO,
            caller("Book the boat for Saturday."),
            agent("It is $60, shall I book?"),
            caller("Yes."),
            used("book_boat", "Error: fare changed", amount=60),
            agent("The fare is $85 now. Shall I book it?"),
            caller("Yes, do."),
            used("book_boat", answer(boat="Tern", amount=85), amount=85),
            agent("The boat is yours."),
            caller("Hm."),
            *BYE,
        ],
    ),
    # asked_again
    "the date of birth, told and asked again": Pair(
        [
            HELLO,
            caller("I want to see my results."),
            agent("What is your date of birth?"),
            caller("The 4th of May 1981."),
            agent("Could you tell me your date of birth, please?"),
            caller("4 May 1981."),
            *BYE,
        ],
        "asked_again 5",
        [
            HELLO,
            caller("I want to see my results."),
            agent("What is your date of birth?"),
            caller("Why do you need that?"),
            agent("To find you. Could you tell me your date of birth, please?"),
            caller("4 May 1981."),
            *BYE,
        ],
    ),
    "a booking reference, told unasked": Pair(
        [
            HELLO,
            caller("I want to change reservation KXW82P."),
            agent("Sure. May I have your name?"),
            caller("Ines Duarte."),
            agent("Thank you. Could you give me your reservation number?"),
            caller("KXW82P."),
            *BYE,
        ],
        "asked_again 5",
        [
            HELLO,
            caller("I want to change reservation KXW82P."),
            agent("Sure. May I have your name?"),
            caller("Ines Duarte. And I have another reservation to change."),
            agent("Thank you. Could you give me your reservation number?"),
            caller("PLM40Q."),
            *BYE,
        ],
    ),
    "the name, asked twice, and a check of it": Pair(
        [
            HELLO,
            caller("I need a new card."),
            agent("What is your full name?"),
            caller("Ruth Abara."),
            agent("Please tell me your full name."),
            caller("Ruth Abara."),
            *BYE,
        ],
        "asked_again 5",
        [
            HELLO,
            caller("I need a new card."),
            agent("What is your full name?"),
            caller("Ruth Abara."),
            agent("Is Ruth Abara your full name, and could you please spell it?"),
            caller("R U T H."),
            *BYE,
        ],
    ),
    "which card, after it was said": Pair(
        [
            HELLO,
            caller("Somebody stole my debit card."),
            agent("I am sorry. Which card do you want to block?"),
            caller("The debit card."),
            *BYE,
        ],
        "asked_again 3",
        [
            HELLO,
            caller("Somebody stole my debit card and my credit card."),
            agent("I am sorry. Which card do you want to block first?"),
            caller("The debit card."),
            *BYE,
        ],
    ),
    "the phone number, asked again though given, and one that broke off": Pair(
        [
            HELLO,
            caller("Call me back later."),
            agent("What is your phone number?"),
            caller("It is 020 7946 0991."),
            agent("What is the best phone number to reach you?"),
            caller("As I said, 020 7946 0991."),
            *BYE,
        ],
        "asked_again 5",
        [
            HELLO,
            caller("Call me back later."),
            agent("What is your phone number?"),
            caller("It is, wait, let me look."),
            agent("What is the best phone number to reach you?"),
            caller("020 7946 0991."),
            *BYE,
        ],
    ),
    # request_dropped
    "a newsletter to be stopped, and nobody said a word of it": Pair(
        [
            HELLO,
            caller("What does my plan cost? And could you remove me from the newsletter list?"),
            used("get_bill", bill(30)),
            agent("Your plan costs $30 a month."),
            caller("Good."),
            agent("Anything else about your plan?"),
            caller("That is all."),
            *BYE,
        ],
        "request_dropped 2",
        [
            HELLO,
            caller("What does my plan cost? And could you remove me from the newsletter list?"),
            used("get_bill", bill(30)),
            agent("Your plan costs $30 a month. The newsletter has to be stopped on our site."),
            caller("Good."),
            agent("Anything else about your plan?"),
            caller("That is all."),
            *BYE,
        ],
    ),
    "a wheelchair that nobody noted, and one that the caller took back": Pair(
        [
            HELLO,
            caller("Is the flight on time? Also please add a wheelchair."),
            used("get_flight", answer(state="on time")),
            agent("The flight leaves on time."),
            caller("Good."),
            agent("Have you packed already?"),
            caller("Yes."),
            *BYE,
        ],
        "request_dropped 2",
        [
            HELLO,
            caller("Is the flight on time? Also please add a wheelchair."),
            used("get_flight", answer(state="on time")),
            agent("The flight leaves on time."),
            caller("Good. Never mind the wheelchair."),
            agent("Have you packed already?"),
            caller("Yes."),
            *BYE,
        ],
    ),
    # person_refused
    "a person asked for, and none given": Pair(
        [
            HELLO,
            caller("I want to talk to a real person."),
            agent("I can help you with that here."),
            caller("Then goodbye."),
            *BYE,
        ],
        "person_refused 2",
        [
            HELLO,
            caller("I want to talk to a real person."),
            Used("transfer_to_human", "{}", "ok"),
            agent("I am putting you through."),
            target("Hello, Maya here."),
        ],
    ),
    "a manager asked for, and one who is to call back": Pair(
        [
            HELLO,
            caller("Can I speak to your manager?"),
            used("get_hours", answer(open="9-5")),
            agent("Our managers do not take calls."),
            caller("I see."),
            *BYE,
        ],
        "person_refused 2",
        [
            HELLO,
            caller("Can I speak to your manager?"),
            used("create_callback", answer(at="10:00")),
            agent("A manager will call you at ten."),
            caller("I see."),
            *BYE,
        ],
    ),
    # corrected
    "the caller puts the agent right, and corrects herself": Pair(
        [
            HELLO,
            caller("A cot for our room, please."),
            agent("You would like a second key for your room, is that so?"),
            caller("No, that's not what I asked for. A cot."),
            agent("A cot, of course."),
            caller("Thanks."),
            *BYE,
        ],
        "corrected 4",
        [
            HELLO,
            caller("A cot for the 5th, please."),
            agent("A cot for the 5th, is that so?"),
            caller("No, make that the 6th, I changed my mind."),
            agent("The 6th, of course."),
            caller("Thanks."),
            *BYE,
        ],
    ),
    "a mix-up about the destination, and a bill that is wrong": Pair(
        [
            HELLO,
            caller("A ticket from Bern to Basel."),
            agent("There is no train from Basel to Bern tonight."),
            caller("There is a misunderstanding, I am not going to Bern."),
            agent("I see, to Basel."),
            caller("Right."),
            *BYE,
        ],
        "corrected 4",
        [
            HELLO,
            caller("My bill is not right, it says 50."),
            agent("Let me look at your bill."),
            caller("There must be a misunderstanding somewhere at your side."),
            agent("I see it now."),
            caller("Right."),
            *BYE,
        ],
    ),
    "the read-back is wrong, and it was right": Pair(
        [
            HELLO,
            caller("Two nights from Monday."),
            agent("So three nights from Monday?"),
            caller("That's wrong, two nights."),
            agent("Two nights."),
            caller("Yes."),
            *BYE,
        ],
        "corrected 4",
        [
            HELLO,
            caller("Two nights from Monday."),
            agent("So two nights from Monday?"),
            caller("That's right, two nights."),
            agent("Two nights."),
            caller("Yes."),
            *BYE,
        ],
    ),
    # upset
    "a caller who is fed up, and one whose wife is": Pair(
        [
            HELLO,
            caller("I am really fed up with this router."),
            agent("I am sorry to hear that."),
            caller("Send somebody."),
            agent("A visit on Monday?"),
            caller("Yes."),
            *BYE,
        ],
        "upset 2",
        [
            HELLO,
            caller("My wife is upset with me, I forgot the tickets."),
            agent("We can print them."),
            caller("Good."),
            *BYE,
        ],
    ),
    "poor service, and none to complain of": Pair(
        [
            HELLO,
            caller("Three weeks without heating, this is unacceptable."),
            agent("I am sorry."),
            caller("When will it work?"),
            agent("Tomorrow."),
            caller("Fine."),
            *BYE,
        ],
        "upset 2",
        [
            HELLO,
            caller("I am not upset, I just want to know when it works."),
            agent("Tomorrow."),
            caller("Fine."),
            *BYE,
        ],
    ),
    "bahut pareshan": Pair(
        [
            HELLO,
            caller("Main bahut pareshan hoon, teen din se net band hai."),
            agent("Main dekhti hoon."),
            caller("Jaldi kijiye."),
            *BYE,
        ],
        "upset 2",
        [
            HELLO,
            caller("Net teen din se band hai, kab chalega?"),
            agent("Main dekhti hoon."),
            caller("Jaldi kijiye."),
            *BYE,
        ],
    ),
    "a voucher added in words only, and one that the tool put in": Pair(
        [
            HELLO,
            caller("Is there a voucher for me?"),
            used("get_customer", answer(customer="C1", tier="gold"), customer="C1"),
            agent("Yes. I've added a voucher to your account."),
            caller("Nice."),
            *BYE,
        ],
        "claim_without_deed 3",
        [
            HELLO,
            caller("Is there a voucher for me?"),
            used("send_voucher", "Voucher V4410 added to customer C1 with amount 20.", customer="C1"),
            agent("Yes. I've added a voucher of $20 to your account."),
            caller("Nice."),
            *BYE,
        ],
    ),
}
