"""States as the two APIs name them, of calls, legs and streams, and other words that an answer quotes from them."""

from __future__ import annotations

from typing import Final

from vobiz_mcp.glossary.entry import Entry

STATES: Final = (
    Entry("REGISTERED", "An agent call that was created and has not begun."),
    Entry("SCHEDULED", "An agent call that is to begin at a later time."),
    Entry("ONGOING", "An agent call that goes on."),
    Entry("ENDED", "An agent call that is over; the reason stands beside it."),
    Entry("ERROR", "An agent call that broke or never came about; the reason stands beside it."),
    Entry("not_connected", "An agent call that nobody answered or that could not be dialled."),
    Entry(
        "in-progress",
        "The carrier has the call, or a stream of it, going on; ACTIVE says so of a call that was answered.",
        also=("ACTIVE", "ANSWER", "live"),
    ),
    Entry("RINGING", "It is dialled and not answered yet; in EARLY something can be heard already.", also=("EARLY",)),
    Entry("HELD", "One side has put the call on hold."),
    Entry("completed", "The call, or the stream, ended as it should.", also=("answered",)),
    Entry(
        "failed",
        "It never came about or broke. FAILED of a tool call: it did not do what it was asked, as the platform marks "
        "it or its own result says; the reason stands behind the arrow.",
        "Of a call or stream get_call_record or get_stream tells why.",
    ),
    Entry("cancelled", "The call was given up before anybody answered.", also=("cancel", "canceled")),
    Entry("busy", "The called side was busy."),
    Entry("timeout", "It rang until the longest time for that was up."),
    Entry("send_bye", "hangup_disposition: the carrier's side ended the call.", also=("send_cancel", "send_refuse")),
    Entry("recv_bye", "hangup_disposition: the other side ended the call.", also=("recv_cancel", "recv_refuse")),
    Entry("Caller", "hangup_source: the side that called hung up."),
    Entry("Callee", "hangup_source: the side that was called hung up.", also=("Call recipient",)),
    Entry("API Request", "hangup_source: a program asked the API to end the call.", also=("API",)),
    Entry("Answer XML", "hangup_source: the application's document told it to end."),
    Entry("Carrier", "hangup_source: the network ended the call.", also=("Vobiz",)),
    Entry("Not Applicable", "STIR: nothing to vouch for, as on calls outside North America.", also=("Not Verified",)),
    Entry("phone_call", "An agent call over the telephone; a web_call is one in a browser.", also=("web_call",)),
    Entry("inbound", "Somebody called the account's number."),
    Entry("outbound", "The account's number called somebody."),
    Entry("Negative", "The caller's mood, in the opinion of the agent platform's model.", also=("Positive", "Neutral")),
    Entry("node_transition", "The agent went on to another step of its script."),
    Entry("transfer_target", "The person or queue that the call was passed on to, as a speaker in the transcript."),
    Entry("injected", "A message that a program put into the talk, which nobody said.", also=("sms",)),
)
