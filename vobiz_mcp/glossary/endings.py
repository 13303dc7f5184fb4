"""Why calls ended: the carrier's hangup causes with their codes, and the agent platform's disconnection reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.glossary.entry import Entry
from vobiz_mcp.glossary.hangup_causes import BY_CODE, BY_TEXT, Cause


def _causes() -> Iterator[Entry]:
    """A cause under each of its names, its code beside the first of them; then those that only have a code."""
    codes = {cause: str(code) for code, cause in BY_CODE.items()}
    for name, cause in BY_TEXT.items():
        code = codes.pop(cause, "")
        yield _entry(name, cause, (code,) if code else ())
    yield from (_entry(code, cause) for cause, code in codes.items())


def _entry(word: str, cause: Cause, also: tuple[str, ...] = ()) -> Entry:
    advice = "" if cause.next_step.startswith("none") else f"{_sentence(cause.next_step)}"
    return Entry(word, f"{_sentence(cause.meaning)} Likely: {cause.reason}.", advice, also)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


CAUSES: Final = tuple(_causes())

_PLATFORM: Final = "Give the agent platform's support the call_id."
_CARRIER: Final = "get_call_record tells the carrier's cause and a next step."
_QUOTA: Final = "Raise it in the agent platform's account, or call less at once."

REASONS: Final = (
    Entry("user_hangup", "The person on the phone hung up."),
    Entry("agent_hangup", "The agent ended the call, by its instructions or by a tool of its platform."),
    Entry("call_transfer", "The agent passed the call on: to a person, a queue or another number."),
    Entry(
        "transfer_bridged",
        "The call was passed on and the two parties were connected.",
        also=("bridge_transfer", "bridged_transfer"),
    ),
    Entry(
        "transfer_cancelled", "Passing the call on was begun and given up.", "See in the last turns what came of it."
    ),
    Entry("call_take_over", "A person took the call over from the agent."),
    Entry("user_requested_dnc", "The person asked not to be called again.", "See that the number is on that list."),
    Entry("user_requested_callback", "The person asked to be called back.", "See that somebody does."),
    Entry("voicemail_reached", "A mailbox answered, and the agent was set to end there.", also=("machine_detected",)),
    Entry("ivr_reached", "A telephone menu answered instead of a person."),
    Entry("inactivity", "Nobody spoke for so long that the platform ended the call.", "Look for dead_air before it."),
    Entry(
        "max_duration_reached", "The longest time that the platform allows a call was up.", "Raise it if calls need it."
    ),
    Entry("manual_stopped", "Somebody ended the call in the platform's console or by its API."),
    Entry("dial_busy", "The called number was busy.", "Call again later."),
    Entry("dial_no_answer", "It rang and nobody answered.", "Call again at another time."),
    Entry("dial_failed", "The carrier could not connect the call.", _CARRIER),
    Entry(
        "invalid_destination", "The number cannot be dialled: mistyped, or without its country's code.", "Correct it."
    ),
    Entry("user_declined", "The person declined the call while it rang."),
    Entry(
        "marked_as_spam", "The call was marked as spam on its way.", "Check the caller's number and its attestation."
    ),
    Entry("network_blocked", "A network on the way blocked the call.", _CARRIER),
    Entry("scam_detected", "The platform took the call for a fraud and ended it.", _PLATFORM),
    Entry("sip_routing_error", "The signalling found no way to the number.", _CARRIER),
    Entry(
        "telephony_provider_permission_denied", "The carrier did not allow the call, such as to that country.", _CARRIER
    ),
    Entry("telephony_provider_unavailable", "The carrier could not be reached.", "Call again in a minute."),
    Entry("concurrency_limit_reached", "More calls ran at once than the platform allows.", _QUOTA),
    Entry("no_concurrency_fallback", "No call was free of the platform's limit, and none was kept in reserve.", _QUOTA),
    Entry(
        "no_valid_payment",
        "The agent platform's account has no means of payment that works, or no credit.",
        "Its owner settles it.",
        also=("credit_exhausted", "budget_reached"),
    ),
    Entry("registered_call_timeout", "The call was registered and never began in time.", "Check what should begin it."),
    Entry("error_user_not_joined", "A web call was made, and the person never joined it."),
    Entry(
        "error_llm_websocket_open",
        "The connection to your own language model's server could not be made, broke, failed or sent what the platform "
        "could not read.",
        "Look into that server's log of the time.",
        also=(
            "error_llm_websocket_lost_connection",
            "error_llm_websocket_runtime",
            "error_llm_websocket_corrupt_payload",
        ),
    ),
    Entry(
        "error_no_audio_received",
        "The platform received no audio from the call.",
        "diagnose_call tells of its streams.",
    ),
    Entry("error_asr", "Speech recognition failed.", _PLATFORM),
    Entry(
        "error_inbound_webhook",
        "Your server did not answer the platform's question about an inbound call.",
        "Look into that server's log of the time.",
    ),
    Entry(
        "error_unknown",
        "The platform failed, and says no more.",
        _PLATFORM,
        also=("error_retell", "error_twilio", "error_frontend_corrupted_payload"),
    ),
)
