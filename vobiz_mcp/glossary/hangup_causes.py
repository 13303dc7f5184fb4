"""Every hangup cause that the vendor publishes, numeric and textual: what happened, why, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Cause(NamedTuple):
    """One way in which a call ends, in plain words that carry no full stop.

    Attributes:
        meaning: what happened: it can stand after `ended:` and in a row of a list.
        reason: what most likely brought it about.
        next_step: what to do now; begins with `none` where nothing is wrong.
    """

    meaning: str
    reason: str
    next_step: str


NORMAL: Final = 4000
UNKNOWN: Final = 0
_SUPPORT: Final = "if it stays, give the vendor's support the call_uuid"
_PERMISSIONS: Final = "in the console under Voice, Geo Permissions, if such calls are meant"
_DOCUMENTS: Final = {1: "answer", 2: "action", 3: "transfer", 4: "redirect"}
"""The documents that an application hands over during a call, by the last digit of the codes about them."""

BY_CODE: Final[Mapping[int, Cause]] = {
    UNKNOWN: Cause(
        "the cause is not known",
        "the platform could not tell; hanging up all calls at once through the API leaves this too",
        f"read the call's debug log in the console; {_SUPPORT}",
    ),
    1000: Cause(
        "cancelled before it was answered",
        "a request to the API cancelled it while it was set up or rang",
        "none if that was meant, else find out which program asked for it",
    ),
    1010: Cause("the account ran out of credit", "the balance was used up", "top it up and turn auto-recharge on"),
    1020: Cause(
        "too many calls to that number at once",
        "the limit of simultaneous dials to one number or endpoint was reached",
        "dial the same destination fewer times in parallel",
    ),
    2000: Cause(
        "the number or endpoint is not valid",
        "it is mistyped, or lacks its country code",
        "dial it in E.164 form, + and country code first, and check it with its owner",
    ),
    2010: Cause(
        "the called line is out of service",
        "the line is switched off, suspended or not reachable now",
        "call again later; if it stays, ask for another number",
    ),
    2020: Cause(
        "the called SIP endpoint is not registered",
        "its app or phone is logged out or offline, or is not woken by push messages",
        "see that it is logged in and online, then call again",
    ),
    2030: Cause("that country is barred", "the account's permissions leave it out", f"allow it {_PERMISSIONS}"),
    2040: Cause(
        "premium numbers are barred",
        "the number counts as premium or high-risk, which the account does not allow",
        f"allow high-risk numbers {_PERMISSIONS}",
    ),
    2050: Cause("that prefix is barred", "the account's permissions leave it out", f"allow it {_PERMISSIONS}"),
    2060: Cause(
        "the call would have looped",
        "its second leg was to dial the number that the first leg came from",
        "mend the routing so that no leg dials its own caller",
    ),
    2070: Cause(
        "India's rules for call media forbid it",
        "its audio would have left India, or a conference mixed phone and internet legs",
        "use a media server in India and keep PSTN and WebRTC legs apart",
    ),
    3000: Cause(
        "nobody answered",
        "nobody picked up, or the phone was off or out of reach",
        "call again at another time; if it stays, check that the number is in use",
    ),
    3010: Cause(
        "the line was busy",
        "the called side was on another call, or its phone declines by signalling busy",
        "call again in a few minutes, or fall back to voicemail",
    ),
    3020: Cause(
        "the called side declined it",
        "the person or the phone rejected the call",
        "none now: try another time or another way, not at once",
    ),
    3030: Cause(
        "the caller ID is not accepted",
        "the number shown as the caller is not rented from the platform",
        "call from a number of the account",
    ),
    3040: Cause(
        "the called side blocks the call",
        "its operator or phone refuses this caller",
        "ask the person whether the number is blocked",
    ),
    3050: Cause(
        "nobody has that number",
        "it is mistyped, was given up, or was never allocated",
        "check the number with its owner",
    ),
    3070: Cause("the carrier did not respond in time", "the carrier was slow or down", f"call again; {_SUPPORT}"),
    3080: Cause("the carrier failed", "an internal error of the carrier", f"call again; {_SUPPORT}"),
    3090: Cause(
        "the carrier was congested",
        "its network was overloaded at that moment",
        "call again, with a longer wait each time",
    ),
    3100: Cause("every line there was busy", "all endpoints of the destination were taken", "call again later"),
    3110: Cause(
        "the called side will not take part",
        "the destination cannot or does not want to take calls",
        "find out whether it accepts calls at all",
    ),
    3120: Cause("no such user exists there", "the destination knows nobody by that number or name", "check the number"),
    3130: Cause(
        "blocked as spam",
        "the carrier distrusts the caller ID, by its reputation or for want of a signature",
        "register the number for STIR/SHAKEN; meanwhile call from another one",
    ),
    3140: Cause(
        "the caller ID may not place calls",
        "it is on the Do Not Originate list, for numbers that only receive",
        "call from another number",
    ),
    NORMAL: Cause(
        "a normal hang-up",
        "a side ended it in the usual way",
        "none; why they hung up is in what was said: get_agent_call",
    ),
    4010: Cause(
        "the application's XML came to its end",
        "its last document held no further instruction",
        "none if the flow was done, else let the last document lead on",
    ),
    4020: Cause(
        "the multiparty call ended",
        "a request to the API ended it, or its longest duration was reached",
        "none, unless the longest duration is too short",
    ),
    4030: Cause(
        "removed from the multiparty call",
        "a request to the API removed this participant",
        "none if that was meant, else find out which program asked for it",
    ),
    5000: Cause("the network failed", "a fatal condition in the platform's network", f"call again; {_SUPPORT}"),
    5010: Cause("the platform failed", "an internal error of the platform", f"call again; {_SUPPORT}"),
    5020: Cause("no route to the number", "the platform found no way there", f"check the number; {_SUPPORT}"),
    5030: Cause(
        "the limit of concurrent calls was reached",
        "more calls ran at once than the account may have in India",
        "run fewer at a time, or have the capacity raised",
    ),
    6000: Cause(
        "the call's time limit was reached",
        "it was placed with a longest duration",
        "none, unless longer calls are needed: time_limit (API) or timeLimit (Dial)",
    ),
    6010: Cause(
        "it rang until the ring timeout",
        "nobody picked up within ring_timeout, 120 s unless set",
        "call again at another time; if people need longer, raise ring_timeout (API) or timeout (Dial)",
    ),
    6020: Cause(
        "no audio arrived for 60 s",
        "a side lost its network, or a firewall swallows the media",
        "check that side's network and firewall; list_streams tells where audio went",
    ),
    9000: Cause("another phone answered first", "several were dialled at once", "none: that is how it is meant to be"),
    9100: Cause(
        "an answering machine picked up",
        "machine detection was set to hang up on machines",
        "call again at another time, or let machines through to leave a message",
    ),
    9110: Cause(
        "the confirm key was not pressed",
        "the person who answered pressed nothing or another key",
        "tell people in the prompt which key to press",
    ),
    **{
        7010 + digit: Cause(
            f"the {name} URL could not be fetched",
            "the application's server was not reachable, or answered with no 2xx status",
            "open the URL from outside and read that server's log of the time",
        )
        for digit, name in _DOCUMENTS.items()
    },
    **{
        7020 + digit: Cause(
            f"the {name} URL is not valid",
            "the application set something that is no web address",
            "set a URL that begins with http:// or https://",
        )
        for digit, name in _DOCUMENTS.items()
        if name != "answer"
    },
    **{
        7030 + digit: Cause(
            f"the {name} URL has an unusable HTTP method",
            "the application set a method that the platform does not use",
            "set GET or POST",
        )
        for digit, name in _DOCUMENTS.items()
        if name != "answer"
    },
    **{
        8010 + digit: Cause(
            f"the {name} URL returned invalid XML",
            "the document is broken, or holds elements that the platform does not know",
            "validate what the URL returns; the call's debug log in the console names the place",
        )
        for digit, name in _DOCUMENTS.items()
    },
}
"""By `hangup_cause_code`."""

BY_TEXT: Final[Mapping[str, Cause]] = {
    "NORMAL_CLEARING": BY_CODE[NORMAL],
    "USER_BUSY": BY_CODE[3010],
    "NO_ANSWER": BY_CODE[3000],
    "CALL_REJECTED": BY_CODE[3020],
    "REJECTED": BY_CODE[3020],
    "INVALID_NUMBER": BY_CODE[2000],
    "UNALLOCATED_NUMBER": BY_CODE[3050],
    "MEDIA_TIMEOUT": BY_CODE[6020],
    "SERVER_ERROR": BY_CODE[5010],
    "UNKNOWN": BY_CODE[UNKNOWN],
    "ORIGINATOR_CANCEL": Cause(
        "the caller gave up while it rang",
        "the calling side hung up before anybody answered",
        "none; where it happens often, answer sooner or ring longer",
    ),
    "SERVICE_UNAVAILABLE": Cause(
        "the carrier could not serve it",
        "the destination's service is down or overloaded (SIP 503)",
        f"call again in a minute; {_SUPPORT}",
    ),
    "PROTOCOL_ERROR": Cause(
        "the signalling failed",
        "a side sent SIP that the other cannot read",
        f"check the trunk's or endpoint's SIP settings; {_SUPPORT}",
    ),
    "NETWORK_OUT_OF_ORDER": Cause(
        "the carrier's network failed", "an outage on the way there", f"call again later; {_SUPPORT}"
    ),
    "DESTINATION_OUT_OF_ORDER": Cause(
        "the called side's line is out of order",
        "its endpoint is down or misconfigured",
        "call again later; if it stays, ask for another number",
    ),
    "NORMAL_TEMPORARY_FAILURE": Cause(
        "the network failed for a moment", "something passing, not told in detail", f"call again; {_SUPPORT}"
    ),
    "SWITCH_CONGESTION": Cause(
        "the carrier was congested", "its switch was at capacity", "call again, with a longer wait each time"
    ),
}
"""By `hangup_cause`, which the SIP layer sets."""
