"""Why a call ended, by the class of its `disconnection_reason`. The list is open: what is not known here is normal."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from vobiz_mcp.records.agent_call import AgentCall

Ending: TypeAlias = Literal["error", "never connected", "handed over", "voicemail", "normal"]

_NEVER_CONNECTED = re.compile(
    r"dial_|telephony_provider_|busy$|no_answer$|not_connected$|invalid_(destination|number)|sip_|user_declined"
    r"|marked_as_spam|network_blocked|scam_detected|no_valid_payment|credit_exhausted|budget_reached"
    r"|concurrency_limit|no_concurrency|registered_call_timeout|(user_)?not_joined|unreachable|call_?rejected"
)
_ERROR = re.compile(r"(.*_)?(error|failed|failure|crash(ed)?|corrupt(ed)?_payload)(_|$)")
_HANDED_OVER = re.compile(r"call_transfer(red)?$|transfer(red)?$|transfer_bridged|bridged?_transfer|call_take_?over")
_VOICEMAIL = re.compile(r"voice_?mail|machine_detected|answering_machine")


def ending(call: AgentCall) -> Ending:
    """How the call ended; the status ERROR or not_connected counts where the reason says nothing worse."""
    reason, status = named(call.disconnection_reason), named(call.call_status)
    if _VOICEMAIL.match(reason):
        return "voicemail"
    if _NEVER_CONNECTED.match(reason) or status == "not_connected":
        return "never connected"
    if _ERROR.match(reason) or status == "error":
        return "error"
    return "handed over" if _HANDED_OVER.match(reason) else "normal"


def by_the_person(call: AgentCall) -> bool:
    """Whether the person on the line hung up, by the platform's reason."""
    return named(call.disconnection_reason).startswith(("user_", "caller_", "customer_"))


@lru_cache(maxsize=1024)
def named(sent: str | None) -> str:
    """A name as sent in `snake_case`: `USER_HANGUP`, `user-hangup` and `userHangup` are the same."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", (sent or "").strip())
    return re.sub(r"[^a-z0-9]+", "_", parted.lower()).strip("_")
